import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { CreateRequest, CreateTaskReply } from '../contract/create-task.ts';
import type { ScriptConfig } from '../contract/script-inputs.ts';
import type { Platform } from '../contract/script-names.ts';
import { findGroup, findGroupByName } from '../store/groups.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { findSubmissionByKey, insertSubmission, type Source, setSubmissionReply } from '../store/submissions.ts';
import { insertTasks } from '../store/tasks.ts';
import { type AccountFacts, expand, type TaskDraft } from './expand.ts';
import { openHolds } from './hold.ts';
import { isTimeZone, resolveStartTime } from './start-time.ts';

/** What a create call is read by. */
export interface CreateRules {
  settings(): {
    timeZone: string;
    defaultPlatform: Platform;
    /** Kinds of which a person approves each task before it runs. */
    holdKinds?: readonly string[];
  };
  listAccounts(db: Reader): Promise<readonly AccountFacts[]>;
}

export interface CreateParts extends CreateRules {
  store: Store;
  clock: Clock;
  /** Secrets in a config are never on disk in the clear. */
  sealConfig(config: ScriptConfig): ScriptConfig;
}

export interface CreateOptions {
  source: Source;
  /** Of the Idempotency-Key header: the same key with the same body gets the first answer again. */
  idempotency?: { key: string; bodyHash: string };
  /** A person has approved it already: it is not held once more. */
  isReviewed?: boolean;
}

/** What a create call would make. */
export interface TaskPlan {
  drafts: readonly TaskDraft[];
  dueAt: number;
  zone: string;
  /** A person approves each task before it runs, unless somebody has already. */
  isHeld: boolean;
}

/** More than this in one call is a mistake, and would hold everybody's commit. */
const maxTasks = 10_000;

/**
 * All tasks of one create call, or none: resolves after the commit. Throws `input.invalid`, `input.not-found`,
 * `conflict.idempotency`, `server.disk-full`.
 */
export function createTasks(
  parts: CreateParts,
  request: CreateRequest,
  options: CreateOptions,
): Promise<CreateTaskReply> {
  const sealed = { ...request, config: parts.sealConfig(request.config) };
  return parts.store.write((tx) => createTasksIn(tx, parts, sealed, options));
}

/** As `createTasks`, in the unit of somebody who changes other rows with it. The secrets of the config are sealed already. */
export async function createTasksIn(
  tx: Tx,
  rules: CreateRules,
  request: CreateRequest,
  options: CreateOptions,
): Promise<CreateTaskReply> {
  const { key, bodyHash } = options.idempotency ?? {};
  if (key !== undefined) {
    const earlier = await findSubmissionByKey(tx.db, key);
    if (earlier) return sameReply(earlier, bodyHash, key);
  }
  const { drafts, dueAt, zone, ...plan } = await planTasks(tx.db, rules, request, tx.now);
  const submissionId = await insertSubmission(tx, {
    source: options.source,
    ...(key !== undefined && { idempotencyKey: key }),
    ...(bodyHash !== undefined && { bodyHash }),
    minGapMs: request.minIntervalMinutes * 60_000,
    maxGapMs: request.maxIntervalMinutes * 60_000,
  });
  const isHeld = plan.isHeld && options.isReviewed !== true;
  const ids = await insertTasks(
    tx,
    drafts.map((draft) => ({
      ...draft,
      target: draft.target ?? '',
      submissionId,
      source: options.source,
      multiAccount: request.enableMultiAccount,
      ...(isHeld && { state: 'held' as const }),
      dueAt,
      timeZone: zone,
    })),
  );
  if (isHeld) await openHolds(tx, ids, drafts);
  const reply: CreateTaskReply = { task_ids: ids, created_count: ids.length };
  if (key !== undefined) await setSubmissionReply(tx, submissionId, JSON.stringify(reply));
  return reply;
}

/** Reads only. Throws what a create call throws for its body. */
export async function planTasks(
  db: Reader,
  rules: CreateRules,
  request: CreateRequest,
  now: number,
): Promise<TaskPlan> {
  const { timeZone, defaultPlatform, holdKinds = [] } = rules.settings();
  const zone = request.timeZone ?? timeZone;
  if (!isTimeZone(zone)) {
    throw new DroverError('input.invalid', {
      message: `time_zone: "${zone}" is not a time zone; send an IANA name such as "Europe/Berlin"`,
      details: { path: '/time_zone' },
    });
  }
  const dueAt = resolveStartTime(request.startTime, { now, zone });
  const { executors } = request;
  const drafts = expand({
    scriptName: request.scriptName,
    config: request.config,
    serials: executors.by === 'serials' ? await serialsOf(db, executors) : [],
    usernames: executors.by === 'usernames' ? executors.usernames : [],
    enableMultiAccount: request.enableMultiAccount,
    accounts: await rules.listAccounts(db),
    defaultPlatform,
  });
  if (drafts.length > maxTasks) {
    throw new DroverError('input.invalid', {
      message: `this call would create ${drafts.length} tasks; ${maxTasks} are the limit for one call`,
    });
  }
  return { drafts, dueAt, zone, isHeld: holdKinds.includes(request.scriptName) };
}

/** Those named, then those in the groups named; each once when groups are. Throws `input.not-found`. */
async function serialsOf(
  db: Reader,
  { serials, groups = [] }: { serials: readonly string[]; groups?: readonly string[] },
): Promise<readonly string[]> {
  if (groups.length === 0) return serials;
  const all = new Set(serials);
  for (const name of groups) {
    const known = await findGroupByName(db, name);
    const group = known && (await findGroup(db, known.id));
    if (!group || group.serials.length === 0) {
      const why = group ? 'has no devices' : 'does not exist';
      throw new DroverError('input.not-found', {
        message: `groups: the group "${name.slice(0, 60)}" ${why}; nothing was created`,
        details: { path: '/groups', group: name },
      });
    }
    for (const serial of group.serials) all.add(serial);
  }
  return [...all];
}

function sameReply(
  earlier: { bodyHash: string | null; reply: string | null },
  bodyHash: string | undefined,
  key: string,
): CreateTaskReply {
  if (earlier.bodyHash !== bodyHash || earlier.reply === null) {
    throw new DroverError('conflict.idempotency', {
      message: `Idempotency-Key "${key.slice(0, 60)}" was used for another body; use a new key`,
    });
  }
  return JSON.parse(earlier.reply) as CreateTaskReply;
}
