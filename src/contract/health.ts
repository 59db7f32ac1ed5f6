import { type Static, Type } from 'typebox';

/** Body of `/healthz`, without an envelope; 503 while stopping. */
export const Health = Type.Object({
  status: Type.Enum(['ok', 'stopping', 'failing']),
  version: Type.String(),
  uptime_s: Type.Integer({ minimum: 0 }),
  database: Type.String({ description: 'ok, or what is wrong' }),
  adb: Type.String({ description: 'ok, or what is wrong' }),
});
export type Health = Static<typeof Health>;
