import type { LicenseCheck } from '../contract/license.ts';

/** What the plan is read from. */
export interface LicenceParts {
  /** The setting `license.device_limit`. */
  deviceLimit(): number;
}

/**
 * Which plan this installation has. Without a vendor's public key it is `Self-hosted`: everything is open, and the number
 * of phones that work at the same time is the operator's own setting.
 */
export class Licence {
  readonly #parts: LicenceParts;

  constructor(parts: LicenceParts) {
    this.#parts = parts;
  }

  check(): LicenseCheck {
    return {
      plan_name: 'Self-hosted',
      api_enabled: true,
      device_limit: this.#parts.deviceLimit(),
      message: 'API access enabled',
    };
  }
}
