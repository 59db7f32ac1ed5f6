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

/** A copy of `value` in which a secret that came back as `***` is again the one of `former`; without one it is left out. */
export function keepSecrets(schema: TSchema, value: unknown, former: unknown): unknown {
  const { secret, properties, items } = schema as AnySchema;
  if (secret === true) return value === secretMask ? former : value;
  if (Array.isArray(value)) {
    return items
      ? value.map((entry, n) => keepSecrets(items, entry, Array.isArray(former) ? former[n] : undefined))
      : value;
  }
  if (typeof value !== 'object' || value === null || !properties) return value;
  const formerOf = (key: string): unknown =>
    typeof former === 'object' && former !== null && Object.hasOwn(former, key) ? Reflect.get(former, key) : undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      const schemaOfKey = Object.hasOwn(properties, key) ? properties[key] : undefined;
      const kept = schemaOfKey ? keepSecrets(schemaOfKey, entry, formerOf(key)) : entry;
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}
