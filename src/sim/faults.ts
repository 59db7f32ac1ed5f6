import type { CancelTimer, Clock } from '../base/clock.ts';
import type { FaultKind, PhoneFaults } from './parts.ts';

/** What each switch does, as the control routes tell it to whoever spells one wrong. */
export const faultKinds: Readonly<Record<FaultKind, string>> = {
  unplug: 'the phone is gone from adb until the fault ends',
  offline: 'adb keeps the connection, the phone answers nothing',
  unauthorized: 'the phone asks for the key to be allowed and nobody does',
  'silent-connect': 'connections are accepted and never greeted',
  slow: 'every call to the automation server takes seconds',
  'agent-crash': 'the automation server dies, once',
  'ui-automation-lost': 'the automation server loses its UiAutomation until it is started again',
  'idle-timeout': 'the screen never becomes idle',
  'unknown-dialog': 'a dialog nobody knows lies over the app until it is answered',
  'permission-dialog': "Android's permission dialog lies over the app until it is answered",
  'contacts-prompt': 'the app asks for contacts, once',
  'notifications-prompt': 'the app asks for notifications, once',
  survey: 'the app shows a survey, once',
  'renamed-ids': 'the app names its views differently, as after an update',
  'lost-tap': 'one tap does nothing',
  'late-tap': 'one tap is carried out three seconds later',
  'upload-failure': 'an upload fails',
  'disk-full': 'nothing more can be written to the phone',
  'logged-out': 'the app has lost its account',
  'update-required': 'the app goes no further without an update (TikTok)',
  'rate-limited': 'the platform refuses further actions',
  'account-disabled': 'the platform has closed the account: the app says so and does nothing for it',
  checkpoint: 'the platform asks who is there and shows nothing else (Instagram)',
  'draft-prompt': 'the app asks whether an earlier draft should be gone on with, once (Instagram)',
  'limited-reach': 'the app warns that few will see a reel, and publishes it after a second Share, once (Instagram)',
};

export interface FaultInput {
  kind: FaultKind;
  /** Begins this much later. */
  afterMs?: number | undefined;
  /** Ends by itself after this time. Without it the fault stays until it was taken (one-shots) or removed. */
  forMs?: number | undefined;
  /**
   * When it begins: epoch ms, or a moment: the text or content-desc of a control that is tapped, or a name the app gives
   * (`upload`). Faults of taps and screens begin right before that tap is carried out, all others right after it.
   */
  at?: number | string | undefined;
}

interface Planned extends FaultInput {
  cancels: CancelTimer[];
}

/** These decide what the tap itself meets. */
const beforeTap: ReadonlySet<FaultKind> = new Set(['lost-tap', 'late-tap', 'unknown-dialog', 'permission-dialog']);

/** The switches of one phone. */
export class SimFaults implements PhoneFaults {
  readonly #clock: Clock;
  readonly #on = new Map<FaultKind, Planned>();
  readonly #planned = new Set<Planned>();
  readonly #listeners = new Set<(kind: FaultKind, isOn: boolean) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(input: FaultInput): void {
    const fault: Planned = { ...input, cancels: [] };
    if (typeof input.at === 'string') {
      this.#planned.add(fault);
      return;
    }
    const delay = input.at === undefined ? 0 : Math.max(0, input.at - this.#clock.now());
    this.#later(fault, delay);
  }

  /** Ends everything and forgets what was planned. */
  clear(): void {
    for (const fault of this.#planned) for (const cancel of fault.cancels) cancel();
    this.#planned.clear();
    for (const kind of [...this.#on.keys()]) this.#end(kind);
  }

  /** Faults that are on now. */
  active(): FaultKind[] {
    return [...this.#on.keys()];
  }

  isOn(kind: FaultKind): boolean {
    return this.#on.has(kind);
  }

  take(kind: FaultKind): boolean {
    if (!this.#on.has(kind)) return false;
    this.#end(kind);
    return true;
  }

  onChange(listener: (kind: FaultKind, isOn: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  reach(moment: string): void {
    this.#beginAt([moment], () => true);
  }

  /** A finger is about to touch, or has touched, a control with these labels. */
  touch(labels: readonly string[], phase: 'before' | 'after'): void {
    this.#beginAt(labels, (kind) => beforeTap.has(kind) === (phase === 'before'));
  }

  #beginAt(moments: readonly string[], isMeant: (kind: FaultKind) => boolean): void {
    if (this.#planned.size === 0) return;
    const names = moments.map(fold);
    for (const fault of [...this.#planned]) {
      if (typeof fault.at !== 'string' || !names.includes(fold(fault.at)) || !isMeant(fault.kind)) continue;
      this.#planned.delete(fault);
      this.#later(fault, 0);
    }
  }

  #later(fault: Planned, delayMs: number): void {
    const wait = delayMs + (fault.afterMs ?? 0);
    if (wait === 0) {
      this.#begin(fault);
      return;
    }
    this.#planned.add(fault);
    fault.cancels.push(
      this.#clock.after(
        wait,
        () => {
          this.#planned.delete(fault);
          this.#begin(fault);
        },
        { idle: true },
      ),
    );
  }

  #begin(fault: Planned): void {
    const before = this.#on.get(fault.kind);
    for (const cancel of before?.cancels ?? []) cancel();
    fault.cancels = [];
    this.#on.set(fault.kind, fault);
    if (fault.forMs !== undefined) {
      fault.cancels.push(this.#clock.after(fault.forMs, () => this.#end(fault.kind), { idle: true }));
    }
    this.#tell(fault.kind, true);
  }

  #end(kind: FaultKind): void {
    const fault = this.#on.get(kind);
    if (!fault) return;
    for (const cancel of fault.cancels) cancel();
    this.#on.delete(kind);
    this.#tell(kind, false);
  }

  #tell(kind: FaultKind, isOn: boolean): void {
    for (const listener of [...this.#listeners]) listener(kind, isOn);
  }
}

const fold = (text: string): string => text.trim().toLowerCase();
