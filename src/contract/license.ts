import { type Static, Type } from 'typebox';

/** `data` of `GET /license/check`. The inner `message` is documented. */
export const LicenseCheck = Type.Object({
  plan_name: Type.String(),
  api_enabled: Type.Boolean(),
  device_limit: Type.Integer({ minimum: 0 }),
  message: Type.String(),
});
export type LicenseCheck = Static<typeof LicenseCheck>;
