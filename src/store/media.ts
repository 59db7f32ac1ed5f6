import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { MediaTable } from './schema.ts';
import { pin, type Reader, type Tx, type Value } from './store.ts';

export type MediaKind = 'video' | 'image';

/** One file of the library; its bytes lie below the data folder under their hash. */
export interface MediaItem {
  id: number;
  sha256: string;
  kind: MediaKind;
  /** As people call it; never a path. */
  name: string;
  mime: string;
  bytes: number;
  width: number;
  height: number;
  codec: string;
  /** Videos only. */
  durationMs: number | null;
  /** Overrides the caption of the request. */
  caption: string | null;
  /** Place among the images of one post. */
  number: number | null;
  /** An account may post it again, whatever `media.allow_reuse` says. */
  allowReuse: boolean;
  /** `upload`, or the path that it was copied from. */
  origin: string;
  hostId: string | null;
  addedAt: number;
  /** In alphabetical order. */
  tags: string[];
}

export type NewMediaItem = Omit<MediaItem, 'id' | 'addedAt' | 'allowReuse'>;

export interface MediaChange {
  name?: string;
  caption?: string | null;
  number?: number | null;
  allowReuse?: boolean;
  tags?: readonly string[];
}

export interface MediaFilter {
  kind?: MediaKind;
  /** Lower case, as tags are kept. */
  tag?: string;
  /** Whether any account has posted it, or is about to. */
  isUsed?: boolean;
  /** Part of the name or the caption. */
  text?: string;
}

const itemFromRow = (row: Selectable<MediaTable>, tags: string[]): MediaItem => ({
  id: row.id,
  sha256: row.sha256,
  kind: row.kind,
  name: row.name,
  mime: row.mime,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  codec: row.codec,
  durationMs: row.duration_ms,
  caption: row.caption,
  number: row.number,
  allowReuse: row.allow_reuse === 1,
  origin: row.origin,
  hostId: row.host_id,
  addedAt: row.added_at,
  tags,
});

/** Undefined when the library holds this content already. */
export async function insertMedia(tx: Tx, item: NewMediaItem, person?: string): Promise<MediaItem | undefined> {
  const row = await tx.db
    .insertInto('media')
    .values({
      sha256: item.sha256,
      kind: item.kind,
      name: item.name,
      mime: item.mime,
      bytes: item.bytes,
      width: item.width,
      height: item.height,
      codec: item.codec,
      duration_ms: item.durationMs,
      caption: item.caption,
      number: item.number,
      origin: item.origin,
      host_id: item.hostId,
      added_at: tx.now,
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  await writeTags(tx, row.id, item.tags);
  const { id, kind, name, sha256, bytes } = row;
  await tx.event('mediaChanged', `media:${id}`, { id, kind, name, sha256, bytes, tags: item.tags }, person);
  return itemFromRow(row, [...item.tags].sort());
}

/** What is left out stays as it is. Undefined when there is no such item. */
export async function changeMedia(
  tx: Tx,
  id: number,
  change: MediaChange,
  person?: string,
): Promise<MediaItem | undefined> {
  const before = await findMedia(tx.db, id);
  if (!before) return undefined;
  const columns: Record<string, Value> = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.caption === undefined ? {} : { caption: change.caption }),
    ...(change.number === undefined ? {} : { number: change.number }),
    ...(change.allowReuse === undefined ? {} : { allow_reuse: change.allowReuse ? 1 : 0 }),
  };
  if (Object.keys(columns).length > 0) await tx.db.updateTable('media').set(columns).where('id', '=', id).execute();
  if (change.tags !== undefined) {
    await tx.hot(`delete from media_tag where media_id = ${pin}`, [id]);
    await writeTags(tx, id, change.tags);
  }
  const after = await findMedia(tx.db, id);
  if (after) await tx.event('mediaChanged', `media:${id}`, { id, name: after.name, tags: after.tags }, person);
  return after;
}

/** The row and its tags; who has posted it stays written down. The caller removes the file after the commit. */
export async function deleteMedia(tx: Tx, id: number, person?: string): Promise<void> {
  const [row] = await tx.hot<{ id: number }>(`delete from media where id = ${pin} returning id`, [id]);
  if (row) await tx.event('mediaChanged', `media:${id}`, { id, deleted: true }, person);
}

async function writeTags(tx: Tx, id: number, tags: readonly string[]): Promise<void> {
  for (const tag of tags) await tx.hot('insert into media_tag (media_id, tag) values (?, ?)', [id, tag]);
}

export async function findMedia(db: Reader, id: number): Promise<MediaItem | undefined> {
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await withTags(db, [row]))[0];
}

export async function findMediaByHash(db: Reader, sha256: string): Promise<MediaItem | undefined> {
  const row = await db.selectFrom('media').selectAll().where('sha256', '=', sha256).executeTakeFirst();
  return row && (await withTags(db, [row]))[0];
}

/** Newest first; `page` counts from 1. */
export async function listMedia(
  db: Reader,
  { page, pageSize, ...filter }: MediaFilter & { page: number; pageSize: number },
): Promise<MediaItem[]> {
  const rows = await filtered(db, filter)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return withTags(db, rows);
}

export async function countMedia(db: Reader, filter: MediaFilter = {}): Promise<number> {
  const row = await filtered(db, filter)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** How much the library holds. */
export async function mediaTotals(db: Reader): Promise<{ items: number; bytes: number }> {
  const row = await db
    .selectFrom('media')
    .select((e) => [e.fn.countAll<number>().as('items'), e.fn.sum<number | null>('bytes').as('bytes')])
    .executeTakeFirst();
  return { items: Number(row?.items ?? 0), bytes: Number(row?.bytes ?? 0) };
}

/** Content of every item, to tell files that belong to none. */
export async function listMediaHashes(db: Reader): Promise<Set<string>> {
  return new Set((await db.selectFrom('media').select('sha256').execute()).map(({ sha256 }) => sha256));
}

function filtered(db: Reader, { kind, tag, isUsed, text }: MediaFilter) {
  let query = db.selectFrom('media');
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (tag !== undefined) {
    query = query.where('id', 'in', (e) => e.selectFrom('media_tag').select('media_id').where('tag', '=', tag));
  }
  if (isUsed !== undefined) {
    const used = sql<boolean>`exists (select 1 from media_use where media_use.sha256 = media.sha256)`;
    query = query.where(isUsed ? used : sql<boolean>`not ${used}`);
  }
  if (text !== undefined) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&').toLowerCase()}%`;
    query = query.where(
      sql<boolean>`(lower(name) like ${pattern} escape '\\' or lower(coalesce(caption, '')) like ${pattern} escape '\\')`,
    );
  }
  return query;
}

async function withTags(db: Reader, rows: readonly Selectable<MediaTable>[]): Promise<MediaItem[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const tags = await db.selectFrom('media_tag').selectAll().where('media_id', 'in', ids).orderBy('tag').execute();
  return rows.map((row) =>
    itemFromRow(
      row,
      tags.filter(({ media_id }) => media_id === row.id).map(({ tag }) => tag),
    ),
  );
}
