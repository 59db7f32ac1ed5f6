import { Type } from 'typebox';
import { Account, AccountChange, AccountList, DeletedAccount, ListAccountsQuery, NewAccount } from '../account.ts';
import {
  csvType,
  ExportQuery,
  ImportBody,
  ImportQuery,
  ImportReply,
  maxImportBytes,
  xlsxType,
} from '../account-import.ts';
import { defineOperation } from '../operation.ts';

const tag = 'Accounts';
const params = Type.Object({ account_id: Type.Integer({ minimum: 0, description: 'Id of the account' }) });

export const listAccounts = defineOperation({
  id: 'listAccounts',
  method: 'GET',
  path: '/accounts',
  tag,
  scope: 'read',
  summary: 'List accounts, oldest first',
  query: ListAccountsQuery,
  data: AccountList,
  examples: [
    { name: 'logged in on TikTok', query: { platform: 'tiktok', logined: 1, page: 1, page_size: 50 } },
    { name: 'of a phone', query: { device: 'emulator-5554' } },
  ],
});

export const createAccount = defineOperation({
  id: 'createAccount',
  method: 'POST',
  path: '/accounts',
  tag,
  scope: 'admin',
  summary: 'Add an account to the list',
  description:
    'The account exists already: nothing is registered anywhere, and no password is taken. Bound to a phone it can be named in `usernames` of a create call. Its public actions wait until somebody has stated that it is theirs (`owned`), for it or for its phone.',
  body: NewAccount,
  data: Account,
  errors: ['conflict.name'],
  examples: [
    {
      name: 'an account of yours on a phone',
      body: { platform: 'tiktok', username: '@lena.makes', device: 'R58M123ABCD', tags: ['shop'], owned: true },
    },
    {
      name: 'in a cloned app',
      body: { username: 'lena.reads', device: 'R58M123ABCD', packagename: 'com.example.clone' },
    },
  ],
});

export const getAccount = defineOperation({
  id: 'getAccount',
  method: 'GET',
  path: '/accounts/{account_id}',
  tag,
  scope: 'read',
  summary: 'Look one account up',
  params,
  data: Account,
  errors: ['input.not-found'],
});

export const changeAccount = defineOperation({
  id: 'changeAccount',
  method: 'PATCH',
  path: '/accounts/{account_id}',
  tag,
  scope: 'admin',
  summary: 'Change an account, or state that it is yours',
  description:
    'What is left out stays. Tasks that wait for the account follow it to another phone or name. While a task of it runs, or may have acted already, it keeps both.',
  params,
  body: AccountChange,
  data: Account,
  errors: ['input.not-found', 'conflict.name', 'conflict.in-use'],
  examples: [
    { name: 'state ownership', params: { account_id: 7 }, body: { owned: true } },
    { name: 'bind it to another phone', params: { account_id: 7 }, body: { device: 'R58M456EFGH' } },
  ],
});

export const deleteAccount = defineOperation({
  id: 'deleteAccount',
  method: 'DELETE',
  path: '/accounts/{account_id}',
  tag,
  scope: 'admin',
  summary: 'Take an account off the list',
  description:
    'Nothing happens on the phone or the platform. What it did in public stays counted: added again, it has its old id and its old limits.',
  params,
  data: DeletedAccount,
  errors: ['input.not-found', 'conflict.in-use'],
});

export const disableAccount = defineOperation({
  id: 'disableAccount',
  method: 'POST',
  path: '/accounts/{account_id}/disable',
  tag,
  scope: 'admin',
  summary: 'Let an account take part in nothing',
  description: 'Tasks that wait for it wait on; one that runs acts in public no more.',
  params,
  data: Account,
  errors: ['input.not-found'],
});

export const enableAccount = defineOperation({
  id: 'enableAccount',
  method: 'POST',
  path: '/accounts/{account_id}/enable',
  tag,
  scope: 'admin',
  summary: 'Let an account take part again',
  params,
  data: Account,
  errors: ['input.not-found'],
});

export const importAccounts = defineOperation({
  id: 'importAccounts',
  method: 'POST',
  path: '/accounts/import',
  tag,
  scope: 'admin',
  summary: 'Add and change accounts from a table',
  description:
    'CSV, XLSX (its first sheet) or a JSON list; a header names the columns in any order. An account is known by platform and username. A column that is absent changes nothing, an empty cell empties its field; `owned` and `status` stay as they are when empty. One row with an error, and nothing at all is changed. With `preview=true` the answer is the same and nothing happens.',
  query: ImportQuery,
  body: ImportBody,
  bodyContent: ['application/json', csvType, xlsxType],
  bodyLimitBytes: maxImportBytes,
  data: ImportReply,
  examples: [
    {
      name: 'two accounts',
      query: { preview: true },
      body: [
        { platform: 'tiktok', username: '@lena.makes', device: 'R58M123ABCD', tags: 'shop, north', owned: true },
        { username: 'lena.reads', device: 'R58M123ABCD', packagename: 'com.example.clone' },
      ],
    },
  ],
});

export const exportAccounts = defineOperation({
  id: 'exportAccounts',
  method: 'GET',
  path: '/accounts/export',
  tag,
  scope: 'read',
  summary: 'Read all accounts as a table',
  description:
    'The table that an import takes back unchanged. A value that a spreadsheet would read as a formula has an apostrophe before it, which an import takes off again.',
  query: ExportQuery,
  raw: { content: [csvType, xlsxType], description: 'The table, as a file to be saved' },
});
