import type { PhonePackages } from './parts.ts';
import { launcherPackage } from './system/launcher.ts';
import { settingsSearchPackage } from './system/settings-search.ts';

/** Packages that any phone has, as far as somebody may ask for them. */
export function putSystemPackages(packages: PhonePackages, { release, sdk }: { release: string; sdk: number }): void {
  const names = [
    'android',
    'com.android.systemui',
    'com.android.settings',
    settingsSearchPackage,
    'com.android.shell',
    'com.android.providers.media.module',
    'com.google.android.permissioncontroller',
    'com.google.android.inputmethod.latin',
    'com.android.vending',
    launcherPackage,
  ];
  for (const name of names) {
    packages.put({
      name,
      versionName: release,
      versionCode: sdk,
      isSystem: true,
      path: `/system/app/${name}/${name}.apk`,
    });
  }
}

/** The automation server as if somebody had installed it, for phones that should not need eighteen megabytes pushed. */
export function putAgentPackages(packages: PhonePackages, version: string): void {
  const versionCode = Number(
    version
      .split('.')
      .map((part) => part.padStart(2, '0'))
      .join(''),
  );
  const server = 'io.appium.uiautomator2.server';
  packages.put({ name: server, versionName: version, versionCode, isSystem: false });
  packages.put({
    name: `${server}.test`,
    versionName: version,
    versionCode,
    isSystem: false,
    instrumentation: { component: `${server}.test/androidx.test.runner.AndroidJUnitRunner`, target: server },
  });
}
