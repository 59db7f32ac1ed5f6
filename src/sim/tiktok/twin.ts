import { furnishAccount, populate } from '../cast.ts';
import type { FaultKind, Intent, SimApp, UiWindow } from '../parts.ts';
import { findSound, recommendedSounds } from '../sounds.ts';
import { drawWindows } from './draw.ts';
import { type Entry, parseIntent, resolveActivity } from './entry.ts';
import { packageName } from './ids.ts';
import { codeOf, videoUrl } from './links.ts';
import type { TikTokOptions } from './options.ts';
import { nextPost, sheetBelow, tabPage } from './page.ts';
import { Session } from './session.ts';

/** What comes as soon as the app can show it. */
const promptFaults: ReadonlySet<FaultKind> = new Set([
  'contacts-prompt',
  'notifications-prompt',
  'survey',
  'account-disabled',
  'update-required',
]);

const splashMs = 600;
const feedMs = 400;
const shortLinkMs = 350;

export const createTikTokTwin = (options: TikTokOptions): TikTokTwin => new TikTokTwin(options);

/** TikTok on a simulated phone: its process, its ways in and out. What it shows and does is its session's. */
export class TikTokTwin implements SimApp {
  readonly package: string;
  readonly label = 'TikTok';
  readonly isPortraitOnly = true;
  readonly version: string;
  /** For tests: what the screens are drawn from. */
  readonly session: Session;

  constructor(options: TikTokOptions) {
    const { host, world, version, account, otherAccounts = [] } = options;
    this.version = version;
    this.package = options.package ?? packageName;
    this.session = new Session(options);
    const cast = { app: 'tiktok' as const, seed: 'drover', now: host.clock.now(), url: videoUrl };
    populate(world, cast);
    for (const name of [account, ...otherAccounts]) {
      world.addAccount({ serial: host.serial, app: 'tiktok', account: name });
      furnishAccount(world, cast, name);
    }
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
      session.clearTimers();
      if (session.page === undefined) session.begin();
      session.later(splashMs, () => this.#arrive(entry, { isCold: true }));
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
    const { page, sheet, dialog } = session;
    return page ? drawWindows(session, { page, sheet, dialog }) : [];
  }

  back(): boolean {
    const { session } = this;
    const { page, dialog } = session;
    if (dialog !== undefined) {
      // contacts and login questions insist on an answer
      if (dialog === 'contacts' || dialog === 'save-login' || dialog === 'update-required') return true;
      session.closeDialog(dialog);
      if (dialog === 'confirm-post' && page?.is === 'post') session.become(nextPost(page, { is: 'cancel' }));
      return true;
    }
    if (session.sheet) {
      session.host.ui.blur();
      session.showSheet(sheetBelow(session.sheet));
      return true;
    }
    if (page?.is === 'login' && page.form === 'password') {
      session.become({ ...page, form: 'choice' });
      return true;
    }
    if (session.leave()) return true;
    if (page === undefined || page.is === 'splash' || page.is === 'login' || page.is === 'feed') return false;
    session.showTab('feed');
    return true;
  }

  isIdle(): boolean {
    const { page, isUploading } = this.session;
    if (isUploading) return false;
    switch (page?.is) {
      case 'splash':
      case 'feed':
      case 'video':
        return false;
      case 'friends':
        return page.post === undefined;
      case 'editor':
        return !page.isLoading;
      default:
        return true;
    }
  }

  /** Past the splash, or from another app with the process alive. */
  #arrive(entry: Entry, { isCold }: { isCold: boolean }): void {
    const { session } = this;
    if (session.isSignedOut) {
      this.#showLogin();
      return;
    }
    const isFirst = session.isFirstStart();
    if (entry.to === 'front') {
      if (isCold) this.#showLoadingFeed(isFirst);
      return;
    }
    session.startOver(tabPage('feed'));
    if (entry.to === 'share') {
      if (entry.media) session.openEditor([entry.media]);
      else session.open({ is: 'editor', media: [], isLoading: false, failed: true });
      return;
    }
    const { destination } = entry;
    if (destination.to === 'feed') session.settle();
    else if (destination.to === 'profile') this.#openProfile(destination.username);
    else if (destination.to === 'video') this.#openVideo(destination.id);
    else if (destination.to === 'sound') this.#openSound(destination.id);
    else {
      session.settle();
      const post = session.world.posts('tiktok').find(({ id }) => codeOf(id) === destination.code);
      const sound = recommendedSounds.find(({ id }) => codeOf(id) === destination.code);
      session.later(shortLinkMs, () => (sound ? this.#openSound(sound.id) : this.#openVideo(post?.id)));
    }
  }

  #showLoadingFeed(isFirst: boolean): void {
    const { session } = this;
    session.startOver({ is: 'feed', index: 0, isLoading: true, hasSurvey: false });
    session.later(feedMs, () => {
      session.become(tabPage('feed'));
      if (isFirst && session.bySeed(35)) session.showDialog('contacts');
      session.settle();
    });
  }

  #showLogin(): void {
    this.session.dropDialogs();
    this.session.startOver({ is: 'login', form: 'choice', name: '', password: '' });
    this.session.settle();
  }

  #openVideo(id: string | undefined): void {
    const { session } = this;
    const post = id === undefined ? undefined : session.world.post(id);
    const author = post && session.world.profile('tiktok', post.author);
    if (post && !author?.isSuspended) session.open({ is: 'video', post: post.id });
    else session.open({ is: 'missing-video' });
  }

  #openSound(id: string): void {
    const { session } = this;
    session.open({ is: 'sound', sound: id, isLoading: true });
    session.later(session.soundMs, () =>
      session.become(findSound(id) ? { is: 'sound', sound: id, isLoading: false } : { is: 'missing-sound' }),
    );
  }

  #openProfile(username: string): void {
    const isOwn = username.toLowerCase() === this.session.actor.account.toLowerCase();
    if (isOwn) this.session.showTab('profile');
    else this.session.open({ is: 'profile', username, scrolledRows: 0 });
  }

  #onFault(kind: FaultKind, isOn: boolean): void {
    const { session } = this;
    const { page } = session;
    if (kind === 'renamed-ids') session.host.ui.changed();
    if (page === undefined || page.is === 'splash') return;
    if (kind === 'logged-out' && isOn) this.#showLogin();
    if (kind === 'logged-out' && !isOn && page.is === 'login' && !session.isSignedOut) session.showTab('feed');
    if (kind === 'update-required' && !isOn) session.dropDialogs();
    // another app of the phone may be the one that is looked at
    const isInFront = session.host.ui.foreground().package === this.package;
    if (isOn && isInFront && promptFaults.has(kind)) session.settle();
  }
}
