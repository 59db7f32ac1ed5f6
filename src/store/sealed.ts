import { type Sealer, sealedPattern } from '../base/seal.ts';
import type { Reader } from './store.ts';

/** Where sealed secrets stand that are still needed. */
export interface SealedPlace {
  /** For a person: `the schedule "morning" (3)`. */
  place: string;
  texts: string[];
}

/** Those of settings, schedules, webhooks, and tasks that have not ended. */
export async function listSealed(db: Reader): Promise<SealedPlace[]> {
  const [settings, schedules, webhooks, tasks] = await Promise.all([
    db.selectFrom('setting').select(['key', 'value']).where('value', 'like', '%sealed:v1:%').execute(),
    db.selectFrom('schedule').select(['id', 'name', 'body']).where('body', 'like', '%sealed:v1:%').execute(),
    db.selectFrom('webhook').select(['id', 'name', 'secret']).execute(),
    db
      .selectFrom('task')
      .select(['id', 'script_name', 'config'])
      .where('status', 'in', [0, 1])
      .where('config', 'like', '%sealed:v1:%')
      .orderBy('id')
      .execute(),
  ]);
  return [
    ...settings.map(({ key, value }) => ({ place: `the setting ${key}`, texts: textsIn(value) })),
    ...schedules.map(({ id, name, body }) => ({ place: `the schedule "${name}" (${id})`, texts: textsIn(body) })),
    ...webhooks.map(({ id, name, secret }) => ({ place: `the webhook "${name}" (${id})`, texts: textsIn(secret) })),
    ...tasks.map(({ id, script_name, config }) => ({ place: `task ${id} (${script_name})`, texts: textsIn(config) })),
  ];
}

/** Those of them that this key does not open. */
export async function listUnreadable(db: Reader, sealer: Sealer): Promise<SealedPlace[]> {
  return (await listSealed(db)).filter(({ texts }) => !texts.every((text) => opens(sealer, text)));
}

function opens(sealer: Sealer, text: string): boolean {
  try {
    sealer.open(text);
    return true;
  } catch {
    return false; // that it throws is the answer
  }
}

/** As one sentence for a person; at most ten are named. */
export function sealedText(sealed: readonly SealedPlace[]): string {
  const shown = sealed.slice(0, 10).map(({ place }) => place);
  return sealed.length > shown.length
    ? `${shown.join(', ')} and ${sealed.length - shown.length} more`
    : shown.join(', ');
}

const textsIn = (text: string): string[] => text.match(sealedPattern) ?? [];
