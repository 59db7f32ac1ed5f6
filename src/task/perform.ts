import type { Clock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { ScriptConfig } from '../contract/script-inputs.ts';
import type { ScriptName } from '../contract/script-names.ts';
import type { WireEntry } from '../contract/trace.ts';
import type { App } from '../script/define.ts';
import type { PhoneHands } from '../script/hands.ts';
import { runScript } from '../script/kit.ts';
import type { Pacing } from '../script/pacing.ts';
import type { Drafts, Journal, Recorder, Shelf } from '../script/seams.ts';
import { type Account, findAccount, noteLoggedIn } from '../store/accounts.ts';
import type { Claim } from '../store/claim.ts';
import type { Store } from '../store/store.ts';
import { plainUsername } from './expand.ts';
import type { Outcome, Performance } from './runner.ts';

/** The trace of one attempt, as long as it is open. */
export interface AttemptTrace extends Recorder {
  wire(entry: WireEntry): void;
  appVersion(version: string): void;
  end(end: { outcome: string; code?: string | null }): void;
}

export interface AttemptTraceStart {
  taskId: number;
  n: number;
  serial: string;
  seed: string;
  startedAt: number;
  /** Texts that must never be written. */
  secrets: readonly string[];
}

/** A ready phone for the length of one attempt. */
export interface PhoneInHand {
  hands: PhoneHands;
  pacing: Pacing;
  /** Every exchange with the phone is told, until the returned function is called. */
  onWire(listener: (entry: WireEntry) => void): () => void;
}

export interface PerformParts {
  store: Store;
  clock: Clock;
  apps: readonly App[];
  /** The phone in hand, while it is ready. */
  takePhone(serial: string): PhoneInHand | undefined;
  appVersion(serial: string, packageName: string): string | undefined;
  journal: Journal;
  drafts: Drafts;
  shelf: Shelf;
  traces: { attempt(start: AttemptTraceStart): AttemptTrace };
  /** The config with its secrets readable, and those secrets by themselves. */
  openConfig(scriptName: ScriptName, config: ScriptConfig): { config: ScriptConfig; secrets: readonly string[] };
}

/** One attempt on its phone: finds app, script, account and phone, opens the trace, and lets the kit run the script. */
export async function perform(ctx: Ctx, parts: PerformParts, claim: Claim, notes: Performance): Promise<Outcome> {
  const { task, attempt } = claim;
  const scriptName = task.scriptName as ScriptName; // only known names are ever stored
  const { config, secrets } = parts.openConfig(scriptName, task.config);
  const { n, serial, seed, startedAt } = attempt;
  const trace = parts.traces.attempt({ taskId: task.id, n, serial, seed, startedAt, secrets });
  try {
    const outcome = await run(ctx, parts, { claim, scriptName, config, trace, notes });
    trace.end({ outcome: outcome.is === 'doubt' ? 'unconfirmed' : outcome.is });
    return outcome;
  } catch (thrown) {
    const error = toDroverError(thrown);
    trace.end({ outcome: 'failed', code: error.code });
    throw error;
  }
}

interface Job {
  claim: Claim;
  scriptName: ScriptName;
  config: ScriptConfig;
  trace: AttemptTrace;
  notes: Performance;
}

async function run(ctx: Ctx, parts: PerformParts, job: Job): Promise<Outcome> {
  const { claim, scriptName, trace, notes } = job;
  const { task, attempt } = claim;
  const app = parts.apps.find((one) => one.platform === task.platform);
  const script = app?.scripts[scriptName];
  if (!app || !script) {
    throw new DroverError('app.missing-script', {
      message: `the script ${scriptName} is not built for ${task.platform} yet`,
      details: { script: scriptName, platform: task.platform },
    });
  }
  const phone = parts.takePhone(attempt.serial);
  if (!phone)
    throw new DroverError('device.lost', {
      message: `phone ${attempt.serial} went away before the task began`,
      details: { serial: attempt.serial },
    });
  const account = task.accountId === null ? undefined : await findAccount(parts.store.read, task.accountId);
  if (!account && task.username !== null) {
    // Without its row nobody checks who is logged in: the task would act as somebody else.
    throw new DroverError('input.not-found', {
      message: `the account @${plainUsername(task.username)} of this task is no longer on the list; add it again, then retry`,
      details: { username: plainUsername(task.username) },
    });
  }
  const packageName = account?.packageName ?? app.packageName;
  notes.accountId = account?.id;
  notes.appVersion = parts.appVersion(attempt.serial, packageName);
  if (notes.appVersion !== undefined) trace.appVersion(notes.appVersion);
  const endWire = phone.onWire((entry) => trace.wire(entry));
  try {
    return await runScript(ctx, {
      hands: phone.hands,
      pacing: phone.pacing,
      app,
      script,
      facts: {
        taskId: task.id,
        attemptId: attempt.id,
        n: attempt.n,
        token: claim.token,
        seed: attempt.seed,
        serial: attempt.serial,
        platform: task.platform,
        packageName,
        position: task.position,
        config: job.config,
        ...identityOf(account, attempt.serial),
      },
      journal: parts.journal,
      recorder: trace,
      drafts: parts.drafts,
      shelf: parts.shelf,
      whoIs: async (username) => {
        const known = await parts.store.write((tx) =>
          noteLoggedIn(tx, {
            platform: task.platform,
            username,
            serial: attempt.serial,
            packageName: packageName === app.packageName ? null : packageName,
          }),
        );
        notes.accountId = known.id;
        return identityOf(known, attempt.serial);
      },
    });
  } finally {
    endWire();
  }
}

/** Whose effects they are: the account's, or the phone's while nobody knows the account. */
function identityOf(account: Account | undefined, serial: string) {
  return account
    ? { account: { id: account.id, username: account.username }, actor: `account:${account.id}` }
    : { account: null, actor: `serial:${serial}` };
}
