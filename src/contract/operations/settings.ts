import { defineOperation } from '../operation.ts';
import { SettingChanges, SettingList } from '../setting.ts';

const tag = 'Settings';

export const listSettings = defineOperation({
  id: 'listSettings',
  method: 'GET',
  path: '/settings',
  tag,
  scope: 'read',
  summary: 'Read all settings, with their bounds and where their values come from',
  data: SettingList,
});

export const changeSettings = defineOperation({
  id: 'changeSettings',
  method: 'PATCH',
  path: '/settings',
  tag,
  scope: 'admin',
  summary: 'Change settings, all of those named or none',
  description: 'They count at once. `null` puts a setting back to its default. Ceilings cannot be passed.',
  body: SettingChanges,
  data: SettingList,
  examples: [{ name: 'fewer posts a day', body: { 'conduct.post_per_day': 4, time_zone: 'Europe/Berlin' } }],
});
