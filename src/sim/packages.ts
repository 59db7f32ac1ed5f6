import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { readManifest } from './manifest.ts';
import type { InstalledPackage, PhoneFaults, PhonePackages } from './parts.ts';

export interface SimPackagesOptions {
  clock: Clock;
  /** Asked for `disk-full`. */
  faults?: Pick<PhoneFaults, 'isOn'>;
  /** Android API level of the phone. Default 34. */
  sdk?: number;
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

  install(apk: Uint8Array, options: { replace: boolean; grantAll: boolean; downgrade: boolean }): InstalledPackage {
    if (this.#options.faults?.isOn('disk-full')) {
      throw new Error('INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to override installation location');
    }
    const manifest = readManifest(apk);
    if (!manifest) {
      throw new Error(
        'INSTALL_PARSE_FAILED_NOT_APK: Failed to parse /data/app/vmdl1.tmp/base.apk: Failed to load asset path',
      );
    }
    const { packageName, versionCode, versionName, minSdk, instrumentation } = manifest;
    const earlier = this.#installed.get(packageName);
    if (minSdk > (this.#options.sdk ?? 34)) {
      throw new Error(`INSTALL_FAILED_OLDER_SDK: Requires newer sdk version #${minSdk}`);
    }
    if (earlier && !options.replace) {
      throw new Error(
        `INSTALL_FAILED_ALREADY_EXISTS: Attempt to re-install ${packageName} without first uninstalling.`,
      );
    }
    if (earlier && !options.downgrade && versionCode < earlier.versionCode) {
      throw new Error(
        `INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: Update version code ${versionCode} is older than current ${earlier.versionCode}`,
      );
    }
    return this.put({
      name: packageName,
      versionName,
      versionCode,
      isSystem: false,
      permissions: new Map(
        manifest.permissions.map((name) => [name, options.grantAll || (earlier?.permissions.get(name) ?? false)]),
      ),
      ...(earlier && { firstInstall: earlier.firstInstall }),
      ...(instrumentation && { instrumentation }),
    });
  }

  put(
    entry: Pick<InstalledPackage, 'name' | 'versionName' | 'versionCode' | 'isSystem'> & Partial<InstalledPackage>,
  ): InstalledPackage {
    const now = this.#options.clock.now();
    const installed: InstalledPackage = {
      path: entry.isSystem ? `/system/app/${entry.name}/${entry.name}.apk` : `${folderOf(entry.name)}/base.apk`,
      permissions: new Map(),
      firstInstall: now,
      lastUpdate: now,
      ...entry,
    };
    this.#installed.set(entry.name, installed);
    return installed;
  }

  uninstall(name: string): boolean {
    if (this.#installed.get(name)?.isSystem) return false;
    return this.#installed.delete(name);
  }
}

/** The random-looking part differs per phone on real ones; here it only needs to look alike. */
function folderOf(name: string): string {
  const hash = (salt: string) =>
    createHash('sha256')
      .update(salt + name)
      .digest('base64url')
      .slice(0, 22);
  return `/data/app/~~${hash('a')}==/${name}-${hash('b')}==`;
}
