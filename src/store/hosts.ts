import type { Selectable } from 'kysely';
import type { HostTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

/** One running server. Its id lives as long as its data folder, its boot id as long as its process. */
export interface Host {
  id: string;
  bootId: string;
  url: string | null;
  aliveUntil: number;
  version: string;
}

const hostFromRow = (row: Selectable<HostTable>): Host => ({
  id: row.id,
  bootId: row.boot_id,
  url: row.url,
  aliveUntil: row.alive_until,
  version: row.version,
});

/** Says that this process is the host now. Attempts of the former one are closed by closeAttemptsOfFormerBoot. */
export async function registerHost(tx: Tx, host: Host): Promise<void> {
  await tx.hot(
    `insert into host (id, boot_id, url, alive_until, version) values (?, ?, ?, ?, ?)
     on conflict (id) do update set boot_id = excluded.boot_id, url = excluded.url, alive_until = excluded.alive_until,
       version = excluded.version`,
    [host.id, host.bootId, host.url, host.aliveUntil, host.version],
  );
}

/** False when another process took the host's place: this one must stop. */
export async function renewHost(
  tx: Tx,
  { id, bootId, aliveUntil }: { id: string; bootId: string; aliveUntil: number },
): Promise<boolean> {
  const rows = await tx.hot<{ id: string }>(
    `update host set alive_until = ? where id = ${pin} and boot_id = ? returning id`,
    [aliveUntil, id, bootId],
  );
  return rows.length > 0;
}

export async function listHosts(db: Reader): Promise<Host[]> {
  return (await db.selectFrom('host').selectAll().orderBy('id').execute()).map(hostFromRow);
}
