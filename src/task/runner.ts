import { type CancelTimer, type Clock, sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { attemptDurations, tasksFinished, tasksRunning, taskWaits } from '../base/metrics.ts';
import { seededRandom } from '../base/random.ts';
import { errorCodeRow } from '../contract/error-codes.ts';
import { type Facts, type Sentence, say } from '../contract/sentence.ts';
import { pauseAccount } from '../store/accounts.ts';
import { type AttemptOutcome, endAttempt } from '../store/attempts.ts';
import type { Claim } from '../store/claim.ts';
import { openEffectOf } from '../store/effects.ts';
import { releaseLease, renewLease } from '../store/leases.ts';
import type { Store, Tx } from '../store/store.ts';
import { findTask, moveTask, putOffBy, type TaskChange } from '../store/tasks.ts';
import type { Doubts } from './park.ts';
import { next, type TaskInput, type TaskState } from './state.ts';

/** How a script ended; everything else is thrown as a DroverError. */
export type Outcome =
  | { is: 'completed'; remark?: string }
  | { is: 'deferred'; until: number; rule: Sentence }
  | { is: 'doubt'; effectId: number };

/** What one attempt leaves behind beside its outcome. */
export interface Performance {
  appVersion?: string | undefined;
  /** Who acted, once that is known. */
  accountId?: number | undefined;
}

export interface RetryRules {
  autoRetry: boolean;
  maxRetryCount: number;
}

export interface RunnerParts {
  store: Store;
  clock: Clock;
  log: Log;
  retryRules(): RetryRules;
  doubts: Doubts;
  /** Does the work of one attempt on its phone. Rejects with the signal's reason once that is aborted. */
  perform(ctx: Ctx, claim: Claim, notes: Performance): Promise<Outcome>;
}

/** A lease lasts this long without renewal; it is renewed at a third of it. A false reclaim could cost a double post, a late one a minute. */
export const leaseMs = 60_000;
/** How long before its end an attempt that could not renew its lease gives up. */
const leaseMarginMs = 5_000;
/** The platform said slow down: its account does nothing for this long. */
const limitedPauseMs = 24 * 3_600_000;
/** No attempt holds its phone for longer, beyond the duration that its own task asks for: something goes round in circles. */
const longestAttemptMs = 2 * 3_600_000;
/** Each automatic retry waits a random time in this range, as documented. */
const retryDelayMs = { min: 5_000, max: 60_000 };

/**
 * Carries claimed tasks to their end: signal, lease, and the one write in which task, attempt and lease change together.
 * An attempt is stopped by `stop` (a person), `stopAll` (shutdown), its phone, the loss of its lease, or its time limit.
 */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<number, { controller: AbortController; ended: Promise<void> }>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Never rejects: whatever happens ends up in the task's row. */
  async run(claim: Claim): Promise<void> {
    const { clock } = this.#parts;
    const controller = new AbortController();
    const log = this.#parts.log.with({ serial: claim.attempt.serial, task: claim.task.id, attempt: claim.attempt.n });
    const ctx: Ctx = { signal: controller.signal, clock, random: seededRandom(claim.attempt.seed), log };
    const ended = this.#carry(ctx, controller, claim).catch((error) =>
      log.error({ error }, 'attempt could not be recorded'),
    );
    this.#running.set(claim.task.id, { controller, ended });
    tasksRunning.inc();
    const { scriptName, dueAt } = claim.task;
    taskWaits.observe({ script: scriptName }, Math.max(0, claim.attempt.startedAt - dueAt) / 1000);
    await ended;
    tasksRunning.dec();
    this.#running.delete(claim.task.id);
  }

  isRunning(taskId: number): boolean {
    return this.#running.has(taskId);
  }

  /** Ends when the attempt has ended, or at once when it is not running here. */
  async stop(taskId: number): Promise<void> {
    const running = this.#running.get(taskId);
    running?.controller.abort(new DroverError('task.stopped', { message: 'stopped' }));
    await running?.ended;
  }

  async stopAll(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { controller } of all) controller.abort(new DroverError('server.stopping'));
    await Promise.all(all.map(({ ended }) => ended));
  }

  async #carry(ctx: Ctx, controller: AbortController, claim: Claim): Promise<void> {
    ctx.log.info({ script: claim.task.scriptName }, 'attempt starts');
    const notes: Performance = {};
    const lease = this.#keepLease(ctx, controller, claim);
    const cancelLimit = this.#limit(controller, claim);
    let input: TaskInput | { is: 'thrown'; error: DroverError };
    let remark = '';
    let rule: Sentence | null = null;
    try {
      const outcome = await this.#parts.perform(ctx, claim, notes);
      if (outcome.is === 'completed') remark = outcome.remark ?? '';
      if (outcome.is === 'deferred') rule = outcome.rule;
      input =
        outcome.is === 'completed'
          ? { is: 'succeed' }
          : outcome.is === 'doubt'
            ? outcome
            : { is: 'defer', until: outcome.until };
    } catch (thrown) {
      input = { is: 'thrown', error: toDroverError(thrown) };
      if (input.error.code === 'server.bug') ctx.log.error({ error: input.error }, 'a fault of ours ended the attempt');
    }
    cancelLimit();
    // The lease is kept until the end is on disk: nobody else may take the phone before.
    await this.#record(ctx, claim, (tx) => this.#end(tx, claim, { input, remark, rule, ...notes }));
    lease.end();
  }

  #limit(controller: AbortController, { task }: Claim): CancelTimer {
    const { task_duration: seconds } = task.config;
    const ms = longestAttemptMs + (typeof seconds === 'number' ? seconds * 1000 : 0);
    const message = `the attempt was not over after ${Math.round(ms / 60_000)} minutes`;
    return this.#parts.clock.after(ms, () => controller.abort(new DroverError('task.timed-out', { message })));
  }

  /** Tries until it is written: an end that is not on disk would be done again after a restart. */
  async #record(ctx: Ctx, claim: Claim, unit: (tx: Tx) => Promise<string>): Promise<void> {
    const { store, clock } = this.#parts;
    for (let pauseMs = 250; ; pauseMs = Math.min(5_000, pauseMs * 2)) {
      try {
        const outcome = await store.write(unit);
        ctx.log.info({ outcome }, 'attempt ended');
        const labels = { script: claim.task.scriptName, outcome };
        tasksFinished.inc(labels);
        attemptDurations.observe(labels, Math.max(0, clock.now() - claim.attempt.startedAt) / 1000);
        return;
      } catch (thrown) {
        const error = toDroverError(thrown);
        if (error.code === 'server.stopping' || error.code === 'task.wrong-state' || error.code === 'input.not-found') {
          // The database is closing (the next start closes this attempt), or somebody else closed it already.
          ctx.log.warn({ code: error.code }, 'the end of an attempt was not recorded');
          return;
        }
        ctx.log.error({ code: error.code, error }, 'the end of an attempt cannot be recorded yet');
        await sleep(clock, pauseMs);
      }
    }
  }

  async #end(
    tx: Tx,
    claim: Claim,
    end: {
      input: TaskInput | { is: 'thrown'; error: DroverError };
      remark: string;
      rule: Sentence | null;
      appVersion?: string | undefined;
      accountId?: number | undefined;
    },
  ): Promise<string> {
    const { task, attempt } = claim;
    const open = await openEffectOf(tx.db, task.id);
    const error = end.input.is === 'thrown' ? end.input.error : undefined;
    let input = end.input.is === 'thrown' ? this.#inputOf(end.input.error, claim, tx.now, open?.id) : end.input;
    let state = next({ is: 'running', token: claim.token }, input);
    if (state.is === 'pending' && (await findTask(tx.db, task.id))?.stopAskedAt != null) {
      // Somebody asked for a stop while the phone went away, or a rule put it off: it must not run again.
      input = { is: 'stop', ...(open && { openEffect: open.id }) };
      state = next({ is: 'running', token: claim.token }, input);
    }
    if (open && state.is === 'unconfirmed')
      await this.#parts.doubts.park(tx, open.id, error?.message ?? 'the attempt ended before anybody could look');
    if (error?.code === 'app.limited' && end.accountId !== undefined)
      await pauseAccount(tx, end.accountId, tx.now + limitedPauseMs);
    await moveTask(tx, task.id, {
      from: 'running',
      to: state.is,
      set: this.#changeOf(state, input, { ...end, error, claim, now: tx.now }),
    });
    await endAttempt(tx, {
      attemptId: attempt.id,
      outcome: attemptOutcome(state, input),
      code: error?.code ?? null,
      appVersion: end.appVersion ?? null,
      trace: `${task.id}/${attempt.n}`,
    });
    await releaseLease(tx, { serial: attempt.serial, token: claim.token });
    return state.is === 'failed' ? state.code : state.is === 'pending' ? input.is : state.is;
  }

  #inputOf(error: DroverError, { task, attempt }: Claim, now: number, openEffect: number | undefined): TaskInput {
    const open = openEffect === undefined ? {} : { openEffect };
    if (error.code === 'task.stopped') return { is: 'stop', ...open };
    const { retry } = errorCodeRow(error.code);
    // A shutdown is our own doing: it does not use up the interruptions that a flaky phone is allowed.
    const count = task.interruptCount + (error.code === 'server.stopping' ? 0 : 1);
    if (retry === 'interrupt')
      return { is: 'interrupt', code: error.code, count, dueAt: Math.min(task.dueAt, now), ...open };
    if (openEffect !== undefined) return { is: 'doubt', effectId: openEffect };
    const rules = this.#parts.retryRules();
    if (retry === 'later' && rules.autoRetry && task.retryCount < rules.maxRetryCount) {
      const delay = seededRandom(`retry:${attempt.seed}`).int(retryDelayMs.min, retryDelayMs.max);
      return { is: 'fail', code: error.code, retryAt: now + delay };
    }
    return { is: 'fail', code: error.code };
  }

  #changeOf(
    state: TaskState,
    input: TaskInput,
    {
      error,
      remark,
      rule,
      claim,
      now,
    }: { error: DroverError | undefined; remark: string; rule: Sentence | null; claim: Claim; now: number },
  ): TaskChange {
    const step = typeof error?.details.step === 'string' ? error.details.step : null;
    const change: TaskChange = { remark: error ? error.message : remark, step, code: null, waitRule: null };
    switch (state.is) {
      case 'pending':
        change.dueAt = state.dueAt;
        if (rule) Object.assign(change, putOffBy(rule));
        else if (error) Object.assign(change, putOffBy(afterFailure(error)));
        if (input.is === 'interrupt') change.interruptCount = input.count;
        if (input.is === 'fail') change.retryCount = claim.task.retryCount + 1;
        break;
      case 'failed':
        change.code = state.code;
        change.facts = error ? factsOf(error) : null;
        if (input.is === 'stop') change.remark = 'stopped';
        change.endedAt = now;
        break;
      case 'unconfirmed':
        change.code = error?.code ?? 'task.needs-review';
        change.facts = error ? factsOf(error) : null;
        change.remark =
          error?.message ??
          'nobody can tell from the phone whether the action happened; look at the evidence and decide';
        change.endedAt = now;
        break;
      default:
        change.endedAt = now;
    }
    return change;
  }

  #keepLease(ctx: Ctx, controller: AbortController, { attempt, token, lease }: Claim): { end(): void } {
    const { store, clock } = this.#parts;
    const lost = (message: string) => controller.abort(new DroverError('task.lease-lost', { message }));
    let expiresAt = clock.monotonic() + Math.max(0, lease.expiresAt - clock.now());
    let isOver = false;
    let cancel = clock.after(leaseMs / 3, renew);
    function renew(): void {
      const asked = clock.monotonic();
      void store
        .write((tx) => renewLease(tx, { serial: attempt.serial, token, expiresAt: tx.now + leaseMs }))
        .then((isOurs) => {
          if (!isOurs) lost('the lease of the phone is no longer ours');
          else expiresAt = asked + leaseMs;
        })
        .catch((error) => ctx.log.warn({ error }, 'lease not renewed'))
        .finally(() => {
          if (isOver) return;
          if (clock.monotonic() > expiresAt - leaseMarginMs)
            lost('the lease of the phone could not be renewed in time');
          cancel = clock.after(leaseMs / 3, renew);
        });
    }
    return {
      end() {
        isOver = true;
        cancel();
      },
    };
  }
}

function attemptOutcome(state: TaskState, input: TaskInput): AttemptOutcome {
  if (input.is === 'stop') return 'stopped';
  if (input.is === 'interrupt') return 'interrupted';
  if (input.is === 'defer') return 'deferred';
  if (state.is === 'unconfirmed') return 'unconfirmed';
  return state.is === 'completed' ? 'completed' : 'failed';
}

/** Where a failure was, and the files that show it, are told by other fields. */
const notFacts: readonly string[] = ['step', 'picture', 'hierarchy'];

/** What an error knows, in named parameters. */
function factsOf({ details }: DroverError): Facts {
  const facts: Record<string, Facts[string]> = {};
  for (const [name, value] of Object.entries(details)) {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (isPlain && !notFacts.includes(name)) facts[name] = value;
  }
  return facts;
}

const afterFailure = (error: DroverError): Sentence =>
  say(
    'scheduled.after-failure',
    { failure: error.code, message: error.message },
    { ...factsOf(error), failure: error.code, message: error.message },
  );
