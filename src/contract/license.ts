import { type Static, Type } from 'typebox';
import { isoTime, nullable } from './page.ts';

export const planNames = ['Free', 'Starter', 'Pro', 'Team', 'Business'] as const;
export type PlanName = (typeof planNames)[number];

/** What each plan allows: phones that work at the same time, and the API. */
export const plans: Readonly<Record<PlanName, { deviceLimit: number; hasApi: boolean }>> = {
  Free: { deviceLimit: 0, hasApi: false },
  Starter: { deviceLimit: 5, hasApi: false },
  Pro: { deviceLimit: 20, hasApi: true },
  Team: { deviceLimit: 50, hasApi: true },
  Business: { deviceLimit: 100, hasApi: true },
};

/** `data` of `GET /license/check`. The inner `message` is documented. */
export const LicenseCheck = Type.Object({
  plan_name: Type.String(),
  api_enabled: Type.Boolean(),
  device_limit: Type.Integer({ minimum: 0 }),
  message: Type.String(),
});
export type LicenseCheck = Static<typeof LicenseCheck>;

export const InstalledLicense = Type.Object({
  id: Type.String({ description: 'Number of the licence, as the vendor gave it out' }),
  plan_name: Type.Enum([...planNames]),
  holder: Type.String({ description: 'Whom it was given to' }),
  issued_at: isoTime('When it was given out'),
  expires_at: nullable(isoTime('From when on it holds no more; null: never')),
  machine_id: nullable(Type.String({ description: 'The one machine it holds on; null: any' })),
  installed_at: isoTime('When it was installed here'),
  installed_by: nullable(Type.String()),
  problem: nullable(Type.String({ description: 'Why it does not hold, where it does not' })),
});
export type InstalledLicense = Static<typeof InstalledLicense>;

export const License = Type.Object({
  ...LicenseCheck.properties,
  machine_id: Type.String({ description: 'What a licence for this machine alone is bound to' }),
  installed: nullable(InstalledLicense),
});
export type License = Static<typeof License>;

export const LicenseKey = Type.Object({
  key: Type.String({
    minLength: 1,
    maxLength: 8192,
    description: 'The licence key, as the vendor sent it. It is not shown again',
  }),
});
export type LicenseKey = Static<typeof LicenseKey>;
