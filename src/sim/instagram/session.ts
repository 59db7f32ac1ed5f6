import { type Random, seededRandom } from '../../base/random.ts';
import { hasPermission, mediaPermissions } from '../app-permissions.ts';
import { PageStack } from '../page-stack.ts';
import type { PhoneHost } from '../parts.ts';
import { type Draft, type PickedMedia, Uploads } from '../upload.ts';
import type { Actor, Post, World } from '../world.ts';
import { type Board, boardOf } from './board.ts';
import type { ShareKind } from './entry.ts';
import { idOf, packageName, renamedIdOf } from './ids.ts';
import { postUrl } from './links.ts';
import { isSensitive, isSponsored, isStory } from './neighbours.ts';
import type { InstagramOptions } from './options.ts';
import {
  type CommentsSheet,
  commentsPerPortion,
  type Dialog,
  type MainTab,
  type Page,
  type Sheet,
  tabPage,
} from './page.ts';
import type { Stage, UploadSign } from './stage.ts';
import type { Texts } from './texts/words.ts';
import { textsFor } from './texts.ts';
import { type Release, releaseOf } from './versions.ts';

/** What the installation keeps when the process dies. */
interface Memory {
  account: string;
  isSignedOut: boolean;
  hasStarted: boolean;
  hasAskedNotifications: boolean;
  hasAskedRating: boolean;
  hasSeenStickers: boolean;
  hasSeenPromo: boolean;
  readonly savedLogins: Set<string>;
  readonly drafts: Draft[];
  readonly seenStories: Set<string>;
}

const editorMs = 500;
const profileMs = 250;
const reelMs = 300;
const postingCommentMs = 600;
const loadMoreMs = 350;
/** A photo in a story stands this long. */
const storyMs = 5_000;
const soundMs = 300;
/** "Posted! All set." stays this long. */
const doneMs = 8_000;
/** ViewConfiguration.getDoubleTapTimeout(). */
const doubleTapMs = 300;

const app = 'instagram';

/**
 * What the app knows and where the user is. Pages, sheet, dialogs, uploads and comments under way die with the process;
 * drafts, accounts and answered prompts stay.
 */
export class Session implements Stage {
  readonly host: PhoneHost;
  readonly packageName: string;
  readonly accounts: readonly string[];
  readonly world: World;
  readonly random: Random;
  readonly t: Texts;
  readonly release: Release;
  readonly places: PageStack<Page, Sheet, Dialog>;
  readonly #options: InstagramOptions;
  readonly #memory: Memory;
  readonly #uploads: Uploads;
  readonly #pendingComments = new Map<string, string>();
  readonly #answeredAds = new Set<string>();
  readonly #uncovered = new Set<string>();
  #board: Board | undefined;
  #tab: MainTab = 'feed';
  #feed: string[] = [];
  #reels: string[] = [];
  #lastTap: { thing: string; at: number } | undefined;
  #done: { placement: string | null } | undefined;
  /** Held back by the warning that few will see it. */
  #warnedOf: Draft | undefined;
  #asksAbout: string | undefined;

  constructor(options: InstagramOptions) {
    const { host, world, version, language, account } = options;
    this.#options = options;
    this.host = host;
    this.packageName = options.package ?? packageName;
    this.accounts = [account, ...(options.otherAccounts ?? [])];
    this.world = world;
    this.random = seededRandom(`instagram:${host.random.next()}`);
    this.t = textsFor(language);
    this.release = releaseOf(version);
    this.places = new PageStack({ clock: host.clock, changed: () => host.ui.changed() });
    this.#memory = {
      account,
      isSignedOut: false,
      hasStarted: false,
      hasAskedNotifications: false,
      hasAskedRating: false,
      hasSeenStickers: false,
      hasSeenPromo: false,
      savedLogins: new Set([account]),
      drafts: [],
      seenStories: new Set(),
    };
    this.#uploads = new Uploads(host.clock, {
      takesMs: () => options.uploadMs ?? 1_500,
      isRefused: () => host.faults.take('upload-failure') || host.faults.isOn('rate-limited') || this.isSuspended,
      publish: (draft) => this.#published(draft),
      changed: () => host.ui.changed(),
    });
  }

  // ---- the process

  get sheet(): Sheet | undefined {
    return this.places.sheet;
  }

  later(ms: number, fn: () => void): void {
    this.places.later(ms, fn);
  }

  get soundMs(): number {
    return this.#options.soundMs ?? soundMs;
  }

  get page(): Page | undefined {
    return this.places.page;
  }

  get isUploading(): boolean {
    return this.#uploads.percent !== undefined;
  }

  /** The process starts, at its splash. */
  begin(): void {
    this.#fill();
    this.places.reset({ is: 'splash' });
  }

  end(): void {
    this.places.clear();
    this.#uploads.kill();
    this.#pendingComments.clear();
    this.#lastTap = undefined;
    this.#done = undefined;
    this.#tab = 'feed';
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
    const { size, density } = this.host.ui;
    // screens ask for it hundreds of times a draw; it changes when the phone is turned
    if (this.#board?.width !== size.width) this.#board = boardOf(size, density);
    return this.#board;
  }

  get actor(): Actor {
    return { serial: this.host.serial, app, account: this.#memory.account };
  }

  id(name: string): string {
    return (this.host.faults.isOn('renamed-ids') ? renamedIdOf : idOf)(this.packageName, name);
  }

  get tab(): MainTab {
    return this.#tab;
  }

  get feed(): readonly string[] {
    return this.#feed;
  }

  get reels(): readonly string[] {
    return this.#reels;
  }

  /** Everybody public who posted within a day or so of the newest posts: a handful. */
  get storyUsers(): readonly string[] {
    const own = this.actor.account;
    return this.#feed
      .map((id) => this.world.post(id)?.author ?? '')
      .filter((name, index, all) => name !== '' && name !== own && all.indexOf(name) === index)
      .slice(0, 9);
  }

  get drafts(): readonly Draft[] {
    return this.#memory.drafts;
  }

  get upload(): UploadSign | undefined {
    const { percent, running, failed } = this.#uploads;
    if (percent !== undefined && running) {
      return { is: 'running', percent, placement: running.placement, media: running.media[0]?.kind ?? 'video' };
    }
    if (failed) return { is: 'failed', media: failed.media[0]?.kind ?? 'video' };
    return this.#done && { is: 'done', ...this.#done };
  }

  get asksAbout(): string | undefined {
    return this.#asksAbout;
  }

  hasPermission(kind: 'camera' | 'audio' | 'media'): boolean {
    return hasPermission(this.host, this.packageName, kind);
  }

  isDoubleTap(thing: string): boolean {
    const now = this.host.clock.monotonic();
    const before = this.#lastTap;
    const isSecond = before?.thing === thing && now - before.at <= doubleTapMs;
    this.#lastTap = isSecond ? undefined : { thing, at: now };
    return isSecond;
  }

  get hasOwnStory(): boolean {
    return this.world.postsBy(app, this.actor.account).some(isStory);
  }

  isStorySeen(username: string): boolean {
    return this.#memory.seenStories.has(username);
  }

  isAsking(post: Post): boolean {
    return isSponsored(post) && !this.#answeredAds.has(post.id) && this.#asksAd(post);
  }

  answerAd(post: Post): void {
    this.#answeredAds.add(post.id);
    this.host.ui.changed();
  }

  isCovered(post: Post): boolean {
    return isSensitive(post) && !this.#uncovered.has(post.id);
  }

  uncover(post: Post): void {
    this.#uncovered.add(post.id);
    this.host.ui.changed();
  }

  // ---- Stage: moving about

  become(page: Page): void {
    this.places.replace(page);
  }

  open(page: Page): void {
    this.places.push(page);
    this.settle();
  }

  leave(): boolean {
    const isLeft = this.places.pop();
    if (isLeft) this.settle();
    return isLeft;
  }

  showTab(tab: MainTab): void {
    this.host.ui.blur();
    this.#tab = tab;
    this.places.reset(tabPage(tab));
    this.settle();
  }

  showSheet(sheet: Sheet | undefined): void {
    if (sheet === undefined) this.host.ui.blur();
    this.places.showSheet(sheet);
  }

  showDialog(dialog: Dialog): void {
    this.host.ui.blur();
    this.places.showDialog(dialog);
  }

  closeDialog(dialog: Dialog): void {
    this.places.closeDialog(dialog);
    this.settle();
  }

  nextReel(by: 1 | -1): void {
    const page = this.page;
    if (page?.is !== 'reels' || page.isLoading) return;
    const count = Math.max(1, this.#reels.length);
    this.become({ ...page, index: (page.index + by + count) % count });
    this.settle();
  }

  openProfile(username: string): void {
    if (username.toLowerCase() === this.actor.account.toLowerCase()) {
      this.showTab('profile');
      return;
    }
    this.open({ is: 'profile', username, tab: 'grid', offset: 0, isLoading: true });
    this.places.later(profileMs, () => {
      const page = this.page;
      if (page?.is === 'profile') this.become({ ...page, isLoading: false });
      this.settle();
    });
  }

  openPost(post: Post, from: 'link' | 'grid'): void {
    if (post.mediaType === 'image') {
      this.open({ is: 'post', post: post.id, from, offset: 0 });
      return;
    }
    this.open({ is: 'reel', post: post.id, isLoading: true });
    this.places.later(reelMs, () => {
      this.become({ is: 'reel', post: post.id, isLoading: false });
      if (post.author === this.actor.account && !this.#memory.hasSeenPromo && this.bySeed(25)) {
        this.#memory.hasSeenPromo = true;
        this.places.showSheet({ is: 'promo' });
      }
      this.settle();
    });
  }

  openStory(username: string): void {
    this.#memory.seenStories.add(username);
    this.open({ is: 'story', username });
    this.places.later(storyMs, () => this.nextStory(1));
  }

  nextStory(by: 1 | -1): void {
    const { page, storyUsers } = this;
    if (page?.is !== 'story') return;
    const next = storyUsers[storyUsers.indexOf(page.username) + by];
    this.leave();
    if (next !== undefined) this.openStory(next);
  }

  // ---- Stage: comments

  openComments(post: Post): void {
    this.places.showSheet({
      is: 'comments',
      post: post.id,
      text: '',
      offset: 0,
      loaded: commentsPerPortion,
      isLoadingMore: false,
    });
  }

  loadMoreComments(sheet: CommentsSheet): void {
    if (sheet.isLoadingMore) return;
    this.places.showSheet({ ...sheet, isLoadingMore: true });
    this.places.later(loadMoreMs, () => {
      const now = this.places.sheet;
      if (now?.is !== 'comments') return;
      this.places.showSheet({ ...now, isLoadingMore: false, loaded: now.loaded + commentsPerPortion });
    });
  }

  pendingComment(post: string): string | undefined {
    return this.#pendingComments.get(post);
  }

  comment(post: Post, text: string): void {
    if (post.commentsOff || this.#pendingComments.has(post.id)) return;
    const { actor } = this;
    this.#pendingComments.set(post.id, text);
    const sheet = this.places.sheet;
    if (sheet?.is === 'comments') this.places.showSheet({ ...sheet, text: '', offset: 0 });
    this.places.always(postingCommentMs, () => {
      this.#pendingComments.delete(post.id);
      if (this.#isAllowed()) this.world.comment(actor, post.id, text);
    });
  }

  // ---- Stage: making a post

  openGallery(kind: ShareKind): void {
    const page = this.page;
    if (page?.is === 'gallery') this.become({ ...page, kind, picked: [], isMultiple: false, offset: 0 });
    else this.open({ is: 'gallery', kind, picked: [], isMultiple: false, offset: 0 });
    this.host.ui.requestPermission(this.packageName, mediaPermissions(this.host), () => this.host.ui.changed());
    if (this.host.faults.take('draft-prompt')) this.showDialog('resume-draft');
  }

  openEditor(media: readonly PickedMedia[]): void {
    this.open({ is: 'editor', media, isLoading: true });
    this.places.later(editorMs, () => {
      this.become({ is: 'editor', media, isLoading: false });
      if (!this.#memory.hasSeenStickers && this.bySeed(35)) {
        this.#memory.hasSeenStickers = true;
        this.showDialog('sticker-nux');
      }
      this.settle();
    });
  }

  publish(draft: Draft): boolean {
    this.host.ui.blur();
    if (draft.placement === 'reel' && this.host.faults.take('limited-reach')) {
      this.#warnedOf = draft;
      this.showDialog('limited-reach');
      return false;
    }
    this.#done = undefined;
    this.#uploads.start(draft);
    this.showTab('feed');
    this.host.faults.reach('upload');
    return true;
  }

  shareAllTheSame(): void {
    this.closeDialog('limited-reach');
    const draft = this.#warnedOf;
    this.#warnedOf = undefined;
    if (draft) this.publish(draft);
  }

  resumeDraft(): void {
    this.closeDialog('resume-draft');
    const [draft] = this.#memory.drafts;
    if (draft) this.openEditor(draft.media);
  }

  saveDraft(draft: Draft): void {
    this.host.ui.blur();
    this.#memory.drafts.unshift(draft);
    this.showTab('feed');
  }

  retryUpload(): void {
    this.places.showSheet(undefined);
    this.#uploads.retry();
  }

  dismissUpload(): void {
    this.places.showSheet(undefined);
    this.#uploads.dismiss();
  }

  /** Out of the editor, back to the picker or to where the app was before. */
  dropDraft(): void {
    if (!this.places.popTo((page) => page.is === 'gallery')) this.showTab('feed');
  }

  keepDraft(): void {
    const { page } = this;
    const media = page?.is === 'editor' ? page.media : [];
    this.saveDraft({
      account: this.actor.account,
      media,
      caption: '',
      sound: null,
      soundId: null,
      originSoundVolume: null,
      addSoundVolume: null,
      placement: 'reel',
      productLink: null,
      aiLabel: false,
    });
  }

  // ---- Stage: public deeds

  follow(username: string): void {
    if (this.#isAllowed()) this.world.follow(this.actor, username);
  }

  askUnfollow(username: string): void {
    this.places.showSheet(undefined);
    if (!this.world.profile(app, username)?.isPrivate) {
      this.unfollow(username);
      return;
    }
    this.#asksAbout = username;
    this.showDialog('unfollow');
  }

  unfollow(username: string): void {
    this.places.showSheet(undefined);
    if (this.#isAllowed()) this.world.unfollow(this.actor, username);
  }

  like(post: Post): void {
    if (this.world.isLiked(app, this.actor.account, post.id)) this.world.unlike(this.actor, post.id);
    else this.likeOnce(post);
    this.host.ui.changed();
  }

  likeOnce(post: Post): void {
    if (this.world.isLiked(app, this.actor.account, post.id)) return;
    if (this.#isAllowed()) this.world.like(this.actor, post.id);
  }

  favorite(post: Post): void {
    if (this.world.isFavorite(app, this.actor.account, post.id)) this.world.unfavorite(this.actor, post.id);
    else if (this.#isAllowed()) this.world.favorite(this.actor, post.id);
    this.host.ui.changed();
  }

  switchAccount(username: string): void {
    this.places.dropDialogs();
    this.#memory.account = username;
    this.#fill();
    // the app restarts itself for the other account, on its home screen
    this.showTab('feed');
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

  /** The platform asks who is there. */
  get isChecked(): boolean {
    return this.host.faults.isOn('checkpoint');
  }

  /** The platform has closed the account that is signed in. */
  get isSuspended(): boolean {
    const isClosed = this.world.profile(app, this.actor.account)?.isSuspended === true;
    return isClosed || this.host.faults.isOn('account-disabled');
  }

  get isSignedOut(): boolean {
    return this.#memory.isSignedOut || this.host.faults.isOn('logged-out');
  }

  /** After each move: prompts that wait for a moment like this one. They never come over a screen that still loads. */
  settle(): void {
    const { page } = this;
    const isBusy =
      page === undefined ||
      ['splash', 'login', 'suspended', 'checkpoint', 'share', 'story'].includes(page.is) ||
      ('isLoading' in page && page.isLoading);
    const isInFront = this.host.ui.foreground().package === this.packageName;
    if (!isBusy && isInFront && this.places.dialog === undefined) {
      if (this.host.faults.take('contacts-prompt')) this.showDialog('contacts');
      else if (this.host.faults.take('notifications-prompt')) this.showDialog('notifications');
      else if (this.host.faults.take('survey')) this.showDialog('rate');
    }
    this.host.ui.changed();
  }

  // ---- inside

  /** Whether this advertisement asks what one thinks of it: some do. */
  #asksAd(post: Post): boolean {
    return this.#options.prompts !== 'on-demand' && Number(post.id.slice(-1)) % 2 === 0;
  }

  /** Everybody's posts but our own and those of private accounts, in an order of this phone. */
  #fill(): void {
    const own = new Set(this.world.accountsOn(this.host.serial, app).map((profile) => profile.username));
    const posts = this.world
      .posts(app)
      .filter(
        (post) => !own.has(post.author) && !isStory(post) && this.world.profile(app, post.author)?.isPrivate === false,
      )
      .map((post) => ({ post, at: this.random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ post }) => post);
    this.#feed = posts.map(({ id }) => id);
    this.#reels = posts.filter(({ mediaType }) => mediaType === 'video').map(({ id }) => id);
  }

  /** The last byte is through and the platform took it: from here on the post is true. */
  #published(draft: Draft): string {
    const mediaType = draft.media[0]?.kind ?? 'video';
    const post = this.world.publish(
      { ...this.actor, account: draft.account },
      {
        caption: draft.caption,
        mediaType,
        mediaSha256: draft.media.map((item) => item.sha256),
        durationMs: draft.media[0]?.durationMs ?? 0,
        sound: draft.sound,
        soundId: draft.soundId,
        originSoundVolume: draft.originSoundVolume,
        addSoundVolume: draft.addSoundVolume,
        placement: draft.placement,
        productLink: draft.productLink,
        aiLabel: draft.aiLabel,
        url: (_author, id) => postUrl(id, mediaType),
      },
    );
    const told = { placement: draft.placement };
    this.#done = told;
    this.places.always(doneMs, () => {
      if (this.#done === told) this.#done = undefined;
    });
    this.#askAfterPost();
    return post.id;
  }

  #askAfterPost(): void {
    if (!this.page || this.places.dialog !== undefined) return;
    const memory = this.#memory;
    if (!memory.hasAskedNotifications && this.bySeed(30)) {
      memory.hasAskedNotifications = true;
      this.showDialog('notifications');
    } else if (!memory.hasAskedRating && this.bySeed(20)) {
      memory.hasAskedRating = true;
      this.showDialog('rate');
    }
  }

  #isAllowed(): boolean {
    if (!this.host.faults.isOn('rate-limited')) return true;
    this.showDialog('try-again-later');
    return false;
  }
}
