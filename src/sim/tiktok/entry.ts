import { pickMedia } from '../gallery-rows.ts';
import type { Intent, PhoneFiles } from '../parts.ts';
import type { PickedMedia } from '../upload.ts';
import { packageName } from './ids.ts';
import { type Destination, parseLink } from './links.ts';

/** The activities through which the app is entered. */
export const activities = {
  launcher: 'com.ss.android.ugc.aweme.splash.SplashActivity',
  main: 'com.ss.android.ugc.aweme.main.MainActivity',
  share: 'com.ss.android.ugc.aweme.share.SystemShareActivity',
  link: 'com.ss.android.ugc.aweme.deeplink.DeepLinkActivityV2',
} as const;

/** What an intent asks for. `media` is undefined when the shared file cannot be read. */
export type Entry =
  | { to: 'front'; activity: string }
  | { to: 'share'; activity: string; media: PickedMedia | undefined }
  | { to: 'link'; activity: string; destination: Destination };

/** The activity that answers an implicit intent; undefined when it is not for this app. */
export function resolveActivity(intent: Intent): string | undefined {
  if (intent.action === 'android.intent.action.SEND' && /^(video|image)\//.test(intent.type ?? ''))
    return activities.share;
  if (intent.action === 'android.intent.action.VIEW' && intent.data !== undefined && parseLink(intent.data)) {
    return activities.link;
  }
  return undefined;
}

/** Throws Error for an activity that the app does not have. */
export function parseIntent(intent: Intent, files: PhoneFiles): Entry {
  const activity = intent.component === undefined ? undefined : fullName(intent.component);
  if (activity !== undefined && !Object.values<string>(activities).includes(activity)) {
    throw new Error(`Activity class {${packageName}/${activity}} does not exist.`);
  }
  if (resolveActivity(intent) === activities.share) {
    const stream = intent.extras['android.intent.extra.STREAM'];
    const row = typeof stream === 'string' ? files.mediaRow(stream) : undefined;
    return { to: 'share', activity: activities.share, media: row && pickMedia(row) };
  }
  const destination = intent.data === undefined ? undefined : parseLink(intent.data);
  if (destination) return { to: 'link', activity: activities.link, destination };
  return { to: 'front', activity: activity ?? activities.launcher };
}

function fullName(component: string): string {
  const name = component.split('/')[1] ?? '';
  return name.startsWith('.') ? packageName + name : name;
}
