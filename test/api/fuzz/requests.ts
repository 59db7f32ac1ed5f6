import fc from 'fast-check';
import type { Method } from '../../../src/contract/operation.ts';
import { type Schema, SchemaValues } from './schema-values.ts';

/** What of the OpenAPI document is read here. */
export interface Document {
  paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  components: { schemas: Readonly<Record<string, Schema>>; parameters: Readonly<Record<string, Parameter>> };
}

interface DocumentedOperation {
  operationId: string;
  parameters?: readonly (Parameter | { $ref: string })[];
  requestBody?: { content: Readonly<Record<string, Media>> };
  responses: Readonly<Record<string, unknown>>;
}

interface Media {
  schema?: Schema;
  examples?: Readonly<Record<string, { value: unknown }>>;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

export interface FuzzRequest {
  operation: string;
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | undefined;
  /** Statuses the document names for the operation. */
  statuses: readonly string[];
}

/** Stands for the id of something that is there, of the kind that the path names. */
export const placeOf = (index: number): string => `~${index}`;

/** The path with ids where it has places; without any of that kind, an id that is nobody's. */
export function withIds(path: string, idsOf: (kind: string) => readonly number[]): string {
  const kind = kindOf(path);
  return path.replace(/\/~(\d+)(?=[/?]|$)/g, (_, index: string) => {
    const ids = idsOf(kind);
    return `/${ids[Number(index) % Math.max(1, ids.length)] ?? 999_999}`;
  });
}

/** `accounts` of `/api/v1/accounts/7/enable`. */
export const kindOf = (path: string): string => path.split(/[/?]/)[3] ?? '';

/** They would put every later answer under other rules: no token, another status, a lower rate. */
const settingsThatShutUsOut = /"(api\.always_http_200|auth\.required|api\.rate_per_minute_local)"/;

/** Slow ones, each a walk to the phone, come less often. */
const rare = /screenshot|thumbnail|hierarchy|sighting|stream|reconnect|events|files|apps|clipboard|rotation|log$/;

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'text/csv',
  'multipart/form-data',
  '',
];

/** Requests to every operation of the document: mostly as documented, now and then not. */
export function fuzzRequests(
  document: Document,
  { serials }: { serials: readonly string[] },
): fc.Arbitrary<FuzzRequest> {
  const values = new SchemaValues(document.components.schemas);
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase() as Method, operation })),
  );
  return fc.oneof(
    ...all.map(({ path, method, operation }) => ({
      // What is deleted cannot be found by the next ones.
      weight: rare.test(path) || method === 'DELETE' ? 1 : 8,
      arbitrary: requestsTo(document, values, { path, method, operation, serials }),
    })),
  );
}

interface Target {
  path: string;
  method: Method;
  operation: DocumentedOperation;
  serials: readonly string[];
}

function requestsTo(document: Document, values: SchemaValues, target: Target): fc.Arbitrary<FuzzRequest> {
  const { path, method, operation, serials } = target;
  const parameters = (operation.parameters ?? []).map((one) =>
    '$ref' in one ? (document.components.parameters[one.$ref.split('/').at(-1) ?? ''] as Parameter) : one,
  );
  const places = (name: string, any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
    if (name === 'serial') return fc.constantFrom(...serials);
    return name.endsWith('id') ? fc.oneof({ weight: 4, arbitrary: fc.nat(11).map(placeOf) }, any) : any;
  };
  const of = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === where)
          .map(({ name, schema }) => [name, where === 'path' ? places(name, values.of(schema)) : values.of(schema)]),
      ),
      where === 'path' ? {} : { requiredKeys: [] },
    );
  return fc
    .record({
      named: of('path'),
      query: of('query'),
      headers: of('header'),
      body: bodies(values, operation),
      method: fc.oneof(
        { weight: 60, arbitrary: fc.constant<string>(method) },
        { weight: 1, arbitrary: fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'DELETE', 'POST') },
      ),
      more: fc.oneof(
        { weight: 30, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('&x=1', '&page=1&page=2', '&%', '&__proto__=1', '&page_size=') },
      ),
    })
    .map(({ named, query, headers, body, method: asked, more }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(named[name]));
      const search =
        Object.entries(query)
          .map(([name, value]) => `${encode(name)}=${encode(value)}`)
          .join('&') + more;
      const carries = !['GET', 'HEAD', 'OPTIONS'].includes(asked);
      return {
        operation: operation.operationId,
        method: asked,
        path: search === '' ? filled : `${filled}?${search}`,
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerText(value)])),
          ...(carries && body.type !== '' && { 'content-type': body.type }),
        },
        body: carries ? body.content : undefined,
        statuses: Object.keys(operation.responses),
      };
    });
}

function bodies(
  values: SchemaValues,
  { requestBody, operationId }: DocumentedOperation,
): fc.Arbitrary<{ type: string; content: string | Buffer | undefined }> {
  const none = { type: '', content: undefined };
  const odd = fc.record({
    type: fc.constantFrom(...contentTypes),
    content: fc.oneof(
      fc.constantFrom<string | undefined>(
        undefined,
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '{...}',
        '['.repeat(500),
        '\ufeff{}',
      ),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constant('x'.repeat(1_200_000)).filter((_) => true),
    ),
  });
  if (!requestBody) return fc.oneof({ weight: 10, arbitrary: fc.constant(none) }, { weight: 1, arbitrary: odd });
  const kinds = Object.entries(requestBody.content).map(([type, media]) => contents(values, type, media));
  return fc
    .oneof({ weight: 25, arbitrary: fc.oneof(...kinds) }, { weight: 1, arbitrary: odd })
    .map((body) => harmless(operationId, body));
}

/** Nothing here may send this machine's traffic elsewhere, or lock the test out. */
function harmless(
  operationId: string,
  { type, content }: { type: string; content: string | Buffer | undefined },
): { type: string; content: string | Buffer | undefined } {
  if (typeof content !== 'string') return { type, content };
  if (operationId === 'changeSettings' && settingsThatShutUsOut.test(content)) return { type, content: '{}' };
  if (/webhook/i.test(operationId))
    return { type, content: content.replaceAll(/https?:\/\/[^/"\\]*/g, 'http://127.0.0.1:9') };
  return { type, content };
}

function contents(
  values: SchemaValues,
  type: string,
  { schema = {}, examples = {} }: Media,
): fc.Arbitrary<{ type: string; content: string | Buffer | undefined }> {
  if (type === 'application/json') {
    const given = Object.values(examples).map(({ value }) => values.near(value));
    return fc
      .oneof({ weight: 3, arbitrary: values.of(schema) }, ...given.map((arbitrary) => ({ weight: 1, arbitrary })))
      .map((value) => ({ type, content: JSON.stringify(value) }));
  }
  if (type === 'multipart/form-data') {
    return fc
      .record({
        name: fc.constantFrom('file', 'tags', 'x'),
        file: fc.constantFrom('a.mp4', '../../a.png', ''),
        bytes: fc.uint8Array({ maxLength: 60 }),
      })
      .map(({ name, file, bytes }) => ({
        type: 'multipart/form-data; boundary=XX',
        content: Buffer.concat([
          Buffer.from(`--XX\r\nContent-Disposition: form-data; name="${name}"; filename="${file}"\r\n\r\n`),
          bytes,
          Buffer.from('\r\n--XX--\r\n'),
        ]),
      }));
  }
  const table = fc.array(
    fc.array(fc.constantFrom('username', 'lena', '@bo', 'device', 'P1', '"', '1', ''), { maxLength: 4 }),
    { maxLength: 4 },
  );
  return fc.oneof(
    table.map((rows) => ({ type, content: rows.map((row) => row.join(',')).join('\n') })),
    table.map((rows) => ({ type, content: `username,device\n${rows.map((row) => row.join(',')).join('\n')}` })),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ type, content: Buffer.from(bytes) })),
  );
}

/** As a careful client spells it; what has no spelling in UTF-8 goes as its replacement. */
const encode = (value: unknown): string => {
  const text = (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)).toWellFormed();
  const encoded = encodeURIComponent(text.slice(0, 2_000));
  // A segment of dots alone would be folded away before it is sent.
  return /^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded === '' ? '%20' : encoded;
};

const headerText = (value: unknown): string =>
  String(value)
    .replaceAll(/[^\x21-\x7e]/g, '')
    .slice(0, 200) || 'x';
