/**
 * The one address of a post, whatever link leads to it: `tiktok.com/video/7301…`, `instagram.com/p/Cx…`. Undefined for a
 * short or shared link, which does not say whose post it is for, and for what is no link of a post.
 */
export function postAddress(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { hostname, pathname } = new URL(link);
  const parts = pathname.split('/').filter((part) => part !== '');
  if (/(^|\.)tiktok\.com$/.test(hostname)) {
    // the name before it may be anybody's: the site goes by the number
    const id = /\/(?:video|photo|v)\/(\d+)(?:\.html)?(?:\/|$)/.exec(pathname)?.[1];
    return id && `tiktok.com/video/${id}`;
  }
  if (/(^|\.)instagram\.com$/.test(hostname)) {
    if (parts[0] === 'share') return undefined;
    const at = parts.findIndex((part, index) => index < 2 && ['p', 'reel', 'reels', 'tv'].includes(part));
    const code = at < 0 ? undefined : parts[at + 1];
    return code && `instagram.com/p/${code}`;
  }
  return undefined;
}

/** How limits name a post: by its address, and by what the screen says of it where no address is known. */
export interface PostNames {
  target: string;
  /** What the screen says, where the address is known too: others may know the post by that alone. */
  alias?: string;
}

/** `shown`: author and words as they stand on the page; undefined where they cannot be read. */
export function postNames(link: string, shown: string | undefined): PostNames {
  const address = postAddress(link);
  if (address === undefined) return { target: shown ?? link };
  return shown === undefined ? { target: address } : { target: address, alias: shown };
}
