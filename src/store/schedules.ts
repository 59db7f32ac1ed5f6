import type { Selectable } from 'kysely';
import type { MissedRule } from '../contract/schedule.ts';
import { parseObject } from './json.ts';
import type { ScheduleTable } from './schema.ts';
import { pin, type Reader, type Tx, type Value } from './store.ts';

/** A create call that recurs. */
export interface Schedule {
  id: number;
  name: string;
  cron: string;
  /** IANA name. */
  timeZone: string;
  missedRule: MissedRule;
  /** A create call, folded and checked; secrets sealed. */
  body: Record<string, unknown>;
  enabled: boolean;
  /** Epoch ms; null when it is off, or never occurs again. */
  nextAt: number | null;
  /** The instant that was last carried out or given up. */
  lastAt: number | null;
  lastSubmissionId: number | null;
  /** Why the last instant made no tasks. */
  lastError: string | null;
  createdAt: number;
  changedAt: number;
}

export type NewSchedule = Pick<Schedule, 'name' | 'cron' | 'timeZone' | 'missedRule' | 'body' | 'enabled' | 'nextAt'>;

export type ScheduleUpdate = Partial<NewSchedule & Pick<Schedule, 'lastAt' | 'lastSubmissionId' | 'lastError'>>;

/** What happened to it, for its event. */
export type ScheduleEvent = 'created' | 'changed' | 'ran' | 'missed' | 'failed';

const fromRow = (row: Selectable<ScheduleTable>): Schedule => ({
  id: row.id,
  name: row.name,
  cron: row.cron,
  timeZone: row.time_zone,
  missedRule: row.missed_rule,
  body: parseObject(row.body),
  enabled: row.enabled === 1,
  nextAt: row.next_at,
  lastAt: row.last_at,
  lastSubmissionId: row.last_submission_id,
  lastError: row.last_error,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});

const columns: { readonly [Key in keyof ScheduleUpdate]-?: string } = {
  name: 'name',
  cron: 'cron',
  timeZone: 'time_zone',
  missedRule: 'missed_rule',
  body: 'body',
  enabled: 'enabled',
  nextAt: 'next_at',
  lastAt: 'last_at',
  lastSubmissionId: 'last_submission_id',
  lastError: 'last_error',
};

const toColumn = (value: unknown): Value => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Value);
};

const told = (
  row: Selectable<ScheduleTable>,
  change: string,
  facts: Readonly<Record<string, unknown>>,
): Record<string, unknown> => ({ id: row.id, name: row.name, enabled: row.enabled === 1, change, ...facts });

export async function insertSchedule(tx: Tx, schedule: NewSchedule, person?: string): Promise<Schedule> {
  const [row] = await tx.hot<Selectable<ScheduleTable>>(
    `insert into schedule (name, cron, time_zone, missed_rule, body, enabled, next_at, created_at, changed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *`,
    [
      schedule.name,
      schedule.cron,
      schedule.timeZone,
      schedule.missedRule,
      JSON.stringify(schedule.body),
      schedule.enabled ? 1 : 0,
      schedule.nextAt,
      tx.now,
      tx.now,
    ],
  );
  if (!row) throw new Error('insert into schedule returned no id');
  await tx.event('scheduleChanged', `schedule:${row.id}`, told(row, 'created', {}), person);
  tx.hint({ kind: 'schedule' });
  return fromRow(row);
}

export interface ScheduleNote {
  event: ScheduleEvent;
  person?: string;
  /** More for the event's body. */
  facts?: Readonly<Record<string, unknown>>;
}

/** Undefined when there is none (any more). Without a note it is bookkeeping: no event is told. */
export async function updateSchedule(
  tx: Tx,
  id: number,
  update: ScheduleUpdate,
  note?: ScheduleNote,
): Promise<Schedule | undefined> {
  const set: string[] = [];
  const values: Value[] = [];
  for (const [key, column] of Object.entries(columns)) {
    const value = update[key as keyof ScheduleUpdate];
    if (value === undefined) continue;
    set.push(`${column} = ?`);
    values.push(toColumn(value));
  }
  if (note?.event === 'changed') {
    set.push('changed_at = ?');
    values.push(tx.now);
  }
  if (set.length === 0) return findSchedule(tx.db, id);
  const [row] = await tx.hot<Selectable<ScheduleTable>>(
    `update schedule set ${set.join(', ')} where id = ${pin} returning *`,
    [...values, id],
  );
  if (!row) return undefined;
  if (note) {
    await tx.event('scheduleChanged', `schedule:${id}`, told(row, note.event, note.facts ?? {}), note.person);
  }
  tx.hint({ kind: 'schedule' });
  return fromRow(row);
}

/** False when there is none. The tasks it made stay. */
export async function deleteSchedule(tx: Tx, id: number, person?: string): Promise<boolean> {
  const [row] = await tx.hot<Selectable<ScheduleTable>>(`delete from schedule where id = ${pin} returning *`, [id]);
  if (!row) return false;
  await tx.event('scheduleChanged', `schedule:${id}`, told(row, 'deleted', {}), person);
  tx.hint({ kind: 'schedule' });
  return true;
}

export async function findSchedule(db: Reader, id: number): Promise<Schedule | undefined> {
  const row = await db.selectFrom('schedule').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

/** Oldest first; `page` counts from 1. */
export async function listSchedules(
  db: Reader,
  { enabled, page, pageSize }: { enabled?: boolean; page: number; pageSize: number },
): Promise<Schedule[]> {
  let query = db.selectFrom('schedule').selectAll().orderBy('id');
  if (enabled !== undefined) query = query.where('enabled', '=', enabled ? 1 : 0);
  const rows = await query
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return rows.map(fromRow);
}

export async function countSchedules(db: Reader, { enabled }: { enabled?: boolean } = {}): Promise<number> {
  let query = db.selectFrom('schedule').select((e) => e.fn.countAll<number>().as('n'));
  if (enabled !== undefined) query = query.where('enabled', '=', enabled ? 1 : 0);
  return Number((await query.executeTakeFirst())?.n ?? 0);
}

export async function listDueSchedules(db: Reader, now: number): Promise<Schedule[]> {
  const rows = await db.selectFrom('schedule').selectAll().where('next_at', '<=', now).orderBy('next_at').execute();
  return rows.map(fromRow);
}

export async function listEnabledSchedules(db: Reader): Promise<Schedule[]> {
  const rows = await db.selectFrom('schedule').selectAll().where('enabled', '=', 1).orderBy('id').execute();
  return rows.map(fromRow);
}

/** When the first of them is due. */
export async function nextScheduleAt(db: Reader): Promise<number | undefined> {
  const row = await db
    .selectFrom('schedule')
    .select((e) => e.fn.min<number | null>('next_at').as('at'))
    .where('next_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? undefined;
}
