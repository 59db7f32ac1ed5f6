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
  const drafts: TaskDraft[] = [];
  const targets = targetsOf(scriptName, config).map((target) => ({
    target,
    platform: scriptInputs[scriptName].platform(target),
    config: narrowConfig(scriptName, config, target),
  }));
  const platforms = targets.map(({ platform }) => platform);
  for (const executorFor of executors(input, platforms)) {
    for (const { target, platform, config: narrowed } of targets) {
      const executor = executorFor(platform);
      if (!executor) continue;
      const { serial, account } = executor;
      drafts.push({
        position: drafts.length,
        scriptName,
        platform: platform ?? account?.platform ?? defaultPlatform,
        serial,
        accountId: account?.id ?? null,
        username: account?.username ?? null,
        target,
        config: narrowed,
      });
    }
  }
  return drafts;
}

/** Who acts on a target of this platform (undefined: of any); nobody, when it is not this one's. */
type ExecutorFor = (platform: Platform | undefined) => Executor | undefined;

/**
 * `usernames` wins over `serials`: its presence alone makes the tasks direct account tasks. An account acts on its own
 * platform only: a name that two platforms know means the one of the target, and of several accounts on a phone those of
 * the target's platform act.
 */
function executors(
  { usernames, serials, enableMultiAccount, accounts, defaultPlatform }: ExpandInput,
  platforms: readonly (Platform | undefined)[],
): ExecutorFor[] {
  if (usernames.length > 0) {
    return usernames.map(
      (name) => (platform) => executorOfAccount(name, accounts, { needed: platform, preferred: defaultPlatform }),
    );
  }
  if (!enableMultiAccount) return serials.map((serial) => () => ({ serial, account: null }));
  return serials.flatMap((serial) => {
    const own = accounts.filter((account) => account.serial === serial && account.isEnabled);
    for (const platform of platforms)
      if (!own.some((account) => fits(account, platform))) throw noAccount(serial, platform);
    return own.map(
      (account): ExecutorFor =>
        (platform) =>
          fits(account, platform) ? { serial, account } : undefined,
    );
  });
}

const fits = (account: AccountFacts, platform: Platform | undefined): boolean =>
  platform === undefined || account.platform === platform;

const noAccount = (serial: string, platform: Platform | undefined): DroverError =>
  new DroverError('input.not-found', {
    message: `serials: phone ${serial} has no enabled ${platform ? `${platform} ` : ''}account; add one, or send enable_multi_account false to use the account that is active there`,
    details: { path: '/serials', serial },
  });

function executorOfAccount(
  name: string,
  accounts: readonly AccountFacts[],
  { needed, preferred }: { needed: Platform | undefined; preferred: Platform },
): Executor {
  const wanted = plainUsername(name).toLowerCase();
  const named = accounts.filter((one) => one.username.toLowerCase() === wanted);
  const fitting = named.filter((one) => fits(one, needed));
  const enabled = fitting.filter((one) => one.isEnabled);
  const account = enabled.find((one) => one.platform === preferred) ?? enabled[0];
  if (account?.serial != null) return { serial: account.serial, account };
  const why = account
    ? 'is not bound to a phone'
    : fitting.length > 0
      ? 'is disabled'
      : named.length > 0
        ? `is no account of ${needed}`
        : 'is not in the account list';
  throw new DroverError('input.not-found', {
    message: `usernames: account ${name.slice(0, 60)} ${why}; nothing was created`,
    details: { path: '/usernames', username: name },
  });
}

/** `@lena` and `lena` are the same account. */
export const plainUsername = (name: string): string => name.trim().replace(/^@/, '');
