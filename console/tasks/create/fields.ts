import type { ScriptName } from '../../../src/contract/script-names.ts';

type Config = Readonly<Record<string, unknown>>;

/** Texts of several lines. */
export const longFields: ReadonlySet<string> = new Set(['captions', 'comment_content', 'comment', 'topic', 'prompt']);

/** Examples in empty fields. They are shown, never sent. */
export const examples: Readonly<Record<string, string>> = {
  captions: '{Good morning|Hello} from the workshop #handmade',
  target_users: '@lena.paints\n@harbour.diary',
  target_post_urls: 'https://www.tiktok.com/@lena.paints/video/7301234567890123456',
  comment_content: 'What a lovely colour!\nHow long did this take?',
  comment: 'What a lovely colour!',
  topic: 'watercolour\nharbour',
  material_list: '/home/me/videos/first.mp4',
  material_path: '/home/me/videos',
  materials_tags: 'boats, morning',
  sound_name: 'https://www.tiktok.com/music/…',
  comment_image_path: '/home/me/pictures/one.jpg',
};

/** Fields that mean something only beside a certain choice; the others always do. */
const needs: Readonly<Record<string, (config: Config) => boolean>> = {
  image_count: ({ content_type }) => content_type === 1,
  material_source: ({ material_list }) => isEmpty(material_list),
  material_path: ({ material_source, material_list }) => isEmpty(material_list) && material_source === 'localFolder',
  materials_tags: ({ material_source, material_list }) => isEmpty(material_list) && material_source !== 'localFolder',
  sound_name: ({ post_way }) => post_way === 'useSound',
  sound_wait_time: ({ post_way, add_sound }) => post_way === 'useSound' || add_sound === 'custom' || add_sound === '1',
  custom_sound_keyword: ({ post_way, add_sound }) => post_way !== 'useSound' && add_sound === 'custom',
  comment: ({ comment_probable }) => comment_probable !== 0,
  insert_emoji: (config) => !('comment_probable' in config) || config.comment_probable !== 0,
  comment_order: (config) => !('comment_probable' in config) || config.comment_probable !== 0,
  generate_by_chatgpt: ({ comment_probable }) => comment_probable !== 0,
  chatgpt_settings: ({ generate_by_chatgpt }) => generate_by_chatgpt === true,
};

export const isFieldShown = (key: string, config: Config): boolean => needs[key]?.(config) ?? true;

const isEmpty = (value: unknown): boolean => !Array.isArray(value) || value.length === 0;

/** What most people leave as it is, folded away. */
const advanced: Readonly<Record<ScriptName, readonly string[]>> = {
  post: [
    'caption_format',
    'post_way',
    'upload_wait_time',
    'sound_wait_time',
    'add_sound',
    'sound_name',
    'custom_sound_keyword',
    'origin_sound_volume',
    'add_sound_volume',
    'add_product_link',
    'placement',
    'ai_label',
  ],
  follow: [],
  unfollow: [],
  account_warmup: ['min_duration', 'max_duration', 'insert_emoji', 'comment_order'],
  comment: ['comment_order', 'insert_emoji', 'comment_image_path'],
};

export const isAdvanced = (script: ScriptName, key: string): boolean => advanced[script].includes(key);
