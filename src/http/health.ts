import type { FastifyInstance } from 'fastify';
import type { Health } from '../contract/health.ts';
import { lastEventId } from '../store/events.ts';
import type { HttpParts } from './parts.ts';
import { resource } from './resource.ts';

export interface Lifetime {
  /** `clock.monotonic()` at the start. */
  startedAt: number;
  isStopping: boolean;
}

export function healthRoute(app: FastifyInstance, parts: HttpParts, lifetime: Lifetime): void {
  resource(app, '/healthz', {
    async GET(_, reply) {
      const database = await databaseHealth(parts);
      const status = lifetime.isStopping ? 'stopping' : database === 'ok' ? 'ok' : 'failing';
      const health: Health = {
        status,
        version: parts.version,
        uptime_s: Math.floor((parts.clock.monotonic() - lifetime.startedAt) / 1000),
        database,
        adb: parts.adbHealth(),
      };
      return reply.code(status === 'ok' ? 200 : 503).send(health);
    },
  });
}

async function databaseHealth({ store, log }: HttpParts): Promise<string> {
  try {
    await lastEventId(store.read);
    return 'ok';
  } catch (error) {
    log.error({ error }, 'the database does not answer');
    return 'does not answer';
  }
}
