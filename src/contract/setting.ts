import { type Static, type TSchema, Type } from 'typebox';
import { isoTime, nullable } from './page.ts';
import { type SettingKey, settingKeys, settingSchemas } from './settings.ts';

/** A setting with what a form needs to show and change it. */
export const Setting = Type.Object({
  key: Type.Enum([...settingKeys]),
  value: Type.Unknown({ description: 'Now; secrets read ***' }),
  default: Type.Unknown(),
  origin: Type.Enum(['default', 'changed']),
  ceiling: nullable(Type.Number({ description: 'No setting gets beyond it, whoever asks; null: there is none' })),
  schema: Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema, with description and bounds' }),
  changed_at: nullable(isoTime('When it was last changed')),
  changed_by: nullable(Type.String()),
});
export type Setting = Static<typeof Setting>;

export const SettingList = Type.Object({ settings: Type.Array(Setting) });

/** Whatever is named changes, all or nothing; null puts a setting back to its default. */
export const SettingChanges = Type.Object(
  Object.fromEntries(settingKeys.map((key) => [key, Type.Optional(nullable(withoutDefault(key)))])),
  { additionalProperties: false },
);
export type SettingChanges = Readonly<Record<string, unknown>>;

/** A default would be filled in for whatever is left out. */
function withoutDefault(key: SettingKey): TSchema {
  const { default: _, ...schema } = { default: undefined, ...settingSchemas[key] };
  return schema;
}
