import type { AdbDevice } from '../adb/device.ts';
import { sleep } from '../base/clock.ts';
import { type Ctx, withDeadline } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { Agent } from './agent.ts';
import { type AgentPackage, ensureAgentPackage, reinstallAgentPackage } from './agent-package.ts';
import { parseHierarchy } from './hierarchy.ts';
import { type Instrumentation, startInstrumentation } from './instrumentation.ts';

export interface AutomationListener {
  /** The process on the phone ended without being asked to. */
  onEnd(why: string): void;
  /** A call failed in a way that only a new session or a restart can mend. */
  onDown(error: DroverError): void;
}

/**
 * The automation server of one connected phone and what keeps it alive: apks, process, session. Modes: nothing runs;
 * `start` → the process runs and answers; `openSession` → `agent` can be used. Only one may exist for a phone, since
 * Android gives its UiAutomation to one client at a time.
 */
export class Automation {
  readonly agent: Agent;
  readonly #device: AdbDevice;
  readonly #package: AgentPackage;
  readonly #listener: AutomationListener;
  #instrumentation: Instrumentation | undefined;

  constructor(device: AdbDevice, agentPackage: AgentPackage, listener: AutomationListener, ctx: Ctx) {
    this.#device = device;
    this.#package = agentPackage;
    this.#listener = listener;
    this.agent = new Agent(() => device.open(ctx, 'tcp:6790', { timeoutMs: 3_000 }));
    this.agent.listener = { onDown: (error) => listener.onDown(error) };
  }

  get isRunning(): boolean {
    return this.#instrumentation?.isRunning ?? false;
  }

  async ensureInstalled(ctx: Ctx): Promise<void> {
    await ensureAgentPackage(ctx, this.#device, this.#package);
  }

  async reinstall(ctx: Ctx): Promise<void> {
    this.stop();
    await reinstallAgentPackage(ctx, this.#device, this.#package);
  }

  /** Starts the process anew and waits until it answers. Throws `phone.agent-down` when it ends or stays silent. */
  async start(ctx: Ctx, { timeoutMs = 30_000 } = {}): Promise<void> {
    this.stop();
    const instrumentation = await startInstrumentation(ctx, this.#device);
    this.#instrumentation = instrumentation;
    let why: string | undefined;
    void instrumentation.ended.then((text) => {
      why = text;
      if (this.#instrumentation === instrumentation) this.#listener.onEnd(text);
    });
    const silent = () =>
      new DroverError('phone.agent-down', { message: `the automation server did not answer within ${timeoutMs} ms` });
    using limited = withDeadline(ctx, timeoutMs, silent);
    for (;;) {
      if (why !== undefined) throw ended(why);
      if (await this.#isUp(limited)) return;
      await sleep(limited.clock, 50, limited.signal);
    }
  }

  /** A new session, proven by reading the screen: only that needs what a server in trouble has lost. */
  async openSession(ctx: Ctx, { timeoutMs = 15_000 } = {}): Promise<void> {
    if (!this.isRunning) throw ended('it does not run');
    await this.agent.openSession(ctx);
    const xml = await this.agent.call(ctx, 'GET', '/source', { timeoutMs });
    parseHierarchy(typeof xml === 'string' ? xml : '');
  }

  /** Lets the process end with its stream. */
  stop(): void {
    const instrumentation = this.#instrumentation;
    this.#instrumentation = undefined;
    instrumentation?.stop();
  }

  close(): void {
    this.stop();
    this.agent.close();
  }

  async #isUp(ctx: Ctx): Promise<boolean> {
    try {
      return await this.agent.isUp(ctx);
    } catch (error) {
      // until its port is open the phone refuses the connection
      if (hasCode(error, 'phone.agent-down', 'phone.timeout') && !ctx.signal.aborted) return false;
      throw error;
    }
  }
}

const ended = (why: string): DroverError =>
  new DroverError('phone.agent-down', { message: `the automation server ended: ${why}`, details: { why } });
