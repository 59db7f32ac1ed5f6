/**
 * What the kit needs from the rest of the house, as interfaces of its own; `main.ts` hands the real ones over. With fakes
 * of these four a script runs against a simulated phone without a database.
 */
import type { Random } from '../base/random.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { EffectKind } from '../contract/task-states.ts';
import type { TraceStep } from '../contract/trace.ts';

export interface EffectInput {
  taskId: number;
  attemptId: number;
  /** Lease token of the attempt: the gate refuses (`task.lease-lost`) when the lease row no longer carries it. */
  token: number;
  /** Once per task and key. */
  key: string;
  /** Account id as `account:12`, or `serial:127.0.0.1:21000` while the account is unknown. */
  actor: string;
  kind: EffectKind;
  /** Whom or what it touches, normalised: `@user`, a post's address; own username for `post`. */
  target: string;
  /** Another name of the target, by which alone others may know it: limits count both as one. */
  alias?: string;
  /** Public text, if any; only its hash is kept. */
  text?: string;
  /** A minor effect that is refused is recorded and skipped. */
  minor: boolean;
  /** What is there before the act (JSON), to tell a change by. */
  baseline?: unknown;
}

export type Sight = 'done' | 'not-done' | 'unconfirmed';

/** Names of the trace files that show it, and what was read there (JSON). */
export interface Proof {
  picture?: PictureRef;
  hierarchy?: HierarchyRef;
  /** The moment before the act, so that a person can compare. */
  before?: { picture?: PictureRef; hierarchy?: HierarchyRef };
  seen: unknown;
}

export interface OpenEffect {
  id: number;
  key: string;
  kind: EffectKind;
  target: string;
  minor: boolean;
  /** As it was handed to `intend`. */
  baseline: unknown;
  /** Epoch ms. */
  intendedAt: number;
}

/** The journal is the conduct ledger: one table. Every method resolves only after its commit. */
export interface Journal {
  /** The intent of an earlier attempt of this task that was never settled, if any (at most one is not minor). */
  open(taskId: number): Promise<OpenEffect | undefined>;
  /** `doubt`: a person has been asked, and the process died before the task was parked. */
  earlier(taskId: number, key: string): Promise<{ is: 'none' } | { is: 'open' | 'doubt'; id: number } | { is: 'done' }>;
  /**
   * `actWithinMs` runs from before the call, on the monotonic clock; `wait` names a gap that is short enough to be waited
   * in place before asking again.
   */
  intend(
    effect: EffectInput,
  ): Promise<
    | { is: 'go'; id: number; actWithinMs: number }
    | { is: 'wait'; ms: number; rule: Sentence }
    | { is: 'refused'; rule: Sentence; until?: number }
  >;
  settle(effectId: number, sight: Sight, proof: Proof): Promise<void>;
}

export type PictureRef = string;
export type HierarchyRef = string;

/** Takes everything in synchronously and writes behind. */
export interface Recorder {
  step(entry: TraceStep): void;
  picture(image: Uint8Array): PictureRef;
  hierarchy(xml: string): HierarchyRef;
  /** Progress as clients see it: the step's name and, where known, percent. */
  progress(step: string, percent?: number): void;
  /** Resolves when all that was taken in is on disk: the picture before an act must outlive a killed process. */
  flush(): Promise<void>;
}

export interface DraftInput {
  taskId: number;
  serial: string;
  /** Null while nobody knows who is logged in. */
  username: string | null;
  kind: EffectKind;
  target: string;
  prompt: string;
}

export interface Drafts {
  propose(draft: DraftInput): Promise<number>;
}

export interface MediaFile {
  /** Absolute path on this host, proven readable and of its kind. */
  path: string;
  name: string;
  kind: 'video' | 'image';
  mime: string;
  bytes: number;
  sha256: string;
  durationMs?: number;
  /** The item's own caption overrides the request's. */
  caption?: string;
  /** The caption is spintax: a folder's caption.txt. */
  isSpintax?: boolean;
  /** The folder's next sound, by its link and by its name: before the one that the request names. */
  soundLink?: string;
  soundName?: string;
}

export interface MediaWant {
  kind: 'video' | 'image';
  count: number;
  /** Documented fields of the post script: list > folder > library. */
  list: readonly string[];
  /** Documented for the image of a comment: entries that are no whole paths lie below the media folders of the server. */
  mayBeRelative?: true;
  source: 'materialLibrary' | 'localFolder';
  folder: string;
  tags: readonly string[];
  /** Position of the task in its create call: entry `position mod n` of a list of videos. */
  position: number;
  account?: string;
}

/** Which attempt takes media, and whose account it acts for. */
export interface MediaTaker {
  taskId: number;
  attemptId: number;
  /** As in `EffectInput`. */
  actor: string;
}

/** Throws `media.missing` and its kin, `media.outside-roots`, `media.none-left`, before anything touches the phone. */
export interface Shelf {
  /** What would be taken; nothing is marked as used. */
  pick(want: MediaWant, random: Random, taker: MediaTaker): Promise<readonly MediaFile[]>;
  /** The same choice for the same random, unless another task took it meanwhile. From now on it is used. */
  take(want: MediaWant, random: Random, taker: MediaTaker): Promise<readonly MediaFile[]>;
  /** The attempt is over: what it took stays used where its public action happened or may have, else it is given back. */
  settle(taker: MediaTaker): Promise<void>;
}
