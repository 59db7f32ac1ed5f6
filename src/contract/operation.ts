import type { TObject, TSchema } from 'typebox';
import type { ErrorCode } from './error-codes.ts';

/** What a token must allow: `read` looks, `tasks` makes and changes tasks, `admin` everything else. Each includes the one before. */
export type Scope = 'read' | 'tasks' | 'admin';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer that is not the JSON envelope. */
export interface RawAnswer {
  /** Content types it may have. */
  content: readonly string[];
  description: string;
  /** Where it is JSON. */
  schema?: TSchema;
  /** A part of it may be asked for, and comes with the status 206. */
  hasRanges?: boolean;
}

/** Headers that some calls read, beyond those of HTTP itself. */
export type RequestHeader = 'Idempotency-Key' | 'Last-Event-ID' | 'Range';

export interface OperationExample {
  name: string;
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  /** `data` of the answer. */
  data?: unknown;
}

/**
 * One thing that can be done over HTTP, as data: the server binds a handler to it, `/openapi.json` describes it, and the
 * typed client calls it. Paths are below `/api/v1`; parts in braces are named in `params`.
 */
export interface Operation<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Data extends TSchema = TSchema,
> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  /** One line, imperative. */
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope;
  /** Whole numbers in paths are converted, as query values are. */
  readonly params?: Params;
  readonly query?: Query;
  /** Absent: the call has none, and any content type is accepted with an empty one. */
  readonly body?: Body;
  /** Default `application/json` alone. Given, the handler reads the body itself: parsed where it is JSON, else its bytes. */
  readonly bodyContent?: string | readonly string[];
  /** The largest body it takes; default 1 MiB. Does not hold for what is streamed, which counts for itself. */
  readonly bodyLimitBytes?: number;
  /** True: an absent body is read as `{}`. */
  readonly isBodyOptional?: boolean;
  readonly headers?: readonly RequestHeader[];
  /** `data` of the envelope. */
  readonly data?: Data;
  /** Instead of `data`. */
  readonly raw?: RawAnswer;
  /** Beyond those that any call may answer (invalid input, token, host, plan, rate, bug). */
  readonly errors?: readonly ErrorCode[];
  readonly examples?: readonly OperationExample[];
}

/** The literal types of the schemas are kept, so that client and handler are typed by them. */
export const defineOperation = <
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Data extends TSchema = TSchema,
>(
  operation: Operation<Params, Query, Body, Data>,
): Operation<Params, Query, Body, Data> => operation;

/** What any call may answer, beyond the errors that its operation names. */
const anywhere: readonly ErrorCode[] = [
  'input.invalid',
  'auth.token',
  'licence.plan',
  'auth.origin',
  'auth.scope',
  'input.rate',
  'server.bug',
  'server.stopping',
];

/** What a call that may carry a body may answer, whether or not it reads one. */
const withBody: readonly ErrorCode[] = ['input.too-large', 'input.content-type', 'server.disk-full'];

/** Content types that a body of the operation may have. */
export const bodyContentOf = ({ bodyContent = 'application/json' }: Pick<Operation, 'bodyContent'>): string[] =>
  [bodyContent].flat();

/** Every code the operation may answer with. */
export const errorsOf = ({ method, errors = [] }: Pick<Operation, 'method' | 'errors'>): readonly ErrorCode[] => [
  ...new Set([...errors, ...anywhere, ...(method === 'GET' ? [] : withBody)]),
];
