import { type Static, Type } from 'typebox';
import type { ErrorCode } from './error-codes.ts';
import { isoTime, nullable } from './page.ts';
import { findProblem, type Problem, unknownKeys } from './problem.ts';
import { type ScriptConfig, validateConfig } from './script-inputs.ts';
import { isScriptName, platforms, type ScriptName, scriptNames } from './script-names.ts';
import { Facts, SentenceCode } from './sentence.ts';

const minutes = (description: string) =>
  Type.Integer({ default: 0, minimum: 0, maximum: 525_600, unit: 'minutes', description });

/** Body of `POST /task`. `script_config` is checked by the script's own schema (scripts/<name>.ts). */
export const CreateTaskBody = Type.Object({
  serials: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { description: 'Devices, each as the account active on it' }),
  ),
  usernames: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      description: 'Accounts, with or without @; given, they decide and serials are not read',
    }),
  ),
  groups: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      description: 'Names of groups: the devices that are in them then, beside serials and each once',
    }),
  ),
  script_name: Type.String({ description: scriptNames.join(', ') }),
  script_config: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { default: {} })),
  enable_multi_account: Type.Optional(
    Type.Boolean({ default: false, description: 'With serials: one task per enabled account of each device' }),
  ),
  start_time: Type.Optional(
    Type.String({ description: 'HH:MM in the time zone of the server, or an ISO 8601 date-time with offset' }),
  ),
  time_zone: Type.Optional(Type.String({ description: 'IANA name that HH:MM is meant in' })),
  min_interval: Type.Optional(minutes('Shortest pause between two tasks of this call on one device')),
  max_interval: Type.Optional(minutes('Longest pause')),
});
export type CreateTaskBody = Static<typeof CreateTaskBody>;

/** A create call that has passed everything that can be checked without a database or a clock. */
export interface CreateRequest {
  executors:
    | { by: 'serials'; serials: readonly string[]; groups?: readonly string[] }
    | { by: 'usernames'; usernames: readonly string[] };
  scriptName: ScriptName;
  /** Folded, defaults applied. */
  config: ScriptConfig;
  enableMultiAccount: boolean;
  /** As sent, not yet resolved; undefined: now. */
  startTime: string | undefined;
  timeZone: string | undefined;
  minIntervalMinutes: number;
  /** Never less than `minIntervalMinutes`. */
  maxIntervalMinutes: number;
}

export interface RefusedBody extends Problem {
  code: Extract<ErrorCode, 'input.invalid' | 'input.script-missing' | 'input.script-unknown'>;
}

export type ReadCreateBody =
  | { request: CreateRequest /** Paths of keys that are not read. */; unknownKeys: readonly string[] }
  | { error: RefusedBody };

/** Checks in the documented order: object, script_name, supported, targets, script_config, then the rest. */
export function readCreateBody(body: unknown): ReadCreateBody {
  const invalid = (path: string, message: string): ReadCreateBody => ({
    error: { code: 'input.invalid', path, message },
  });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return invalid('', 'the body must be a JSON object');
  }
  const fields: Record<string, unknown> = { ...body };
  const name = fields.script_name;
  if (name === undefined || name === null || name === '') {
    const message = `script_name is missing: it must be one of ${scriptNames.join(', ')}`;
    return { error: { code: 'input.script-missing', path: 'script_name', message } };
  }
  if (typeof name !== 'string' || !isScriptName(name)) {
    const said = typeof name === 'string' ? `"${name.slice(0, 40)}" is not supported` : 'script_name must be a text';
    const message = `${said}: it must be one of ${scriptNames.join(', ')}`;
    return typeof name === 'string'
      ? { error: { code: 'input.script-unknown', path: 'script_name', message } }
      : invalid('script_name', message);
  }
  const problem = findProblem(CreateTaskBody, fields);
  const ofTargets = problem && /^(serials|usernames|groups)\b/.test(problem.path);
  if (ofTargets) return invalid(problem.path, problem.message);
  const executors = problem ? undefined : executorsOf(fields as CreateTaskBody);
  if (!problem && !executors) {
    return invalid(
      'serials',
      'serials is missing: give serials (device serials), usernames (accounts) or groups (of devices)',
    );
  }
  const checked = validateConfig(name, fields.script_config ?? {});
  if ('error' in checked) return invalid(checked.error.path, checked.error.message);
  if (problem || !executors) return invalid(problem?.path ?? '', problem?.message ?? '');
  const { enable_multi_account, start_time, time_zone, min_interval = 0, max_interval = 0 } = fields as CreateTaskBody;
  return {
    request: {
      executors,
      scriptName: name,
      config: checked.config,
      enableMultiAccount: executors.by === 'serials' && (enable_multi_account ?? false),
      startTime: start_time === undefined || start_time.trim() === '' ? undefined : start_time.trim(),
      timeZone: time_zone,
      minIntervalMinutes: min_interval,
      maxIntervalMinutes: Math.max(min_interval, max_interval),
    },
    unknownKeys: [...unknownKeys(fields, Object.keys(CreateTaskBody.properties)), ...checked.unknownKeys],
  };
}

function executorsOf({
  serials = [],
  usernames = [],
  groups = [],
}: CreateTaskBody): CreateRequest['executors'] | undefined {
  if (usernames.length > 0) return { by: 'usernames', usernames };
  if (groups.length > 0) return { by: 'serials', serials, groups };
  return serials.length > 0 ? { by: 'serials', serials } : undefined;
}

/** `data` of the answer. Ids ascend in the order of executors, then targets. */
export const CreateTaskReply = Type.Object({
  task_ids: Type.Array(Type.Integer()),
  created_count: Type.Integer(),
});
export type CreateTaskReply = Static<typeof CreateTaskReply>;

export const CreateTasksQuery = Type.Object({
  dry_run: Type.Boolean({ default: false, description: 'true: say what would be created and allowed; create nothing' }),
});

export const verdicts = ['go', 'wait', 'refuse'] as const;

/** A task that would be made, and what the limits would say to it when it is due. */
export const PlannedTaskReply = Type.Object({
  serial: Type.String(),
  username: nullable(Type.String()),
  platform: Type.Enum([...platforms]),
  script_name: Type.Enum([...scriptNames]),
  target: nullable(Type.String({ description: 'The one user or post it acts on' })),
  due_at: isoTime('When it would be due'),
  verdict: Type.Enum([...verdicts], {
    description:
      'go: nothing is in its way. wait: it would be created and wait, for the reason in rule. refuse: it would be created and fail, for the reason in rule',
  }),
  rule: nullable(Type.String({ description: 'What is in its way, as a sentence' })),
  rule_code: nullable(SentenceCode),
  rule_params: nullable(Facts),
  until: nullable(isoTime('When that ends by itself; null: it does not, or nobody knows')),
});
export type PlannedTaskReply = Static<typeof PlannedTaskReply>;

/** `data` of the answer to a dry run. */
export const DryRunReply = Type.Object({
  tasks: Type.Array(PlannedTaskReply, { description: 'In the order in which they would be created' }),
  created_count: Type.Integer({ minimum: 0, maximum: 0 }),
});
export type DryRunReply = Static<typeof DryRunReply>;
