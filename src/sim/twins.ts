import { ownAccounts } from './cast.ts';
import { packageName as instagramPackage } from './instagram/ids.ts';
import { createInstagramTwin } from './instagram/twin.ts';
import type { PhoneHost, SimApp } from './parts.ts';
import { packageName as tiktokPackage } from './tiktok/ids.ts';
import { createTikTokTwin } from './tiktok/twin.ts';
import type { AppName, World } from './world.ts';

export interface TwinOptions {
  host: PhoneHost;
  world: World;
  app: AppName;
  version: string;
  language: string;
  /** Number of the phone in its fleet: whose accounts are signed in. */
  index: number;
  /** How long an upload takes. */
  uploadMs?: number;
  /** How long a sound, or a list of them, takes to load. */
  soundMs?: number;
  /** `seeded`: prompts also come by themselves, as in life. `on-demand`: only by fault switch. Default `seeded`. */
  prompts?: 'seeded' | 'on-demand';
  /** Camera, microphone and gallery were granted before. Default: the app asks when it first needs them. */
  hasPermissions?: boolean;
  /** Package of a clone, which has an account of its own. */
  clone?: string;
}

const runtimePermissions = [
  'CAMERA',
  'RECORD_AUDIO',
  'READ_MEDIA_IMAGES',
  'READ_MEDIA_VIDEO',
  'READ_EXTERNAL_STORAGE',
  'READ_CONTACTS',
  'POST_NOTIFICATIONS',
];
/** Of these the gallery and the camera need some; contacts and notifications are the prompts' business. */
const neededToPost = new Set(runtimePermissions.slice(0, 5));

const packages: Readonly<Record<AppName, string>> = { tiktok: tiktokPackage, instagram: instagramPackage };

/** Versions that are on a phone unless others are asked for. */
export const defaultVersions: Readonly<Record<AppName, string>> = { tiktok: '46.4.3', instagram: '410.0.0' };

const launchers: Readonly<Record<AppName, string>> = {
  tiktok: 'com.ss.android.ugc.aweme.splash.SplashActivity',
  instagram: 'com.instagram.mainactivity.InstagramMainActivity',
};

/** The twin of an app, installed on the phone with its package, permissions and accounts. */
export function createTwin(options: TwinOptions): SimApp {
  const { host, world, app, version, language, index, hasPermissions = false } = options;
  const { clone } = options;
  host.packages.put({
    name: clone ?? packages[app],
    versionName: version,
    versionCode: versionCodeOf(version),
    isSystem: false,
    launcherActivity: launchers[app],
    permissions: new Map(
      runtimePermissions.map((permission) => [
        `android.permission.${permission}`,
        hasPermissions && neededToPost.has(permission),
      ]),
    ),
  });
  const [account, other] = ownAccounts(index);
  const wishes = {
    host,
    world,
    account: clone === undefined ? account : `second.${account}`,
    otherAccounts: clone === undefined ? [other] : [],
    version,
    language,
    ...(options.uploadMs === undefined ? {} : { uploadMs: options.uploadMs }),
    ...(options.soundMs === undefined ? {} : { soundMs: options.soundMs }),
    ...(options.prompts === undefined ? {} : { prompts: options.prompts }),
  };
  const named = { ...wishes, ...(clone !== undefined && { package: clone }) };
  return app === 'tiktok' ? createTikTokTwin(named) : createInstagramTwin(named);
}

/** `46.4.3` → 464030, as many apps number their builds. */
function versionCodeOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 10_000 + minor * 1_000 + patch * 10;
}
