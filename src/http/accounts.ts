import type { FastifyReply } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { Account as AccountBody, ListAccountsQuery } from '../contract/account.ts';
import { type AccountValues, tidyValues } from '../contract/account-fields.ts';
import { csvType, ImportBody, xlsxType } from '../contract/account-import.ts';
import * as operations from '../contract/operations/accounts.ts';
import { maxPageSize } from '../contract/page.ts';
import { findProblem } from '../contract/problem.ts';
import { type ImportRows, rowsOfList } from '../fleet/account-rows.ts';
import { getAccount, valuesOf } from '../fleet/accounts.ts';
import { type Account, type AccountFilter, countAccounts, listAccountPage, listAccounts } from '../store/accounts.ts';
import { readCsv, readXlsx, writeCsv, writeXlsx } from './account-sheet.ts';
import { accountBodies } from './account-view.ts';
import { type BoundOperation, bind } from './bind.ts';
import { contentTypeOf } from './guard.ts';
import type { HttpParts } from './parts.ts';

export const accountRoutes = (parts: HttpParts): BoundOperation[] => {
  const { accountDesk, accountImports, store } = parts;
  const switched = async (id: number, values: AccountValues, person: string): Promise<AccountBody> =>
    accountBody(parts, await accountDesk.change(id, values, person));
  return [
    bind(operations.listAccounts, async ({ query }) => {
      const pageSize = Math.min(query.page_size, maxPageSize);
      const filter = filterOf(query);
      const [accounts, total] = await Promise.all([
        listAccountPage(store.read, { ...filter, page: query.page, pageSize }),
        countAccounts(store.read, filter),
      ]);
      return { accounts: await accountBodies(parts, accounts), total, page: query.page, page_size: pageSize };
    }),
    bind(operations.createAccount, async ({ body, caller }) => {
      const { platform = 'tiktok', username, ...rest } = body;
      const values = { ...tidied({ username, ...rest }), platform, username: tidied({ username }).username ?? '' };
      return accountBody(parts, await accountDesk.create(values, caller.name));
    }),
    bind(operations.getAccount, async ({ params }) =>
      accountBody(parts, await getAccount(store.read, params.account_id)),
    ),
    bind(operations.changeAccount, ({ params, body, caller }) =>
      switched(params.account_id, tidied(body), caller.name),
    ),
    bind(operations.enableAccount, ({ params, caller }) => switched(params.account_id, { status: 0 }, caller.name)),
    bind(operations.disableAccount, ({ params, caller }) => switched(params.account_id, { status: 1 }, caller.name)),
    bind(operations.deleteAccount, async ({ params, caller }) => {
      await accountDesk.remove(params.account_id, caller.name);
      return params;
    }),
    bind(operations.importAccounts, async ({ query, caller, request }) => {
      const rows = await readRows(contentTypeOf(request), request.body);
      return query.preview ? accountImports.preview(rows) : accountImports.apply(rows, caller.name);
    }),
    bind(operations.exportAccounts, async ({ query, reply }) => {
      const rows = (await listAccounts(store.read)).map((account) => ({
        platform: account.platform,
        ...valuesOf(account),
      }));
      return query.format === 'csv'
        ? sendFile(reply, 'accounts.csv', `${csvType}; charset=utf-8`, Buffer.from(writeCsv(rows)))
        : sendFile(reply, 'accounts.xlsx', xlsxType, await writeXlsx(rows));
    }),
  ];
};

async function accountBody(parts: HttpParts, account: Account): Promise<AccountBody> {
  const [body] = await accountBodies(parts, [account]);
  if (!body) throw new Error('an account without a body');
  return body;
}

const filterOf = ({ platform, device, logined, status, tag, username }: ListAccountsQuery): AccountFilter => ({
  ...(platform !== undefined && { platform }),
  ...(device !== undefined && { serial: device }),
  ...(logined !== undefined && { isLoggedIn: logined === 1 }),
  ...(status !== undefined && { isEnabled: status === 0 }),
  ...(tag !== undefined && { tag }),
  ...(username !== undefined && { username }),
});

/** Throws `input.invalid` naming the field. */
function tidied(given: AccountValues): AccountValues {
  const tidy = tidyValues(given);
  if ('values' in tidy) return tidy.values;
  throw new DroverError('input.invalid', {
    message: `${tidy.field} ${tidy.complaint}`,
    details: { path: tidy.field },
  });
}

/** Throws `input.invalid` for what cannot be read as a table at all. */
async function readRows(type: string, body: unknown): Promise<ImportRows> {
  if (Buffer.isBuffer(body)) return type === xlsxType ? readXlsx(body) : readCsv(body);
  const problem = findProblem(ImportBody, body);
  if (problem) throw new DroverError('input.invalid', { message: problem.message, details: { path: problem.path } });
  return rowsOfList(body as Record<string, unknown>[]);
}

const sendFile = (reply: FastifyReply, name: string, type: string, content: Buffer): FastifyReply =>
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(content);
