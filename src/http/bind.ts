import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { DroverError } from '../base/error.ts';
import type { Operation } from '../contract/operation.ts';
import { findProblem, unknownKeys } from '../contract/problem.ts';
import { type Caller, callerOf } from './caller.ts';
import { success, warnUnknown } from './envelope.ts';
import { sendRead } from './etag.ts';
import { readQuery } from './query.ts';
import { type Handler, type RouteLimits, resource } from './resource.ts';

/** Of a JSON body; an operation that needs more says so. */
const usualLimitBytes = 1024 * 1024;

/** What a handler gets: everything checked against the operation's schemas, defaults filled in. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** `caller.name` is the person of what this call changes. */
  caller: Caller;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface BoundOperation {
  operation: Operation;
  handler: Handler;
}

/** Gives an operation its handler. What the handler returns becomes `data` of the envelope; with `raw` it is sent as it is. */
export function bind<Params extends TObject, Query extends TObject, Body extends TSchema, Data extends TSchema>(
  operation: Operation<Params, Query, Body, Data>,
  handle: (call: Call<Static<Params>, Static<Query>, Static<Body>>) => Promise<Static<Data> | FastifyReply | undefined>,
): BoundOperation {
  const handler: Handler = async (request, reply) => {
    const params = operation.params ? readParams(operation.params, request.params) : {};
    const { query, unknown } = operation.query ? readQuery(operation.query, request.query) : { query: {}, unknown: [] };
    const body =
      operation.body && operation.bodyContent === undefined
        ? readBody(operation, request.body)
        : { body: undefined, unknown: [] };
    warnUnknown(reply, [...unknown, ...body.unknown]);
    const answer = await handle({
      params: params as Static<Params>,
      query: query as Static<Query>,
      body: body.body as Static<Body>,
      caller: callerOf(request),
      request,
      reply,
    });
    if (operation.raw) return answer;
    const envelope = success(answer ?? null);
    return operation.method === 'GET' ? sendRead(request, reply, envelope) : envelope;
  };
  return { operation: operation as unknown as Operation, handler };
}

/** As `bind`, for the one whose body is read in the documented order of checks: `body` is what was sent. */
export function bindUnread<Params extends TObject, Query extends TObject, Body extends TSchema, Data extends TSchema>(
  operation: Operation<Params, Query, Body, Data>,
  handle: (call: Call<Static<Params>, Static<Query>, unknown>) => Promise<Static<Data>>,
): BoundOperation {
  const { body: _, ...rest } = operation;
  const bound = bind(rest as Operation<Params, Query, Body, Data>, ({ body: __, ...call }) =>
    handle({ ...call, body: call.request.body }),
  );
  return { ...bound, operation: operation as unknown as Operation };
}

/**
 * Registers all operations: paths grouped, literal before named parts, every other method of a path refused with an Allow
 * header. Returns them.
 */
export function register(app: FastifyInstance, bound: readonly BoundOperation[]): readonly Operation[] {
  const byPath = Map.groupBy(bound, ({ operation }) => operation.path.replaceAll(/\{(\w+)\}/g, ':$1'));
  for (const [url, here] of byPath) {
    resource(
      app,
      url,
      Object.fromEntries(here.map(({ operation, handler }) => [operation.method, handler])),
      Object.fromEntries(here.map(({ operation }) => [operation.method, limitsOf(operation)])),
    );
  }
  return bound.map(({ operation }) => operation);
}

const limitsOf = ({ scope, body, bodyContent, bodyLimitBytes }: Operation): RouteLimits => {
  const limit = bodyLimitBytes ?? (body || bodyContent ? usualLimitBytes : undefined);
  return {
    scope,
    ...(limit !== undefined && { bodyLimitBytes: limit }),
    ...(bodyContent !== undefined && { takes: [bodyContent].flat() }),
  };
};

/** Ids in a path: a wrong spelling is bad input, not an unknown path. Throws `input.invalid`. */
function readParams(schema: TObject, params: unknown): unknown {
  return readQuery(schema, params).query;
}

function readBody(
  operation: Pick<Operation, 'body' | 'isBodyOptional'>,
  sent: unknown,
): { body: unknown; unknown: string[] } {
  const schema = operation.body;
  if (!schema) return { body: undefined, unknown: [] };
  const given = sent === undefined && operation.isBodyOptional ? {} : sent;
  if (given === undefined)
    throw new DroverError('input.invalid', { message: 'a JSON body is needed', details: { path: '' } });
  const body: unknown = Value.Default(schema, structuredClone(given));
  const problem = findProblem(schema, body);
  if (problem) throw new DroverError('input.invalid', { message: problem.message, details: { path: problem.path } });
  const properties: unknown = Reflect.get(schema, 'properties');
  const isObject = typeof body === 'object' && body !== null && typeof properties === 'object' && properties !== null;
  return { body, unknown: isObject ? unknownKeys(body, Object.keys(properties)) : [] };
}
