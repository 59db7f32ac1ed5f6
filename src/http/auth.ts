import type { FastifyInstance } from 'fastify';
import { localCaller, setCaller } from './caller.ts';

/** Says who is calling. */
export function authenticate(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => setCaller(request, localCaller));
}
