import type { TSchema } from 'typebox';
import * as account from './account.ts';
import * as accountImport from './account-import.ts';
import * as audit from './audit.ts';
import * as createTask from './create-task.ts';
import * as device from './device.ts';
import * as deviceFiles from './device-files.ts';
import * as deviceHand from './device-hand.ts';
import * as deviceInput from './device-input.ts';
import * as envelope from './envelope.ts';
import * as event from './event.ts';
import * as group from './group.ts';
import * as health from './health.ts';
import * as license from './license.ts';
import * as media from './media.ts';
import * as pause from './pause.ts';
import * as review from './review.ts';
import * as schedule from './schedule.ts';
import * as accountWarmup from './scripts/account-warmup.ts';
import * as comment from './scripts/comment.ts';
import * as post from './scripts/post.ts';
import * as relation from './scripts/relation.ts';
import * as sentence from './sentence.ts';
import * as session from './session.ts';
import * as setting from './setting.ts';
import * as sighting from './sighting.ts';
import * as task from './task.ts';
import * as token from './token.ts';
import * as trace from './trace.ts';
import * as webhook from './webhook.ts';

const files: readonly Readonly<Record<string, unknown>>[] = [
  task,
  createTask,
  sentence,
  post,
  relation,
  accountWarmup,
  comment,
  trace,
  token,
  session,
  audit,
  webhook,
  device,
  deviceFiles,
  deviceHand,
  deviceInput,
  sighting,
  media,
  pause,
  review,
  schedule,
  setting,
  account,
  accountImport,
  group,
  license,
  event,
  health,
  envelope,
];

/** Whether it is the schema of an object with fields. */
export const isObjectSchema = (value: unknown): value is TSchema =>
  typeof value === 'object' &&
  value !== null &&
  Reflect.get(value, 'type') === 'object' &&
  Object.keys(Reflect.get(value, 'properties') ?? {}).length > 0;

/** Schemas of objects by the name they are exported under: what `/openapi.json` describes once and refers to by name. */
export const namedSchemas: ReadonlyMap<string, TSchema> = new Map(
  files.flatMap((file) => Object.entries(file).filter((entry): entry is [string, TSchema] => isObjectSchema(entry[1]))),
);
