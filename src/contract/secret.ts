import type { TSchema } from 'typebox';

/** What a secret reads as wherever it is shown. */
export const secretMask = '***';

interface AnySchema extends TSchema {
  secret?: boolean;
  properties?: Record<string, AnySchema>;
  items?: AnySchema;
}

/** A copy of `value` in which whatever the schema marks `secret: true` and is not empty reads `***`. */
export function maskSecrets(schema: TSchema, value: unknown): unknown {
  const { secret, properties, items } = schema as AnySchema;
  if (secret === true) return value === undefined || value === '' ? value : secretMask;
  if (Array.isArray(value)) return items ? value.map((entry) => maskSecrets(items, entry)) : value;
  if (typeof value !== 'object' || value === null || !properties) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const schemaOfKey = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return [key, schemaOfKey ? maskSecrets(schemaOfKey, entry) : entry];
    }),
  );
}
