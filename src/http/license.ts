import type { FastifyInstance } from 'fastify';
import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/server.ts';
import { type BoundOperation, bind } from './bind.ts';
import { pathOf } from './envelope.ts';
import type { HttpParts } from './parts.ts';

/** Routes that answer whatever the plan is, so that a client can learn why the others do not. */
const always = ['/api/v1/license/check', '/api/v1/license'];

/** One gate for all routes below: without API access every one of them answers 40301, before its body is read. */
export function licenceGate(app: FastifyInstance, parts: HttpParts): void {
  app.addHook('onRequest', async (request) => {
    if (!parts.licence().api_enabled && !always.includes(pathOf(request).replace(/\/$/, ''))) throw refusal(parts);
  });
}

export const licenseRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.checkLicense, async () => {
    const licence = parts.licence();
    if (!licence.api_enabled) throw refusal(parts);
    return licence;
  }),
];

function refusal(parts: HttpParts): DroverError {
  const licence = parts.licence();
  return new DroverError('licence.plan', {
    message: `the plan ${licence.plan_name} has no API access: ${licence.message}`,
    details: { data: licence },
  });
}
