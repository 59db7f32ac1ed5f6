import { pickMedia } from '../gallery-rows.ts';
import type { Intent, PhoneFiles } from '../parts.ts';
import type { PickedMedia } from '../upload.ts';
import { type Destination, parseLink } from './links.ts';

/** The activities through which the app is entered. */
export const activities = {
  main: 'com.instagram.mainactivity.InstagramMainActivity',
  share: 'com.instagram.share.handleractivity.ShareHandlerActivity',
  story: 'com.instagram.share.handleractivity.StoryShareHandlerActivity',
  reel: 'com.instagram.share.handleractivity.ReelsShareHandlerActivity',
  link: 'com.instagram.url.UrlHandlerActivity',
} as const;

export type ShareKind = 'post' | 'story' | 'reel';

/** What an intent asks for. `media` is undefined when the shared file cannot be read. */
export type Entry =
  | { to: 'front'; activity: string }
  | { to: 'share'; activity: string; kind: ShareKind; media: PickedMedia | undefined }
  | { to: 'link'; activity: string; destination: Destination };

const shareKinds: Readonly<Record<string, ShareKind>> = {
  [activities.share]: 'post',
  [activities.story]: 'story',
  [activities.reel]: 'reel',
};

/** The activity that answers an implicit intent; undefined when it is not for this app. */
export function resolveActivity(intent: Intent): string | undefined {
  const { action, type = '', data } = intent;
  if (action === 'android.intent.action.SEND' && /^(video|image)\//.test(type)) return activities.share;
  if (action === 'com.instagram.share.ADD_TO_STORY') return activities.story;
  if (action === 'com.instagram.share.ADD_TO_REEL') return activities.reel;
  if (action === 'android.intent.action.VIEW' && data !== undefined && parseLink(data)) return activities.link;
  return undefined;
}

/** Throws Error for an activity that the app does not have. */
export function parseIntent(intent: Intent, files: PhoneFiles): Entry {
  const activity = intent.component === undefined ? undefined : fullName(intent.component);
  if (activity !== undefined && !Object.values<string>(activities).includes(activity)) {
    const [owner] = (intent.component ?? '').split('/');
    throw new Error(`Activity class {${owner}/${activity}} does not exist.`);
  }
  const share = activity !== undefined && shareKinds[activity] ? activity : resolveActivity(intent);
  const kind = share === undefined ? undefined : shareKinds[share];
  if (share !== undefined && kind !== undefined) {
    const stream = intent.extras['android.intent.extra.STREAM'] ?? intent.data;
    const row = typeof stream === 'string' ? files.mediaRow(stream) : undefined;
    return { to: 'share', activity: share, kind, media: row && pickMedia(row) };
  }
  const destination = intent.data === undefined ? undefined : parseLink(intent.data);
  if (destination) return { to: 'link', activity: activities.link, destination };
  return { to: 'front', activity: activity ?? activities.main };
}

function fullName(component: string): string {
  const [owner, name = ''] = component.split('/');
  return name.startsWith('.') ? `${owner}${name}` : name;
}
