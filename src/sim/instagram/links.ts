import { decodePart } from '../url-part.ts';

/** What a link leads to inside the app. */
export type Destination =
  | { to: 'profile'; username: string }
  | { to: 'post'; id: string; kind: 'p' | 'reel' }
  | { to: 'feed' };

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The short code in a post's URL: its number in base 64. */
export function codeOf(id: string): string {
  let rest = BigInt(id);
  let code = '';
  while (rest > 0n) {
    code = (alphabet[Number(rest % 64n)] ?? '') + code;
    rest /= 64n;
  }
  return code;
}

/** Undefined for what is no code. */
export function idOfCode(code: string): string | undefined {
  if (!/^[\w-]{1,32}$/.test(code)) return undefined;
  let id = 0n;
  for (const letter of code) id = id * 64n + BigInt(alphabet.indexOf(letter));
  return id.toString();
}

export const postUrl = (id: string, mediaType: 'video' | 'image'): string =>
  `https://www.instagram.com/${mediaType === 'video' ? 'reel' : 'p'}/${codeOf(id)}/`;
export const profileUrl = (username: string): string => `https://www.instagram.com/${username}/`;

/** First parts of a path that are pages of the site, not users. */
const pages = new Set(['explore', 'accounts', 'direct', 'reels', 'stories', 'about', 'legal', 'developer']);

/**
 * The forms that Instagram's manifest claims: web links of instagram.com and its own scheme. Undefined for what is not
 * Instagram's: Android would not have offered us the link.
 */
export function parseLink(link: string): Destination | undefined {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return undefined;
  }
  if (url.protocol === 'instagram:') return parseAppLink(url);
  if (!['http:', 'https:'].includes(url.protocol)) return undefined;
  if (!/^(www\.|m\.)?(instagram\.com|instagr\.am)$/.test(url.hostname)) return undefined;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  // /p/CODE/, and the same below a user's name
  const at = parts.findIndex((part, index) => index < 2 && ['p', 'reel', 'reels', 'tv'].includes(part));
  const code = at < 0 ? undefined : parts[at + 1];
  if (code !== undefined) {
    const id = idOfCode(code);
    if (id !== undefined) return { to: 'post', id, kind: parts[at] === 'p' ? 'p' : 'reel' };
  }
  const [user] = parts;
  if (user === undefined || at === 0 || pages.has(user)) return { to: 'feed' };
  return { to: 'profile', username: decodePart(user) };
}

/** `instagram://user?username=NAME`, `instagram://media?id=NUMBER`; anything else opens the feed. */
function parseAppLink(url: URL): Destination {
  const username = url.searchParams.get('username');
  if (url.hostname === 'user' && username) return { to: 'profile', username };
  const [id] = (url.searchParams.get('id') ?? '').split('_');
  if (url.hostname === 'media' && id && /^\d+$/.test(id)) return { to: 'post', id, kind: 'p' };
  return { to: 'feed' };
}
