import type { TSchema } from 'typebox';
import { canonicalJson } from './json-body.ts';

/** A schema as OpenAPI 3.1 has it: JSON Schema 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };

/** What a JSON Schema may say; everything else is our own and gets an `x-`. */
const keywords = new Set(
  [
    'type enum const title description default examples format deprecated readOnly writeOnly',
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern',
    'items prefixItems minItems maxItems uniqueItems contains contentEncoding contentMediaType',
    'properties required additionalProperties patternProperties propertyNames minProperties maxProperties',
    'anyOf oneOf allOf not',
  ].flatMap((line) => line.split(' ')),
);

/** Schemas below one of these are schemas themselves. */
const lists = ['anyOf', 'oneOf', 'allOf'];

/**
 * Our schemas as components of one document. What is exported under a name is described once; where an input may leave
 * out what an answer always has (a field with a default), the input is a component of its own, `<Name>Input`.
 */
export class SchemaBook {
  readonly components = new Map<string, JsonSchema>();
  readonly #names: ReadonlyMap<string, string>;

  constructor(named: ReadonlyMap<string, TSchema>) {
    const names = new Map<string, string>();
    for (const [name, schema] of named) {
      const key = keyOf(schema);
      if (!names.has(key)) names.set(key, name);
    }
    this.#names = names;
  }

  /** A reference where the schema has a name, else the schema. */
  use(schema: TSchema, as: 'input' | 'answer'): JsonSchema {
    return this.#convert(plain(schema), as);
  }

  #convert(schema: JsonSchema, as: 'input' | 'answer'): JsonSchema {
    const name = this.#names.get(keyOf(schema));
    if (name === undefined) return this.#inline(schema, as);
    const { description: _, ...rest } = schema;
    const component = this.#inline(rest, as);
    const used = this.#add(name, component, as);
    return { $ref: `#/components/schemas/${used}`, ...described(schema) };
  }

  #add(name: string, component: JsonSchema, as: 'input' | 'answer'): string {
    const known = this.components.get(name);
    const isOther = known !== undefined && canonicalJson(known) !== canonicalJson(component);
    const used = isOther && as === 'input' ? `${name}Input` : name;
    if (isOther && as === 'answer') throw new Error(`two different schemas are called ${name}`);
    this.components.set(used, component);
    return used;
  }

  #inline(schema: JsonSchema, as: 'input' | 'answer'): JsonSchema {
    const out: JsonSchema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === 'properties') out.properties = this.#properties(value, as);
      else if (keyword === 'patternProperties') Object.assign(out, this.#pattern(value, as));
      else if (keyword === 'items' && Array.isArray(value)) {
        out.prefixItems = value.map((item) => this.#convert(plain(item), as));
        out.maxItems = value.length;
      } else if (keyword === 'additionalItems') continue;
      else if (lists.includes(keyword)) out[keyword] = asList(value).map((item) => this.#convert(plain(item), as));
      else if (['items', 'not', 'additionalProperties', 'propertyNames'].includes(keyword) && isObject(value)) {
        out[keyword] = this.#convert(plain(value), as);
      } else if (keyword === 'required') {
        const required = asList(value).filter((key) => as === 'answer' || !hasDefault(schema, String(key)));
        if (required.length > 0) out.required = required;
      } else out[keywords.has(keyword) ? keyword : `x-${keyword}`] = value;
    }
    if (out.type === undefined && Array.isArray(out.enum)) return { type: typeOf(out.enum), ...out };
    return foldNull(out);
  }

  #properties(value: unknown, as: 'input' | 'answer'): JsonSchema {
    const entries = Object.entries(isObject(value) ? value : {});
    return Object.fromEntries(entries.map(([key, schema]) => [key, this.#convert(plain(schema), as)]));
  }

  /** A record of anything is what `additionalProperties` says more plainly. */
  #pattern(value: unknown, as: 'input' | 'answer'): JsonSchema {
    const entries = Object.entries(isObject(value) ? value : {});
    const [only] = entries;
    if (entries.length === 1 && only?.[0] === '^.*$') {
      const schema = this.#convert(plain(only[1]), as);
      return { additionalProperties: Object.keys(schema).length === 0 ? true : schema };
    }
    return { patternProperties: this.#properties(value, as) };
  }
}

/** Without what TypeBox keeps beside the schema. */
export const plain = (schema: unknown): JsonSchema => JSON.parse(JSON.stringify(schema)) as JsonSchema;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const described = ({ description }: JsonSchema): JsonSchema => (description === undefined ? {} : { description });

function keyOf(schema: JsonSchema | TSchema): string {
  const { description: _, ...rest } = plain(schema);
  return rest.type === 'object' && isObject(rest.properties) ? canonicalJson(rest) : '';
}

function hasDefault(schema: JsonSchema, key: string): boolean {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const property: unknown = Reflect.get(properties, key);
  return isObject(property) && 'default' in property;
}

function typeOf(values: readonly unknown[]): string | string[] {
  const types = new Set(
    values.map((value) => (value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value)),
  );
  const [only = 'string'] = types;
  return types.size === 1 ? only : [...types];
}

/** "This or null" in one line, where it can be said so. */
function foldNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema;
  const [one, other] = anyOf as [JsonSchema, JsonSchema];
  if (other.type === 'null' && Object.keys(one).every((key) => key === 'description')) return { ...one, ...rest };
  const isFoldable = other.type === 'null' && typeof one.type === 'string' && one.const === undefined;
  if (!isFoldable) return schema;
  return { ...one, type: [one.type, 'null'], ...(Array.isArray(one.enum) && { enum: [...one.enum, null] }), ...rest };
}
