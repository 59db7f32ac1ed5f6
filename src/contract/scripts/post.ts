import { type Static, Type } from 'typebox';
import type { ScriptDefinition } from '../script-input.ts';

export const PostConfig = Type.Object({
  content_type: Type.Enum([0, 1], { default: 0, description: '0 video, 1 images' }),
  image_count: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 35,
    description: 'How many images a post of images takes; TikTok takes 35, Instagram 20',
  }),
  captions: Type.String({
    default: '',
    maxLength: 20_000,
    description: 'Spintax: {one|two}; a newline is part of the caption',
  }),
  caption_format: Type.Enum(['spintax', 'multiline'], {
    default: 'spintax',
    description: 'multiline: one caption per line, used in turn',
  }),
  post_way: Type.Enum(['share', 'addButton', 'useSound'], {
    default: 'share',
    description: 'How the media reaches the app: share sheet, its own add button, or a sound page',
  }),
  material_source: Type.Enum(['materialLibrary', 'localFolder'], {
    default: 'materialLibrary',
    description: 'Where media comes from when material_list is empty',
  }),
  material_path: Type.String({ default: '', description: 'Folder of media on the server, for localFolder' }),
  material_list: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description: 'Absolute paths of media on the server; wins over material_source',
  }),
  materials_tags: Type.String({ default: '', description: 'Comma separated tags of the library; empty: all' }),
  upload_wait_time: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3_600,
    unit: 's',
    description: 'How long an upload may show no progress before it counts as failed; 15 minutes in all',
  }),
  sound_wait_time: Type.Integer({
    default: 10,
    minimum: 0,
    maximum: 600,
    unit: 's',
    description: 'How long a sound may take to load',
  }),
  add_sound: Type.Enum(['-1', '0', '1', 'custom'], {
    default: '-1',
    description: "-1 the app's own choice, 0 off, 1 the recommended sound, custom: custom_sound_keyword",
  }),
  sound_name: Type.String({ default: '', description: 'Name or URL of the sound, for post_way useSound' }),
  custom_sound_keyword: Type.String({ default: '', description: 'Name or URL of the sound, for add_sound custom' }),
  origin_sound_volume: Type.Integer({
    default: 50,
    minimum: 0,
    maximum: 100,
    unit: '%',
    description: "Where the bar of the media's own sound stands when a sound is added; the app begins in the middle",
  }),
  add_sound_volume: Type.Integer({
    default: 50,
    minimum: 0,
    maximum: 100,
    unit: '%',
    description: 'Where the bar of the added sound stands; the app begins in the middle',
  }),
  add_product_link: Type.Enum([0, 1], { default: 0, description: '1: attach the first showcase product (TikTok)' }),
  placement: Type.Enum(['reel', 'story'], { default: 'reel', description: 'Instagram only' }),
  ai_label: Type.Boolean({ default: false, description: 'Label the post as AI-generated' }),
});
export type PostConfig = Static<typeof PostConfig>;

/** `add_button` and `use_sound` are the spellings of the vendor's blog. */
const postWays: Readonly<Record<string, string>> = { add_button: 'addButton', use_sound: 'useSound' };

export const post: ScriptDefinition<PostConfig, PostConfig> = {
  schema: PostConfig,
  documentedKeys: Object.keys(PostConfig.properties),

  fold(raw) {
    const config = { ...raw };
    if (typeof config.add_sound === 'number') config.add_sound = String(config.add_sound);
    if (typeof config.post_way === 'string') config.post_way = postWays[config.post_way] ?? config.post_way;
    return config;
  },

  check(config) {
    if (config.post_way === 'useSound' && config.sound_name.trim() === '') {
      return { path: 'sound_name', message: 'is missing: post_way useSound needs the name or URL of a sound' };
    }
    if (config.post_way !== 'useSound' && config.add_sound === 'custom' && config.custom_sound_keyword.trim() === '') {
      return { path: 'custom_sound_keyword', message: 'is missing: add_sound custom needs the name or URL of a sound' };
    }
    const takesFolder = config.material_list.length === 0 && config.material_source === 'localFolder';
    if (takesFolder && config.material_path.trim() === '') {
      return { path: 'material_path', message: 'is missing: material_source localFolder needs the path of a folder' };
    }
    return undefined;
  },

  targets: () => [null],
  narrow: (config) => config,
  platform: () => undefined,
  input: (config) => config,
};
