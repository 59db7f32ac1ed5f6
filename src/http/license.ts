import type { FastifyInstance } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { License } from '../contract/license.ts';
import * as operations from '../contract/operations/server.ts';
import { type BoundOperation, bind } from './bind.ts';
import { pathOf } from './envelope.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

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
  bind(operations.showLicense, async () => licenseBody(parts)),
  bind(operations.installLicense, async ({ body, caller }) => {
    await parts.licenceDesk.install(body.key, caller.name);
    return licenseBody(parts);
  }),
];

function licenseBody({ licence, licenceDesk, settings }: HttpParts): License {
  const zone = settings().timeZone;
  const installed = licenceDesk.installed();
  const claims = installed?.claims;
  return {
    ...licence(),
    machine_id: licenceDesk.machineId,
    installed:
      installed && claims
        ? {
            id: claims.id,
            plan_name: claims.plan,
            holder: claims.holder,
            issued_at: isoTime(claims.issuedAt, zone),
            expires_at: claims.expiresAt === null ? null : isoTime(claims.expiresAt, zone),
            machine_id: claims.machineId,
            installed_at: isoTime(installed.installedAt, zone),
            installed_by: installed.person,
            problem: installed.problem ?? null,
          }
        : null,
  };
}

function refusal(parts: HttpParts): DroverError {
  const licence = parts.licence();
  return new DroverError('licence.plan', {
    message: `the plan ${licence.plan_name} has no API access: ${licence.message}`,
    details: { data: licence },
  });
}
