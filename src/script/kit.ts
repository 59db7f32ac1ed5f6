import { sleep } from '../base/clock.ts';
import { type Ctx, withSignal } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import { waitFor as waitUntil } from '../base/wait.ts';
import type { ErrorCode } from '../contract/error-codes.ts';
import { scriptInput } from '../contract/script-inputs.ts';
import type { ScriptName } from '../contract/script-names.ts';
import type { EffectKind } from '../contract/task-states.ts';
import type { Point } from '../phone/hierarchy.ts';
import { type EffectEnd, type EffectHandlers, type EffectSpec, keyOf, runEffect } from './effect.ts';
import { see, type WaitForOptions, waitFor } from './look.ts';
import { MediaOfAttempt, type PhoneMedia } from './media.ts';
import type { Look } from './patience.ts';
import type { AnyScreen, Control } from './screen.ts';
import type { MediaFile, MediaWant, OpenEffect } from './seams.ts';
import type { Seen } from './seen.ts';
import { type AttemptFacts, bug, Ended, type Outcome, Session, type SessionParts } from './session.ts';
import { spin } from './spintax.ts';
import {
  type Direction,
  enter,
  longPress,
  pressKey,
  readByPasting,
  readText,
  scroll,
  swipe,
  type TapOptions,
  type TypeOptions,
  tap,
  type,
} from './touch.ts';
import { settleEarlier, unwrapBaseline } from './watch.ts';

/** All that a script has: no other way leads to the phone. Every call throws once the attempt is aborted or has ended. */
export interface ScriptContext {
  readonly account: AttemptFacts['account'];
  readonly serial: string;
  readonly packageName: string;
  /** Zero-based position of the task in its create call. */
  readonly position: number;

  /** A repeatable part. Its end is recorded with picture and hierarchy. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A public action, once per key; see `EffectHandlers`. */
  effect(spec: EffectSpec, handlers: EffectHandlers): Promise<EffectEnd>;
  /** Whether an earlier attempt of this task has done it: then a script skips what only leads up to it. */
  isDone(spec: Pick<EffectSpec, 'kind' | 'target' | 'key'>): Promise<boolean>;

  /** One capture. Known dialogs are taken away first. */
  see(): Promise<Seen>;
  see<Key extends string>(screen: AnyScreen<Key>): Promise<Seen<Key>>;
  waitFor<Key extends string>(
    screen: AnyScreen<Key> | readonly AnyScreen<Key>[],
    options?: WaitForOptions<Key>,
  ): Promise<Seen<Key>>;
  /** Looks until `check` gives something; throws `phone.timeout` naming `what`. */
  waitUntil<T>(what: string, check: () => Promise<T | undefined>, options: { timeoutMs: number }): Promise<T>;

  /** On a fresh capture whose front screen the control belongs to; in the middle of what takes the taps. */
  tap(control: Control, options?: TapOptions): Promise<void>;
  longPress(control: Control, options?: TapOptions): Promise<void>;
  /** Replaces what the field holds and reads it back; throws `phone.text-mismatch`. */
  type(control: Control, text: string, options?: TypeOptions): Promise<void>;
  readText(control: Control): Promise<string>;
  hideKeyboard(): Promise<void>;
  key(key: 'back' | 'home'): Promise<void>;
  /** The Enter key for a field: searches, or publishes where the control is declared with `effect`. */
  enter(control: Control, options?: TapOptions): Promise<void>;
  scroll(direction: Direction, within?: Control): Promise<void>;
  /** Points as shares of the screen, 0–1. */
  swipe(from: Point, to: Point, ms?: number): Promise<void>;

  /** A link, in the app of this attempt. */
  open(url: string): Promise<void>;
  /** Brings the app to the front; `fresh` stops it first. */
  openApp(options?: { fresh?: boolean }): Promise<void>;
  /** Hands a pushed file to the app, as its share target. */
  share(media: PhoneMedia): Promise<void>;
  /** What `media` would take now, proven to be usable, without touching the phone or marking it as used. */
  choose(want: Omit<MediaWant, 'position'>): Promise<readonly MediaFile[]>;
  /** Taken and pushed; removed from the phone when the attempt ends, and given back unless its public action happened. */
  media(want: Omit<MediaWant, 'position'>): Promise<readonly PhoneMedia[]>;

  /** One of `lines`, deterministic from the attempt's seed. */
  pick<T>(lines: readonly T[]): T;
  /** Spintax, deterministic from the attempt's seed. */
  spin(template: string): string;
  chance(percent: number): boolean;
  /** Both ends included. */
  int(min: number, max: number): number;

  /** Since the attempt began, on the monotonic clock. */
  readonly elapsedMs: number;
  /** Looks at nothing and touches nothing for so long: a video is being watched, say. Ends at once with the attempt. */
  wait(what: string, ms: number): Promise<void>;
  /** Before something is copied: what is read afterwards was copied since, and is nobody's secret. Outside effects only. */
  clearClipboard(): Promise<void>;
  /**
   * What was copied, by way of an empty field: pasted there, read, and taken away again, as only the app in front may read the
   * clipboard (Android 10 and later). Undefined where nothing arrives. A field that is not proven to be empty again ends the
   * attempt, with `phone.text-mismatch` or what else went wrong. Outside effects only.
   */
  readByPasting(control: Control): Promise<string | undefined>;

  /** Asks for words of a model; they become a draft that a person decides on. Nothing comes back. */
  propose(draft: { kind: EffectKind; target: string; prompt: string }): Promise<void>;
  /** Makes sure that the account of the task is the active one. Throws `app.wrong-account` when it cannot be. */
  ensureAccount(): Promise<void>;
  /** What clients see while a long part is at work. */
  progress(text: string, percent?: number): void;
  fail(code: ErrorCode, message?: string, details?: Readonly<Record<string, unknown>>): never;
}

/** Whether an earlier attempt's act happened, from any screen. Called again while it says `unknown`. */
export type Recall<Input> = (ctx: ScriptContext, open: OpenEffect, input: Input) => Promise<Look>;

/** The app as the kit needs it; `App` (define.ts) is one. */
export interface KitApp {
  readonly packageName: string;
  readonly label: string;
  readonly screens: readonly AnyScreen[];
  readonly dialogs: readonly AnyScreen[];
  activeAccount?(ctx: ScriptContext): Promise<string | undefined>;
  switchTo?(ctx: ScriptContext, username: string): Promise<void>;
}

/** A script whose input nobody knows the type of any more; `Script<Name>` (define.ts) is one. */
export interface KitScript {
  readonly name: ScriptName;
  run(ctx: ScriptContext, input: never): Promise<void>;
  prepare?(ctx: ScriptContext, input: never): Promise<void>;
  readonly recalls: Readonly<Partial<Record<EffectKind, Recall<never>>>>;
}

export interface RunParts extends SessionParts {
  readonly app: SessionParts['app'] & KitApp;
  readonly script: KitScript;
  /** Told who is logged in where the task names nobody; answers with whose effects they are from now on. */
  readonly whoIs?: (username: string) => Promise<Pick<AttemptFacts, 'account' | 'actor'>>;
}

/** More open intents than this in one task are a fault of the journal. */
const mostOpen = 100;

/**
 * One attempt. Every failure is thrown as a DroverError whose details name the step and the files of the trace that show
 * it; an interruption (`retry: 'interrupt'`) or the reason of an abort is thrown as it is, with an open intent left open.
 */
export async function runScript(ctx: Ctx, parts: RunParts): Promise<Outcome> {
  using bound = withSignal(ctx, parts.hands.signal);
  const session = new Session(bound, parts);
  const media = new MediaOfAttempt(session);
  try {
    await new Attempt(session, parts, media).run();
    return session.ended ? endOf(session, session.ended) : { is: 'completed' };
  } catch (thrown) {
    // what ended the attempt first counts, whatever a script threw afterwards
    return endOf(session, session.ended ?? (thrown instanceof Ended ? thrown : toDroverError(thrown)));
  } finally {
    await session.pictures;
    await media.dispose();
  }
}

function endOf(session: Session, end: Ended | DroverError): Outcome {
  if (end instanceof Ended) return end.outcome;
  const { step, picture, hierarchy } = session.evidenceOf(end);
  const evidence = { ...(step && { step }), ...(picture && { picture }), ...(hierarchy && { hierarchy }) };
  throw new DroverError(end.code, {
    message: end.message,
    details: { ...end.details, ...evidence },
    cause: end.cause ?? end,
  });
}

class Attempt {
  readonly #session: Session;
  readonly #parts: RunParts;
  readonly #ctx: ScriptContext;
  readonly #input: never;

  constructor(session: Session, parts: RunParts, media: MediaOfAttempt) {
    this.#session = session;
    this.#parts = parts;
    this.#input = scriptInput(parts.script.name, parts.facts.config) as never; // its type went with the name
    this.#ctx = createContext(session, parts, media, this.#input);
  }

  async run(): Promise<void> {
    const session = this.#session;
    const { script, app } = this.#parts;
    session.mode = { is: 'look' };
    await this.#settleOpen();
    session.mode = { is: 'still' };
    await script.prepare?.(this.#ctx, this.#input);
    session.mode = { is: 'free' };
    await this.#assertInstalled();
    if (app.activeAccount || app.switchTo) await this.#ctx.ensureAccount();
    await script.run(this.#ctx, this.#input);
  }

  /** Point 0: before the script's first step, what an earlier attempt left open is settled by looking. */
  async #settleOpen(): Promise<void> {
    const session = this.#session;
    const { journal } = this.#parts;
    for (let count = 0; count < mostOpen; count++) {
      session.check();
      const found = await journal.open(session.facts.taskId);
      if (!found) return;
      const { open, before } = unwrapBaseline(found);
      await session.traced('effect', `recall ${open.kind} ${open.target}`, async (entry) => {
        entry.intent = { ...open };
        const recall = this.#parts.script.recalls[open.kind];
        await settleEarlier(session, entry, {
          id: open.id,
          kind: open.kind,
          minor: open.minor,
          // a minor effect, or one whose script forgot to say how, is not worth a search
          look: async () => (recall && !open.minor ? await recall(this.#ctx, open, this.#input) : 'unknown'),
          isBlind: !recall || open.minor,
          before,
        });
      });
    }
    throw bug(`task ${session.facts.taskId} has more than ${mostOpen} open intents`);
  }

  async #assertInstalled(): Promise<void> {
    const { packageName } = this.#session.facts;
    const version = await this.#session.call((hands, ctx) => hands.packageVersion(ctx, packageName));
    if (version !== undefined) return;
    throw new DroverError('app.missing', {
      message: `${this.#parts.app.label} (${packageName}) is not installed on ${this.#session.facts.serial}`,
      details: { package: packageName },
    });
  }
}

function createContext(session: Session, parts: RunParts, media: MediaOfAttempt, input: never): ScriptContext {
  const { packageName, position } = parts.facts;
  const opening = async (what: string, send: Parameters<Session['touch']>[2]) => {
    await session.traced('open', what, async () => {
      await session.touch('navigate', what, send);
      session.settling.after(session.ctx, session.pacing.afterOpenMs);
    });
  };
  const beganAt = session.now;
  const context: ScriptContext = {
    get account() {
      return session.facts.account;
    },
    serial: parts.facts.serial,
    packageName,
    position,
    step: (name, work) =>
      session.traced('step', name, async (entry) => {
        const result = await work();
        session.captureBeside(entry);
        return result;
      }),
    effect(spec, handlers) {
      const recall = parts.script.recalls[spec.kind];
      return runEffect(session, spec, handlers, recall && ((open) => recall(context, open, input)));
    },
    async isDone(spec) {
      session.check();
      return (await parts.journal.earlier(session.facts.taskId, keyOf(spec))).is === 'done';
    },
    see: (screen?: AnyScreen) => see(session, screen) as Promise<Seen<never>>, // the overloads say which keys it has
    waitFor: (screen, options) => waitFor(session, 'screenName' in screen ? [screen] : screen, options),
    waitUntil: (what, check, options) =>
      session.traced('see', `wait until ${what}`, () =>
        waitUntil(session.ctx, what, check, { delayMs: session.pacing.lookMs, ...options }),
      ),
    tap: (control, options) => tap(session, control, options),
    longPress: (control, options) => longPress(session, control, options),
    type: (control, text, options) => type(session, control, text, options),
    readText: (control) => readText(session, control),
    hideKeyboard: () => session.touch('navigate', 'hide keyboard', (hands, ctx) => hands.hideKeyboard(ctx)),
    key: (key) => pressKey(session, key),
    enter: (control, options) => enter(session, control, options),
    scroll: (direction, within) => scroll(session, direction, within),
    swipe: (from, to, ms = 300) => swipe(session, from, to, ms),
    open: (url) => opening(url, (hands, ctx) => hands.openUrl(ctx, url, packageName)),
    openApp: ({ fresh = false } = {}) =>
      opening(packageName, async (hands, ctx) => {
        if (fresh) await hands.stopApp(ctx, packageName);
        ctx.signal.throwIfAborted();
        await hands.startApp(ctx, packageName);
      }),
    async share({ uri, mime }) {
      session.allow('push', `share ${uri}`);
      await opening(`share ${uri}`, (hands, ctx) => hands.shareFile(ctx, { uri, mime, packageName }));
    },
    choose: (want) => media.choose({ ...want, position }),
    media: (want) => media.push({ ...want, position }),
    pick: (lines) => session.choices.pick(lines),
    spin: (template) => spin(template, session.choices),
    chance: (percent) => session.choices.chance(percent),
    int: (min, max) => session.choices.int(min, max),
    get elapsedMs() {
      return session.now - beganAt;
    },
    wait: (what, ms) => session.traced('step', what, () => sleep(session.ctx.clock, ms, session.ctx.signal)),
    clearClipboard: () => session.touch('paste', 'clear the clipboard', (hands, ctx) => hands.clearClipboard(ctx)),
    readByPasting: (control) => readByPasting(session, control),
    propose: (draft) =>
      session.traced('step', `propose ${draft.kind} ${draft.target}`, async (entry) => {
        const { taskId, serial, account } = session.facts;
        const username = account?.username ?? null;
        entry.found = { draft: await parts.drafts.propose({ ...draft, taskId, serial, username }) };
      }),
    ensureAccount: () => ensureAccount(session, parts, context),
    progress: (text, percent) => parts.recorder.progress(text, percent),
    fail(code, message, details) {
      throw new DroverError(code, { ...(message !== undefined && { message }), ...(details && { details }) });
    },
  };
  return context;
}

const plainName = (username: string): string => username.replace(/^@/, '').toLowerCase();

async function ensureAccount(session: Session, { app, whoIs }: RunParts, context: ScriptContext): Promise<void> {
  const { account } = session.facts;
  if (!account) {
    const username = whoIs && (await app.activeAccount?.(context));
    if (whoIs && username) session.facts = { ...session.facts, ...(await whoIs(username)) };
    return;
  }
  const active = await app.activeAccount?.(context);
  if (active !== undefined && plainName(active) === plainName(account.username)) return;
  if (!app.switchTo) {
    if (active === undefined) return; // the app has no way to tell, and the task's account is what the operator said
    throw wrongAccount(account.username, active);
  }
  await app.switchTo(context, account.username);
  const now = await app.activeAccount?.(context);
  if (now !== undefined && plainName(now) !== plainName(account.username)) throw wrongAccount(account.username, now);
}

const wrongAccount = (wanted: string, active: string): DroverError =>
  new DroverError('app.wrong-account', {
    message: `the task is for @${plainName(wanted)}, but @${plainName(active)} is logged in`,
    details: { wanted, active },
  });
