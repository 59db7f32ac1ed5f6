import type { Static, TObject, TSchema } from 'typebox';
import { allOperations, type Operations } from '../src/contract/all-operations.ts';
import type { CreateTaskBody, CreateTaskReply, DryRunReply } from '../src/contract/create-task.ts';
import type { Envelope } from '../src/contract/envelope.ts';
import type { Operation } from '../src/contract/operation.ts';
import { DroverApiError } from './error.ts';
import { type ServerEvent, serverEvents } from './events.ts';

export interface ClientOptions {
  /** Default `http://127.0.0.1:50809`. */
  base?: string;
  /** Not needed on the machine of the server itself. */
  token?: string;
  /** Default: the one of the platform. */
  fetch?: typeof fetch;
}

/** What every call may say beside what its operation names. */
export interface CallOptions {
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  /** The same key with the same body gets the first answer again. */
  idempotencyKey?: string;
}

/** A body that is not JSON, where the operation takes one. */
export interface FileBody {
  type: string;
  content: string | Uint8Array<ArrayBuffer>;
}

type Empty = Record<never, never>;
// What an operation does not name keeps the widest type of its kind.
type ParamsInput<Params extends TObject> = TObject extends Params ? Empty : { params: Static<Params> };
type QueryInput<Query extends TObject> = TObject extends Query ? Empty : { query?: Partial<Static<Query>> };
type BodyInput<Body extends TSchema> = TSchema extends Body ? Empty : { body: Static<Body> } | { file: FileBody };

export type CallInput<Op> =
  Op extends Operation<infer Params, infer Query, infer Body>
    ? ParamsInput<Params> & QueryInput<Query> & BodyInput<Body> & CallOptions
    : never;

/** `data` of the envelope; the answer itself where there is no envelope. */
export type CallResult<Op> =
  Op extends Operation<TObject, TObject, TSchema, infer Data>
    ? TSchema extends Data
      ? Response
      : Static<Data>
    : never;

type Method<Op> =
  Empty extends CallInput<Op>
    ? (input?: CallInput<Op>) => Promise<CallResult<Op>>
    : (input: CallInput<Op>) => Promise<CallResult<Op>>;

type CreateInput = { body: CreateTaskBody } & CallOptions;

/** A method for each operation, under its id. */
export type DroverClient = { readonly [Id in Exclude<keyof Operations, 'createTasks'>]: Method<Operations[Id]> } & {
  createTasks(input: CreateInput): Promise<CreateTaskReply>;
  /** Creates nothing: says what the same call would create, and what would be in the way of each task. */
  dryRunTasks(input: CreateInput): Promise<DryRunReply>;
  /** Follows everything that changes, after the event `after` if one is given, until `signal` or the server ends it. */
  events(options?: { after?: number; signal?: AbortSignal }): AsyncGenerator<ServerEvent>;
};

interface AnyInput extends CallOptions {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  file?: FileBody;
}

/** Every method resolves with `data`, and throws `DroverApiError` for every other answer. */
export function createClient(options: ClientOptions = {}): DroverClient {
  const methods = Object.entries<Operation>(allOperations).map(([id, operation]) => [
    id,
    (input: AnyInput = {}) => call(options, operation, input),
  ]);
  const events = ({ after, signal }: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<ServerEvent> =>
    serverEvents(() =>
      send(options, allOperations.streamEvents, {
        ...(after !== undefined && { headers: { 'Last-Event-ID': String(after) } }),
        ...(signal && { signal }),
      }),
    );
  const dryRunTasks = (input: CreateInput): Promise<unknown> =>
    call(options, allOperations.createTasks, { ...input, query: { dry_run: true } });
  return { ...Object.fromEntries(methods), dryRunTasks, events } as DroverClient;
}

async function call(options: ClientOptions, operation: Operation, input: AnyInput): Promise<unknown> {
  const response = await send(options, operation, input);
  if (operation.raw) return response;
  return ((await response.json()) as Envelope<unknown>).data;
}

/** Resolves with a success, its body unread. */
async function send(options: ClientOptions, operation: Operation, input: AnyInput): Promise<Response> {
  const { base = 'http://127.0.0.1:50809', token, fetch: fetchWith = fetch } = options;
  const { idempotencyKey, headers, signal, file } = input;
  const body = file?.content ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const response = await fetchWith(`${base}/api/v1${pathOf(operation, input)}`, {
    method: operation.method,
    headers: {
      ...(body !== undefined && { 'Content-Type': file?.type ?? 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  if (operation.raw && response.ok) return response;
  const text = await response.text();
  const envelope = parseEnvelope(text);
  if (envelope?.code === 0) return new Response(text, response);
  throw new DroverApiError({
    code: envelope?.code ?? null,
    codeName: response.headers.get('x-error-code'),
    status: response.status,
    message: envelope?.message ?? `${operation.method} ${operation.path} was answered ${response.status}`,
    requestId: response.headers.get('x-request-id'),
  });
}

function pathOf({ path }: Operation, { params = {}, query = {} }: AnyInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

function parseEnvelope(text: string): Envelope<unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isEnvelope = typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
    return isEnvelope ? (value as Envelope<unknown>) : undefined;
  } catch {
    return undefined; // a proxy in between may answer with a page of its own
  }
}
