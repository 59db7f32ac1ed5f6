import { expect, test } from 'vitest';
import type { Account } from '../../src/contract/account.ts';
import type { Device } from '../../src/contract/device.ts';
import { adviceFor } from '../devices/device-reason.ts';
import { doneSteps, firstTaskPath, type GuideFacts } from './guide-model.ts';

const phone = (more: Partial<Device> = {}) =>
  ({ serial: 'A1', state: 'ready', adb_state: 'device', virtual: false, ...more }) as Device;
const account = (ownership: Account['ownership']) => ({ ownership }) as Account;
const stats = { total: 0, pending: 0, running: 0, completed: 0, failed: 0 };
const nothing: GuideFacts = { devices: [], accounts: [], mediaTotal: 0, stats };

test.each([
  ['nothing yet', {}, []],
  ['a phone that waits for the question on its screen', { devices: [phone({ state: 'unauthorized' })] }, []],
  ['a phone that is ready', { devices: [phone()] }, ['phone']],
  ['an account whose owner nobody stated', { accounts: [account('none')] }, []],
  ['an account of ours', { accounts: [account('none'), account('account')] }, ['account']],
  ['a file', { mediaTotal: 1 }, ['media']],
  ['a task that runs', { stats: { ...stats, total: 1, running: 1 } }, ['task']],
  ['a task that failed', { stats: { ...stats, total: 1, failed: 1 } }, ['task', 'watch']],
] as [string, Partial<GuideFacts>, string[]][])('%s', (_, facts, done) => {
  expect([...doneSteps({ ...nothing, ...facts })]).toEqual(done);
});

test.each([
  ['a virtual phone posts what is in the library', [phone({ virtual: true })], 1, '/tasks/new?script=post&serials=A1'],
  [
    'without media it watches',
    [phone({ virtual: true })],
    0,
    '/tasks/new?script=account_warmup&task_duration=60&serials=A1',
  ],
  ['a real phone only watches', [phone()], 5, '/tasks/new?script=account_warmup&task_duration=60&serials=A1'],
  ['no phone', [], 0, '/tasks/new?script=account_warmup&task_duration=60'],
] as [string, Device[], number, string][])('%s', (_, devices, mediaTotal, path) => {
  expect(firstTaskPath({ devices, mediaTotal })).toBe(path);
});

test('advice is for what does not work, and udev is told from a lost connection', () => {
  expect(adviceFor(phone())).toBeUndefined();
  expect(adviceFor(phone({ state: 'offline', adb_state: 'offline' }))).toBe('offline');
  expect(adviceFor(phone({ state: 'offline', adb_state: 'no permissions' }))).toBe('permissions');
});
