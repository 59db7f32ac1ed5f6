import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { Settings } from '../contract/settings.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { accountName, findAccount, findAccountByName } from '../store/accounts.ts';
import { findDevice } from '../store/devices.ts';
import {
  closeMinorIntents,
  findStandingEffect,
  insertIntent,
  insertRefusal,
  type NewEffect,
  openEffectOf,
  settleEffect,
} from '../store/effects.ts';
import { readLedger } from '../store/ledger.ts';
import { accountPausedAt, accountPausedRule } from '../store/pauses.ts';
import { pin, type Reader, type Store, type Tx } from '../store/store.ts';
import { findTask } from '../store/tasks.ts';
import { dayMs, decide, type Standing, targetWindowMs } from './caps.ts';
import { openDoubt } from './review.ts';
import { standingOf } from './standing.ts';
import { textHash } from './text-hash.ts';

/** How long after its commit an intent may be acted on: a script that was held up longer must ask again. */
export const actWithinMs = 10_000;

export interface Intention {
  taskId: number;
  attemptId: number;
  token: number;
  key: string;
  /** `account:12`, or `serial:ABC123` while the account is unknown. */
  actor: string;
  kind: EffectKind;
  target: string;
  alias?: string;
  text?: string;
  minor: boolean;
  baseline?: unknown;
}

export interface OpenIntent {
  id: number;
  key: string;
  kind: EffectKind;
  target: string;
  minor: boolean;
  baseline: unknown;
  intendedAt: number;
}

export type GateAnswer =
  | { is: 'go'; id: number; actWithinMs: number }
  | { is: 'wait'; ms: number; rule: Sentence }
  | { is: 'refused'; rule: Sentence; until?: number };

export interface GateParts {
  store: Store;
  /** Settings as a transaction sees them. */
  settings: { inside(db: Reader): Promise<Settings> };
  log: Log;
}

/**
 * The only door to a public action: it alone decides, and what it allows is on disk before the script may touch anything.
 * It is the kit's Journal; journal and ledger are one table, so they cannot disagree.
 */
export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /**
   * The intent an earlier attempt left open, if any. To be asked before the first effect of an attempt: minor intents that
   * were cut off are closed as unconfirmed here, because nobody can look at them any more.
   */
  open(taskId: number): Promise<OpenIntent | undefined> {
    return this.#parts.store.write(async (tx) => {
      await closeMinorIntents(tx, taskId);
      const effect = await openEffectOf(tx.db, taskId);
      if (!effect) return undefined;
      const { id, key, kind, target, minor, baseline, intendedAt } = effect;
      return { id, key, kind, target, minor, baseline, intendedAt };
    });
  }

  async earlier(
    taskId: number,
    key: string,
  ): Promise<{ is: 'none' } | { is: 'open' | 'doubt'; id: number } | { is: 'done' }> {
    const effect = await findStandingEffect(this.#parts.store.read, taskId, key);
    if (!effect) return { is: 'none' };
    // An unconfirmed minor effect is not done again; any other one waits for a person, and so does its task.
    if (effect.state === 'done' || (effect.state === 'unconfirmed' && effect.minor)) return { is: 'done' };
    return { is: effect.state === 'unconfirmed' ? 'doubt' : 'open', id: effect.id };
  }

  /** Throws `task.lease-lost` when the attempt no longer holds its phone: it must not touch it again. */
  intend(intention: Intention): Promise<GateAnswer> {
    return this.#parts.store.write((tx) => this.#intend(tx, intention));
  }

  /** Unconfirmed opens a review item in the same transaction, unless the effect is minor. */
  async settle(effectId: number, sight: 'done' | 'not-done' | 'unconfirmed', proof: object): Promise<void> {
    await this.#parts.store.write(async (tx) => {
      const effect = await settleEffect(tx, effectId, { is: 'seen', sight }, { proof });
      if (sight === 'unconfirmed' && !effect.minor) await openDoubt(tx, effect);
      this.#parts.log.info(
        { task: effect.taskId, effect: effect.id, kind: effect.kind, state: sight },
        'effect settled',
      );
    });
  }

  async #intend(tx: Tx, intention: Intention): Promise<GateAnswer> {
    const lease = await lockLease(tx, intention);
    const hash = intention.text === undefined ? undefined : textHash(intention.text);
    const effect: NewEffect = {
      taskId: intention.taskId,
      attemptId: intention.attemptId,
      key: intention.key,
      actor: intention.actor,
      kind: intention.kind,
      target: intention.target,
      alias: intention.alias ?? null,
      textHash: hash ?? null,
      minor: intention.minor,
      baseline: intention.baseline ?? null,
    };
    if (await findStandingEffect(tx.db, effect.taskId, effect.key)) {
      throw new DroverError('server.bug', {
        message: `the effect "${effect.key}" of task ${effect.taskId} was asked for again while it stands`,
        details: { task: effect.taskId, key: effect.key },
      });
    }
    const verdict = decide(
      await this.#parts.settings.inside(tx.db),
      await readStanding(tx, effect, lease.serial),
      { kind: effect.kind, target: effect.target, hasText: hash !== undefined },
      tx.now,
    );
    if (verdict.is === 'go') {
      const id = await insertIntent(tx, effect, tx.now + actWithinMs);
      return { is: 'go', id, actWithinMs };
    }
    const asFacts = { task: effect.taskId, kind: effect.kind, rule: verdict.rule.text };
    if (verdict.is === 'wait') {
      // A gap that the lease outlasts is waited with the phone in hand; a longer one gives the phone back.
      if (tx.now + verdict.ms < lease.expiresAt) return verdict;
      return { is: 'refused', rule: verdict.rule, until: tx.now + verdict.ms };
    }
    this.#parts.log.info(asFacts, 'public action refused');
    if (verdict.until === undefined || effect.minor) await insertRefusal(tx, effect, verdict.rule.text);
    return verdict;
  }
}

/** The fence: whoever lost the phone cannot write an intent, even if it does not know yet. */
async function lockLease(
  tx: Tx,
  { taskId, attemptId, token }: Intention,
): Promise<{ serial: string; expiresAt: number }> {
  const [lease] = await tx.hot<{ serial: string; expires_at: number }>(
    `select serial, expires_at from lease where task_id = ${pin} and attempt_id = ? and token = ?`,
    [taskId, attemptId, token],
  );
  if (!lease || lease.expires_at <= tx.now) {
    throw new DroverError('task.lease-lost', {
      message: `attempt ${attemptId} of task ${taskId} no longer holds its phone`,
      details: { task: taskId, attempt: attemptId, token, lapsed: lease !== undefined },
    });
  }
  return { serial: lease.serial, expiresAt: lease.expires_at };
}

/** What ran when the account was paused may finish. */
async function pausedRuleOf(
  tx: Tx,
  { id, username }: { id: number; username: string },
  attemptId: number,
): Promise<Sentence | undefined> {
  const pausedAt = await accountPausedAt(tx.db, id);
  if (pausedAt === undefined) return undefined;
  const [attempt] = await tx.hot<{ started_at: number }>(`select started_at from attempt where id = ${pin}`, [
    attemptId,
  ]);
  return attempt && attempt.started_at < pausedAt ? undefined : accountPausedRule(username);
}

async function readStanding(tx: Tx, effect: NewEffect, serial: string): Promise<Standing> {
  const ledger = await readLedger(tx, {
    actor: effect.actor,
    kind: effect.kind,
    target: effect.target,
    alias: effect.alias,
    textHash: effect.textHash,
    daySince: tx.now - dayMs,
    targetSince: tx.now - targetWindowMs,
  });
  const id = /^account:(\d+)$/.exec(effect.actor)?.[1];
  const account = id === undefined ? undefined : await findAccount(tx.db, Number(id));
  const task = effect.target.startsWith('@') ? await findTask(tx.db, effect.taskId) : undefined;
  return standingOf({
    ledger,
    account,
    pausedRule: account && (await pausedRuleOf(tx, account, effect.attemptId)),
    serial,
    device: await findDevice(tx.db, serial),
    targetAccount: task && (await findAccountByName(tx.db, task.platform, accountName(effect.target))),
  });
}
