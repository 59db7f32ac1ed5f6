/**
 * Settings that change at run time. Each schema carries its default, its bounds and a sentence for the form; the bounds of
 * a conduct limit are its ceiling: no setting, request or script gets beyond it, because nothing else is accepted here.
 */
import { type Static, Type } from 'typebox';
import { scriptNames } from './script-names.ts';
import type { EffectKind } from './task-states.ts';

/** A daily limit of an account, counted over 24 rolling hours. */
const perDay = (what: string, byDefault: number, ceiling: number) =>
  Type.Integer({
    minimum: 0,
    maximum: ceiling,
    ceiling,
    default: byDefault,
    description: `How many ${what} one account may make in 24 rolling hours; at most ${ceiling}.`,
  });

/** After so many days it goes; there is no "never": a disk ends. */
const days = (byDefault: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 36_500, default: byDefault, unit: 'd', description });

const clockTime = (description: string) =>
  Type.String({ pattern: '^$|^([01][0-9]|2[0-3]):[0-5][0-9]$', default: '', description });

export const settingSchemas = {
  time_zone: Type.String({
    default: '',
    description: 'IANA time zone of start times and quiet hours; empty means the zone of this machine.',
  }),
  max_retry_count: Type.Integer({
    minimum: 0,
    maximum: 10,
    default: 3,
    description: 'How often one task may be retried.',
  }),
  auto_retry: Type.Boolean({
    default: false,
    description: 'Whether a task that failed for a passing reason is tried again by itself, within max_retry_count.',
  }),
  'api.always_http_200': Type.Boolean({
    default: false,
    description: 'Whether errors are answered with HTTP status 200, for clients that insist on it.',
  }),
  'api.cors_origins': Type.Array(Type.String({ pattern: '^https?://[^/?#*@\\s]+$' }), {
    default: [],
    maxItems: 50,
    description:
      'Web pages of other origins that may call the API, as https://host or http://host:port, exactly as the browser sends it.',
  }),
  'api.rate_per_minute': Type.Integer({
    minimum: 10,
    maximum: 1_000_000,
    default: 3_000,
    description: 'How many requests a minute one token, or one address beyond this machine, may send.',
  }),
  'api.rate_per_minute_local': Type.Integer({
    minimum: 1_000,
    maximum: 10_000_000,
    default: 600_000,
    description: 'How many requests a minute programs of this machine may send without a token, all together.',
  }),
  'auth.required': Type.Enum(['beyond-loopback', 'always'], {
    default: 'beyond-loopback',
    description: 'Who needs a token: everybody but this machine itself, or everybody.',
  }),
  'license.device_limit': Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 1000,
    description: 'How many phones may work at the same time.',
  }),
  'webhooks.allowed_networks': Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]{2,45}(/[0-9]{1,3})?$' }), {
    default: [],
    maxItems: 50,
    description:
      'Private addresses that webhooks may be sent to, as 192.168.1.20 or 10.0.0.0/8; without any, only public ones.',
  }),
  'media.max_file_mb': Type.Integer({
    minimum: 1,
    maximum: 1_048_576,
    default: 4096,
    unit: 'MB',
    description: 'Size of the largest file that is accepted as media, in MB (1,048,576 bytes).',
  }),
  'media.allow_reuse': Type.Boolean({
    default: false,
    description: 'Whether an account may post the same library item, or the same file of a folder, again.',
  }),
  'review.hold_kinds': Type.Array(Type.Enum([...scriptNames]), {
    default: [],
    maxItems: scriptNames.length,
    description: 'Scripts whose tasks a person approves before they run; tasks that exist already are not held.',
  }),
  'retention.tasks_days': days(
    90,
    'Days after which a completed or failed task is deleted. What conduct limits and "never twice" need stays.',
  ),
  'retention.events_days': days(90, 'Days after which an event leaves the audit trail and the event stream.'),
  'retention.traces_days': days(30, 'Days after which the trace of a task is deleted; one under review stays.'),
  'retention.traces_max_mb': Type.Integer({
    minimum: 100,
    maximum: 104_857_600,
    default: 10_240,
    unit: 'MB',
    description: 'Size of all traces together, in MB (1,048,576 bytes); beyond it the oldest are deleted early.',
  }),
  'retention.media_days': days(
    365,
    'Days after a library item was last posted until it is deleted. What nobody has posted, and what may be posted again, stays.',
  ),
  'conduct.post_per_day': perDay('posts', 10, 25),
  'conduct.follow_per_day': perDay('follows', 30, 100),
  'conduct.unfollow_per_day': perDay('unfollows', 30, 100),
  'conduct.comment_per_day': perDay('comments', 20, 50),
  'conduct.like_per_day': perDay('likes', 60, 150),
  'conduct.favourite_per_day': perDay('favourites', 60, 150),
  'conduct.min_gap_s': Type.Integer({
    minimum: 30,
    maximum: 86_400,
    default: 30,
    description: 'Seconds between two public actions of one account; at least 30.',
  }),
  'conduct.accounts_per_target': Type.Integer({
    minimum: 1,
    maximum: 5,
    ceiling: 5,
    default: 3,
    description: 'How many of your accounts may act on the same stranger or post within 7 days; at most 5.',
  }),
  'conduct.same_text_per_day': Type.Integer({
    minimum: 1,
    maximum: 3,
    ceiling: 3,
    default: 3,
    description: 'How often one account may publish the same text in 24 rolling hours; at most 3.',
  }),
  'conduct.quiet_from': clockTime('Start of the hours without public actions, HH:MM; empty for none.'),
  'conduct.quiet_to': clockTime('End of the hours without public actions, HH:MM; empty for none.'),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: Static<(typeof settingSchemas)[K]> };

export const settingKeys = Object.keys(settingSchemas) as SettingKey[];

export const isSettingKey = (text: string): text is SettingKey => Object.hasOwn(settingSchemas, text);

const defaultOf = (schema: object): unknown => ('default' in schema ? schema.default : undefined);

export const defaultSettings = Object.freeze(
  Object.fromEntries(settingKeys.map((key) => [key, defaultOf(settingSchemas[key])])),
) as Readonly<Settings>;

/** The setting that limits each kind of public action. */
export const dailyLimitKey = (kind: EffectKind): `conduct.${EffectKind}_per_day` => `conduct.${kind}_per_day`;
