/**
 * How the parts of a simulated phone see each other. Each part is its own file; `sim/phone.ts` puts one phone together.
 *
 *   adbd (wire) → services → shell ─┬→ files (tree + media store) ← sync
 *                                   ├→ packages
 *                                   └→ ui ← agent (UiAutomator2 HTTP), mjpeg, picture
 *   ui → system screens, apps (twins) → world (what really happened); faults reach into all of them.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';

/** Physical px, right and bottom exclusive, as Android's bounds attribute prints them. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * One node of an accessibility tree, as an app would expose it. What is absent is the default of Android: false, empty,
 * enabled. A tree is made anew from the app's state each time it is asked for; handlers change that state.
 */
export interface UiNode {
  /** Java class name, e.g. `android.widget.TextView`. May be empty, as in real captures. */
  class: string;
  bounds: Rect;
  text?: string;
  /** content-desc */
  desc?: string;
  /** Full resource id `package:id/name`, or as odd as the app has it. */
  id?: string;
  hint?: string;
  clickable?: boolean;
  longClickable?: boolean;
  checkable?: boolean;
  checked?: boolean;
  /** Default true. */
  enabled?: boolean;
  focusable?: boolean;
  focused?: boolean;
  password?: boolean;
  scrollable?: boolean;
  selected?: boolean;
  /** What a SeekBar or ProgressBar stands at: Android's RangeInfo, beginning at 0. */
  range?: { current: number; max: number };
  children?: UiNode[];
  /** Called when this node is the topmost clickable one under a tap. */
  onTap?: (at: { x: number; y: number }) => void;
  onLongPress?: () => void;
  /** A finger moved over this (scrollable) node. Positive dy = the finger moved down. */
  onSwipe?: (move: { dx: number; dy: number; durationMs: number; to: { x: number; y: number } }) => void;
  /** Present on text fields: the whole new text after typing, `replace` or clear. The field's own limits apply inside. */
  onText?: (text: string) => void;
  /** On a text field: Enter or the keyboard's action key was pressed. Without it Enter adds a line break. */
  onEnter?: () => void;
  /** On a text field: takes the focus (and opens the keyboard) when it first appears. */
  autoFocus?: boolean;
  /** On a text field: told when it gets or loses the focus. */
  onFocus?: (isFocused: boolean) => void;
  /**
   * Which thing this node shows, where place alone does not tell (list rows). An element the agent handed out is stale
   * once its place in the tree holds another class, id or key.
   */
  key?: string;
  /**
   * Android's elevation: among siblings a higher one is drawn above and touched first, wherever it stands in the tree.
   * Default 0; equal ones go by tree order.
   */
  elevation?: number;
  /** Drawn and nothing else: neither it nor its children are in the accessibility tree, and no touch reaches them. */
  drawnOnly?: boolean;
  /** How to draw it. Without it the node shows its text only. */
  paint?: Paint;
}

export interface Paint {
  /** CSS colour of the background. */
  fill?: string;
  /** CSS colour of text or symbol. */
  ink?: string;
  radiusPx?: number;
  /** Text size in px; default is taken from the height of the bounds. */
  textPx?: number;
  bold?: boolean;
  align?: 'left' | 'center' | 'right';
  /** A drawn symbol instead of text. */
  symbol?:
    | 'heart'
    | 'comment'
    | 'share'
    | 'bookmark'
    | 'plus'
    | 'check'
    | 'back'
    | 'close'
    | 'search'
    | 'home'
    | 'person'
    | 'music'
    | 'menu'
    | 'play';
  /** A coloured pattern that stands for a video or photo; the same seed draws the same picture. */
  pictureSeed?: string;
}

/** A window as the accessibility service lists it: system bars, keyboard, app, dialog. */
export interface UiWindow {
  package: string;
  root: UiNode;
  /** A modal window swallows taps outside its nodes (calls `onOutside` if there is one). */
  modal?: boolean;
  onOutside?: () => void;
  /** Which screen this is (`profile:mia`): elements found on another one are stale. Default: the root's id. */
  key?: string;
  /** Title of the window, for `dumpsys window` and `list_windows`. */
  title?: string;
  /** Default `application`. System bars and keyboards never become the active window. */
  kind?: 'application' | 'input-method' | 'system';
}

/** What `am start` and friends are asked for. Extras hold strings, numbers and `content:` or `file:` URIs as text. */
export interface Intent {
  action?: string;
  data?: string;
  type?: string;
  categories: string[];
  /** `package/.Activity` or `package/full.Activity` */
  component?: string;
  package?: string;
  extras: Record<string, string | number | boolean>;
  flags: number;
}

/** A row of MediaStore (`content query --uri content://media/external/video/media`). Rows appear only after a scan. */
export interface MediaRow {
  id: number;
  kind: 'video' | 'image';
  path: string;
  name: string;
  mime: string;
  bytes: number;
  durationMs: number;
  width: number;
  height: number;
  /** Epoch seconds, as MediaStore has it. */
  dateAdded: number;
  sha256: string;
}

export interface FileEntry {
  path: string;
  kind: 'file' | 'dir' | 'link';
  /** st_mode, type bits included. */
  mode: number;
  bytes: number;
  /** Epoch seconds. */
  mtime: number;
}

/** The phone's file tree. Paths are absolute; `/sdcard` and `/storage/emulated/0` are the same place. Content lives in memory. */
export interface PhoneFiles {
  stat(path: string): FileEntry | undefined;
  list(path: string): FileEntry[] | undefined;
  read(path: string): Uint8Array | undefined;
  /** Missing parents are made, as adbd does. Throws Error('No space left on device') under the disk-full fault. */
  write(path: string, content: Uint8Array, options?: { mode?: number; mtime?: number }): void;
  mkdir(path: string): void;
  /** False when there was nothing. */
  remove(path: string, options?: { recursive?: boolean }): boolean;
  /** Looks at a file (or everything below a folder) and makes, changes or drops its MediaStore row. Returns the row's URI. */
  scan(path: string): string | undefined;
  media(kind?: 'video' | 'image'): readonly MediaRow[];
  /** Row of a `content://media/…/ID` URI or a path. */
  mediaRow(uriOrPath: string): MediaRow | undefined;
  removeMedia(id: number): boolean;
  readonly freeBytes: number;
}

export interface InstalledPackage {
  name: string;
  versionName: string;
  versionCode: number;
  /** Path of the base apk on the phone. */
  path: string;
  isSystem: boolean;
  permissions: Map<string, boolean>;
  firstInstall: number;
  lastUpdate: number;
  /** Full class of the activity behind its icon; without it the package has none. */
  launcherActivity?: string;
  /** Component of an `instrumentation`, e.g. the UiAutomator2 test package. */
  instrumentation?: { component: string; target: string };
}

export interface PhonePackages {
  list(): readonly InstalledPackage[];
  find(name: string): InstalledPackage | undefined;
  /** Parses the apk's manifest for name and version; throws Error with Android's own INSTALL_FAILED_… text. */
  install(apk: Uint8Array, options: { replace: boolean; grantAll: boolean; downgrade: boolean }): InstalledPackage;
  /** Adds a package without an apk (the twins, system apps). */
  put(
    entry: Pick<InstalledPackage, 'name' | 'versionName' | 'versionCode' | 'isSystem'> & Partial<InstalledPackage>,
  ): InstalledPackage;
  uninstall(name: string): boolean;
}

/** What a broadcast receiver answers: `code` is Activity.RESULT_OK (-1), RESULT_CANCELED (0) or the app's own. */
export interface BroadcastResult {
  code: number;
  data?: string;
}

/** A running service of an app; `name` is its class, short where it begins with the package. */
export interface SimService {
  name: string;
  isForeground: boolean;
}

/** What apps do without being seen: services and broadcast receivers. */
export interface PhoneBackground {
  /** `am broadcast`: the answer of whichever app listens; undefined when none does. */
  broadcast(intent: Intent): BroadcastResult | undefined;
  /** By the intent's component. False when there is no such app or service. */
  startService(intent: Intent): boolean;
  /** False when it was not running. */
  stopService(intent: Intent): boolean;
  services(packageName: string): readonly SimService[];
}

/** Quarters, as android.view.Surface counts them. */
export type Rotation = 0 | 1 | 2 | 3;

/** The screen and everything that touches it. */
export interface PhoneUi {
  readonly size: { width: number; height: number };
  readonly density: number;
  /** How the screen is turned now, in quarters. */
  readonly rotation: Rotation;
  /** Locks the screen to a rotation; what is in front may keep its own (`rotation`). */
  turn(rotation: Rotation): void;
  isScreenOn: boolean;
  /** All windows, bottom first. The trees are fresh. */
  windows(): UiWindow[];
  tap(x: number, y: number): void;
  longPress(x: number, y: number): void;
  swipe(x1: number, y1: number, x2: number, y2: number, durationMs: number): void;
  /** Android keycode, e.g. 4 back, 3 home. */
  key(code: number): void;
  /** Keys of a hardware keyboard, one a character: they pass the input method in use. False when nothing has focus. */
  type(text: string, options?: { replace?: boolean }): boolean;
  /** `am start`: an error is the text that am prints after "Error: ". */
  start(intent: Intent): { component: string; warning?: string } | { error: string };
  forceStop(packageName: string): void;
  readonly background: PhoneBackground;
  foreground(): { package: string; activity: string };
  processes(): readonly { pid: number; name: string }[];
  /** False while something on the screen keeps sending accessibility events (a playing video, a spinner). */
  isIdle(): boolean;
  /** The screen as drawn. `scale` 0 < s ≤ 1. */
  picture(format: 'png' | 'jpeg', options?: { scale?: number; quality?: number }): Promise<Uint8Array>;
  /** Rises with every change that may be seen; lets pictures be cached. */
  readonly version: number;
  /** `clock.monotonic()` of the last change. */
  readonly changedAt: number;
  openNotifications(): void;
  closeNotifications(): void;
  /** For apps: something changed by itself (a timer, not a touch) that may be seen. */
  changed(): void;
  readonly isKeyboardShown: boolean;
  /** Where the keyboard begins, or the bottom of the screen while it is hidden. */
  readonly keyboardTop: number;
  /** Closes the keyboard; the field keeps its focus. */
  hideKeyboard(): void;
  /** Takes the focus from whatever field has it, and closes the keyboard. */
  blur(): void;
  /**
   * An app asks for runtime permissions. Calls back at once when all are granted, otherwise after the dialog was
   * answered. The answer is written to the package's permissions.
   */
  requestPermission(packageName: string, permissions: readonly string[], onAnswer?: (isGranted: boolean) => void): void;
  clipboard: string;
}

/** The UiAutomator2 server: exists only while `am instrument` runs. */
export interface PhoneAgent {
  /** Starts listening on the phone's tcp:6790 and tcp:7810. Lines go to the instrumentation's standard output. */
  start(options: { onLine: (line: string) => void; onEnd: () => void; args: Record<string, string> }): void;
  stop(reason: 'killed' | 'crashed' | 'session-deleted'): void;
  readonly isRunning: boolean;
}

/** A stream service of the phone (`shell:`, `tcp:6790`, `localabstract:x`, `sync:`); undefined means refused (CLSE). */
export type OpenService = (service: string) => Duplex | undefined;

/** Switches by which a phone misbehaves. Each part asks for its own; `sim/faults.ts` holds them. */
export type FaultKind =
  | 'unplug'
  | 'offline'
  | 'unauthorized'
  | 'silent-connect'
  | 'slow'
  | 'agent-crash'
  | 'ui-automation-lost'
  | 'idle-timeout'
  | 'unknown-dialog'
  | 'permission-dialog'
  | 'contacts-prompt'
  | 'notifications-prompt'
  | 'survey'
  | 'renamed-ids'
  | 'lost-tap'
  | 'late-tap'
  | 'upload-failure'
  | 'disk-full'
  | 'logged-out'
  | 'update-required'
  | 'rate-limited'
  | 'account-disabled'
  | 'checkpoint'
  | 'draft-prompt'
  | 'limited-reach';

export interface PhoneFaults {
  /** True while the fault is switched on. */
  isOn(kind: FaultKind): boolean;
  /** True once per switched-on one-shot fault (agent-crash, lost-tap, late-tap, survey, …); switches it off. */
  take(kind: FaultKind): boolean;
  /** Told when a fault begins or ends, so that a socket can be dropped at once. Returns a function that stops telling. */
  onChange(listener: (kind: FaultKind, isOn: boolean) => void): () => void;
  /**
   * An app names a moment (`upload`): faults that were set `at` it begin now. A tap on a node names its text and its
   * content-desc by itself.
   */
  reach(moment: string): void;
}

/** What a part or an app gets from the phone it lives on. */
export interface PhoneHost {
  /** As adb will see it for a TCP phone: `127.0.0.1:PORT`. */
  readonly serial: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly props: Readonly<Record<string, string>>;
  /** IETF tag of the phone's language, `en-US` or `fr-FR`. */
  readonly language: string;
  readonly files: PhoneFiles;
  readonly packages: PhonePackages;
  readonly ui: PhoneUi;
  readonly faults: PhoneFaults;
  /** Shell commands and services nobody knew: shown by the control routes, and a contract test fails on them. */
  readonly unknown: string[];
}

/** A simulated app. Its windows come from its state; time reaches it through the host's clock. */
export interface SimApp {
  readonly package: string;
  readonly label: string;
  /** It stays upright whatever the screen is locked to. */
  readonly isPortraitOnly?: boolean;
  /** False: no icon on the home screen. */
  readonly hasIcon?: boolean;
  /**
   * Brings it to the front with an intent (launcher start: MAIN/LAUNCHER). Throws Error for an activity it does not have.
   * An activity that `finishes` at once leaves what was in front there; the process stays.
   */
  start(intent: Intent): { activity: string; finishes?: boolean };
  /** Process gone: all unsaved state is lost. */
  stop(): void;
  /** Its data was erased (`pm clear`), after the process was stopped: it has no account any more. */
  clear?(): void;
  /**
   * Full class of the activity with which it would answer an implicit intent (VIEW with a URL, SEND with a type);
   * undefined: not for this app. Explicit and launcher starts do not ask.
   */
  resolve?(intent: Intent): string | undefined;
  /** The answer to a broadcast; undefined: not for this app. */
  receive?(intent: Intent): BroadcastResult | undefined;
  /** Services that run now. */
  services?(): readonly SimService[];
  /** `name` as in a component, `.Main` or in full. False for a service it does not have. */
  startService?(name: string, intent: Intent): boolean;
  /** False when it was not running. */
  stopService?(name: string): boolean;
  /** Own windows, bottom first; [] when it has none. Only called while it is in front. */
  windows(): UiWindow[];
  /** Back was pressed; false lets the system close the app. */
  back(): boolean;
  isIdle(): boolean;
}
