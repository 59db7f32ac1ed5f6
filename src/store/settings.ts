import type { Reader, Tx } from './store.ts';

/** Settings that were changed, by key; values are JSON. Those left out have their default. */
export async function listSettings(db: Reader): Promise<Map<string, unknown>> {
  const rows = await db.selectFrom('setting').select(['key', 'value']).execute();
  return new Map(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]));
}

/** Who set what when; settings at their default are absent. */
export async function listSettingChanges(db: Reader): Promise<Map<string, { at: number; person: string | null }>> {
  const rows = await db.selectFrom('setting').select(['key', 'changed_at', 'person']).execute();
  return new Map(rows.map((row) => [row.key, { at: row.changed_at, person: row.person }]));
}

export interface SettingNote {
  person?: string;
  /** How the event tells the value before and after; default: as it is stored, and nothing of before. */
  told?: { old: unknown; value: unknown };
}

/** `undefined` puts a setting back to its default. Values were checked by the caller. */
export async function writeSetting(
  tx: Tx,
  key: string,
  value: unknown,
  { person, told = { old: null, value: value ?? null } }: SettingNote = {},
): Promise<void> {
  if (value === undefined) await tx.hot('delete from setting where key = ?', [key]);
  else {
    await tx.hot(
      `insert into setting (key, value, changed_at, person) values (?, ?, ?, ?)
       on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at, person = excluded.person`,
      [key, JSON.stringify(value), tx.now, person ?? null],
    );
  }
  await tx.event('settingChanged', `setting:${key}`, { key, ...told }, person);
  tx.hint({ kind: 'setting' });
}
