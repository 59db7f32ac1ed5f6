import type { Clock } from '../base/clock.ts';
import type { InstalledPackage, PhonePackages } from './parts.ts';

export interface SimPackagesOptions {
  clock: Clock;
}

/** What is installed on one phone. */
export class SimPackages implements PhonePackages {
  readonly #options: SimPackagesOptions;
  readonly #installed = new Map<string, InstalledPackage>();

  constructor(options: SimPackagesOptions) {
    this.#options = options;
  }

  list(): readonly InstalledPackage[] {
    return [...this.#installed.values()];
  }

  find(name: string): InstalledPackage | undefined {
    return this.#installed.get(name);
  }

  install(_apk: Uint8Array, _options: { replace: boolean; grantAll: boolean; downgrade: boolean }): InstalledPackage {
    throw new Error('INSTALL_PARSE_FAILED_NOT_APK');
  }

  put(
    entry: Pick<InstalledPackage, 'name' | 'versionName' | 'versionCode' | 'isSystem'> & Partial<InstalledPackage>,
  ): InstalledPackage {
    const now = this.#options.clock.now();
    const installed: InstalledPackage = {
      path: `/data/app/${entry.name}/base.apk`,
      permissions: new Map(),
      firstInstall: now,
      lastUpdate: now,
      ...entry,
    };
    this.#installed.set(entry.name, installed);
    return installed;
  }

  uninstall(name: string): boolean {
    return this.#installed.delete(name);
  }
}
