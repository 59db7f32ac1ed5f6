/**
 * Who has posted what. A use is written when a task takes its media (`taken`), stays when the public action happened or
 * may have happened, and is gone again when it did not; the truth about that is the effect's row, never a second opinion.
 */
import { sql } from 'kysely';
import type { MediaKind } from './media.ts';
import { pin, type Reader, type Tx } from './store.ts';

/** An attempt, and whose account it acts for: `account:12`, or `serial:ABC123` while nobody knows the account. */
export interface MediaTaker {
  taskId: number;
  attemptId: number;
  actor: string;
}

export interface NewUse extends MediaTaker {
  sha256: string;
  source: 'list' | 'folder' | 'library';
  /** Tells a file of a folder from another one without reading it. */
  mark?: string;
  /** It may be a repetition: the operator named the file, or allows used media again. */
  again: boolean;
}

/** Undefined when this actor has used the content already and no repetition was asked for. */
export async function insertUse(tx: Tx, use: NewUse): Promise<number | undefined> {
  const [row] = await tx.hot<{ id: number }>(
    `insert into media_use (sha256, actor, task_id, attempt_id, source, mark, again, state, taken_at)
     select ?, ?, ?, ?, ?, ?, ?, 'taken', ?
     where ? = 1 or not exists (select 1 from media_use where actor = ${pin} and sha256 = ${pin})
     returning id`,
    [
      ...[use.sha256, use.actor, use.taskId, use.attemptId, use.source, use.mark ?? null, use.again ? 1 : 0, tx.now],
      ...[use.again ? 1 : 0, use.actor, use.sha256],
    ],
  );
  if (row) await tellUse(tx, [use.sha256]);
  return row?.id;
}

/**
 * Settles what attempts that are over have taken, by what became of their public actions: done keeps the use for good; not
 * done, refused or never begun gives it back; open or in doubt leaves it taken. Returns how many were given back.
 * `overAttemptId`: an attempt that ends now and whose row does not say so yet.
 */
export async function settleUses(tx: Tx, overAttemptId = 0): Promise<number> {
  const isOver = `(attempt_id = ? or not exists (
    select 1 from attempt where attempt.id = media_use.attempt_id and attempt.ended_at is null))`;
  const has = (states: string) => `exists (
    select 1 from effect where effect.task_id = media_use.task_id and effect.attempt_id = media_use.attempt_id
    and minor = 0 and effect.state in (${states}))`;
  await tx.hot(`update media_use set state = 'used' where state = 'taken' and ${isOver} and ${has(`'done'`)}`, [
    overAttemptId,
  ]);
  const given = await tx.hot<{ sha256: string }>(
    `delete from media_use where state = 'taken' and ${isOver} and not ${has(`'intended', 'done', 'unconfirmed'`)}
     returning sha256`,
    [overAttemptId],
  );
  if (given.length > 0)
    await tellUse(
      tx,
      given.map(({ sha256 }) => sha256),
    );
  return given.length;
}

/** The operator says that it may be posted again. What is being posted now stays. */
export async function forgetUses(tx: Tx, sha256: string): Promise<void> {
  await tx.hot(`delete from media_use where sha256 = ${pin} and state = 'used'`, [sha256]);
}

/** The task that is posting this content now, or may have. */
export async function findOpenUse(db: Reader, sha256: string): Promise<{ taskId: number } | undefined> {
  const row = await db
    .selectFrom('media_use')
    .select('task_id')
    .where('sha256', '=', sha256)
    .where('state', '=', 'taken')
    .where(
      sql<boolean>`exists (select 1 from attempt where attempt.id = media_use.attempt_id and attempt.ended_at is null)`,
    )
    .executeTakeFirst();
  return row && { taskId: row.task_id };
}

async function tellUse(tx: Tx, hashes: readonly string[]): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    const [item] = await tx.hot<{ id: number }>(`select id from media where sha256 = ${pin}`, [sha256]);
    if (!item) continue;
    const uses = await countUses(tx.db, sha256);
    await tx.event('mediaChanged', `media:${item.id}`, { id: item.id, used: uses > 0 });
  }
}

/** Uses by whoever, `taken` included. */
export async function countUses(db: Reader, sha256: string): Promise<number> {
  const row = await db
    .selectFrom('media_use')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Who has used which of these contents, or of these marks of files; `taken` counts. */
export async function listUsedBy(
  db: Reader,
  actor: string,
  what: { sha256: readonly string[] } | { mark: readonly string[] },
): Promise<Set<string>> {
  const [column, values] = 'mark' in what ? (['mark', what.mark] as const) : (['sha256', what.sha256] as const);
  const found = new Set<string>();
  // a folder may hold more files than a statement takes values
  for (let from = 0; from < values.length; from += 500) {
    const rows = await db
      .selectFrom('media_use')
      .select(column)
      .where('actor', '=', actor)
      .where(column, 'in', values.slice(from, from + 500))
      .execute();
    for (const row of rows) {
      const value: unknown = Reflect.get(row, column);
      if (typeof value === 'string') found.add(value);
    }
  }
  return found;
}

export interface UseSummary {
  count: number;
  lastAt: number;
  /** Usernames; serials where the account was not known. */
  by: string[];
}

/** By content; contents that nobody has used are absent. */
export async function summariseUses(db: Reader, hashes: readonly string[]): Promise<Map<string, UseSummary>> {
  const summaries = new Map<string, UseSummary>();
  if (hashes.length === 0) return summaries;
  const rows = await db
    .selectFrom('media_use')
    .leftJoin('account', (join) => join.on(sql<boolean>`media_use.actor = 'account:' || account.id`))
    .select(['sha256', 'actor', 'taken_at', 'account.username'])
    .where('sha256', 'in', hashes)
    .orderBy('media_use.id')
    .execute();
  for (const row of rows) {
    const summary = summaries.get(row.sha256) ?? { count: 0, lastAt: 0, by: [] };
    const name = row.username ?? row.actor.replace(/^serial:/, '');
    summary.count += 1;
    summary.lastAt = Math.max(summary.lastAt, row.taken_at);
    if (!summary.by.includes(name)) summary.by.push(name);
    summaries.set(row.sha256, summary);
  }
  return summaries;
}

/** An item that a task may take. */
export interface Candidate {
  id: number;
  /** Tagged with the actor's own username. */
  isOwn: boolean;
  /** Tagged with the username of another account of ours, and not with the actor's. */
  isOthers: boolean;
  /** The item itself allows repetitions. */
  allowReuse: boolean;
  /** A task of somebody is posting it at this moment. */
  isOpen: boolean;
  /** Uses by whoever. */
  uses: number;
  /** When this actor used it last; null: never. */
  usedAt: number | null;
}

/** Items of a kind that carry one of the tags (none given: all), by id. Names and tags are lower case. */
export async function listCandidates(
  db: Reader,
  { kind, tags, actor, username }: { kind: MediaKind; tags: readonly string[]; actor: string; username?: string },
): Promise<Candidate[]> {
  const hasTag = (list: readonly string[]) =>
    sql<number>`exists (select 1 from media_tag where media_tag.media_id = media.id and tag in (${sql.join(list)}))`;
  let query = db.selectFrom('media').where('kind', '=', kind).orderBy('id');
  if (tags.length > 0) query = query.where(hasTag(tags) as never);
  const rows = await query
    .select([
      'id',
      'allow_reuse',
      sql<number>`exists (select 1 from media_use join attempt on attempt.id = media_use.attempt_id
        where media_use.sha256 = media.sha256 and media_use.state = 'taken' and attempt.ended_at is null)`.as('open'),
      (username === undefined ? sql<number>`0` : hasTag([username, `@${username}`])).as('own'),
      // asked once for all items, not once for each
      sql<number>`media.id in (select media_id from media_tag where tag in (select username from account where deleted_at is null
        union all select '@' || username from account where deleted_at is null))`.as('named'),
      sql<number>`(select count(*) from media_use where media_use.sha256 = media.sha256)`.as('uses'),
      sql<
        number | null
      >`(select max(taken_at) from media_use where media_use.sha256 = media.sha256 and actor = ${actor})`.as('used_at'),
    ])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    isOwn: Boolean(row.own),
    isOthers: Boolean(row.named) && !row.own,
    allowReuse: row.allow_reuse === 1,
    isOpen: Boolean(row.open),
    uses: Number(row.uses),
    usedAt: row.used_at,
  }));
}

/** Items that were posted, last before `usedBefore`, and may not be posted again; longest ago first. */
export async function listUsedBefore(
  db: Reader,
  usedBefore: number,
  limit: number,
): Promise<{ id: number; bytes: number }[]> {
  return await db
    .selectFrom('media')
    .innerJoin('media_use', 'media_use.sha256', 'media.sha256')
    .where('media.allow_reuse', '=', 0)
    .groupBy(['media.id', 'media.bytes'])
    .having((e) => e.fn.max('media_use.taken_at'), '<', usedBefore)
    .select(['media.id', 'media.bytes'])
    .orderBy((e) => e.fn.max('media_use.taken_at'))
    .limit(limit)
    .execute();
}
