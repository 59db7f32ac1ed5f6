import type { Random } from '../../base/random.ts';
import type { PhoneHost } from '../parts.ts';
import type { Draft, PickedMedia } from '../upload.ts';
import type { Actor, Post, World } from '../world.ts';
import type { Board } from './board.ts';
import type { ShareKind } from './entry.ts';
import type { CommentsSheet, Dialog, MainTab, Page, Sheet } from './page.ts';
import type { Texts } from './texts/words.ts';
import type { Release } from './versions.ts';

/** What an upload shows: under way, through a moment ago, or refused. */
export type UploadSign =
  | { is: 'running'; percent: number; placement: string | null; media: 'video' | 'image' }
  | { is: 'done'; placement: string | null }
  | { is: 'failed'; media: 'video' | 'image' };

/** What a screen of this app sees and may do. Screens draw from it and call it from their handlers; they keep no state. */
export interface Stage {
  readonly host: PhoneHost;
  /** The app's own, or that of a clone. */
  readonly packageName: string;
  /** Usernames that are signed in, in the order of the switcher. */
  readonly accounts: readonly string[];
  readonly world: World;
  readonly random: Random;
  readonly t: Texts;
  readonly release: Release;
  readonly board: Board;
  /** The account that is signed in, acting on this phone. */
  readonly actor: Actor;

  id(name: string): string;

  readonly page: Page | undefined;
  readonly sheet: Sheet | undefined;
  /** Calls back after that time if the page in front still is. */
  later(ms: number, fn: () => void): void;
  /** How long music, or a list of it, takes to load. */
  readonly soundMs: number;

  /** The page's new state. */
  become(page: Page): void;
  /** Opens a page above this one. */
  open(page: Page): void;
  /** The page goes; false when it is the last one. */
  leave(): boolean;
  showTab(tab: MainTab): void;
  showSheet(sheet: Sheet | undefined): void;
  showDialog(dialog: Dialog): void;
  closeDialog(dialog: Dialog): void;
  /** The tab that the topmost page belongs to. */
  readonly tab: MainTab;
  /** Whether this tap is the second of a double tap on the same thing. */
  isDoubleTap(thing: string): boolean;

  // What there is to see
  readonly feed: readonly string[];
  readonly reels: readonly string[];
  readonly storyUsers: readonly string[];
  nextReel(by: 1 | -1): void;
  openProfile(username: string): void;
  openPost(post: Post, from: 'link' | 'grid'): void;
  openStory(username: string): void;
  /** The story of the next or the previous user, or out of the stories. */
  nextStory(by: 1 | -1): void;
  isStorySeen(username: string): boolean;
  readonly hasOwnStory: boolean;
  /** Posts that a question about the ad, or a cover over the picture, still waits on. */
  isAsking(post: Post): boolean;
  answerAd(post: Post): void;
  isCovered(post: Post): boolean;
  uncover(post: Post): void;

  // Comments
  openComments(post: Post): void;
  loadMoreComments(sheet: CommentsSheet): void;
  /** Words on their way to the platform: shown, not yet true. */
  pendingComment(post: string): string | undefined;
  comment(post: Post, text: string): void;

  // Making a post
  openGallery(kind: ShareKind): void;
  openEditor(media: readonly PickedMedia[]): void;
  hasPermission(kind: 'camera' | 'audio' | 'media'): boolean;
  /** The draft leaves for the platform, the screen with it; false while the app warns first. */
  publish(draft: Draft): boolean;
  /** Past the warning. */
  shareAllTheSame(): void;
  /** Goes on with the draft that the app has asked about. */
  resumeDraft(): void;
  saveDraft(draft: Draft): void;
  readonly drafts: readonly Draft[];
  readonly upload: UploadSign | undefined;
  retryUpload(): void;
  dismissUpload(): void;
  /** Out of the editor without keeping anything. */
  dropDraft(): void;
  /** Out of the editor; what was made so far can be taken up later. */
  keepDraft(): void;

  // Public deeds; each may be refused by the platform, which then says so in a dialog.
  follow(username: string): void;
  /** Asks first where following again would need a request. */
  askUnfollow(username: string): void;
  unfollow(username: string): void;
  readonly asksAbout: string | undefined;
  like(post: Post): void;
  /** What a double tap does: likes, and never takes it back. */
  likeOnce(post: Post): void;
  favorite(post: Post): void;

  switchAccount(username: string): void;
  signIn(): void;
}
