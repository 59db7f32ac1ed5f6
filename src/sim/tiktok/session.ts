import type { CancelTimer } from '../../base/clock.ts';
import { type Random, seededRandom } from '../../base/random.ts';
import { hasPermission, mediaPermissions } from '../app-permissions.ts';
import type { PhoneHost } from '../parts.ts';
import { type ChosenSound, chosen, recommendedSounds } from '../sounds.ts';
import { type Draft, type PickedMedia, Uploads } from '../upload.ts';
import type { Actor, Post, World } from '../world.ts';
import { type Board, boardOf } from './board.ts';
import { type IdName, type Ids, idsOf, packageName, renamedIds, type StableId } from './ids.ts';
import { videoUrl } from './links.ts';
import type { TikTokOptions } from './options.ts';
import { type CommentDraft, type Dialog, liveEntry, type MainTab, type Page, type Sheet, tabPage } from './page.ts';
import type { Stage } from './stage.ts';
import type { Texts } from './texts/words.ts';
import { textsFor } from './texts.ts';
import { type LooseDesc, type Release, releaseOf } from './versions.ts';

/** What the installation keeps when the process dies. */
interface Memory {
  account: string;
  isSignedOut: boolean;
  hasStarted: boolean;
  hasPosted: boolean;
  hasAskedNotifications: boolean;
  readonly savedLogins: Set<string>;
  readonly drafts: Draft[];
}

interface Entered {
  key: number;
  page: Page;
}

const editorMs = 700;
const soundMs = 300;

/** Now and then an ad or somebody on air (`live:NAME`) stands between the posts; never first. */
function mixedFeed(posts: readonly string[], ads: readonly string[], live: readonly string[]): string[] {
  const feed: string[] = [];
  for (const [index, post] of posts.entries()) {
    feed.push(post);
    const ad = index % 7 === 2 ? ads[Math.floor(index / 7) % Math.max(1, ads.length)] : undefined;
    const author = index % 7 === 5 ? live[Math.floor(index / 7) % Math.max(1, live.length)] : undefined;
    if (ad !== undefined) feed.push(ad);
    if (author !== undefined) feed.push(liveEntry(author));
  }
  return feed;
}

/**
 * What the app knows and where the user is: a stack of pages, at most one sheet over the topmost, and dialogs over all.
 * Stack, sheet, dialogs and uploads under way die with the process; drafts, accounts and answered prompts stay.
 */
export class Session implements Stage {
  readonly host: PhoneHost;
  readonly world: World;
  readonly random: Random;
  readonly t: Texts;
  readonly release: Release;
  readonly packageName: string;
  readonly accounts: readonly string[];
  readonly #ids: Ids;
  readonly #renamedIds: Ids;
  readonly #options: TikTokOptions;
  readonly #memory: Memory;
  readonly #uploads: Uploads;
  readonly #timers = new Set<CancelTimer>();
  readonly #confirmsFirstPost: boolean;
  #stack: Entered[] = [];
  /** Since the process started. */
  #hasToldBlocked = false;
  #sheet: Sheet | undefined;
  #dialogs: Dialog[] = [];
  #feed: string[] = [];
  #seenVideos = 0;
  #lastKey = 0;

  constructor(options: TikTokOptions) {
    const { host, world, version, language, account } = options;
    this.#options = options;
    this.packageName = options.package ?? packageName;
    this.accounts = [account, ...(options.otherAccounts ?? [])];
    this.host = host;
    this.world = world;
    this.random = seededRandom(`tiktok:${host.random.next()}`);
    this.t = textsFor(language);
    this.release = releaseOf(version);
    this.#ids = idsOf(version);
    this.#renamedIds = renamedIds(version);
    this.#memory = {
      account,
      isSignedOut: false,
      hasStarted: false,
      hasPosted: false,
      hasAskedNotifications: false,
      savedLogins: new Set([account]),
      drafts: [],
    };
    this.#confirmsFirstPost = options.confirmsFirstPost ?? this.bySeed(15);
    this.#uploads = new Uploads(host.clock, {
      takesMs: () => options.uploadMs ?? 1_500,
      isRefused: () =>
        host.faults.take('upload-failure') || host.faults.isOn('rate-limited') || host.faults.isOn('account-disabled'),
      publish: (draft) => this.#published(draft),
      changed: () => host.ui.changed(),
    });
  }

  // ---- the process

  get page(): Page | undefined {
    return this.#stack.at(-1)?.page;
  }

  get sheet(): Sheet | undefined {
    return this.#sheet;
  }

  get dialog(): Dialog | undefined {
    return this.#dialogs.at(-1);
  }

  get isUploading(): boolean {
    return this.#uploads.percent !== undefined;
  }

  /** The process starts, at its splash. */
  begin(): void {
    this.#feed = this.#makeFeed();
    this.open({ is: 'splash' });
  }

  end(): void {
    this.clearTimers();
    this.#uploads.kill();
    this.#stack = [];
    this.#sheet = undefined;
    this.#dialogs = [];
    this.#hasToldBlocked = false;
  }

  clearTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  /** Forgets where the user was. Whoever ends a move with this calls `settle`. */
  startOver(page: Page): void {
    this.#sheet = undefined;
    this.#stack = [{ key: ++this.#lastKey, page }];
  }

  dropDialogs(): void {
    this.#dialogs = [];
  }

  /** True the first time since the app was installed. */
  isFirstStart(): boolean {
    const isFirst = !this.#memory.hasStarted;
    this.#memory.hasStarted = true;
    return isFirst;
  }

  bySeed(percent: number): boolean {
    return this.#options.prompts === 'on-demand' ? false : this.random.chance(percent);
  }

  // ---- Stage: what screens see

  get board(): Board {
    return boardOf(this.host.ui.size, this.host.ui.density);
  }

  get actor(): Actor {
    return { serial: this.host.serial, app: 'tiktok', account: this.#memory.account };
  }

  get feed(): readonly string[] {
    return this.#feed;
  }

  get drafts(): readonly Draft[] {
    return this.#memory.drafts;
  }

  get uploadPercent(): number | undefined {
    return this.#uploads.percent;
  }

  get failedUpload(): Draft | undefined {
    return this.#uploads.failed;
  }

  get wantsConfirmation(): boolean {
    return this.#confirmsFirstPost && !this.#memory.hasPosted;
  }

  id(name: IdName): string {
    const id = (this.host.faults.isOn('renamed-ids') ? this.#renamedIds : this.#ids).of(name);
    return id.replace(packageName, this.packageName);
  }

  stableId(name: StableId): string {
    return this.#ids.stable(name).replace(packageName, this.packageName);
  }

  loose(name: LooseDesc, label: string): string {
    return this.release.unresolved(name) ?? label;
  }

  hasPermission(kind: 'camera' | 'audio' | 'media'): boolean {
    return hasPermission(this.host, this.packageName, kind);
  }

  // ---- Stage: moving about

  become(page: Page): void {
    const entered = this.#stack.at(-1);
    if (entered) entered.page = page;
    this.host.ui.changed();
  }

  open(page: Page): void {
    this.#sheet = undefined;
    this.#stack.push({ key: ++this.#lastKey, page });
    this.settle();
  }

  leave(): boolean {
    if (this.#stack.length < 2) return false;
    this.#sheet = undefined;
    this.#stack.pop();
    this.settle();
    return true;
  }

  showTab(tab: MainTab): void {
    this.startOver(tabPage(tab));
    this.settle();
  }

  showSheet(sheet: Sheet | undefined): void {
    this.#sheet = sheet;
    this.host.ui.changed();
  }

  showDialog(dialog: Dialog): void {
    this.host.ui.blur();
    if (!this.#dialogs.includes(dialog)) this.#dialogs.push(dialog);
    this.host.ui.changed();
  }

  closeDialog(dialog: Dialog): void {
    this.#dialogs = this.#dialogs.filter((shown) => shown !== dialog);
    this.settle();
  }

  later(ms: number, fn: () => void): void {
    const key = this.#stack.at(-1)?.key;
    const cancel = this.host.clock.after(
      ms,
      () => {
        this.#timers.delete(cancel);
        if (this.#stack.at(-1)?.key !== key) return;
        fn();
        this.host.ui.changed();
      },
      { idle: true },
    );
    this.#timers.add(cancel);
  }

  nextVideo(by: 1 | -1): void {
    const page = this.page;
    if (page?.is === 'video' && page.list) {
      const next = page.list[page.list.indexOf(page.post) + by];
      if (next !== undefined) this.become({ ...page, post: next });
      return;
    }
    if (page?.is !== 'feed' || page.isLoading || page.hasSurvey) return;
    const index = (page.index + by + this.#feed.length) % Math.max(1, this.#feed.length);
    this.#seenVideos++;
    const hasSurvey = this.#seenVideos % 12 === 0 && this.bySeed(30);
    this.become({ ...page, index, hasSurvey });
    this.settle();
  }

  // ---- Stage: making a post

  openCamera(sound?: ChosenSound): void {
    if (this.page?.is !== 'camera') this.open({ is: 'camera', mode: 'video', ...(sound && { sound }) });
    this.host.ui.requestPermission(
      this.packageName,
      ['android.permission.CAMERA', 'android.permission.RECORD_AUDIO'],
      () => this.host.ui.changed(),
    );
  }

  openGallery(forComment?: CommentDraft): void {
    if (this.page?.is !== 'gallery') {
      const tab = forComment ? 'photos' : 'all';
      const start = { is: 'gallery', tab, picked: [], isMultiple: false, scrolledRows: 0 } as const;
      this.open({ ...start, ...(forComment && { forComment }) });
    }
    this.host.ui.requestPermission(this.packageName, mediaPermissions(this.host), () => this.host.ui.changed());
  }

  attachToComment(draft: CommentDraft, image: PickedMedia): void {
    this.leave();
    this.showSheet({ is: 'comments', ...draft, image, scrolledRows: 0 });
  }

  openEditor(media: readonly PickedMedia[]): void {
    this.open({ is: 'editor', media, isLoading: true, failed: false });
    this.later(editorMs, () => {
      // photos get a sound of the app's choice, which can be taken off
      const ofApp = media.every(({ kind }) => kind === 'image') ? this.random.pick(recommendedSounds) : undefined;
      const sound = this.#cameraSound() ?? (ofApp && chosen(ofApp));
      this.become({ is: 'editor', media, isLoading: false, failed: false, ...(sound && { sound }) });
      this.settle();
    });
  }

  get soundMs(): number {
    return this.#options.soundMs ?? soundMs;
  }

  chooseSound(sound: ChosenSound | undefined): void {
    const { page } = this;
    if (page?.is !== 'camera' && page?.is !== 'editor') return;
    const { sound: _, ...silent } = page;
    this.become(sound ? { ...page, sound } : silent);
  }

  /** What is chosen for the camera stays with what is picked from its gallery. */
  #cameraSound(): ChosenSound | undefined {
    const camera = this.#stack.findLast(({ page }) => page.is === 'camera')?.page;
    return camera?.is === 'camera' ? camera.sound : undefined;
  }

  publish(draft: Draft): void {
    this.host.ui.blur();
    this.#memory.hasPosted = true;
    this.#uploads.start(draft);
    this.showTab(this.release.afterPost);
    this.host.faults.reach('upload');
  }

  saveDraft(draft: Draft): void {
    this.host.ui.blur();
    this.#memory.drafts.unshift(draft);
    this.showTab('profile');
  }

  retryUpload(): void {
    this.#uploads.retry();
  }

  dismissUpload(): void {
    const { failed } = this.#uploads;
    if (failed) this.#memory.drafts.unshift(failed);
    this.#uploads.dismiss();
  }

  // ---- Stage: public deeds

  follow(username: string): void {
    if (this.#isAllowed()) this.world.follow(this.actor, username);
  }

  unfollow(username: string): void {
    this.showSheet(undefined);
    if (this.#isAllowed()) this.world.unfollow(this.actor, username);
  }

  like(post: Post): void {
    const { app, account } = this.actor;
    if (this.world.isLiked(app, account, post.id)) this.world.unlike(this.actor, post.id);
    else if (this.#isAllowed()) this.world.like(this.actor, post.id);
  }

  favorite(post: Post): void {
    const { app, account } = this.actor;
    if (this.world.isFavorite(app, account, post.id)) this.world.unfavorite(this.actor, post.id);
    else if (this.#isAllowed()) this.world.favorite(this.actor, post.id);
  }

  comment(post: Post, text: string, imageSha256: string | null): boolean {
    return this.#isAllowed() && this.world.comment(this.actor, post.id, text, imageSha256) !== undefined;
  }

  switchAccount(username: string): void {
    this.#memory.account = username;
    this.showTab('profile');
    if (this.#memory.savedLogins.has(username)) return;
    this.#memory.savedLogins.add(username);
    this.showDialog('save-login');
  }

  signIn(): void {
    if (this.host.faults.isOn('logged-out')) return;
    this.#memory.isSignedOut = false;
    this.showTab('feed');
  }

  /** The installation forgets its account until somebody signs in. */
  signOut(): void {
    this.#memory.isSignedOut = true;
  }

  get isSignedOut(): boolean {
    return this.#memory.isSignedOut || this.host.faults.isOn('logged-out');
  }

  // ---- inside

  /** Everybody's posts but our own and those of private accounts, in an order of this phone. */
  #makeFeed(): string[] {
    const own = new Set(this.world.accountsOn(this.host.serial, 'tiktok').map((profile) => profile.username));
    const posts = this.world.posts('tiktok').filter(({ author }) => {
      const profile = this.world.profile('tiktok', author);
      return !own.has(author) && profile?.isPrivate === false && !profile.isSuspended;
    });
    const shuffled = posts.map((post) => ({ post, at: this.random.next() })).sort((a, b) => a.at - b.at);
    const [ads, others] = [true, false].map((isAd) =>
      shuffled.filter(({ post }) => (post.isAd === true) === isAd).map(({ post }) => post.id),
    );
    return mixedFeed(others ?? [], ads ?? [], this.#liveAuthors());
  }

  /** Who is on air, as far as this phone's feed shows it. */
  #liveAuthors(): string[] {
    const open = this.world.profiles('tiktok').filter(({ isPrivate, isSuspended }) => !isPrivate && !isSuspended);
    return open
      .map(({ username }) => ({ username, at: this.random.next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, 2)
      .map(({ username }) => username);
  }

  /** The last byte is through and the platform took it: from here on the post is true. */
  #published(draft: Draft): string {
    const post = this.world.publish(
      { ...this.actor, account: draft.account },
      {
        caption: draft.caption,
        mediaType: draft.media[0]?.kind ?? 'video',
        mediaSha256: draft.media.map((item) => item.sha256),
        durationMs: draft.media[0]?.durationMs ?? 0,
        sound: draft.sound,
        soundId: draft.soundId,
        originSoundVolume: draft.originSoundVolume,
        addSoundVolume: draft.addSoundVolume,
        placement: draft.placement,
        productLink: draft.productLink,
        aiLabel: draft.aiLabel,
        url: videoUrl,
      },
    );
    const page = this.page;
    // The app shows the fresh video where it landed after "Post"; nothing else says that it is through.
    if (page?.is === 'friends') this.become({ is: 'friends', post: post.id });
    if (page?.is === 'feed') this.#feed.splice(page.index, 0, post.id);
    if (!this.#memory.hasAskedNotifications && page && this.bySeed(35)) {
      this.#memory.hasAskedNotifications = true;
      this.showDialog('notifications');
    }
    return post.id;
  }

  #isAllowed(): boolean {
    const { faults } = this.host;
    if (!faults.isOn('rate-limited') && !faults.isOn('account-disabled')) return true;
    this.showDialog(faults.isOn('account-disabled') ? 'blocked' : 'too-fast');
    return false;
  }

  /** After each move: prompts that wait for a moment like this one. They never come over a screen that still loads. */
  settle(): void {
    const page = this.page;
    const isBusy =
      page === undefined ||
      page.is === 'splash' ||
      page.is === 'login' ||
      page.is === 'post' ||
      (page.is === 'feed' && page.isLoading) ||
      (page.is === 'editor' && page.isLoading);
    if (!isBusy && this.host.faults.isOn('update-required')) this.#dialogs = ['update-required'];
    if (!isBusy && this.host.faults.isOn('account-disabled') && !this.#hasToldBlocked) {
      this.#hasToldBlocked = true;
      this.showDialog('blocked');
    }
    if (!isBusy && this.#dialogs.length === 0) {
      if (this.host.faults.take('contacts-prompt')) this.showDialog('contacts');
      else if (this.host.faults.take('notifications-prompt')) this.showDialog('notifications');
    }
    if (page?.is === 'feed' && !page.isLoading && !page.hasSurvey && this.host.faults.take('survey')) {
      this.become({ ...page, hasSurvey: true });
    }
    this.host.ui.changed();
  }
}
