import { DroverError } from '../base/error.ts';
import { narrowConfig, type ScriptConfig, scriptInputs, targetsOf } from '../contract/script-inputs.ts';
import type { Platform, ScriptName } from '../contract/script-names.ts';

/** An account as fan-out needs it. */
export interface AccountFacts {
  id: number;
  platform: Platform;
  /** Without the leading @. */
  username: string;
  serial: string | null;
  isEnabled: boolean;
}

/** Who acts: a phone with whatever account is active there, or one account on its phone. */
export interface Executor {
  serial: string;
  account: AccountFacts | null;
}

export interface TaskDraft {
  /** Zero-based place in its create call; the documentation's job_count. */
  position: number;
  scriptName: ScriptName;
  platform: Platform;
  serial: string;
  accountId: number | null;
  username: string | null;
  target: string | null;
  config: ScriptConfig;
}

export interface ExpandInput {
  scriptName: ScriptName;
  /** As `validateConfig` returned it. */
  config: ScriptConfig;
  serials: readonly string[];
  usernames: readonly string[];
  enableMultiAccount: boolean;
  accounts: readonly AccountFacts[];
  defaultPlatform: Platform;
}

/** One task per executor and target, executors first, in the order of the request. Pure; throws `input.not-found`. */
export function expand(input: ExpandInput): TaskDraft[] {
  const { scriptName, config, defaultPlatform } = input;
  const targets = targetsOf(scriptName, config);
  const drafts: TaskDraft[] = [];
  for (const { serial, account } of executorsOf(input)) {
    for (const target of targets) {
      drafts.push({
        position: drafts.length,
        scriptName,
        platform: scriptInputs[scriptName].platform(target) ?? account?.platform ?? defaultPlatform,
        serial,
        accountId: account?.id ?? null,
        username: account?.username ?? null,
        target,
        config: narrowConfig(scriptName, config, target),
      });
    }
  }
  return drafts;
}

/** `usernames` wins over `serials`: its presence alone makes the tasks direct account tasks. */
function executorsOf({ usernames, serials, enableMultiAccount, accounts }: ExpandInput): Executor[] {
  if (usernames.length > 0) return usernames.map((name) => executorOfAccount(name, accounts));
  if (!enableMultiAccount) return serials.map((serial) => ({ serial, account: null }));
  return serials.flatMap((serial) => {
    const own = accounts.filter((account) => account.serial === serial && account.isEnabled);
    if (own.length === 0) {
      throw new DroverError('input.not-found', {
        message: `serials: phone ${serial} has no enabled account; add one, or send enable_multi_account false to use the account that is active there`,
        details: { path: '/serials', serial },
      });
    }
    return own.map((account) => ({ serial, account }));
  });
}

function executorOfAccount(name: string, accounts: readonly AccountFacts[]): Executor {
  const wanted = plainUsername(name);
  const account = accounts.find((one) => one.username.toLowerCase() === wanted.toLowerCase() && one.isEnabled);
  const problem = !account
    ? 'is not in the account list, or is disabled'
    : account.serial === null
      ? 'is not bound to a phone'
      : undefined;
  if (!account || account.serial === null) {
    throw new DroverError('input.not-found', {
      message: `usernames: account ${name} ${problem}; nothing was created`,
      details: { path: '/usernames', username: name },
    });
  }
  return { serial: account.serial, account };
}

/** `@lena` and `lena` are the same account. */
export const plainUsername = (name: string): string => name.trim().replace(/^@/, '');
