import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** What is wrong with an input: where (`script_config.material_list[0]`), and a sentence that says what would be right. */
export interface Problem {
  path: string;
  message: string;
}

/** The first thing about `value` that `schema` does not allow, or undefined. `prefix` is the path of `value` itself. */
export function findProblem(schema: TSchema, value: unknown, prefix = ''): Problem | undefined {
  if (Value.Check(schema, value)) return undefined;
  const errors = Value.Errors(schema, value);
  // A missing property is reported at its parent; anything else is reported where it is.
  const error = errors[0];
  if (!error) return { path: prefix, message: `${prefix || 'the body'} is not valid` };
  if (error.keyword === 'required') {
    const missing = error.params.requiredProperties[0] ?? '';
    const path = joinPath(pathOf(prefix, error.instancePath), missing);
    const at = schemaAt(schema, `${error.instancePath}/${missing}`);
    return { path, message: `${path} is missing: it must be ${at ? expectation(at) : 'given'}` };
  }
  const path = pathOf(prefix, error.instancePath);
  const at = schemaAt(schema, error.instancePath);
  const got = at && isSecret(at) ? '' : `, not ${preview(valueAt(value, error.instancePath))}`;
  return { path, message: `${path || 'the body'} must be ${at ? expectation(at) : error.message}${got}` };
}

/** `script_config` + `target_users` → `script_config.target_users`; a number becomes an index. */
export function joinPath(prefix: string, key: string | number): string {
  if (typeof key === 'number' || /^\d+$/.test(key)) return `${prefix}[${key}]`;
  return prefix === '' ? key : `${prefix}.${key}`;
}

/** Keys of `value` that `known` does not list, with their path. */
export function unknownKeys(value: object, known: readonly string[], prefix = ''): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => joinPath(prefix, key));
}

/** A short JSON spelling of a value for a message: never more than a few words of what was sent. */
export function preview(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

interface AnySchema extends TSchema {
  type?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  unit?: string;
  secret?: boolean;
  items?: AnySchema;
  properties?: Record<string, AnySchema>;
}

const isSecret = (schema: AnySchema): boolean => schema.secret === true;

function expectation(schema: AnySchema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  const unit = schema.unit ? ` (${schema.unit})` : '';
  switch (schema.type) {
    case 'integer':
      return `a whole number${bounds(schema)}${unit}`;
    case 'number':
      return `a number${bounds(schema)}${unit}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      if (schema.maxLength !== undefined) return `a text of at most ${schema.maxLength} characters${unit}`;
      return `${(schema.minLength ?? 0) > 0 ? 'a text that is not empty' : 'a text'}${unit}`;
    case 'array':
      return `a list${(schema.minItems ?? 0) > 0 ? ' that is not empty' : ''}${schema.items ? `, each entry ${expectation(schema.items)}` : ''}`;
    case 'object':
      return 'an object';
    default:
      return 'another value';
  }
}

function bounds({ minimum, maximum }: AnySchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum !== undefined ? ` of at most ${maximum}` : '';
}

const segments = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const pathOf = (prefix: string, pointer: string): string => segments(pointer).reduce(joinPath, prefix);

function schemaAt(schema: AnySchema, pointer: string): AnySchema | undefined {
  let at: AnySchema | undefined = schema;
  for (const part of segments(pointer)) at = at?.type === 'array' ? at.items : at?.properties?.[part];
  return at;
}

function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const part of segments(pointer)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
