import { type Selectable, sql } from 'kysely';
import { DroverError } from '../base/error.ts';
import type { EffectKind, EffectState } from '../contract/task-states.ts';
import { type EffectInput, nextEffectState } from './effect-state.ts';
import { settleUses } from './media-uses.ts';
import type { EffectTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

/** A public action: written down before it is done. These rows are the journal and the conduct ledger at once. */
export interface Effect {
  id: number;
  taskId: number;
  attemptId: number;
  key: string;
  actor: string;
  kind: EffectKind;
  target: string;
  /** Another name of the target: what is known by it alone is the same target. */
  alias: string | null;
  textHash: string | null;
  minor: boolean;
  state: EffectState;
  /** The rule that refused it. */
  rule: string | null;
  baseline: unknown;
  intendedAt: number;
  settledAt: number | null;
  proof: unknown;
  person: string | null;
}

export interface NewEffect {
  taskId: number;
  attemptId: number;
  key: string;
  actor: string;
  kind: EffectKind;
  target: string;
  alias: string | null;
  textHash: string | null;
  minor: boolean;
  baseline: unknown;
}

export const effectFromRow = (row: Selectable<EffectTable>): Effect => ({
  id: row.id,
  taskId: row.task_id,
  attemptId: row.attempt_id,
  key: row.key,
  actor: row.actor,
  kind: row.kind,
  target: row.target,
  alias: row.alias,
  textHash: row.text_hash,
  minor: row.minor === 1,
  state: row.state,
  rule: row.rule,
  baseline: row.baseline === null ? null : JSON.parse(row.baseline),
  intendedAt: row.intended_at,
  settledAt: row.settled_at,
  proof: row.proof === null ? null : JSON.parse(row.proof),
  person: row.person,
});

/** Writes an intent down. The database refuses a second one under the same key while the first stands. */
export function insertIntent(tx: Tx, effect: NewEffect, actBefore: number): Promise<number> {
  return insert(tx, effect, { state: 'intended', rule: null, actBefore });
}

/** Records that a rule forbade it; counts for nothing. */
export function insertRefusal(tx: Tx, effect: NewEffect, rule: string): Promise<number> {
  return insert(tx, effect, { state: 'refused', rule, actBefore: tx.now });
}

async function insert(
  tx: Tx,
  effect: NewEffect,
  { state, rule, actBefore }: { state: 'intended' | 'refused'; rule: string | null; actBefore: number },
): Promise<number> {
  const [row] = await tx.hot<{ id: number }>(
    `insert into effect (task_id, attempt_id, key, actor, kind, target, alias, text_hash, minor, state, rule, baseline, act_before,
       intended_at, settled_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [
      effect.taskId,
      effect.attemptId,
      effect.key,
      effect.actor,
      effect.kind,
      effect.target,
      effect.alias,
      effect.textHash,
      effect.minor ? 1 : 0,
      state,
      rule,
      effect.baseline === undefined ? null : JSON.stringify(effect.baseline),
      actBefore,
      tx.now,
      state === 'intended' ? null : tx.now,
    ],
  );
  if (!row) throw new Error('insert into effect returned no id');
  return row.id;
}

/**
 * Settles an effect by what was seen, or by a person's decision. Throws `server.bug` when its state does not allow that,
 * `input.not-found` when there is none.
 */
export async function settleEffect(
  tx: Tx,
  id: number,
  input: EffectInput,
  { proof, person }: { proof?: unknown; person?: string } = {},
): Promise<Effect> {
  const before = await findEffect(tx.db, id);
  if (!before) {
    throw new DroverError('input.not-found', { message: `there is no effect ${id}`, details: { effect: id } });
  }
  const state = nextEffectState(before.state, input, before.minor);
  const [row] = await tx.hot<Selectable<EffectTable>>(
    `update effect set state = ?, settled_at = ?, proof = coalesce(?, proof), person = coalesce(?, person)
     where id = ${pin} returning *`,
    [state, tx.now, proof === undefined ? null : JSON.stringify(proof), person ?? null, id],
  );
  if (!row) throw new Error('an effect that was just read is gone');
  // by now nobody else comes back to what its attempt had taken
  if (person !== undefined) await settleUses(tx);
  return effectFromRow(row);
}

/**
 * Minor intents of earlier attempts that were cut off: nobody can look at them any more, so they stay as `unconfirmed`,
 * counted. To be called before an attempt makes its first effect.
 */
export async function closeMinorIntents(tx: Tx, taskId: number): Promise<void> {
  await tx.hot(
    `update effect set state = 'unconfirmed', settled_at = ?, proof = ?
     where task_id = ${pin} and state = 'intended' and minor = 1`,
    [tx.now, JSON.stringify({ seen: 'the attempt was cut off before it could look' }), taskId],
  );
}

export async function findEffect(db: Reader, id: number): Promise<Effect | undefined> {
  const row = await db.selectFrom('effect').selectAll().where('id', '=', id).executeTakeFirst();
  return row && effectFromRow(row);
}

/** The effect that stands under this key of the task: intended, done or unconfirmed; at most one. */
export async function findStandingEffect(db: Reader, taskId: number, key: string): Promise<Effect | undefined> {
  const row = await db
    .selectFrom('effect')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('key', '=', key)
    // as literals, as the index says it: with parameters it would not be used
    .where(sql<boolean>`state in ('intended', 'done', 'unconfirmed')`)
    .executeTakeFirst();
  return row && effectFromRow(row);
}

/** The intent of this task that was never settled, minor ones left out. */
export async function openEffectOf(db: Reader, taskId: number): Promise<Effect | undefined> {
  const row = await db
    .selectFrom('effect')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('state', '=', 'intended')
    .where('minor', '=', 0)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && effectFromRow(row);
}

/** All effects of a task in order, refused ones included. They outlive the task. */
export async function listEffects(db: Reader, taskId: number): Promise<Effect[]> {
  const rows = await db.selectFrom('effect').selectAll().where('task_id', '=', taskId).orderBy('id').execute();
  return rows.map(effectFromRow);
}
