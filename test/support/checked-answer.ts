import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { operationList } from '../../src/contract/all-operations.ts';
import { errorCodeRow } from '../../src/contract/error-codes.ts';
import { errorsOf, type Operation } from '../../src/contract/operation.ts';
import { joinPath } from '../../src/contract/problem.ts';

/** What came back, the body already read as text; null: it was not read (a stream). */
export interface Answer {
  status: number;
  contentType: string | null;
  text: string | null;
}

const prefix = '/api/v1';

interface Route {
  operation: Operation;
  pattern: RegExp;
}

// Literal parts win over named ones, as in the server.
const routes: readonly Route[] = [...operationList]
  .sort((a, b) => namedParts(a) - namedParts(b))
  .map((operation) => ({
    operation,
    pattern: new RegExp(`^${prefix}${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));

function namedParts({ path }: Operation): number {
  return path.split('{').length;
}

/** The operation that a request means, if it is one of ours. */
export function operationAt(method: string, path: string): Operation | undefined {
  const wanted = method === 'HEAD' ? 'GET' : method.toUpperCase();
  // A literal path is that path for every method, also for one that it does not take.
  const template = routes.find(({ pattern }) => pattern.test(path))?.operation.path;
  return routes.find(({ operation }) => operation.method === wanted && operation.path === template)?.operation;
}

/** What about the answer is not as documented, one sentence each; empty when all is well. */
export function faultsOf(operation: Operation | undefined, answer: Answer): string[] {
  const { status, contentType, text } = answer;
  const type = contentType?.split(';')[0]?.trim() ?? null;
  if (status === 304) return operation?.method === 'GET' ? [] : ['304 for something that is not read'];
  if (operation?.raw && status < 300) {
    return type !== null && operation.raw.content.includes(type) ? [] : [`the content type ${type} is not documented`];
  }
  if (type !== 'application/json') return [`the content type is ${type}, not application/json`];
  if (text === null) return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return ['the body is not JSON'];
  }
  if (!isEnvelope(body)) return [`the body is no envelope: ${text.slice(0, 200)}`];
  return body.code === 0 ? faultsOfSuccess(operation, status, body) : faultsOfError(operation, status, body);
}

interface AnyEnvelope {
  code: number;
  message: string;
  data: unknown;
}

const isEnvelope = (body: unknown): body is AnyEnvelope =>
  typeof body === 'object' &&
  body !== null &&
  Object.keys(body).sort().join() === 'code,data,message' &&
  Number.isInteger(Reflect.get(body, 'code')) &&
  typeof Reflect.get(body, 'message') === 'string';

function faultsOfSuccess(operation: Operation | undefined, status: number, { message, data }: AnyEnvelope): string[] {
  const faults: string[] = [];
  if (status !== 200) faults.push(`a success has the status ${status}`);
  if (message !== 'success') faults.push(`the message of a success is "${message}"`);
  if (!operation) return [...faults, 'a success where no operation is documented'];
  if (!operation.data) return data === null ? faults : [...faults, 'data must be null'];
  for (const error of Value.Check(operation.data, data) ? [] : Value.Errors(operation.data, data).slice(0, 5)) {
    faults.push(`data${error.instancePath} ${error.message}: ${JSON.stringify(data)?.slice(0, 300)}`);
  }
  return [...faults, ...undocumentedKeys(operation.data, data, 'data').map((path) => `${path} is not documented`)];
}

function faultsOfError(
  operation: Operation | undefined,
  status: number,
  { code, message, data }: AnyEnvelope,
): string[] {
  const faults: string[] = [];
  if (status !== Math.floor(code / 100)) faults.push(`the code ${code} has the status ${status}`);
  if (message === '') faults.push('an error without a message');
  if (data !== null && code !== 40301) faults.push('an error with data');
  const known = operation && errorsOf(operation).some((name) => errorCodeRow(name).wire === code);
  if (operation && !known) faults.push(`the code ${code} (${message}) is not documented for ${operation.id}`);
  return faults;
}

interface AnySchema extends TSchema {
  properties?: Record<string, AnySchema>;
  patternProperties?: Record<string, AnySchema>;
  additionalProperties?: unknown;
  items?: AnySchema | AnySchema[];
  anyOf?: AnySchema[];
}

/** Fields that the schema does not name: clients could come to rely on them without anybody having promised them. */
export function undocumentedKeys(schema: AnySchema, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, patternProperties, additionalProperties, items, anyOf } = schema;
  if (anyOf) {
    const found = anyOf.filter((one) => Value.Check(one, value)).map((one) => undocumentedKeys(one, value, at));
    return found.sort((a, b) => a.length - b.length)[0] ?? [];
  }
  if (Array.isArray(value)) {
    if (items === undefined || Array.isArray(items)) return [];
    return value.flatMap((entry, index) => undocumentedKeys(items, entry, joinPath(at, index)));
  }
  if (!properties || patternProperties || additionalProperties !== undefined) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return own ? undocumentedKeys(own, entry, joinPath(at, key)) : [joinPath(at, key)];
  });
}
