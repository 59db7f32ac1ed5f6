import { AdbDevice } from '../adb/device.ts';
import type { AdbServer } from '../adb/server.ts';
import { isTcpSerial } from '../adb/server.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { AgentPackage } from '../phone/agent-package.ts';
import { Automation } from '../phone/automation.ts';
import { Phone } from '../phone/phone.ts';
import { type Condition, type Identity, readCondition, readIdentity, unknownCondition } from './details.ts';
import { adbReason, lossOf, nameOf, reasonOf } from './reason.ts';
import { takeRung } from './recover.ts';
import { Redial } from './redial.ts';
import { ailingPauseMs, type DeviceInput, type DeviceState, isConnected, next, type Rung, sightOf } from './state.ts';

export interface DeviceOptions {
  serial: string;
  clock: Clock;
  random: Random;
  log: Log;
  agentPackage: AgentPackage;
  /** Packages whose versions are shown. */
  apps: readonly string[];
  isDisabled: boolean;
  /** Dial a TCP serial from the start, not only after adb has shown it once. */
  isConfigured: boolean;
  /** Something that is shown has changed; `isReady` when it just became so. */
  onChange(device: Device): void;
}

/** An idle ready phone is asked this often whether it is still there, and gets this long to answer. */
const probeEveryMs = 5_000;
const probeLimitMs = 1_000;
/** Battery and the like. */
const conditionEveryMs = 60_000;
/**
 * One serial. Inputs (what adb reports, what a probe or a rung found, what an operator wants) move the pure state of
 * state.ts; what has to go on during a state runs as a span that begins and ends with it:
 *   absent, offline  a TCP phone is dialled again and again
 *   preparing, ready the loss of the connection is waited for, because the tracker does not tell of a dropped TCP phone
 *   preparing        its rung is taken
 *   ready            it is probed while idle, its condition read now and then; `phone` is there
 *   ailing           a timer
 * What always holds: `phone` exists in `ready` only, and its signal aborts in the turn in which the state is left.
 */
export class Device {
  readonly serial: string;
  readonly #options: DeviceOptions;
  readonly #log: Log;
  readonly #life = new AbortController();
  readonly #spans = new Map<string, AbortController>();
  readonly #redial: Redial;
  #work: Promise<unknown>[] = [];
  #state: DeviceState;
  #adbState: string | null = null;
  #reason: string | null = null;
  #server: AdbServer | undefined;
  #adb: AdbDevice | undefined;
  #automation: Automation | undefined;
  #phone: Phone | undefined;
  #identity: Identity | undefined;
  #condition: Condition = unknownCondition;
  #conditionAt = Number.NEGATIVE_INFINITY;
  #lastProofAt: number | null = null;
  #proofMark = Number.NEGATIVE_INFINITY;
  #wasConnected: boolean;
  /** Rises with each report of the tracker, so that a look that began before it is not taken for newer. */
  #reports = 0;
  /** While our own rung takes the connection down, its loss is no news. */
  #isReconnecting = false;
  #isOpen = true;

  constructor(options: DeviceOptions) {
    this.serial = options.serial;
    this.#options = options;
    this.#log = options.log.with({ serial: options.serial });
    this.#state = { is: options.isDisabled ? 'disabled' : 'absent' };
    this.#wasConnected = options.isConfigured;
    this.#redial = new Redial({ serial: this.serial, server: () => this.#server, look: () => this.look() });
  }

  get state(): DeviceState {
    return this.#state;
  }
  /** The adb server that shows it, or did last. */
  get server(): AdbServer | undefined {
    return this.#server;
  }
  /** As adb prints it; null while no adb server lists it. */
  get adbState(): string | null {
    return this.#adbState;
  }
  /** Why it is not ready, for a person. */
  get reason(): string | null {
    return this.#reason;
  }
  get identity(): Identity | undefined {
    return this.#identity;
  }
  get condition(): Condition {
    return this.#condition;
  }
  /** Epoch ms of the last answer of any kind. */
  get lastProofAt(): number | null {
    return this.#lastProofAt;
  }
  get phone(): Phone | undefined {
    return this.#phone;
  }

  /** Begins the work of the state it was made in. */
  start(server: AdbServer): void {
    this.#server ??= server;
    this.#settleSpans();
  }

  /** What a tracker says of this serial; null: not in its list. */
  report(server: AdbServer, adbState: string | null, reason?: string): void {
    if (adbState === null && this.#server !== undefined && this.#server !== server) return; // another server has it
    this.#reports++;
    if (adbState !== null) this.#server = server;
    this.#see(adbState, reason);
  }

  /** Asks the adb server instead of waiting for its tracker. */
  async look(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const ctx = this.#ctx(this.#life.signal);
    for (;;) {
      const reports = this.#reports;
      const found = await findState(ctx, server, this.serial);
      if (!this.#isOpen || server !== this.#server) return;
      if (reports !== this.#reports) continue;
      this.#see(found);
      return;
    }
  }

  disable(): void {
    this.#apply({ is: 'disable' }, 'disabled by an operator');
  }

  enable(): void {
    this.#apply({ is: 'enable', sight: sightOf(this.#adbState) }, null);
  }

  /** An operator wants an ailing phone to be tried again now. */
  retry(): void {
    this.#apply({ is: 'retry' }, null);
  }

  /** An operator wants adb to connect anew: at once, whatever the pauses say. */
  reconnect(): void {
    this.#apply({ is: 'reconnect' }, 'connected anew at the wish of an operator');
    if (this.#state.is !== 'absent' && this.#state.is !== 'offline') return;
    this.#wasConnected = true;
    this.#redial.hurry();
    this.#spans
      .get('redial')
      ?.abort(new DroverError('device.not-ready', { message: `${this.serial} is dialled anew` }));
    this.#spans.delete('redial');
    this.#settleSpans();
  }

  /** A connection of its own to the phone that adb lists as `device`, told of to nobody: for looks that disturb nothing. */
  get aside(): AdbDevice | undefined {
    return isConnected(this.#state) && this.#server ? new AdbDevice(this.#server, this.serial) : undefined;
  }

  /** Ends all work. The phone's automation server ends with its stream. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    const reason = new DroverError('server.stopping');
    this.#life.abort(reason);
    this.#losePhone(reason);
    for (const controller of this.#spans.values()) controller.abort(reason);
    this.#spans.clear();
    await Promise.all(this.#work);
    await this.#hangUp();
  }

  #see(adbState: string | null, reason?: string): void {
    if (!this.#isOpen || this.#isReconnecting) return;
    const isNews = adbState !== this.#adbState;
    this.#adbState = adbState;
    const before = this.#state;
    this.#apply({ is: 'adb', sight: sightOf(adbState) }, reason ?? adbReason(adbState));
    if (isNews && before === this.#state) this.#options.onChange(this);
  }

  #apply(input: DeviceInput, reason: string | null): void {
    if (!this.#isOpen) return;
    const before = this.#state;
    const after = next(before, input);
    if (after === before) return;
    this.#state = after;
    this.#reason = reasonOf(after, reason ?? this.#reason);
    this.#log.info({ from: nameOf(before), to: nameOf(after), adb: this.#adbState, reason: this.#reason }, 'device');
    if (after.is !== 'ready') this.#losePhone(lossOf(this.serial, input, this.#reason));
    if (isConnected(before) && !isConnected(after)) void this.#hangUp();
    if (isConnected(after)) {
      this.#wasConnected = true;
      this.#redial.reset();
    }
    this.#settleSpans();
    this.#options.onChange(this);
  }

  #losePhone(reason: DroverError): void {
    const phone = this.#phone;
    this.#phone = undefined;
    phone?.lose(reason);
  }

  /** Starts and ends what the state wants to go on. */
  #settleSpans(): void {
    const wanted = this.#isOpen ? this.#spansOf(this.#state) : {};
    for (const [name, controller] of this.#spans) {
      if (name in wanted) continue;
      this.#spans.delete(name);
      controller.abort(
        new DroverError('device.not-ready', { message: `${this.serial} is ${nameOf(this.#state)} now` }),
      );
    }
    for (const [name, run] of Object.entries(wanted)) {
      if (this.#spans.has(name)) continue;
      const controller = new AbortController();
      this.#spans.set(name, controller);
      const ctx = this.#ctx(controller.signal);
      const work = run(ctx).catch((error) => {
        if (!controller.signal.aborted) this.#log.error({ error, span: name }, 'work on a device failed');
      });
      this.#work.push(work);
      void work.then(() => {
        this.#work = this.#work.filter((other) => other !== work);
      });
    }
  }

  #spansOf(state: DeviceState): Record<string, (ctx: Ctx) => Promise<void>> {
    switch (state.is) {
      case 'absent':
      case 'offline':
        return isTcpSerial(this.serial) && this.#wasConnected ? { redial: (ctx) => this.#redial.run(ctx) } : {};
      case 'preparing':
        return {
          connection: (ctx) => this.#watchConnection(ctx),
          [`rung ${state.rung}`]: (ctx) => this.#prepare(ctx, state.rung),
        };
      case 'ready':
        return {
          connection: (ctx) => this.#watchConnection(ctx),
          probe: (ctx) => this.#probe(ctx),
          condition: (ctx) => this.#keepCondition(ctx),
        };
      case 'ailing':
        return { connection: (ctx) => this.#watchConnection(ctx), pause: (ctx) => this.#waitAiling(ctx) };
      default:
        return {};
    }
  }

  async #prepare(ctx: Ctx, rung: Rung): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#adb ??= new AdbDevice(server, this.serial);
    const device = this.#adb;
    try {
      this.#isReconnecting = rung === 'reconnect';
      device.listener = { onAnswer: () => this.#prove() };
      if (rung === 'start' || !this.#identity) this.#identity = await readIdentity(ctx, device);
      const { model, android } = this.#identity;
      this.#automation ??= this.#createAutomation(device);
      const automation = this.#automation;
      await takeRung(ctx, rung, device, automation);
      const phone = new Phone({ device, agent: automation.agent, clock: this.#options.clock, model, android });
      phone.onAnswer = () => this.#prove();
      ctx.signal.throwIfAborted();
      this.#isReconnecting = false;
      this.#phone = phone;
      this.#prove();
      this.#apply({ is: 'proven' }, null);
    } catch (thrown) {
      this.#isReconnecting = false;
      if (ctx.signal.aborted) return;
      const error = toDroverError(thrown);
      this.#log.warn({ rung, code: error.code, reason: error.message }, 'the phone could not be made ready');
      if (error.code === 'server.bug') this.#log.error({ error }, 'a fault of ours while preparing a phone');
      // A phone that was lost meanwhile is not ailing.
      await this.look();
      if (!ctx.signal.aborted) this.#apply({ is: 'rung-failed' }, error.message);
    }
  }

  #createAutomation(device: AdbDevice): Automation {
    // The sockets of the agent belong to the connection, not to the rung in which they were first wanted.
    const ctx = this.#ctx(this.#life.signal);
    return new Automation(
      device,
      this.#options.agentPackage,
      {
        onEnd: (why) => void this.#onAgentLost({ is: 'agent-ended' }, `the automation server ended: ${why}`),
        onDown: (error) => void this.#onAgentLost({ is: 'agent-silent' }, error.message),
      },
      ctx,
    );
  }

  /** A stream that ends and a call that is cut are the first signs of a lost phone and of a crash alike: adb tells which. */
  async #onAgentLost(input: DeviceInput & { is: 'agent-ended' | 'agent-silent' }, why: string): Promise<void> {
    // An adb server that does not answer must not keep the loss from whoever works with the phone.
    await Promise.race([this.look(), sleep(this.#options.clock, 300, this.#life.signal).catch(() => {})]);
    this.#apply(input, why);
  }

  async #watchConnection(ctx: Ctx): Promise<void> {
    while (!ctx.signal.aborted) {
      const server = this.#server;
      if (!server) return;
      try {
        await server.waitForDisconnect(ctx, this.serial);
      } catch (error) {
        if (ctx.signal.aborted) return;
        this.#log.debug({ error }, 'the connection cannot be watched');
      }
      await this.look();
      // Gone and back at once, or adb does not know the service: not in a tight loop.
      await sleep(ctx.clock, 500, ctx.signal);
    }
  }

  async #probe(ctx: Ctx): Promise<void> {
    for (let failures = 0; ; ) {
      const age = ctx.clock.monotonic() - this.#proofMark;
      if (failures === 0 && age < probeEveryMs) await sleep(ctx.clock, probeEveryMs - age, ctx.signal);
      const agent = this.#automation?.agent;
      if (!agent) return;
      if (agent.isBusy) {
        // Somebody waits for an answer already, and the automation server works off one call at a time.
        failures = 0;
        await sleep(ctx.clock, probeLimitMs, ctx.signal);
        continue;
      }
      if (failures === 0 && ctx.clock.monotonic() - this.#proofMark < probeEveryMs) continue;
      try {
        await agent.probe(ctx, { timeoutMs: probeLimitMs });
        failures = 0;
      } catch (thrown) {
        if (ctx.signal.aborted) return;
        const error = toDroverError(thrown);
        failures++;
        if (failures >= 2) this.#apply({ is: 'agent-silent' }, error.message);
      }
    }
  }

  /** Left alone while somebody records what he does with the phone: it is not his doing. */
  async #keepCondition(ctx: Ctx): Promise<void> {
    for (;;) {
      const isDue = ctx.clock.monotonic() - this.#conditionAt >= conditionEveryMs;
      if (isDue && this.#adb && this.#phone?.onWire === undefined) {
        try {
          this.#condition = await readCondition(ctx, this.#adb, this.#options.apps);
          this.#conditionAt = ctx.clock.monotonic();
          this.#options.onChange(this);
        } catch (error) {
          // only shown, never acted upon; a lost phone is noticed elsewhere
          this.#log.debug({ error }, 'the condition of the phone could not be read');
        }
      }
      await sleep(ctx.clock, probeEveryMs, ctx.signal);
    }
  }

  async #waitAiling(ctx: Ctx): Promise<void> {
    await sleep(ctx.clock, ailingPauseMs, ctx.signal);
    this.retry();
  }

  async #hangUp(): Promise<void> {
    const automation = this.#automation;
    const device = this.#adb;
    this.#automation = undefined;
    this.#adb = undefined;
    automation?.close();
    await device?.close();
  }

  #prove(): void {
    this.#lastProofAt = this.#options.clock.now();
    this.#proofMark = this.#options.clock.monotonic();
  }

  #ctx(signal: AbortSignal): Ctx {
    const { clock, random } = this.#options;
    return { signal, clock, random, log: this.#log };
  }
}

async function findState(ctx: Ctx, server: AdbServer, serial: string): Promise<string | null> {
  const ask = async () => (await server.devices(ctx)).find((entry) => entry.serial === serial)?.state ?? null;
  // Asked twice, because a phone at work is dropped on this answer. No adb server, no phone.
  return await ask().catch(() => ask().catch(() => null));
}
