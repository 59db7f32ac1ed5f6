import type { PlannedAction } from '../contract/planned-action.ts';
import type { Platform } from '../contract/script-names.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { Settings } from '../contract/settings.ts';
import { type Account, accountName, listAccounts } from '../store/accounts.ts';
import { type Device, listDevices } from '../store/devices.ts';
import { readLedger } from '../store/ledger.ts';
import { accountPausedAt, accountPausedRule } from '../store/pauses.ts';
import { asHot, type Reader } from '../store/store.ts';
import { dayMs, decide, type Standing, targetWindowMs, type Verdict } from './caps.ts';
import { standingOf } from './standing.ts';
import { textHash } from './text-hash.ts';

export interface ForecastAction extends PlannedAction {
  /** Null: whoever is logged in on the phone then. */
  accountId: number | null;
  serial: string;
  platform: Platform;
  /** When it would be asked for, epoch ms. */
  at: number;
}

/** What the gate would say. `until` is undefined where only a person can end the wait, or nothing ever will. */
export type Foresight = { is: 'go' } | { is: 'wait' | 'refuse'; rule: Sentence; until?: number };

/**
 * What the gate would answer to these actions, one after the other: each is counted as done before the next is asked
 * about, so that the thirty-first follow of a call reads that it waits. Reads only, and promises nothing: the gate decides
 * when the time has come. An action that is undefined is by the way and goes.
 */
export class Forecast {
  readonly #db: Reader;
  readonly #settings: Settings;
  readonly #accounts = new Map<number, Account>();
  /** Those seen logged in, by platform and phone. */
  readonly #there = new Map<string, Account[]>();
  /** By platform and name. */
  readonly #named = new Map<string, Account>();
  readonly #devices = new Map<string, Device>();
  readonly #byActor = new Map<string, Done[]>();
  readonly #byTarget = new Map<string, Done[]>();

  private constructor(db: Reader, settings: Settings) {
    this.#db = db;
    this.#settings = settings;
  }

  static async of(
    db: Reader,
    settings: Settings,
    actions: readonly (ForecastAction | undefined)[],
  ): Promise<Foresight[]> {
    const forecast = new Forecast(db, settings);
    for (const account of await listAccounts(db)) forecast.#know(account);
    for (const device of await listDevices(db)) forecast.#devices.set(device.serial, device);
    const foresights: Foresight[] = [];
    for (const action of actions) foresights.push(action ? await forecast.#foresee(action) : { is: 'go' });
    return foresights;
  }

  async #foresee(action: ForecastAction): Promise<Foresight> {
    const account = this.#actorOf(action);
    const actor = account ? `account:${account.id}` : `serial:${action.serial}`;
    const hash = action.text === undefined ? null : (textHash(action.text) ?? null);
    const standing = await this.#standing(action, { account, actor, hash });
    const { kind, target } = action;
    const verdict = decide(this.#settings, standing, { kind, target, hasText: hash !== null }, action.at);
    const foresight = foresightOf(verdict, standing, action.at);
    if (foresight.is !== 'refuse') {
      this.#note({ actor, kind, target, hash, at: foresight.is === 'go' ? action.at : (foresight.until ?? action.at) });
    }
    return foresight;
  }

  async #standing(
    { kind, target, serial, platform, at }: ForecastAction,
    { account, actor, hash }: { account: Account | undefined; actor: string; hash: string | null },
  ): Promise<Standing> {
    const question = {
      actor,
      kind,
      target,
      alias: null,
      textHash: hash,
      daySince: at - dayMs,
      targetSince: at - targetWindowMs,
    };
    const ledger = await readLedger(asHot(this.#db), question);
    const isPaused = account !== undefined && (await accountPausedAt(this.#db, account.id)) !== undefined;
    const device = this.#devices.get(serial);
    const standing = standingOf({
      ledger,
      account,
      pausedRule: isPaused ? accountPausedRule(account.username) : undefined,
      serial,
      device,
      targetAccount: target.startsWith('@') ? this.#named.get(`${platform} ${accountName(target)}`) : undefined,
    });
    return this.#withForeseen(standing, ledger.othersOnTarget, { actor, kind, target, hash, at });
  }

  /** Adds what the actions before this one of the call will have done. */
  #withForeseen(
    standing: Standing,
    othersOnTarget: readonly string[],
    { actor, kind, target, hash, at }: Done,
  ): Standing {
    const own = this.#byActor.get(actor) ?? [];
    const sameKind = own.filter((one) => one.kind === kind && one.at > at - dayMs).map((one) => one.at);
    const onTarget = (this.#byTarget.get(target) ?? []).filter((one) => one.kind !== 'post');
    const others = new Set([...othersOnTarget, ...onTarget.map((one) => one.actor)]);
    others.delete(actor);
    const sameText = hash === null ? [] : own.filter((one) => one.hash === hash && one.at > at - dayMs);
    return {
      ...standing,
      sameKindAt: [...standing.sameKindAt, ...sameKind].sort((a, b) => a - b),
      othersOnTarget: others.size,
      isTextOnTarget: standing.isTextOnTarget || (hash !== null && onTarget.some((one) => one.hash === hash)),
      sameTextByActor: standing.sameTextByActor + sameText.length,
    };
  }

  #note(done: Done): void {
    append(this.#byActor, done.actor, done);
    append(this.#byTarget, done.target, done);
  }

  /** Without a name it is whoever was last seen logged in there; nobody when that is not clear. */
  #actorOf({ accountId, serial, platform }: ForecastAction): Account | undefined {
    if (accountId !== null) return this.#accounts.get(accountId);
    const there = this.#there.get(`${platform} ${serial}`) ?? [];
    return there.length === 1 ? there[0] : undefined;
  }

  #know(account: Account): void {
    const { id, platform, username, serial, isLoggedIn } = account;
    this.#accounts.set(id, account);
    this.#named.set(`${platform} ${username}`, account);
    if (serial !== null && isLoggedIn) append(this.#there, `${platform} ${serial}`, account);
  }
}

function append<Value>(to: Map<string, Value[]>, key: string, value: Value): void {
  const list = to.get(key);
  if (list) list.push(value);
  else to.set(key, [value]);
}

interface Done {
  actor: string;
  kind: PlannedAction['kind'];
  target: string;
  hash: string | null;
  at: number;
}

function foresightOf(verdict: Verdict, standing: Standing, at: number): Foresight {
  if (verdict.is === 'go') return verdict;
  if (verdict.is === 'wait') return { is: 'wait', rule: verdict.rule, until: at + verdict.ms };
  const { rule, until } = verdict;
  if (until === undefined) return { is: 'refuse', rule };
  // The gate asks again after an hour only to bound a lost wake-up; the wait itself ends when somebody acts.
  const byPerson = !standing.isOwned || (standing.pausedRule !== undefined && rule.code === standing.pausedRule.code);
  return byPerson ? { is: 'wait', rule } : { is: 'wait', rule, until };
}
