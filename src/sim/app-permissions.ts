import type { PhoneHost } from './parts.ts';

const newMedia = ['android.permission.READ_MEDIA_IMAGES', 'android.permission.READ_MEDIA_VIDEO'];
const oldMedia = ['android.permission.READ_EXTERNAL_STORAGE'];

/** What an app asks for to see the gallery: two permissions since Android 13, one before. */
export const mediaPermissions = (host: PhoneHost): readonly string[] =>
  Number(host.props['ro.build.version.sdk'] ?? 34) >= 33 ? newMedia : oldMedia;

/** Whether the app may use the camera, the microphone, or see at least a part of the gallery. */
export function hasPermission(host: PhoneHost, packageName: string, kind: 'camera' | 'audio' | 'media'): boolean {
  const granted = host.packages.find(packageName)?.permissions;
  const has = (name: string) => granted?.get(name) === true;
  if (kind === 'camera') return has('android.permission.CAMERA');
  if (kind === 'audio') return has('android.permission.RECORD_AUDIO');
  return mediaPermissions(host).some(has);
}
