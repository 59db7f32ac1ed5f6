import type { Ctx } from '../base/context.ts';
import type { Hierarchy, Node, Point } from '../phone/hierarchy.ts';
import type { MediaFile } from './seams.ts';

/** A file that lies on the phone for this attempt. */
export interface PushedFile {
  readonly remotePath: string;
  /** content://media/… of its row in the phone's media store, proven by size. */
  readonly uri: string;
}

/**
 * What the kit does with a phone, as narrow as it needs it; `handsOf` (hands-of-phone.ts) gives it for a real or virtual
 * one. Every method rejects with the signal's reason once it is aborted, has a limit of its own, and sends a touch at
 * most once: a touch that may have arrived is never sent again.
 */
export interface PhoneHands {
  readonly serial: string;
  /** Aborts when the phone is lost, with a DroverError as its reason. */
  readonly signal: AbortSignal;
  readHierarchy(ctx: Ctx): Promise<Hierarchy>;
  /** `isBeside`: over a channel of its own, so that reading the screen does not wait behind it. */
  takePicture(ctx: Ctx, options?: { isBeside?: boolean }): Promise<Uint8Array>;
  tap(ctx: Ctx, point: Point): Promise<void>;
  longPress(ctx: Ctx, point: Point): Promise<void>;
  swipe(ctx: Ctx, from: Point, to: Point, ms: number): Promise<void>;
  key(ctx: Ctx, key: 'back' | 'home' | 'enter'): Promise<void>;
  /** Replaces what `field` holds and gives back what it holds then; may throw `phone.text-mismatch`. */
  typeText(ctx: Ctx, text: string, field: Node): Promise<string>;
  readText(ctx: Ctx, field: Node): Promise<string>;
  /** What is in it later was copied since. */
  clearClipboard(ctx: Ctx): Promise<void>;
  /** The text in the clipboard, by way of an empty `field` that is empty again afterwards, or throws `phone.text-mismatch`. */
  readByPasting(ctx: Ctx, field: Node): Promise<string | undefined>;
  hideKeyboard(ctx: Ctx): Promise<void>;
  startApp(ctx: Ctx, packageName: string): Promise<void>;
  stopApp(ctx: Ctx, packageName: string): Promise<void>;
  openUrl(ctx: Ctx, url: string, packageName: string): Promise<void>;
  shareFile(ctx: Ctx, share: { uri: string; mime: string; packageName: string }): Promise<void>;
  /** Undefined when the app is not installed. */
  packageVersion(ctx: Ctx, packageName: string): Promise<string | undefined>;
  pushMedia(ctx: Ctx, file: MediaFile): Promise<PushedFile>;
  removeMedia(ctx: Ctx, pushed: PushedFile): Promise<void>;
  /** Removes what dead attempts left behind. */
  sweepMedia(ctx: Ctx): Promise<void>;
}
