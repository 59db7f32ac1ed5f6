import { afterAll, beforeAll, expect, test } from 'vitest';
import { getTask, stopTask } from '../../src/contract/operations/tasks.ts';
import { faultsOf, operationAt } from './checked-answer.ts';
import { checkedFetch } from './checked-fetch.ts';
import { ServerHouse } from './server-house.ts';

let house: ServerHouse;
beforeAll(async () => {
  house = await ServerHouse.open({ phones: 0 });
});
afterAll(() => house[Symbol.asyncDispose]());

const answer = (body: unknown, status = 200) => ({
  status,
  contentType: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
});

test('what a running server answers passes', async () => {
  const at = (path: string) => `${house.api.base}/api/v1${path}`;
  expect((await checkedFetch(at('/task/stats'))).status).toBe(200);
  expect((await checkedFetch(at('/task/999'))).status).toBe(404);
  expect((await checkedFetch(at('/task/%E0%A4%A'))).status).toBe(400);
  expect((await checkedFetch(at('/nothing'))).status).toBe(404);
  expect((await checkedFetch(at('/task/stats'), { method: 'PUT' })).status).toBe(405);
  const stream = await checkedFetch(at('/events'), { signal: AbortSignal.timeout(20_000) });
  await stream.body?.cancel();
});

test('literal paths win over named parts', () => {
  expect(operationAt('GET', '/api/v1/task/stats')?.id).toBe('taskStats');
  expect(operationAt('GET', '/api/v1/task/12/')?.id).toBe('getTask');
  expect(operationAt('GET', '/api/v1/task/12/trace')?.id).toBe('getTrace');
  expect(operationAt('BREW', '/api/v1/task/12')).toBeUndefined();
});

const changed = { task_id: 1, status: 3, status_text: 'failed' };
test.each([
  ['as documented', answer({ code: 0, message: 'success', data: changed }), []],
  [
    'a field too many',
    answer({ code: 0, message: 'success', data: { ...changed, b: 1 } }),
    [/data\.b is not documented/],
  ],
  ['a wrong type', answer({ code: 0, message: 'success', data: { ...changed, status: '3' } }), [/data\/status/]],
  ['no envelope', answer(changed), [/no envelope/]],
  ['status and code differ', answer({ code: 40401, message: 'no', data: null }), [/has the status 200/]],
  ['a code nobody announced', answer({ code: 42201, message: 'no', data: null }, 422), [/42201 .* not documented/]],
  ['a page of HTML', { status: 502, contentType: 'text/html', text: '<p>' }, [/content type/]],
])('%s', (_, given, faults) => {
  expect(faultsOf(stopTask, given)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
});

test('what was not modified has no body', () => {
  expect(faultsOf(getTask, { status: 304, contentType: null, text: null })).toEqual([]);
});
