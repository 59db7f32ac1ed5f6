import type { Random } from '../../base/random.ts';
import type { PhoneHost } from '../parts.ts';
import type { ChosenSound } from '../sounds.ts';
import type { Draft, PickedMedia } from '../upload.ts';
import type { Actor, Post, World } from '../world.ts';
import type { Board } from './board.ts';
import type { IdName, StableId } from './ids.ts';
import type { CommentDraft, Dialog, MainTab, Page, Sheet } from './page.ts';
import type { Texts } from './texts/words.ts';
import type { LooseDesc, Release } from './versions.ts';

/** What a screen of this app sees and may do. Screens draw from it and call it from their handlers; they keep no state. */
export interface Stage {
  readonly host: PhoneHost;
  readonly world: World;
  readonly random: Random;
  readonly t: Texts;
  readonly release: Release;
  readonly board: Board;
  /** The app's own, or that of a clone. */
  readonly packageName: string;
  /** Usernames that are signed in, in the order of the switcher. */
  readonly accounts: readonly string[];
  /** The account that is signed in, acting on this phone. */
  readonly actor: Actor;

  id(name: IdName): string;
  stableId(name: StableId): string;
  /** The resolved label, or `@2131…` where this build fails to resolve it. */
  loose(name: LooseDesc, label: string): string;

  readonly page: Page | undefined;
  readonly sheet: Sheet | undefined;

  /** The page's new state. */
  become(page: Page): void;
  /** Opens a page above this one. */
  open(page: Page): void;
  /** The page goes; false when it is the last one. */
  leave(): boolean;
  /** Forgets the stack and shows a main tab. */
  showTab(tab: MainTab): void;
  showSheet(sheet: Sheet | undefined): void;
  showDialog(dialog: Dialog): void;
  closeDialog(dialog: Dialog): void;
  /** While the current page stays: calls back after that time. */
  later(ms: number, fn: () => void): void;

  // The feed
  readonly feed: readonly string[];
  nextVideo(by: 1 | -1): void;

  // Making a post
  /** With a sound, as its page opens it. */
  openCamera(sound?: ChosenSound): void;
  /** How long a sound, or a list of them, takes to load. */
  readonly soundMs: number;
  /** For what is being made on the page in front; undefined takes it off. */
  chooseSound(sound: ChosenSound | undefined): void;
  /** For a post; or for one photo of a comment that is being written. */
  openGallery(forComment?: CommentDraft): void;
  attachToComment(draft: CommentDraft, image: PickedMedia): void;
  openEditor(media: readonly PickedMedia[]): void;
  hasPermission(kind: 'camera' | 'audio' | 'media'): boolean;
  readonly wantsConfirmation: boolean;
  /** The draft leaves for the platform; the screen with it. Called once per draft. */
  publish(draft: Draft): void;
  saveDraft(draft: Draft): void;
  readonly drafts: readonly Draft[];
  readonly uploadPercent: number | undefined;
  readonly failedUpload: Draft | undefined;
  retryUpload(): void;
  dismissUpload(): void;

  // Public deeds; each may be refused by the platform, which then says so in a dialog.
  follow(username: string): void;
  unfollow(username: string): void;
  like(post: Post): void;
  favorite(post: Post): void;
  /** False when it was refused: the text stays. */
  comment(post: Post, text: string, imageSha256: string | null): boolean;

  switchAccount(username: string): void;
  signIn(): void;
}
