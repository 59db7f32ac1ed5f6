import type { Selectable } from 'kysely';
import type { EffectKind, EffectState } from '../contract/task-states.ts';
import type { EffectTable } from './schema.ts';
import type { Reader } from './store.ts';

/** A public action: written down before it is done. These rows are the journal and the conduct ledger at once. */
export interface Effect {
  id: number;
  taskId: number;
  attemptId: number;
  key: string;
  actor: string;
  kind: EffectKind;
  target: string;
  textHash: string | null;
  minor: boolean;
  state: EffectState;
  rule: string | null;
  baseline: unknown;
  intendedAt: number;
  settledAt: number | null;
  proof: unknown;
  person: string | null;
}

export const effectFromRow = (row: Selectable<EffectTable>): Effect => ({
  id: row.id,
  taskId: row.task_id,
  attemptId: row.attempt_id,
  key: row.key,
  actor: row.actor,
  kind: row.kind,
  target: row.target,
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
