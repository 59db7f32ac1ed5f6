import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { CreateRequest, CreateTaskReply } from '../contract/create-task.ts';
import type { ScriptConfig } from '../contract/script-inputs.ts';
import type { Platform } from '../contract/script-names.ts';
import type { Reader, Store } from '../store/store.ts';
import { findSubmissionByKey, insertSubmission, type Source, setSubmissionReply } from '../store/submissions.ts';
import { insertTasks } from '../store/tasks.ts';
import { type AccountFacts, expand } from './expand.ts';
import { isTimeZone, resolveStartTime } from './start-time.ts';

export interface CreateParts {
  store: Store;
  clock: Clock;
  settings(): { timeZone: string; defaultPlatform: Platform };
  /** Secrets in a config are never on disk in the clear. */
  sealConfig(config: ScriptConfig): ScriptConfig;
  listAccounts(db: Reader): Promise<readonly AccountFacts[]>;
}

export interface CreateOptions {
  source: Source;
  /** Of the Idempotency-Key header: the same key with the same body gets the first answer again. */
  idempotency?: { key: string; bodyHash: string };
}

/** More than this in one call is a mistake, and would hold everybody's commit. */
const maxTasks = 10_000;

/**
 * All tasks of one create call, or none: resolves after the commit. Throws `input.invalid`, `input.not-found`,
 * `conflict.idempotency`, `server.disk-full`.
 */
export async function createTasks(
  parts: CreateParts,
  request: CreateRequest,
  options: CreateOptions,
): Promise<CreateTaskReply> {
  const { store, clock, settings } = parts;
  const { timeZone, defaultPlatform } = settings();
  const zone = request.timeZone ?? timeZone;
  if (!isTimeZone(zone)) {
    throw new DroverError('input.invalid', {
      message: `time_zone: "${zone}" is not a time zone; send an IANA name such as "Europe/Berlin"`,
      details: { path: '/time_zone' },
    });
  }
  const dueAt = resolveStartTime(request.startTime, { now: clock.now(), zone });
  const config = parts.sealConfig(request.config);
  return store.write(async (tx) => {
    const { key, bodyHash } = options.idempotency ?? {};
    if (key !== undefined) {
      const earlier = await findSubmissionByKey(tx.db, key);
      if (earlier) return sameReply(earlier, bodyHash, key);
    }
    const { executors } = request;
    const drafts = expand({
      scriptName: request.scriptName,
      config,
      serials: executors.by === 'serials' ? executors.serials : [],
      usernames: executors.by === 'usernames' ? executors.usernames : [],
      enableMultiAccount: request.enableMultiAccount,
      accounts: await parts.listAccounts(tx.db),
      defaultPlatform,
    });
    if (drafts.length > maxTasks) {
      throw new DroverError('input.invalid', {
        message: `this call would create ${drafts.length} tasks; ${maxTasks} are the limit for one call`,
      });
    }
    const submissionId = await insertSubmission(tx, {
      source: options.source,
      ...(key !== undefined && { idempotencyKey: key }),
      ...(bodyHash !== undefined && { bodyHash }),
      minGapMs: request.minIntervalMinutes * 60_000,
      maxGapMs: request.maxIntervalMinutes * 60_000,
    });
    const ids = await insertTasks(
      tx,
      drafts.map((draft) => ({
        ...draft,
        target: draft.target ?? '',
        submissionId,
        source: options.source,
        multiAccount: request.enableMultiAccount,
        dueAt,
        timeZone: zone,
      })),
    );
    const reply: CreateTaskReply = { task_ids: ids, created_count: ids.length };
    if (key !== undefined) await setSubmissionReply(tx, submissionId, JSON.stringify(reply));
    return reply;
  });
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
