import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import { DroverError } from '../base/error.ts';
import { findProblem, unknownKeys } from '../contract/problem.ts';

/**
 * Query values arrive as text: numbers, true and false are read from it, empty ones count as absent, defaults are filled in. Throws
 * `input.invalid`. Unknown names are returned for a warning.
 */
export function readQuery<T extends TObject>(schema: T, query: unknown): { query: Static<T>; unknown: string[] } {
  const raw = typeof query === 'object' && query !== null ? query : {};
  const given = Object.entries(raw).filter(([, value]) => value !== '');
  const values: unknown = Value.Default(
    schema,
    Object.fromEntries(given.map(([key, value]) => [key, valueWhereDue(schema.properties[key], value)])),
  );
  const problem = findProblem(schema, values);
  if (problem) throw new DroverError('input.invalid', { message: problem.message, details: { path: problem.path } });
  return { query: values as Static<T>, unknown: unknownKeys(raw, Object.keys(schema.properties)) };
}

function valueWhereDue(schema: unknown, value: unknown): unknown {
  const type: unknown = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'type') : undefined;
  if (type === 'boolean')
    return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value;
  return type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

/** A path part that must be an id. Throws `input.invalid`. */
export function readId(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new DroverError('input.invalid', {
      message: `${what} must be a whole number, not "${text.slice(0, 40)}"`,
      details: { path: what },
    });
  }
  return Number(text);
}
