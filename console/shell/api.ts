import type { Static, TObject, TSchema } from 'typebox';
import type { Envelope } from '../../src/contract/envelope.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { ApiError } from './api-error.ts';
import { session } from './session.ts';

export interface CallInput<Params extends TObject, Query extends TObject, Body extends TSchema> {
  params?: Static<Params>;
  query?: Partial<Static<Query>>;
  body?: Static<Body>;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

export const apiPath = '/api/v1';

/** Calls an operation of the contract. Throws `ApiError`; an abort throws as `fetch` does. */
export async function call<Params extends TObject, Query extends TObject, Body extends TSchema, Data extends TSchema>(
  operation: Operation<Params, Query, Body, Data>,
  { params, query, body, headers, signal }: CallInput<Params, Query, Body> = {},
): Promise<Static<Data>> {
  const response = await request(urlOf(operation.path, params ?? {}, query ?? {}), {
    method: operation.method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const envelope = await envelopeOf<Static<Data>>(response);
  if (envelope.code !== 0) throw refusal(response, envelope);
  return envelope.data;
}

/** What an answer that is no success says. */
export const refusal = (
  { status, headers }: Response,
  { code, message }: Pick<Envelope<unknown>, 'code' | 'message'>,
): ApiError => new ApiError(message, { code, status, codeName: headers.get('x-error-code') });

/** Path below the server's address of an operation that answers something else than JSON. */
export const urlOf = (path: string, params: object = {}, query: object = {}): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(Reflect.get(params, name) ?? '')),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
    ),
  ).toString();
  return `${apiPath}${filled}${search ? `?${search}` : ''}`;
};

/** `fetch` of a path of our own server, with the token where one was given. */
export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const token = session.token;
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError('', { code: 0, status: 0, cause: error });
  }
  if (response.status === 401) session.refused();
  return response;
}

async function envelopeOf<Data>(response: Response): Promise<Envelope<Data>> {
  const text = await response.text();
  try {
    const envelope: unknown = JSON.parse(text);
    if (typeof envelope === 'object' && envelope !== null && 'code' in envelope) return envelope as Envelope<Data>;
  } catch {
    // Not ours: a proxy in between has answered.
  }
  throw new ApiError(`HTTP ${response.status}: ${text.slice(0, 200)}`, { code: 0, status: response.status });
}
