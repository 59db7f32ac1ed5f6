import type { FastifyRequest } from 'fastify';
import type { Scope } from '../contract/operation.ts';

/** Who sent a request. Known once `authenticate` has let it in, before its body is read. */
export interface Caller {
  /** Name of the token, or `operator` for somebody on this machine without one: the `person` of events and audit. */
  name: string;
  scope: Scope;
  /** The request was made on this machine, not handed on by a proxy. */
  isLoopback: boolean;
  /** Absent without a token. */
  tokenId?: number;
}

/** Somebody on this machine: there are no names without tokens. */
export const localCaller: Caller = { name: 'operator', scope: 'admin', isLoopback: true };

const ranks: Readonly<Record<Scope, number>> = { read: 0, tasks: 1, admin: 2 };

/** Each scope includes the one before it. */
export const allows = (granted: Scope, needed: Scope): boolean => ranks[granted] >= ranks[needed];

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Throws for a request that nobody has let in: a route beside the guards is a fault of ours. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} was not authenticated`);
  return caller;
}
