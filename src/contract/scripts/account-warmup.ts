import { type Static, Type } from 'typebox';
import type { ScriptDefinition } from '../script-input.ts';

export const ChatgptSettings = Type.Object({
  api_key: Type.String({ default: '', secret: true, description: 'Key of the text service; never shown again' }),
  model: Type.String({ default: 'gpt-3.5-turbo', minLength: 1 }),
  prompt: Type.String({ default: 'Write one short, friendly comment that fits this video.' }),
  max_tokens: Type.Integer({ default: 100, minimum: 1, maximum: 100_000 }),
  temperature: Type.Number({ default: 0.7, minimum: 0, maximum: 2 }),
  base_url: Type.String({ default: 'https://api.openai.com/v1', description: 'Without /chat/completions' }),
});
export type ChatgptSettings = Static<typeof ChatgptSettings>;

const percent = (description: string) => Type.Number({ default: 0, minimum: 0, maximum: 100, unit: '%', description });

export const AccountWarmupConfig = Type.Object({
  task_duration: Type.Number({
    default: 600,
    minimum: 1,
    maximum: 86_400,
    unit: 's',
    description: 'Length of the task',
  }),
  topic: Type.String({ default: '', description: 'One search term per line, one is picked; empty: the feed' }),
  min_duration: Type.Number({
    default: 15,
    minimum: 0,
    maximum: 86_400,
    unit: 's',
    description: 'Shortest watch time',
  }),
  max_duration: Type.Number({ default: 30, minimum: 0, maximum: 86_400, unit: 's', description: 'Longest watch time' }),
  like_probable: percent('Chance of a like per video'),
  floow_probable: percent('Chance of following the creator; spelled as documented'),
  collect_probable: percent('Chance of a favourite'),
  comment_probable: percent('Chance of a comment'),
  comment: Type.String({ default: '', description: 'One comment per line' }),
  insert_emoji: Type.Boolean({ default: false }),
  comment_order: Type.Enum(['random', 'sequential'], { default: 'random' }),
  generate_by_chatgpt: Type.Boolean({
    default: false,
    description: 'Makes drafts for review in place of comments; nothing generated is sent unread',
  }),
  chatgpt_settings: Type.Object(ChatgptSettings.properties, { default: {} }),
});
export type AccountWarmupConfig = Static<typeof AccountWarmupConfig>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const accountWarmup: ScriptDefinition<AccountWarmupConfig, AccountWarmupConfig> = {
  schema: AccountWarmupConfig,
  documentedKeys: [
    ...Object.keys(AccountWarmupConfig.properties),
    'follow_probable',
    ...Object.keys(ChatgptSettings.properties).map((key) => `chatgpt_settings.${key}`),
    'chatgpt_settings.system_prompt',
    'chatgpt_settings.url',
  ],

  fold({ follow_probable, ...raw }) {
    const config = { ...raw };
    if (config.floow_probable === undefined && follow_probable !== undefined) config.floow_probable = follow_probable;
    if (isObject(config.chatgpt_settings)) config.chatgpt_settings = foldSettings(config.chatgpt_settings);
    return config;
  },

  check(config) {
    if (config.min_duration > config.max_duration) {
      return {
        path: 'min_duration',
        message: `must not be greater than max_duration (${config.min_duration} > ${config.max_duration})`,
      };
    }
    if (config.generate_by_chatgpt && config.chatgpt_settings.api_key === '') {
      return { path: 'chatgpt_settings.api_key', message: 'is missing: generate_by_chatgpt needs a key' };
    }
    return undefined;
  },

  targets: () => [null],
  narrow: (config) => config,
  platform: () => undefined,
  input: (config) => config,
};

function foldSettings({ system_prompt, url, ...raw }: Record<string, unknown>): Record<string, unknown> {
  const settings = { ...raw };
  if (settings.prompt === undefined && system_prompt !== undefined) settings.prompt = system_prompt;
  if (settings.base_url === undefined && url !== undefined) settings.base_url = url;
  if (typeof settings.base_url === 'string') {
    settings.base_url = settings.base_url.replace(/\/chat\/completions\/?$/, '');
  }
  return settings;
}
