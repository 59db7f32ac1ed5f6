import { type Static, Type } from 'typebox';
import type { ScriptDefinition } from '../script-input.ts';
import type { Platform } from '../script-names.ts';
import { foldList } from './text-list.ts';

export const CommentConfig = Type.Object({
  target_post_urls: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description: 'URLs of posts; one task each',
  }),
  comment_content: Type.String({ default: '', description: 'One comment per line; a task takes one of them' }),
  comment_order: Type.Enum(['random', 'sequential'], {
    default: 'random',
    description: 'sequential: the first task takes the first line, and so on',
  }),
  insert_emoji: Type.Boolean({ default: false }),
  comment_image_path: Type.String({
    default: '',
    description:
      'Image on the server (TikTok): a whole path, or one below the allowed media folders or the folder upload of the data folder',
  }),
});
export type CommentConfig = Static<typeof CommentConfig>;

export interface CommentInput extends Omit<CommentConfig, 'target_post_urls'> {
  /** URL of the post, without its query. */
  target: string;
}

export const comment: ScriptDefinition<CommentConfig, CommentInput> = {
  schema: CommentConfig,
  documentedKeys: [...Object.keys(CommentConfig.properties), 'target_post_url'],

  fold({ target_post_urls, target_post_url, ...rest }) {
    const urls = foldList(target_post_urls, target_post_url);
    return { ...rest, target_post_urls: Array.isArray(urls) ? urls.map(withoutQuery) : urls };
  },

  check({ target_post_urls, comment_content }) {
    if (target_post_urls.length === 0) {
      return {
        path: 'target_post_urls',
        message: 'is missing: give target_post_urls (a list) or target_post_url (a text)',
      };
    }
    const index = target_post_urls.findIndex((url) => platformOfUrl(url) === undefined);
    if (index >= 0) {
      return {
        path: `target_post_urls[${index}]`,
        message: 'must be the https URL of a post on tiktok.com or instagram.com',
      };
    }
    if (comment_content.trim() === '') {
      return { path: 'comment_content', message: 'is missing: give at least one line of text' };
    }
    return undefined;
  },

  targets: (config) => config.target_post_urls,
  narrow: (config, target) => ({ ...config, target_post_urls: target === null ? [] : [target] }),
  platform: (target) => (target === null ? undefined : platformOfUrl(target)),
  input: ({ target_post_urls, ...rest }) => ({ ...rest, target: target_post_urls[0] ?? '' }),
};

/** The platform whose post the URL names; undefined for any other address. */
export function platformOfUrl(text: string): Platform | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, pathname, username, port } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || port !== '' || pathname === '/') {
    return undefined;
  }
  if (hostname === 'tiktok.com' || hostname.endsWith('.tiktok.com')) return 'tiktok';
  if (hostname === 'instagram.com' || hostname.endsWith('.instagram.com')) return 'instagram';
  return undefined;
}

const withoutQuery = (url: unknown): unknown => (typeof url === 'string' ? url.replace(/[?#].*$/s, '') : url);
