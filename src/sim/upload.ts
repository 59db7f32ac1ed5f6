import type { CancelTimer, Clock } from '../base/clock.ts';

/** One picked photo or video, as it was when it was picked: what MediaStore says later no longer matters. */
export interface PickedMedia {
  id: number;
  kind: 'video' | 'image';
  sha256: string;
  durationMs: number;
  bytes: number;
  name: string;
}

/** Everything that is going to be published. */
export interface Draft {
  account: string;
  media: readonly PickedMedia[];
  caption: string;
  /** Title of what was added to it, and its number on the platform. */
  sound: string | null;
  soundId: string | null;
  originSoundVolume: number | null;
  addSoundVolume: number | null;
  placement: string | null;
  productLink: string | null;
  /** Labelled as made with AI. */
  aiLabel: boolean;
}

/**
 * running → published (finish) | failed (fail, or the process was killed: what was sent so far is lost, the draft is kept)
 * failed → running (retry) | gone (dismiss)
 * published and gone are final.
 */
export type UploadState =
  | { is: 'running'; draft: Draft; startedAt: number; takesMs: number }
  | { is: 'failed'; draft: Draft; why: 'refused' | 'killed' }
  | { is: 'published'; draft: Draft; post: string }
  | { is: 'gone' };

export type UploadInput =
  | { is: 'finish'; post: string }
  | { is: 'fail' }
  | { is: 'kill' }
  | { is: 'retry'; at: number; takesMs: number }
  | { is: 'dismiss' };

/** Any pair not listed above leaves the state as it is. */
export function nextUpload(state: UploadState, input: UploadInput): UploadState {
  if (state.is === 'running') {
    if (input.is === 'finish') return { is: 'published', draft: state.draft, post: input.post };
    if (input.is === 'fail') return { is: 'failed', draft: state.draft, why: 'refused' };
    if (input.is === 'kill') return { is: 'failed', draft: state.draft, why: 'killed' };
  }
  if (state.is === 'failed') {
    if (input.is === 'retry') {
      return { is: 'running', draft: state.draft, startedAt: input.at, takesMs: input.takesMs };
    }
    if (input.is === 'dismiss') return { is: 'gone' };
  }
  return state;
}

/** 0–99: the app shows no hundred, the badge is gone by then. */
export function percentOf(state: UploadState, now: number): number | undefined {
  if (state.is !== 'running') return undefined;
  return Math.min(99, Math.max(0, Math.floor(((now - state.startedAt) / Math.max(1, state.takesMs)) * 100)));
}

interface Running {
  state: UploadState;
  cancel: CancelTimer;
}

/** What uploads ask of the app and tell it. */
export interface UploadEvents {
  /** How long this one takes. */
  takesMs(draft: Draft): number;
  /** Asked when the last byte is through: does the platform take it? */
  isRefused(): boolean;
  /** The platform has it: makes the post and gives its id. */
  publish(draft: Draft): string;
  /** Something about an upload changed that may be seen. */
  changed(): void;
}

/** All uploads of one installation of the app. They go on while other screens are shown, and die with the process. */
export class Uploads {
  readonly #clock: Clock;
  readonly #events: UploadEvents;
  readonly #all: Running[] = [];

  constructor(clock: Clock, events: UploadEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  start(draft: Draft): void {
    const takesMs = this.#events.takesMs(draft);
    this.#begin({
      state: { is: 'running', draft, startedAt: this.#clock.monotonic(), takesMs },
      cancel: () => {},
    });
  }

  /** The oldest one under way, in percent. */
  get percent(): number | undefined {
    const running = this.#all.find(({ state }) => state.is === 'running');
    return running && percentOf(running.state, this.#clock.monotonic());
  }

  /** The draft of the oldest one under way. */
  get running(): Draft | undefined {
    const running = this.#all.find(({ state }) => state.is === 'running')?.state;
    return running?.is === 'running' ? running.draft : undefined;
  }

  /** The draft of the oldest upload that failed and was neither retried nor dismissed. */
  get failed(): Draft | undefined {
    const failed = this.#all.find(({ state }) => state.is === 'failed')?.state;
    return failed?.is === 'failed' ? failed.draft : undefined;
  }

  retry(): void {
    const failed = this.#all.find(({ state }) => state.is === 'failed');
    if (failed?.state.is !== 'failed') return;
    const takesMs = this.#events.takesMs(failed.state.draft);
    this.#all.splice(this.#all.indexOf(failed), 1);
    failed.state = nextUpload(failed.state, { is: 'retry', at: this.#clock.monotonic(), takesMs });
    this.#begin(failed);
  }

  dismiss(): void {
    const failed = this.#all.find(({ state }) => state.is === 'failed');
    if (failed) this.#move(failed, { is: 'dismiss' });
  }

  /** The process died. */
  kill(): void {
    for (const upload of [...this.#all]) {
      upload.cancel();
      this.#move(upload, { is: 'kill' });
    }
  }

  #begin(upload: Running): void {
    this.#all.push(upload);
    const ms = upload.state.is === 'running' ? upload.state.takesMs : 0;
    upload.cancel = this.#clock.after(ms, () => this.#end(upload), { idle: true });
    this.#events.changed();
  }

  #end(upload: Running): void {
    if (upload.state.is !== 'running') return;
    if (this.#events.isRefused()) this.#move(upload, { is: 'fail' });
    else this.#move(upload, { is: 'finish', post: this.#events.publish(upload.state.draft) });
  }

  #move(upload: Running, input: UploadInput): void {
    upload.state = nextUpload(upload.state, input);
    if (upload.state.is === 'published' || upload.state.is === 'gone') this.#all.splice(this.#all.indexOf(upload), 1);
    this.#events.changed();
  }
}
