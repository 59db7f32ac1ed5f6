import type { TObject, TSchema } from 'typebox';
import { ErrorEnvelope } from '../contract/envelope.ts';
import { type ErrorCode, errorCodeRow } from '../contract/error-codes.ts';
import { eventTypes } from '../contract/event.ts';
import { bodyContentOf, errorsOf, type Operation, type RequestHeader } from '../contract/operation.ts';
import { scriptInputs } from '../contract/script-inputs.ts';
import { scriptNames } from '../contract/script-names.ts';
import { type JsonSchema, plain, SchemaBook } from './openapi-schema.ts';

export interface DocumentSources {
  version: string;
  /** Below `/api/v1`, in the envelope. */
  operations: readonly Operation[];
  /** Beside it, without an envelope. */
  site: readonly Operation[];
  named: ReadonlyMap<string, TSchema>;
  tags: Readonly<Record<string, string>>;
}

export interface OpenApiDocument {
  [key: string]: unknown;
  openapi: string;
  info: { title: string; version: string; description: string; [key: string]: unknown };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: Record<string, Record<string, JsonSchema>>;
}

export interface OpenApiOperation {
  [key: string]: unknown;
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: JsonSchema[];
  requestBody?: JsonSchema;
  responses: Record<string, JsonSchema>;
}

const description = `Drover runs tasks on your own Android phones.

Every answer below \`/api/v1\` is \`{"code", "message", "data"}\`; \`code\` 0 is a success. An error has the HTTP status that the
first three digits of its code say, and a message that names what is wrong, where, and what would be right.

Ids are whole numbers and never used twice. Times are ISO 8601 with offset, except \`start_time\`, \`end_time\` and
\`create_time\` of a task, which are \`YYYY-MM-DD HH:MM:SS\` in the server's time zone. Lists are paged by \`page\` and
\`page_size\`; at most 100 entries are served at once. Unknown fields of a body are ignored and named in a \`Warning\` header.
Read answers carry an \`ETag\`; with \`If-None-Match\` an unchanged one is a short 304.

On the machine itself no token is needed. From elsewhere send \`Authorization: Bearer …\`; each operation says which scope
the token needs: \`read\`, \`tasks\` (includes read), or \`admin\` (includes both).`;

const requestHeaders: Readonly<Record<RequestHeader, JsonSchema>> = {
  'Idempotency-Key': {
    description:
      'A text of your choice, new for each intention. Sent again with the same body, the first answer comes back and nothing happens twice; with another body the answer is 40901.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: 'order-4711',
  },
  'Last-Event-ID': {
    description: 'Id of the last event that was seen: what came after it is sent first.',
    schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
  },
  Range: {
    description: 'One range of bytes; any other one is answered with the whole.',
    schema: { type: 'string' },
    example: 'bytes=0-1048575',
  },
};

const answerHeaders: Readonly<Record<string, JsonSchema>> = {
  Warning: {
    description: 'Names fields that were sent and not read, so that a typo is seen.',
    schema: { type: 'string' },
    example: '299 drover "ignored, because unknown: script_config.captoins"',
  },
  ETag: { description: 'Changes when the answer does; see If-None-Match.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
  'X-Error-Code': {
    description: 'Name of the failure: several share one number.',
    schema: { type: 'string' },
    example: 'task.retry-limit',
  },
  'X-Request-Id': { description: "Names the request in the server's log.", schema: { type: 'string' } },
};

/** Statuses whose codes are the same for every operation that has no code of its own there. */
const sharedNames: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'TooLarge',
  415: 'WrongContentType',
  429: 'TooMany',
  500: 'Bug',
  503: 'Stopping',
  507: 'DiskFull',
};

/** The OpenAPI 3.1 document of these operations: pure, the same text for the same input. */
export function buildOpenApi({ version, operations, site, named, tags }: DocumentSources): OpenApiDocument {
  const book = new SchemaBook(named);
  const builder = new Builder(book);
  book.use(ErrorEnvelope, 'answer');
  const paths: OpenApiDocument['paths'] = {};
  // Answers first: where an input differs from an answer of the same name, the input gives way.
  for (const { data, raw } of [...operations, ...site]) {
    for (const schema of [data, raw?.schema]) if (schema) book.use(schema, 'answer');
  }
  const add = (path: string, operation: Operation, isApi: boolean): void => {
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: builder.operation(operation, isApi) };
  };
  for (const operation of operations) add(`/api/v1${operation.path}`, operation, true);
  for (const operation of site) add(operation.path, operation, false);
  builder.describeScripts();
  const used = new Set([...operations, ...site].map(({ tag }) => tag));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Drover',
      version,
      summary: 'A self-hosted task server for your own Android phones',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:50809', description: 'This machine, default port' }],
    tags: Object.entries(tags).flatMap(([name, text]) => (used.has(name) ? [{ name, description: text }] : [])),
    security: [{ bearer: [] }, {}],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'Made by `drover token create`. Not needed on the machine itself unless auth.required says so.',
        },
      },
      headers: { ...answerHeaders },
      parameters: { IfNoneMatch: ifNoneMatch },
      responses: builder.sharedResponses(),
      schemas: Object.fromEntries([...book.components].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

const ifNoneMatch: JsonSchema = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of an earlier answer: 304 without a body when nothing has changed since.',
  schema: { type: 'string' },
};

class Builder {
  readonly #book: SchemaBook;
  readonly #shared = new Map<string, JsonSchema>();

  constructor(book: SchemaBook) {
    this.#book = book;
  }

  operation(operation: Operation, isApi: boolean): OpenApiOperation {
    const { id, tag, summary, scope, examples = [] } = operation;
    const parameters = this.#parameters(operation, isApi);
    const needs = `Needs a token of scope \`${scope}\` where tokens are needed.`;
    return {
      operationId: id,
      tags: [tag],
      summary,
      description: [operation.description, ...(isApi ? [needs] : [])].filter(Boolean).join('\n\n') || summary,
      ...(isApi ? { 'x-scope': scope } : { security: [] }),
      ...(parameters.length > 0 && { parameters }),
      ...(operation.body && { requestBody: this.#requestBody(operation, operation.body) }),
      responses: {
        ...this.#success(operation, examples, isApi),
        ...(isApi ? this.#errors(operation) : { 403: errorResponse(['auth.origin']) }),
      },
    };
  }

  #parameters({ params, query, headers = [], method, data, examples = [] }: Operation, isApi: boolean): JsonSchema[] {
    const all = [
      ...this.#fields(params, 'path', examples.find((example) => example.params)?.params),
      ...this.#fields(query, 'query', examples.find((example) => example.query)?.query),
      ...headers.map((name) => ({ name, in: 'header', required: false, ...requestHeaders[name] })),
    ];
    return isApi && method === 'GET' && data ? [...all, { $ref: '#/components/parameters/IfNoneMatch' }] : all;
  }

  #fields(schema: TObject | undefined, where: 'path' | 'query', example: Readonly<Record<string, unknown>> = {}) {
    if (!schema) return [];
    const needed = plain(schema).required;
    return Object.entries(schema.properties).map(([name, property]): JsonSchema => {
      const { description: text, ...rest } = this.#book.use(property, 'input');
      const isNeeded = Array.isArray(needed) && needed.includes(name) && !('default' in rest);
      return {
        name,
        in: where,
        required: where === 'path' || isNeeded,
        ...(text !== undefined && { description: text }),
        schema: rest,
        ...(Object.hasOwn(example, name) && { example: example[name] }),
      };
    });
  }

  #requestBody(operation: Operation, body: TSchema): JsonSchema {
    const { isBodyOptional, examples = [] } = operation;
    const given = examples.filter((example) => example.body !== undefined);
    const described = {
      schema: this.#book.use(body, 'input'),
      ...(given.length > 0 && {
        examples: Object.fromEntries(given.map(({ name, body: value }) => [keyOf(name), { summary: name, value }])),
      }),
    };
    const types = bodyContentOf(operation);
    // Where JSON is one of several forms, the schema is that of the JSON.
    const isFile = (type: string): boolean => types.includes('application/json') && type !== 'application/json';
    return {
      required: isBodyOptional !== true,
      content: Object.fromEntries(types.map((type) => [type, isFile(type) ? { schema: rawSchema(type) } : described])),
    };
  }

  #success({ raw, data, query, body, method }: Operation, examples: Operation['examples'], isApi: boolean) {
    const headers = {
      ...(isApi && { 'X-Request-Id': header('X-Request-Id') }),
      ...((query ?? body) && { Warning: header('Warning') }),
    };
    if (raw) {
      const schema = raw.schema ? this.#book.use(raw.schema, 'answer') : undefined;
      const contents = raw.content.map((type) => [type, { schema: schema ?? rawSchema(type) }]);
      const content = Object.fromEntries(contents);
      return {
        200: { description: raw.description, headers, content },
        ...(raw.hasRanges && { 206: { description: 'The part that was asked for', headers, content } }),
      };
    }
    const given = (examples ?? []).filter((example) => example.data !== undefined);
    const isRead = method === 'GET';
    return {
      200: {
        description: 'Done',
        headers: { ...headers, ...(isRead && { ETag: header('ETag') }) },
        content: {
          'application/json': {
            schema: this.#envelope(data),
            ...(given.length > 0 && {
              examples: Object.fromEntries(
                given.map(({ name, data: value }) => [
                  keyOf(name),
                  { summary: name, value: { code: 0, message: 'success', data: value } },
                ]),
              ),
            }),
          },
        },
      },
      ...(isRead && { 304: { description: 'Not changed since the answer with this ETag' } }),
    };
  }

  #envelope(data: TSchema | undefined): JsonSchema {
    return {
      type: 'object',
      required: ['code', 'message', 'data'],
      properties: {
        code: { type: 'integer', const: 0 },
        message: { type: 'string', const: 'success' },
        data: data ? this.#book.use(data, 'answer') : { type: 'null' },
      },
    };
  }

  #errors(operation: Operation): Record<string, JsonSchema> {
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of errorsOf(operation)) {
      const status = Math.floor((errorCodeRow(code).wire ?? 50001) / 100);
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    const common = new Set(errorsOf({ method: 'POST' }));
    const statuses = [...byStatus].sort(([a], [b]) => a - b);
    return Object.fromEntries(
      statuses.map(([status, codes]) => {
        const name = codes.every((code) => common.has(code)) ? sharedNames[status] : undefined;
        if (name === undefined) return [status, errorResponse(codes)];
        this.#shared.set(name, errorResponse(codes));
        return [status, { $ref: `#/components/responses/${name}` }];
      }),
    );
  }

  sharedResponses(): Record<string, JsonSchema> {
    return Object.fromEntries(this.#shared);
  }

  /** `script_config` is checked by the script's own schema: the document names them all. */
  describeScripts(): void {
    const schemas = this.#book.components;
    const body = schemas.get('CreateTaskBody');
    const properties = body?.properties as Record<string, JsonSchema> | undefined;
    if (!properties?.script_config) return;
    const bySchema = new Map(scriptNames.map((name) => [scriptInputs[name].schema, scriptInputs[name].documentedKeys]));
    const configs = [...bySchema].map(([schema, documentedKeys]) => {
      const used = this.#book.use(schema, 'input');
      const component = schemas.get(String(used.$ref).split('/').at(-1) ?? '');
      const known = (component?.properties ?? {}) as Record<string, JsonSchema>;
      const aliases = documentedKeys.filter((key) => !key.includes('.') && !Object.hasOwn(known, key));
      for (const key of aliases) {
        known[key] = { description: 'Another accepted spelling, read when the others are absent' };
      }
      return used;
    });
    properties.script_config = {
      description: `Depends on script_name: ${scriptNames.join(', ')}`,
      anyOf: configs,
      default: {},
    };
  }
}

const header = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` });

/** Names of examples are keys: letters, digits, dashes. */
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

function rawSchema(type: string): JsonSchema {
  if (type === 'text/event-stream') {
    return {
      type: 'string',
      description: `\`id\` is a rising number, \`event\` one of ${eventTypes.join(', ')}, \`data\` a JSON object of subject, at and body.`,
    };
  }
  return type.startsWith('text/') ? { type: 'string' } : { type: 'string', contentMediaType: type };
}

function errorResponse(codes: readonly ErrorCode[]): JsonSchema {
  const lines = codes.map((code) => `- ${errorCodeRow(code).wire} \`${code}\`: ${errorCodeRow(code).next}`);
  const canWait = codes.some((code) => code === 'input.rate' || code === 'server.stopping');
  return {
    description: lines.join('\n'),
    headers: { 'X-Error-Code': header('X-Error-Code'), ...(canWait && { 'Retry-After': header('Retry-After') }) },
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/ErrorEnvelope' },
        examples: Object.fromEntries(
          codes.map((code) => [
            keyOf(code),
            {
              summary: code,
              value: { code: errorCodeRow(code).wire ?? 50001, message: errorCodeRow(code).next, data: null },
            },
          ]),
        ),
      },
    },
  };
}
