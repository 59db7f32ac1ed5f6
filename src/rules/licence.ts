import type { CryptoKey } from 'jose';
import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { startSweep } from '../base/sweep.ts';
import { type LicenseCheck, plans } from '../contract/license.ts';
import { findLicense, type StoredLicense, writeLicense } from '../store/license.ts';
import type { Store } from '../store/store.ts';
import { type LicenceClaims, licenceProblem, readLicence } from './licence-key.ts';

/** What the plan is read from. */
export interface LicenceParts {
  store: Pick<Store, 'read' | 'write'>;
  clock: Clock;
  log: Log;
  /** Undefined: nobody sells this installation anything. */
  vendorKey: CryptoKey | undefined;
  machineId: string;
  /** The setting `license.device_limit`. */
  deviceLimit(): number;
}

/** A key that lies in the database; `claims` are absent when the vendor of today has not signed it. */
export interface InstalledLicence {
  claims: LicenceClaims | undefined;
  installedAt: number;
  person: string | null;
  problem: string | undefined;
}

/** How long a key that another process has installed may go unseen. */
const sweepMs = 5_000;

/**
 * Which plan this installation has. Without a vendor's public key it is `Self-hosted`: everything is open, and the number
 * of phones that work at the same time is the operator's own setting. With one it is Free until a key of that vendor is
 * installed, and again from the second on in which that key expires.
 */
export class Licence {
  readonly #parts: LicenceParts;
  #stored: StoredLicense | undefined;
  #claims: LicenceClaims | undefined;

  constructor(parts: LicenceParts) {
    this.#parts = parts;
  }

  get machineId(): string {
    return this.#parts.machineId;
  }

  check(): LicenseCheck {
    if (!this.#parts.vendorKey) {
      return {
        plan_name: 'Self-hosted',
        api_enabled: true,
        device_limit: this.#parts.deviceLimit(),
        message: 'API access enabled',
      };
    }
    const installed = this.installed();
    if (!installed) return free('no licence is installed; install one with "drover license install"');
    const { claims, problem } = installed;
    if (!claims || problem !== undefined) return free(problem ?? 'the installed licence cannot be read');
    const { deviceLimit, hasApi } = plans[claims.plan];
    const message = hasApi ? 'API access enabled' : 'API access needs the plan Pro or higher';
    return { plan_name: claims.plan, api_enabled: hasApi, device_limit: deviceLimit, message };
  }

  /** Undefined when there is none. */
  installed(): InstalledLicence | undefined {
    const { clock, machineId } = this.#parts;
    if (!this.#stored) return undefined;
    const { installedAt, person } = this.#stored;
    const problem = this.#claims
      ? licenceProblem(this.#claims, { now: clock.now(), machineId })
      : 'the installed licence was not signed by the vendor that this server is set up for';
    return { claims: this.#claims, installedAt, person, problem };
  }

  /** Reads what another process may have installed. To be called once at the start, and by a sweep. */
  async refresh(): Promise<void> {
    const { store, vendorKey, log } = this.#parts;
    const stored = vendorKey && (await findLicense(store.read));
    if (stored?.key === this.#stored?.key) return;
    try {
      this.#claims = stored && vendorKey && (await readLicence(stored.key, vendorKey));
    } catch (error) {
      log.warn({ error }, 'the installed licence does not hold');
      this.#claims = undefined;
    }
    this.#stored = stored;
  }

  /** Counts from now on, in other processes within `sweepMs`. Throws `input.invalid`, and the one before stays. */
  async install(key: string, person: string): Promise<void> {
    const { store, clock, machineId, vendorKey } = this.#parts;
    if (!vendorKey) {
      throw new DroverError('input.invalid', {
        message:
          'this server has no vendor key (--vendor-key), so everything is open already: there is nothing to install',
      });
    }
    const claims = await readLicence(key, vendorKey);
    const problem = licenceProblem(claims, { now: clock.now(), machineId });
    if (problem !== undefined) throw new DroverError('input.invalid', { message: problem });
    await store.write((tx) => writeLicense(tx, { key: key.trim(), planName: claims.plan, person }));
    await this.refresh();
  }

  /** Returns a function that ends it. */
  watch(): () => Promise<void> {
    const { clock, log } = this.#parts;
    return startSweep({ clock, everyMs: sweepMs, log, what: 'licence' }, () => this.refresh());
  }
}

const free = (message: string): LicenseCheck => ({
  plan_name: 'Free',
  api_enabled: plans.Free.hasApi,
  device_limit: plans.Free.deviceLimit,
  message,
});
