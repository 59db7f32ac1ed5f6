import { type CreateTaskBody, readCreateBody } from '../../../src/contract/create-task.ts';
import { scriptInputs } from '../../../src/contract/script-inputs.ts';
import type { ScriptName } from '../../../src/contract/script-names.ts';
import { type FieldSchema, sameValue } from '../../shell/schema.ts';

/** A create call as the form holds it. */
export interface TaskDraft {
  script: ScriptName;
  by: 'serials' | 'usernames';
  serials: readonly string[];
  usernames: readonly string[];
  /** Names; beside the serials. */
  groups: readonly string[];
  config: Readonly<Record<string, unknown>>;
  multiAccount: boolean;
  /** HH:MM, or an ISO 8601 date-time; empty: now. */
  startTime: string;
  /** Of HH:MM; empty: the server's. */
  timeZone: string;
  minInterval: number;
  maxInterval: number;
}

/** What the parts of the form get. */
export interface FieldsProps {
  draft: TaskDraft;
  onChange: (more: Partial<TaskDraft>) => void;
  /** What is shown as wrong, at its field. */
  problem: Problem | undefined;
}

export interface Problem {
  path: string;
  message: string;
}

export const emptyDraft = (script: ScriptName): TaskDraft => ({
  script,
  by: 'serials',
  serials: [],
  usernames: [],
  groups: [],
  config: defaultsOf(propertiesOf(script)),
  multiAccount: false,
  startTime: '',
  timeZone: '',
  minInterval: 0,
  maxInterval: 0,
});

/** A create call that exists, as the form holds it. One that would be refused leaves an empty form. */
export function draftOf(body: unknown): TaskDraft {
  const read = readCreateBody(body);
  if ('error' in read) return emptyDraft('post');
  const { executors, scriptName, config, enableMultiAccount, startTime, timeZone, ...intervals } = read.request;
  return {
    ...emptyDraft(scriptName),
    by: executors.by,
    ...(executors.by === 'serials'
      ? { serials: executors.serials, groups: executors.groups ?? [] }
      : { usernames: executors.usernames }),
    config,
    multiAccount: enableMultiAccount,
    startTime: startTime ?? '',
    timeZone: timeZone ?? '',
    minInterval: intervals.minIntervalMinutes,
    maxInterval: intervals.maxIntervalMinutes,
  };
}

export const propertiesOf = (script: ScriptName): Readonly<Record<string, FieldSchema>> =>
  (scriptInputs[script].schema as FieldSchema).properties ?? {};

export const defaultsOf = (properties: Readonly<Record<string, FieldSchema>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [
      key,
      schema.properties ? defaultsOf(schema.properties) : schema.default,
    ]),
  );

/** The defaults, with what an address fills in: texts and numbers by the name of their field. */
export const filledIn = (
  properties: Readonly<Record<string, FieldSchema>>,
  given: URLSearchParams,
): Record<string, unknown> => ({
  ...defaultsOf(properties),
  ...Object.fromEntries(
    Object.entries(properties).flatMap(([key, { type }]): [string, string | number][] => {
      const text = given.get(key);
      if (text === null || text === '') return [];
      if (type === 'string') return [[key, text]];
      const isNumber = (type === 'number' || type === 'integer') && Number.isFinite(Number(text));
      return isNumber ? [[key, Number(text)]] : [];
    }),
  ),
});

/** The body that is sent: what is as it would be anyway is left out. */
export function bodyOf(draft: TaskDraft): CreateTaskBody {
  const { script, by, serials, usernames, groups, multiAccount, startTime, timeZone, minInterval, maxInterval } = draft;
  return {
    ...(by === 'serials' ? { serials: [...serials] } : { usernames: [...usernames] }),
    ...(by === 'serials' && groups.length > 0 && { groups: [...groups] }),
    script_name: script,
    script_config: changedIn(draft.config, propertiesOf(script)),
    ...(by === 'serials' && multiAccount && { enable_multi_account: true }),
    ...(startTime !== '' && { start_time: startTime }),
    ...(timeZone !== '' && { time_zone: timeZone }),
    ...(minInterval > 0 && { min_interval: minInterval }),
    ...(maxInterval > 0 && { max_interval: Math.max(minInterval, maxInterval) }),
  };
}

function changedIn(
  config: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, FieldSchema>>,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(properties)) {
    const value = config[key];
    if (schema.properties) {
      const inner = changedIn((value ?? {}) as Record<string, unknown>, schema.properties);
      if (Object.keys(inner).length > 0) changed[key] = inner;
    } else if (value !== undefined && !sameValue(value, schema.default)) changed[key] = value;
  }
  return changed;
}

/** What is wrong with it, found here as the server would; undefined when nothing is. */
export function problemOf(body: CreateTaskBody): Problem | undefined {
  const read = readCreateBody(body);
  return 'error' in read ? { path: read.error.path, message: read.error.message } : undefined;
}

/** What is wrong with one field: `script_config.target_users[0]` is about `target_users`. */
export const errorAt = (problem: Problem | undefined, name: string): string | undefined =>
  problem?.path.replace(/^script_config\.?/, '').replace(/[.[].*$/, '') === name ? problem.message : undefined;
