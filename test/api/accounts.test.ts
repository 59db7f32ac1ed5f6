import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { createClient, type DroverClient } from '../../client/client.ts';
import { csvType, importColumns, xlsxType } from '../../src/contract/account-import.ts';
import type { Platform } from '../../src/contract/script-names.ts';
import {
  type ExportRow,
  harmlessCell,
  plainCell,
  readCsv,
  readXlsx,
  writeCsv,
  writeXlsx,
} from '../../src/http/account-sheet.ts';
import { noteLoggedIn } from '../../src/store/accounts.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { TestServer } from '../support/http.ts';

let server: TestServer;
let api: DroverClient;

beforeEach(async () => {
  server = await TestServer.start();
  api = createClient({ base: `http://127.0.0.1:${server.port}`, fetch: checkedFetch });
});
afterEach(() => server.stop());

const csv = (content: string) => ({ file: { type: csvType, content } });

describe('an account', () => {
  test('is added, looked up, changed, switched and deleted, and says who stated that it is theirs', async () => {
    const made = await api.createAccount({
      body: {
        username: ' @Lena.Makes ',
        device: 'R58M1',
        email: 'lena@example.com',
        tags: ['shop', 'shop'],
        owned: true,
      },
    });
    expect(made).toMatchObject({
      username: 'lena.makes',
      platform: 'tiktok',
      device: 'R58M1',
      device_online: false,
      device_name: '',
      logined: 0,
      logined_text: 'not_logged_in',
      status: 0,
      status_text: 'enabled',
      tags: ['shop'],
      owned: true,
      owned_by: 'operator',
      ownership: 'account',
    });
    const params = { account_id: made.id };
    expect(await api.getAccount({ params })).toEqual(made);
    expect(await api.changeAccount({ params, body: { owned: false, packagename: 'com.example.clone' } })).toMatchObject(
      {
        owned: false,
        owned_by: null,
        owned_at: null,
        ownership: 'none',
        packagename: 'com.example.clone',
        email: 'lena@example.com',
      },
    );
    expect(await api.disableAccount({ params })).toMatchObject({ status: 1, status_text: 'disabled' });
    expect(await api.enableAccount({ params })).toMatchObject({ status: 0, status_text: 'enabled' });
    expect(await api.deleteAccount({ params })).toEqual({ account_id: made.id });
    await expect(api.getAccount({ params })).rejects.toMatchObject({ code: 40401, status: 404 });
    // Added again it is the same one: its limits go on where they were.
    expect((await api.createAccount({ body: { username: 'lena.makes' } })).id).toBe(made.id);
  });

  test('shows the phone it lives on, as adb and the operator have it', async () => {
    await server.store.write((tx) => upsertDevice(tx, 'SIM1', { virtual: true, adbState: 'device', model: 'Pixel' }));
    server.devices = [
      {
        serial: 'R58M1',
        state: 'preparing',
        adbState: 'device',
        reason: null,
        lastProofAt: null,
        model: 'SM-G991B',
        android: '14',
        virtual: false,
      },
    ];
    const on = (device: string) => api.createAccount({ body: { username: `u.${device}`.toLowerCase(), device } });
    expect(await on('R58M1')).toMatchObject({ device_online: true, device_name: 'SM-G991B', ownership: 'none' });
    expect(await on('SIM1')).toMatchObject({ device_online: true, device_name: 'Pixel', ownership: 'virtual' });
    expect(await on('GONE')).toMatchObject({ device_online: false, device_name: '' });
  });

  test.each([
    [{ username: 'a b' }, /username must be 1 to 30 letters/],
    [{ username: 'ok', email: 'nobody' }, /email must be an address/],
    [{ username: 'ok', packagename: 'com.a; reboot' }, /packagename must be the name of an Android package/],
    [{ username: 'ok', device: 'a b' }, /device must be a serial/],
    [{ username: 'ok', tags: ['a,b'] }, /tags must be tags/],
  ])('%j is refused with the field and what would be right', async (body, message) => {
    await expect(api.createAccount({ body })).rejects.toMatchObject({
      code: 40001,
      message: expect.stringMatching(message),
    });
    expect((await api.listAccounts()).total).toBe(0);
  });

  test('a name that is taken is refused; the same name on the other platform is another account', async () => {
    await api.createAccount({ body: { username: 'lena' } });
    await expect(api.createAccount({ body: { username: '@LENA' } })).rejects.toMatchObject({
      code: 40901,
      status: 409,
    });
    await api.createAccount({ body: { username: 'lena', platform: 'instagram' } });
    expect((await api.listAccounts()).total).toBe(2);
  });

  test('a password is not taken, and the caller reads so', async () => {
    const answer = await server.post('/api/v1/accounts', { username: 'lena', password: 'geheim-123' });
    expect(answer.headers.warning).toContain('password');
    expect(answer.text).not.toContain('geheim');
    const rows = await server.store.read.selectFrom('account').selectAll().execute();
    const events = await server.store.read.selectFrom('event').selectAll().execute();
    expect(JSON.stringify([rows, events])).not.toContain('geheim');
  });
});

test('the list is filtered and paged as documented', async () => {
  for (const [username, body] of Object.entries({
    a: { device: 'D1', tags: ['x', 'y'] },
    b: { device: 'D1', platform: 'instagram' as const },
    c: { device: 'D2', tags: ['xy'], status: 1 },
    d: {},
  })) {
    await api.createAccount({ body: { username, ...body } });
  }
  const names = async (query: Parameters<typeof api.listAccounts>[0] = {}): Promise<string> =>
    (await api.listAccounts(query)).accounts.map(({ username }) => username).join('');
  expect(await names()).toBe('abcd');
  expect(await names({ query: { platform: 'tiktok' } })).toBe('acd');
  expect(await names({ query: { device: 'D1' } })).toBe('ab');
  expect(await names({ query: { status: 1 } })).toBe('c');
  expect(await names({ query: { status: 0, platform: 'tiktok' } })).toBe('ad');
  expect(await names({ query: { logined: 1 } })).toBe('');
  await server.store.write((tx) => noteLoggedIn(tx, { platform: 'tiktok', username: 'a', serial: 'D1' }));
  expect(await names({ query: { logined: 1 } })).toBe('a');
  expect(await names({ query: { logined: 0 } })).toBe('bcd');
  expect(await names({ query: { tag: 'x' } })).toBe('a');
  expect(await names({ query: { username: '@A' } })).toBe('a');
  expect(await api.listAccounts({ query: { page: 2, page_size: 3 } })).toMatchObject({
    accounts: [{ username: 'd' }],
    total: 4,
    page: 2,
    page_size: 3,
  });
  expect((await api.listAccounts({ query: { page_size: 500 } })).page_size).toBe(100);
  for (const query of ['page=0', 'status=2', 'logined=yes', 'platform=myspace', 'page=x']) {
    expect((await server.get(`/api/v1/accounts?${query}`)).body.code).toBe(40001);
  }
});

describe('an import', () => {
  const table = 'username;platform;serial;tags;owned\n@lena;tiktok;R58M1;shop, north;yes\nbo;instagram;;;\n';

  test('says first what it would do, then does it, then has nothing left to do', async () => {
    const preview = await api.importAccounts({ query: { preview: true }, ...csv(table) });
    expect(preview).toMatchObject({
      applied: false,
      create: [
        { row: 2, username: 'lena', platform: 'tiktok', device: 'R58M1', tags: ['shop', 'north'], owned: true },
        { row: 3, username: 'bo', platform: 'instagram', device: null, tags: [], owned: false, status: 0 },
      ],
      update: [],
      unchanged: 0,
      errors: [],
    });
    expect((await api.listAccounts()).total).toBe(0);
    expect(await api.importAccounts(csv(table))).toEqual({ ...preview, applied: true });
    expect((await api.listAccounts()).accounts).toMatchObject([{ username: 'lena', owned_by: 'operator' }, {}]);
    expect(await api.importAccounts(csv(table))).toMatchObject({ applied: true, create: [], update: [], unchanged: 2 });
  });

  test('shows each change with what was there before', async () => {
    await api.importAccounts(csv(table));
    const reply = await api.importAccounts(csv('username,device,email\nlena,R58M2,l@example.com\n'));
    expect(reply.update).toEqual([
      {
        row: 2,
        id: 1,
        platform: 'tiktok',
        username: 'lena',
        from: { device: 'R58M1', email: null },
        to: { device: 'R58M2', email: 'l@example.com' },
      },
    ]);
    // Columns that are not there say nothing: tags and statement are as before.
    expect((await api.listAccounts()).accounts[0]).toMatchObject({ tags: ['shop', 'north'], owned: true });
  });

  test('with one bad row changes nothing, and names every bad row', async () => {
    const reply = await api.importAccounts(
      csv(
        'username,platform,status,e-mail\nlena,tiktok,0,x\nlena,tiktok,0,\n ,tiktok,0,\nbo,myspace,0,\nmo,tiktok,maybe,\nto,,,,,x\n',
      ),
    );
    expect(reply).toMatchObject({ applied: false, ignored_columns: ['e-mail'] });
    expect(reply.errors).toEqual([
      { row: 3, message: '@lena (tiktok) stands in row 2 already' },
      { row: 4, message: 'username is missing' },
      { row: 5, message: 'platform must be one of tiktok, instagram' },
      { row: 6, message: 'status must be one of 0, enabled, 1, disabled' },
      { row: 7, message: 'has more cells than the header; a text with a comma has to stand in quotes' },
    ]);
    expect((await api.listAccounts()).total).toBe(0);
  });

  test('takes a list of JSON objects, too', async () => {
    const body = [
      { username: 'lena', tags: ['a'], owned: false },
      { username: 12345, serial: 'R58M1', password: 'x' },
    ];
    expect(await api.importAccounts({ body })).toMatchObject({
      applied: true,
      create: [
        { row: 1, username: 'lena' },
        { row: 2, username: '12345', device: 'R58M1' },
      ],
      ignored_columns: ['password'],
    });
  });

  test('takes a workbook, with numbers and booleans as a spreadsheet has them', async () => {
    const content = await writeExcelFile([
      ['Username', 'owned', 'status', 'Note'],
      [4711, true, 1, 'hello'],
    ]).toBuffer();
    expect(await api.importAccounts({ file: { type: xlsxType, content: new Uint8Array(content) } })).toMatchObject({
      applied: true,
      create: [{ row: 2, username: '4711', owned: true, status: 1 }],
      ignored_columns: ['Note'],
    });
  });

  test.each([
    ['no header', csvType, 'lena,tiktok\n', /first row must name the columns/],
    ['a column twice', csvType, 'username,username\na,b\n', /names the column username twice/],
    ['an open quote', csvType, 'username\n"lena\n', /not valid CSV/],
    ['another encoding', csvType, Buffer.from('username\nl\xe9na\n', 'latin1'), /not UTF-8/],
    ['nothing', csvType, '', /first row must name/],
    ['a text named xlsx', xlsxType, 'username\nlena\n', /not an XLSX/],
    ['a broken workbook', xlsxType, Buffer.from('PK\x03\x04 and then nothing', 'latin1'), /not an XLSX/],
    ['a JSON object', 'application/json', '{"username":"lena"}', /must be a list/],
  ])('%s is refused in a sentence', async (_, type, content, message) => {
    const answer = await server.call('POST', '/api/v1/accounts/import', {
      headers: { 'content-type': type },
      body: content,
    });
    expect([answer.status, answer.body.code]).toEqual([400, 40001]);
    expect(answer.body.message).toMatch(message);
  });

  test('another content type is refused, here and where JSON is due', async () => {
    const send = (path: string, type: string) =>
      server.call('POST', path, { headers: { 'content-type': type }, body: 'username\nlena\n' });
    expect((await send('/api/v1/accounts/import', 'text/plain')).body).toMatchObject({
      code: 41501,
      message: expect.stringContaining('text/csv'),
    });
    expect((await send('/api/v1/accounts', csvType)).body.code).toBe(41501);
  });
});

describe('an export', () => {
  const awkward = { username: 'lena', email: '=cmd@example.com', tags: ['+1', "'x", '@me', 'plain, no'.slice(0, 5)] };

  test.each(['csv', 'xlsx'] as const)('as %s is taken back unchanged, and holds no formula', async (format) => {
    await api.createAccount({ body: { ...awkward, device: 'R58M1', owned: true } });
    await api.createAccount({ body: { username: 'bo', platform: 'instagram', status: 1 } });
    const response = await api.exportAccounts({ query: { format } });
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="accounts.${format}"`);
    const content = new Uint8Array(await response.arrayBuffer());
    const cells =
      format === 'csv'
        ? readCsvCells(Buffer.from(content).toString())
        : (await readSheet(Buffer.from(content))).flat().map(String);
    expect(cells).toContain("'=cmd@example.com");
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    const type = format === 'csv' ? csvType : xlsxType;
    expect(await api.importAccounts({ query: { preview: true }, file: { type, content } })).toMatchObject({
      create: [],
      update: [],
      unchanged: 2,
      errors: [],
    });
  });

  const readCsvCells = (text: string): string[] =>
    text
      .split('\r\n')
      .flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"|"$/g, '')));

  test('nothing that looks like a formula leaves as one, and every text comes back', () => {
    const start = fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '\uff1d', 'a', '');
    fc.assert(
      fc.property(
        fc.tuple(start, start, fc.string()).map((parts) => parts.join('')),
        (text) => {
          expect(harmlessCell(text)).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
          expect(plainCell(harmlessCell(text))).toBe(text);
        },
      ),
    );
  });

  test('any list goes into a file and out of it', async () => {
    const tag = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .map((text) => text.replaceAll(/[,;\s\p{Cc}]/gu, '.'))
      .chain((text) => fc.constantFrom(text, `${text}\ufffe`, `\ufffd\u{1fffe}${text}`));
    const row: fc.Arbitrary<ExportRow> = fc.record({
      platform: fc.constantFrom<Platform>('tiktok', 'instagram'),
      username: fc.oneof(
        fc.stringMatching(/^[a-z0-9._]{1,30}$/),
        fc.constantFrom('constructor', '__proto__', '_x0041_'),
      ),
      device: fc.option(fc.stringMatching(/^[!-~]{1,20}$/)),
      packagename: fc.constantFrom(null, 'com.example.clone'),
      email: fc.constantFrom(null, '+x@example.com', 'a"b@example.com'),
      tags: fc.array(tag, { maxLength: 3 }),
      owned: fc.boolean(),
      status: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 4 }), async (rows) => {
        const shown = rows.map((one) =>
          Object.fromEntries(importColumns.map((column) => [column, textOf(one[column])])),
        );
        expect(readCsv(Buffer.from(writeCsv(rows))).rows.map(({ cells }) => cells)).toEqual(shown);
        const back = (await readXlsx(await writeXlsx(rows))).rows;
        expect(
          back.map(({ cells }) => Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, textOf(cell)]))),
        ).toEqual(shown);
      }),
      { numRuns: 50 },
    );
  });

  const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));
});
