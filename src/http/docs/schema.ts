import type { JsonSchema } from '../openapi-schema.ts';
import { type Html, html, inline } from './html.ts';

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** Deeper than this only the name is given. */
const deepest = 5;

/** The fields of a schema as nested lists; a simple value is one line. */
export function fieldsOf(schemas: Schemas, schema: JsonSchema, depth = 0): Html {
  const own = resolve(schemas, schema);
  if (own.anyOf && variants(own).length > 1 && variants(own).every((one) => isDeep(schemas, one))) {
    return html`${variants(own).map((one) => fold(schemas, nameOf(one) ?? 'one of', one, depth))}`;
  }
  const inner = innerOf(schemas, own);
  if (!inner) return html``;
  const needed = Array.isArray(inner.required) ? inner.required : [];
  const fields = Object.entries(propertiesOf(inner));
  return html`<dl class="fields">${fields.map(([name, field]) => oneField(schemas, name, field, needed.includes(name), depth))}</dl>`;
}

function oneField(schemas: Schemas, name: string, field: JsonSchema, isNeeded: boolean, depth: number): Html {
  const text = descriptionOf(schemas, field);
  return html`<div class="field"><dt><code class="name">${name}</code> <span class="type">${typeOf(schemas, field)}</span>${
    isNeeded && html` <span class="needed">always</span>`
  }</dt><dd>${text && html`<p>${inline(text)}</p>`}${limitsOf(resolve(schemas, field))}${
    isDeep(schemas, field) && depth < deepest && fold(schemas, 'fields', field, depth)
  }</dd></div>`;
}

const fold = (schemas: Schemas, title: string, schema: JsonSchema, depth: number): Html =>
  html`<details><summary>${title}</summary>${fieldsOf(schemas, schema, depth + 1)}</details>`;

/** "integer", "list of Task", "one of a, b", "Waiting or null". */
export function typeOf(schemas: Schemas, schema: JsonSchema): string {
  const name = nameOf(schema);
  if (name !== undefined) return name;
  if (Array.isArray(schema.anyOf)) {
    return variants(schema, true)
      .map((one) => typeOf(schemas, one))
      .join(' or ');
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type ?? 'anything']).map(String);
  return types.map((type) => (type === 'array' ? listType(schemas, schema) : type)).join(' or ');
}

function listType(schemas: Schemas, { items, prefixItems }: JsonSchema): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((one) => typeOf(schemas, one as JsonSchema)).join(', ')}]`;
  return `list of ${typeOf(schemas, (items ?? {}) as JsonSchema)}`;
}

export function limitsOf(schema: JsonSchema): Html {
  const said = [
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.maxLength !== undefined && `up to ${schema.maxLength} characters`,
    schema.maxItems !== undefined && !schema.prefixItems && `up to ${schema.maxItems} entries`,
    schema['x-unit'] !== undefined && `in ${schema['x-unit']}`,
    schema['x-secret'] === true && 'secret: reads ***',
  ].filter((line) => line !== false);
  return said.length === 0 ? html`` : html`<p class="limits">${said.join(' · ')}</p>`;
}

/** A plausible value: examples and defaults first, else the least that fits; of an object only what must be there. */
export function sampleOf(schemas: Schemas, schema: JsonSchema, depth = 0): unknown {
  const own = resolve(schemas, schema);
  if (own.example !== undefined) return own.example;
  if (own.default !== undefined) return own.default;
  if (own.const !== undefined) return own.const;
  if (Array.isArray(own.enum)) return own.enum[0];
  if (Array.isArray(own.anyOf)) return sampleOf(schemas, (own.anyOf[0] ?? {}) as JsonSchema, depth);
  const type = Array.isArray(own.type) ? own.type[0] : own.type;
  if (type === 'integer' || type === 'number') return own.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return depth > 2 ? [] : [sampleOf(schemas, (own.items ?? {}) as JsonSchema, depth + 1)];
  if (type !== 'object') return type === 'null' ? null : 'text';
  const needed = Array.isArray(own.required) ? own.required.map(String) : [];
  const fields = propertiesOf(own);
  const shown = needed.length > 0 ? needed : Object.keys(fields).slice(0, 1);
  return Object.fromEntries(shown.map((name) => [name, sampleOf(schemas, fields[name] ?? {}, depth + 1)]));
}

export function resolve(schemas: Schemas, schema: JsonSchema): JsonSchema {
  const name = nameOf(schema);
  return name === undefined ? schema : { ...schemas[name], ...schema };
}

const nameOf = ({ $ref }: JsonSchema): string | undefined =>
  typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;

const descriptionOf = (schemas: Schemas, schema: JsonSchema): string =>
  String(schema.description ?? resolve(schemas, schema).description ?? '');

export const propertiesOf = (schema: JsonSchema): Record<string, JsonSchema> =>
  (schema.properties ?? {}) as Record<string, JsonSchema>;

function variants({ anyOf }: JsonSchema, withNull = false): JsonSchema[] {
  const all = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  return all.filter(({ type }) => withNull || type !== 'null');
}

/** The object in it that has fields: itself, an entry of the list, or what is there when it is not null. */
function innerOf(schemas: Schemas, schema: JsonSchema): JsonSchema | undefined {
  const own = resolve(schemas, schema);
  const [only, second] = variants(own);
  if (only && !second) return innerOf(schemas, only);
  if (own.items !== undefined && typeof own.items === 'object') return innerOf(schemas, own.items as JsonSchema);
  return Object.keys(propertiesOf(own)).length > 0 ? own : undefined;
}

const isDeep = (schemas: Schemas, schema: JsonSchema): boolean =>
  innerOf(schemas, schema) !== undefined ||
  (variants(schema).length > 1 && variants(schema).some((one) => isDeep(schemas, one)));
