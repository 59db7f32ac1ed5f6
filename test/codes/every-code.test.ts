/** Every failure code is brought about for real, and what is said of it names the next step. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ErrorCode, errorCodeRow, errorCodes } from '../../src/contract/error-codes.ts';
import { AppHouse } from '../apps/app-house.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { TestServer } from '../support/http.ts';
import { PhoneHouse } from '../support/phone-house.ts';
import type { Ended } from './ended.ts';
import { ofInstagram, ofTikTok } from './of-apps.ts';
import { ofMedia } from './of-media.ts';
import { ofPhones } from './of-phones.ts';
import { ofScripts } from './of-scripts.ts';
import { ofTasks } from './of-tasks.ts';
import { overHttp } from './over-http.ts';

/** A code that is missing here is a type error. */
const everywhere = {
  ...overHttp,
  ...ofTasks,
  ...ofMedia,
  ...ofScripts,
  ...ofPhones,
  ...ofTikTok,
  ...ofInstagram,
} satisfies Record<ErrorCode, unknown>;

const codes = Object.keys(errorCodes) as ErrorCode[];

/** What an operator is told to do; in a sentence it begins a clause. */
const verbs = [
  'add ask call capture check choose confirm copy correct create decide delete do enter export finish free give install log look lower make',
  'name open plug put read report restore retry run see send set show slow start stop switch take try update use wait watch',
]
  .join(' ')
  .split(' ');
const step = new RegExp(`(?:^|[;:,.(] ?|\\b(?:and|or|then) )(?:${verbs.join('|')})\\b`, 'i');

/** What needs nobody says so. */
const namesAStep = (text: string): boolean => step.test(text) || /\bby itself\b|\bmust be\b/.test(text);

test('no code is left out, and each has one cause here', () => {
  expect(Object.keys(everywhere).toSorted()).toEqual(codes.toSorted());
  const seams = [overHttp, ofTasks, ofMedia, ofScripts, ofPhones, ofTikTok, ofInstagram];
  expect(seams.flatMap((seam) => Object.keys(seam))).toHaveLength(codes.length);
});

test.each(codes)('the advice for %s names a step', (code) => {
  expect(errorCodeRow(code).next).toSatisfy(namesAStep);
});

function ends<Seam>(seam: Readonly<Record<string, (seam: Seam) => Promise<Ended>>>, open: () => Seam): void {
  test.each(Object.entries(seam))('%s', async (code, provoke) => {
    const ended = await provoke(open());
    expect(ended).toEqual({ code, message: expect.stringMatching(/\S/) });
  });
}

describe('over HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  // No other field of the answer says what to do.
  test.each(Object.entries(overHttp))('%s, and its message names a step', async (code, provoke) => {
    const { code: ended, message } = await provoke(server);
    expect(ended).toBe(code);
    expect(message).toSatisfy(namesAStep);
  });
});

describe('in the life of a task', () => ends(ofTasks, () => undefined));
describe('around media', () => ends(ofMedia, () => undefined));
describe('in a script', () => ends(ofScripts, () => undefined));

describe('from a phone', () => {
  let house: PhoneHouse;
  beforeAll(async () => {
    const kind = adbKinds.find(({ name }) => name.includes('stand-in'));
    if (!kind) throw new Error('no stand-in adb server');
    house = await PhoneHouse.open(kind);
  });
  afterAll(() => house[Symbol.asyncDispose]());
  ends(ofPhones, () => house);
});

describe.each([
  ['tiktok', ofTikTok],
  ['instagram', ofInstagram],
] as const)('from %s', (platform, seam) => {
  let house: AppHouse;
  beforeAll(async () => {
    house = await AppHouse.open({ platform });
  });
  beforeEach(() => house.nextTask());
  afterAll(() => house[Symbol.asyncDispose]());
  ends(seam, () => house);
});
