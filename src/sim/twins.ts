import type { SimApp } from './parts.ts';
import type { TwinOptions } from './phone.ts';
import { frameOf } from './screen.ts';
import { PlainApp } from './system/plain-app.ts';
import type { AppName } from './world.ts';

const packageNames: Readonly<Record<AppName, string>> = {
  tiktok: 'com.zhiliaoapp.musically',
  instagram: 'com.instagram.android',
};

/** The twin of an app, installed on the phone with its package and accounts. */
export function createTwin(app: AppName, { host, version }: TwinOptions): SimApp {
  const name = packageNames[app];
  host.packages.put({ name, versionName: version, versionCode: 1, isSystem: false });
  return new PlainApp(name, () => frameOf(host.ui.size, host.ui.density));
}
