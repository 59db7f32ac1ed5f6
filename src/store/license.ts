import type { Reader, Tx } from './store.ts';

export interface StoredLicense {
  /** As the vendor gave it out; whether it holds is judged by whoever reads it. */
  key: string;
  installedAt: number;
  person: string | null;
}

export async function findLicense(db: Reader): Promise<StoredLicense | undefined> {
  const row = await db.selectFrom('license').selectAll().where('id', '=', 1).executeTakeFirst();
  return row && { key: row.key, installedAt: row.installed_at, person: row.person };
}

/** Takes the place of the one before. The key itself stays out of the event. */
export async function writeLicense(
  tx: Tx,
  { key, planName, person }: { key: string; planName: string; person: string | undefined },
): Promise<void> {
  await tx.hot(
    `insert into license (id, key, installed_at, person) values (1, ?, ?, ?)
     on conflict (id) do update set key = excluded.key, installed_at = excluded.installed_at, person = excluded.person`,
    [key, tx.now, person ?? null],
  );
  await tx.event('settingChanged', 'license', { key: 'license', value: planName }, person);
}
