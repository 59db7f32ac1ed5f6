import { furnishAccount, populate } from '../cast.ts';
import type { FaultKind, Intent, SimApp, UiWindow } from '../parts.ts';
import { drawWindows } from './draw.ts';
import { type Entry, parseIntent, resolveActivity } from './entry.ts';
import { packageName } from './ids.ts';
import { postUrl } from './links.ts';
import { addNeighbours } from './neighbours.ts';
import type { InstagramOptions } from './options.ts';
import { sharePage, storyPage, tabPage } from './page.ts';
import { Session } from './session.ts';

const splashMs = 600;
const feedMs = 400;

export const createInstagramTwin = (options: InstagramOptions): InstagramTwin => new InstagramTwin(options);

/** Pages that stand in for the whole app while the platform wants something. */
const shuts: Partial<Record<FaultKind, 'suspended' | 'checkpoint'>> = {
  'account-disabled': 'suspended',
  checkpoint: 'checkpoint',
};

/** Instagram on a simulated phone: its process, its ways in and out. What it shows and does is its session's. */
export class InstagramTwin implements SimApp {
  readonly package: string;
  readonly label = 'Instagram';
  readonly isPortraitOnly = true;
  readonly version: string;
  /** For tests: what the screens are drawn from. */
  readonly session: Session;

  constructor(options: InstagramOptions) {
    const { host, world, version, account, otherAccounts = [] } = options;
    this.package = options.package ?? packageName;
    this.version = version;
    const url = (_author: string, id: string, mediaType: 'video' | 'image') => postUrl(id, mediaType);
    const cast = { app: 'instagram' as const, seed: 'drover', now: host.clock.now(), url, photoPercent: 40 };
    populate(world, cast);
    addNeighbours(world, cast);
    for (const name of [account, ...otherAccounts]) {
      world.addAccount({ serial: host.serial, app: 'instagram', account: name });
      furnishAccount(world, cast, name);
    }
    this.session = new Session(options);
    host.faults.onChange((kind, isOn) => this.#onFault(kind, isOn));
  }

  resolve(intent: Intent): string | undefined {
    return resolveActivity(intent);
  }

  start(intent: Intent): { activity: string } {
    const { session } = this;
    const entry = parseIntent(intent, session.host.files);
    if (session.page === undefined || session.page.is === 'splash') {
      // started a second time while it still starts: the newer wish counts
      session.places.clearTimers();
      if (session.page === undefined) session.begin();
      session.places.later(splashMs, () => this.#arrive(entry, { isCold: true }));
    } else {
      this.#arrive(entry, { isCold: false });
    }
    return { activity: entry.activity };
  }

  stop(): void {
    this.session.end();
  }

  clear(): void {
    this.session.signOut();
  }

  windows(): UiWindow[] {
    const { session } = this;
    const { page, sheet, dialog } = session.places;
    return page ? drawWindows(session, { page, sheet, dialog }) : [];
  }

  back(): boolean {
    const { session } = this;
    const { page, sheet, dialog } = session.places;
    if (dialog !== undefined) {
      session.closeDialog(dialog);
      return true;
    }
    if (sheet) {
      session.showSheet(
        sheet.is === 'audio-trim' ? { is: 'audio', text: '', submitted: '', isLoading: false } : undefined,
      );
      return true;
    }
    if (page?.is === 'story-editor' && page.isTyping) {
      session.become({ ...page, isTyping: false });
      return true;
    }
    if (page?.is === 'editor' && !page.isLoading) {
      session.showSheet({ is: 'save-draft' });
      return true;
    }
    if (page?.is === 'share' && page.isEditing) {
      session.become({ ...page, isEditing: false });
      return true;
    }
    if (session.leave()) return true;
    if (page === undefined || ['splash', 'login', 'suspended', 'checkpoint', 'feed'].includes(page.is)) return false;
    session.showTab('feed');
    return true;
  }

  isIdle(): boolean {
    const { page, isUploading } = this.session;
    if (isUploading || page === undefined) return false;
    if ('isLoading' in page && page.isLoading) return false;
    // films play by themselves in the viewer and on the feed, and a story's bar moves
    return !['splash', 'reels', 'reel', 'feed', 'story', 'editor'].includes(page.is);
  }

  /** Past the splash, or from another app with the process alive. */
  #arrive(entry: Entry, { isCold }: { isCold: boolean }): void {
    const { session } = this;
    if (session.isSignedOut) {
      this.#showLogin();
      return;
    }
    if (session.isSuspended) {
      session.places.reset({ is: 'suspended' });
      return;
    }
    if (session.isChecked) {
      session.places.reset({ is: 'checkpoint' });
      return;
    }
    const isFirst = session.isFirstStart();
    if (entry.to === 'front') {
      if (isCold) this.#showLoadingFeed(isFirst);
      return;
    }
    session.showTab('feed');
    if (entry.to === 'share') this.#openShared(entry);
    else this.#follow(entry.destination);
  }

  #follow(destination: Extract<Entry, { to: 'link' }>['destination']): void {
    const { session } = this;
    if (destination.to === 'feed') return;
    if (destination.to === 'profile') {
      session.openProfile(destination.username);
      return;
    }
    const post = session.world.post(destination.id);
    const isClosed = post !== undefined && session.world.profile('instagram', post.author)?.isSuspended === true;
    if (post?.app === 'instagram' && !isClosed) session.openPost(post, 'link');
    else session.open({ is: 'missing', what: destination.kind === 'reel' ? 'reel' : 'page' });
  }

  #openShared({ kind, media }: Extract<Entry, { to: 'share' }>): void {
    const { session } = this;
    // what cannot be read opens the app and nothing more
    if (!media) return;
    if (kind === 'story') session.open(storyPage([media]));
    else if (kind === 'post' && media.kind === 'image') {
      session.open(sharePage('post', [media]));
    } else session.openEditor([media]);
  }

  #showLoadingFeed(isFirst: boolean): void {
    const { session } = this;
    session.places.reset({ is: 'feed', offset: 0, isLoading: true });
    session.places.later(feedMs, () => {
      session.become(tabPage('feed'));
      if (isFirst && session.bySeed(35)) session.showDialog('contacts');
      session.settle();
    });
  }

  #showLogin(): void {
    const { places } = this.session;
    places.dropDialogs();
    places.reset({ is: 'login', name: '', password: '' });
  }

  #onFault(kind: FaultKind, isOn: boolean): void {
    const { session } = this;
    const { page } = session;
    if (kind === 'renamed-ids') session.host.ui.changed();
    if (page === undefined || page.is === 'splash') return;
    if (kind === 'logged-out' && isOn) this.#showLogin();
    const shut = shuts[kind];
    if (shut && isOn && page.is !== 'login') {
      session.places.dropDialogs();
      session.places.reset({ is: shut });
    }
    if (shut && !isOn && page.is === shut && !session.isSuspended && !session.isChecked) session.showTab('feed');
    if (kind === 'logged-out' && !isOn && page.is === 'login' && !session.isSignedOut) session.showTab('feed');
    if (isOn && (kind === 'contacts-prompt' || kind === 'notifications-prompt' || kind === 'survey')) session.settle();
  }
}
