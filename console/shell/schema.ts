import type { TFunction } from 'i18next';

/** What a form reads of a JSON Schema; the rest of it is for the server. */
export interface FieldSchema {
  type?: string;
  enum?: readonly (string | number)[];
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  unit?: string;
  secret?: boolean;
  pattern?: string;
  items?: FieldSchema;
  properties?: Readonly<Record<string, FieldSchema>>;
}

/** Words for a field come from the catalogue; one that is newer than the catalogue speaks the words of its schema. */
export function fieldWords(t: TFunction, key: string, schema: FieldSchema): { label: string; help: string } {
  const say = t as unknown as (key: string, options: { defaultValue: string }) => string;
  return {
    label: say(`fields.${key}.label`, { defaultValue: key }),
    help: say(`fields.${key}.help`, { defaultValue: schema.description ?? '' }),
  };
}

export const optionWords = (t: TFunction, key: string, value: string | number): string =>
  (t as unknown as (key: string, options: { defaultValue: string }) => string)(`options.${key}.${value}`, {
    defaultValue: String(value),
  });

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
