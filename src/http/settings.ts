import * as operations from '../contract/operations/settings.ts';
import type { Setting } from '../contract/setting.ts';
import { defaultSettings, type SettingKey, settingSchemas } from '../contract/settings.ts';
import { listSettingChanges } from '../store/settings.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const settingRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.listSettings, async () => ({ settings: await settingBodies(parts) })),
  bind(operations.changeSettings, async ({ body, caller }) => {
    await parts.settingDesk.change(body, caller.name);
    return { settings: await settingBodies(parts) };
  }),
];

async function settingBodies(parts: HttpParts): Promise<Setting[]> {
  const { timeZone } = parts.settings();
  const changes = await listSettingChanges(parts.store.read);
  return parts.settingDesk.list().map(({ key, value, origin }) => {
    const change = origin === 'changed' ? changes.get(key) : undefined;
    return {
      key,
      value,
      default: defaultSettings[key],
      origin,
      ceiling: ceilingOf(key),
      schema: { ...settingSchemas[key] },
      changed_at: change ? isoTime(change.at, timeZone) : null,
      changed_by: change?.person ?? null,
    };
  });
}

function ceilingOf(key: SettingKey): number | null {
  const ceiling: unknown = Reflect.get(settingSchemas[key], 'ceiling');
  return typeof ceiling === 'number' ? ceiling : null;
}
