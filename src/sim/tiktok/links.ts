import { decodePart } from '../url-part.ts';

/** What a link leads to inside the app. */
export type Destination =
  | { to: 'profile'; username: string }
  | { to: 'video'; id: string; username: string | undefined }
  | { to: 'sound'; id: string }
  /** A short link: what it stands for is asked of the platform, which takes a moment. */
  | { to: 'short'; code: string }
  | { to: 'feed' };

export const videoUrl = (author: string, id: string): string => `https://www.tiktok.com/@${author}/video/${id}`;
/** As the app's Share button makes it. */
export const shortUrl = (id: string): string => `https://vm.tiktok.com/${codeOf(id)}/`;
export const codeOf = (id: string): string => `Z${BigInt(id).toString(36).toUpperCase()}`;
export const soundUrl = ({ id, title }: { id: string; title: string }): string =>
  `https://www.tiktok.com/music/${encodeURIComponent(title.replaceAll(' ', '-'))}-${id}`;
export const productUrl = ({ id }: { id: string }): string => `https://shop.tiktok.com/view/product/${id}`;
export const profileUrl = (username: string): string => `https://www.tiktok.com/@${username}`;

/**
 * The forms that TikTok's manifest claims: web links and the app's own schemes (`snssdk1233://` is TikTok's, `musically://`
 * its former name). Undefined for what is not TikTok's: Android would not have offered us the link.
 */
export function parseLink(link: string): Destination | undefined {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return undefined;
  }
  if (['snssdk1233:', 'musically:', 'tiktok:'].includes(url.protocol)) return parseAppLink(url);
  if (!['http:', 'https:'].includes(url.protocol)) return undefined;
  if (!/^(www\.|m\.|vm\.)?tiktok\.com$/.test(url.hostname)) return undefined;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const code = url.hostname === 'vm.tiktok.com' ? parts[0] : parts[0] === 't' ? parts[1] : undefined;
  if (code !== undefined) return { to: 'short', code };
  if (parts[0] === 'music') {
    const id = /(\d+)$/.exec(parts[1] ?? '')?.[1];
    return id === undefined ? { to: 'feed' } : { to: 'sound', id };
  }
  const [user, kind, id] = parts;
  if (user === undefined || !user.startsWith('@')) return { to: 'feed' };
  const username = decodePart(user.slice(1));
  if ((kind === 'video' || kind === 'photo') && id !== undefined) return { to: 'video', id, username };
  return { to: 'profile', username };
}

/** `snssdk1233://aweme/detail/ID`, `snssdk1233://music/detail/ID`, `snssdk1233://user/profile/NAME` (or `?uniqueId=NAME`); anything else opens the feed. */
function parseAppLink(url: URL): Destination {
  const parts = [url.hostname, ...url.pathname.split('/')].filter((part) => part !== '');
  const [area, page, last] = parts;
  if (area === 'aweme' && page === 'detail' && last !== undefined)
    return { to: 'video', id: last, username: undefined };
  if (area === 'music' && page === 'detail' && last !== undefined) return { to: 'sound', id: last };
  if (area === 'user' && page === 'profile') {
    const username = url.searchParams.get('uniqueId') ?? url.searchParams.get('unique_id') ?? last;
    if (username !== undefined) return { to: 'profile', username: username.replace(/^@/, '') };
  }
  return { to: 'feed' };
}
