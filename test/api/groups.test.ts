import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, type DroverClient } from '../../client/client.ts';
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

test('a group is made, filled, emptied, renamed and deleted; its phones say that they are in it', async () => {
  await server.store.write((tx) => upsertDevice(tx, 'R58M1', { adbState: 'device' }));
  const group = await api.createGroup({ body: { name: ' Shelf 1 ', serials: ['R58M1', 'R58M2', 'R58M1'] } });
  expect(group).toMatchObject({ name: 'Shelf 1', serials: ['R58M1', 'R58M2'] });
  const params = { group_id: group.id };
  expect((await api.getDevice({ params: { serial: 'R58M1' } })).groups).toEqual(['Shelf 1']);
  expect((await api.listDevices({ query: { group: 'Shelf 1' } })).devices).toMatchObject([{ serial: 'R58M1' }]);

  expect((await api.addToGroup({ params: { ...params, serial: 'A1' } })).serials).toEqual(['A1', 'R58M1', 'R58M2']);
  expect(await api.addToGroup({ params: { ...params, serial: 'A1' } })).toMatchObject({ serials: { length: 3 } });
  expect((await api.removeFromGroup({ params: { ...params, serial: 'R58M1' } })).serials).toEqual(['A1', 'R58M2']);
  expect((await api.removeFromGroup({ params: { ...params, serial: 'R58M1' } })).serials).toEqual(['A1', 'R58M2']);
  expect((await api.getDevice({ params: { serial: 'R58M1' } })).groups).toEqual([]);

  expect(await api.changeGroup({ params, body: { name: 'Shelf 2' } })).toMatchObject({ serials: ['A1', 'R58M2'] });
  expect(await api.changeGroup({ params, body: { serials: [] } })).toMatchObject({ name: 'Shelf 2', serials: [] });
  expect(await api.deleteGroup({ params })).toEqual(params);
  await expect(api.getGroup({ params })).rejects.toMatchObject({ code: 40401 });
  await expect(api.addToGroup({ params: { ...params, serial: 'A1' } })).rejects.toMatchObject({ code: 40401 });
});

test('two groups never have one name, whatever its case', async () => {
  const first = await api.createGroup({ body: { name: 'Shelf' } });
  const second = await api.createGroup({ body: { name: 'Floor' } });
  await expect(api.createGroup({ body: { name: ' shelf' } })).rejects.toMatchObject({ code: 40901 });
  const rename = (group_id: number) => api.changeGroup({ params: { group_id }, body: { name: 'SHELF' } });
  await expect(rename(second.id)).rejects.toMatchObject({ code: 40901 });
  expect((await rename(first.id)).name).toBe('SHELF');
  expect((await api.listGroups()).groups.map(({ name }) => name)).toEqual(['Floor', 'SHELF']);
});

test.each([
  [{ name: '  ' }, 'name'],
  [{ name: 'a\nb' }, 'name'],
  [{ name: 'ok', serials: ['a b'] }, 'serials[0]'],
  [{ name: 'ok', serials: 'R58M1' }, 'serials'],
  [{}, 'name'],
])('%j is refused, naming %s', async (body, place) => {
  const answer = await server.post('/api/v1/groups', body);
  expect(answer.body).toMatchObject({ code: 40001, message: expect.stringContaining(place) });
});

test('a create call may name groups: their devices of that moment, each once', async () => {
  await api.createGroup({ body: { name: 'Shelf', serials: ['B1', 'A1'] } });
  await api.createGroup({ body: { name: 'Floor', serials: ['A1', 'C1'] } });
  await api.createGroup({ body: { name: 'Empty' } });
  const body = { script_name: 'account_warmup', script_config: {}, serials: ['C1'], groups: ['shelf', ' Floor'] };
  const { tasks } = await api.dryRunTasks({ body });
  expect(tasks.map(({ serial }) => serial)).toEqual(['C1', 'A1', 'B1']);
  expect((await api.createTasks({ body: { ...body, serials: [] } })).created_count).toBe(3);
  for (const groups of [['Nowhere'], ['Empty']]) {
    await expect(api.createTasks({ body: { ...body, groups } })).rejects.toMatchObject({ code: 40401 });
  }
  await expect(api.createTasks({ body: { ...body, groups: [], serials: [] } })).rejects.toMatchObject({ code: 40001 });
  expect((await api.taskStats()).total).toBe(3);
});

test('a schedule over a group takes the devices that are in it when it is asked', async () => {
  const group = await api.createGroup({ body: { name: 'Shelf', serials: ['A1'] } });
  const body = { script_name: 'account_warmup', groups: ['Shelf'] };
  const schedule = await api.createSchedule({ body: { name: 'daily', cron: '0 9 * * *', body } });
  expect(schedule.body).toMatchObject({ groups: ['Shelf'] });
  expect(schedule.body).not.toHaveProperty('serials');
  await api.deleteGroup({ params: { group_id: group.id } });
  await expect(api.changeSchedule({ params: { id: schedule.id }, body: { body } })).rejects.toMatchObject({
    code: 40401,
  });
});
