import type { Clock } from '../base/clock.ts';
import { type AccountValues, accountLabel } from '../contract/account-fields.ts';
import type { ImportReply, ImportValues } from '../contract/account-import.ts';
import { type Account, listAccounts } from '../store/accounts.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type ImportRows, type NamedValues, readRow } from './account-rows.ts';
import { addAccount, differences, editAccount, moveProblem, valuesOf } from './accounts.ts';

/** Who takes tables of accounts in. */
export class AccountImports {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What `apply` would do to the list as it is now. */
  async preview(rows: ImportRows): Promise<ImportReply> {
    return replyOf(await planImport(this.#store.read, rows, this.#clock.now()), false);
  }

  /** All rows or, when one is wrong, none; resolves after the commit. */
  apply(rows: ImportRows, person: string): Promise<ImportReply> {
    return this.#store.write(async (tx) => {
      const plan = await planImport(tx.db, rows, tx.now);
      const isSound = plan.errors.length === 0;
      if (isSound) await applyPlan(tx, plan, person);
      return replyOf(plan, isSound);
    });
  }
}

/** What a table would change, row by row. */
interface ImportPlan {
  create: readonly (NamedValues & { row: number })[];
  update: readonly { row: number; account: Account; values: AccountValues }[];
  unchanged: number;
  errors: readonly { row: number; message: string }[];
  ignoredColumns: readonly string[];
}

/** Reads only. An account is known by platform and name; a second row about the same one is an error, not a correction. */
async function planImport(db: Reader, { rows, ignoredColumns }: ImportRows, now: number): Promise<ImportPlan> {
  const known = new Map((await listAccounts(db)).map((account) => [accountLabel(account), account]));
  const firstRowOf = new Map<string, number>();
  const create: ImportPlan['create'][number][] = [];
  const update: ImportPlan['update'][number][] = [];
  const errors: { row: number; message: string }[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const read = readRow(row);
    if ('problem' in read) {
      errors.push({ row: row.row, message: read.problem });
      continue;
    }
    const label = accountLabel(read);
    const firstRow = firstRowOf.get(label);
    if (firstRow !== undefined) {
      errors.push({ row: row.row, message: `${label} stands in row ${firstRow} already` });
      continue;
    }
    firstRowOf.set(label, row.row);
    const account = known.get(label);
    if (!account) {
      create.push({ row: row.row, ...read });
      continue;
    }
    const values = differences(account, read.values);
    if (Object.keys(values).length === 0) {
      unchanged++;
      continue;
    }
    const problem = await moveProblem(db, account, values, now);
    if (problem) errors.push({ row: row.row, message: problem.message });
    else update.push({ row: row.row, account, values });
  }
  return { create, update, unchanged, errors, ignoredColumns };
}

async function applyPlan(tx: Tx, { create, update }: ImportPlan, person: string): Promise<void> {
  for (const { platform, username, values } of create) await addAccount(tx, { platform, username, ...values }, person);
  for (const { account, values } of update) await editAccount(tx, account, values, person);
}

/** The plan in the words of the API. */
function replyOf({ create, update, unchanged, errors, ignoredColumns }: ImportPlan, applied: boolean): ImportReply {
  return {
    applied,
    create: create.map(({ row, platform, username, values }) => ({
      row,
      platform,
      username,
      ...emptyValues,
      ...importValues(values),
    })),
    update: update.map(({ row, account, values }) => {
      const { id, platform, username } = account;
      const before = valuesOf(account);
      const to = importValues(values);
      const from = Object.fromEntries((Object.keys(to) as (keyof ImportValues)[]).map((key) => [key, before[key]]));
      return { row, platform, username, id, from, to };
    }),
    unchanged,
    errors: [...errors],
    ignored_columns: [...ignoredColumns],
  };
}

const emptyValues: ImportValues = { device: null, packagename: null, email: null, tags: [], owned: false, status: 0 };

const importValues = ({ username: _, ...values }: AccountValues): Partial<ImportValues> => values;
