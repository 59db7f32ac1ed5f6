import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient, type DroverClient } from '../../client/client.ts';
import { type Claim, claimNext } from '../../src/store/claim.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { insertIntent } from '../../src/store/effects.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { TestServer } from '../support/http.ts';

let server: TestServer;
let api: DroverClient;
const lena = { account_id: 1 };

beforeEach(async () => {
  server = await TestServer.start();
  api = createClient({ base: `http://127.0.0.1:${server.port}`, fetch: checkedFetch });
  await api.createAccount({ body: { username: 'lena', device: 'P1', owned: true } });
  for (const serial of ['P1', 'P2']) await server.store.write((tx) => upsertDevice(tx, serial, { state: 'ready' }));
});
afterEach(() => server.stop());

const follow = async (): Promise<number> => {
  const body = { usernames: ['@lena'], script_name: 'follow', script_config: { target_user: '@harbour.news' } };
  return (await api.createTasks({ body })).task_ids[0] ?? 0;
};

const claim = (serial = 'P1'): Promise<Claim | undefined> =>
  server.store.write((tx) => claimNext(tx, { serial, hostId: 'h', bootId: 'b', leaseMs: 60_000, seed: 's' }));

const task = (task_id: number) => api.getTask({ params: { task_id } });

/** As if the attempt had written down that it is about to act. */
async function intend({ task: { id }, attempt }: Claim): Promise<void> {
  await server.store.write((tx) =>
    insertIntent(
      tx,
      {
        taskId: id,
        attemptId: attempt.id,
        key: 'follow:@harbour.news',
        actor: 'account:1',
        kind: 'follow',
        target: '@harbour.news',
        alias: null,
        textHash: null,
        minor: false,
        baseline: null,
      },
      tx.now + 10_000,
    ),
  );
}

const conflict = (message: RegExp) => ({ code: 40901, status: 409, message: expect.stringMatching(message) });

describe('tasks that wait for an account', () => {
  test('follow it to another phone, another name and another clone', async () => {
    const id = await follow();
    await api.changeAccount({ params: lena, body: { device: 'P2' } });
    expect(await task(id)).toMatchObject({ serial: 'P2', username: '@lena' });
    await api.changeAccount({ params: lena, body: { username: 'lena.makes', packagename: 'com.example.clone' } });
    expect(await task(id)).toMatchObject({ serial: 'P2', username: '@lena.makes' });
    expect(await claim('P1')).toBeUndefined();
    expect((await claim('P2'))?.task.id).toBe(id);
    expect((await api.listTasks({ query: { serial: 'P1' } })).total).toBe(0);
  });

  test('keep it on a phone, and on the list', async () => {
    const id = await follow();
    await expect(api.changeAccount({ params: lena, body: { device: null } })).rejects.toMatchObject(
      conflict(new RegExp(`task ${id} of it would have no phone`)),
    );
    await expect(api.deleteAccount({ params: lena })).rejects.toMatchObject(conflict(/has not ended/));
    await api.stopTask({ params: { task_id: id } });
    await api.changeAccount({ params: lena, body: { device: null } });
    expect(await api.deleteAccount({ params: lena })).toEqual(lena);
    // What it did stays readable under its name.
    expect(await task(id)).toMatchObject({ username: '@lena', status: 3 });
  });

  test('wait on while it is disabled, and say so', async () => {
    const id = await follow();
    server.devices = [
      {
        serial: 'P1',
        state: 'ready',
        adbState: 'device',
        reason: null,
        lastProofAt: null,
        model: null,
        android: null,
        virtual: false,
      },
    ];
    await api.disableAccount({ params: lena });
    expect(await claim()).toBeUndefined();
    expect((await task(id)).waiting).toMatchObject({ reason: 'paused', text: '@lena is disabled' });
    await expect(follow()).rejects.toMatchObject({ code: 40401, message: expect.stringContaining('is disabled') });
    await api.enableAccount({ params: lena });
    expect((await claim())?.task.id).toBe(id);
  });
});

describe('an account in the middle of something', () => {
  test('keeps phone, clone and name while a task of it runs', async () => {
    const id = await follow();
    await claim();
    for (const body of [{ device: 'P2' }, { packagename: 'com.example.clone' }, { username: 'other' }]) {
      await expect(api.changeAccount({ params: lena, body })).rejects.toMatchObject(conflict(/is running/));
    }
    // What does not move it may change at any time.
    expect(await api.changeAccount({ params: lena, body: { device: 'P1', tags: ['shop'] } })).toMatchObject({
      tags: ['shop'],
    });
    expect((await task(id)).status).toBe(1);
  });

  test('keeps its phone while nobody knows whether it has acted there', async () => {
    await follow();
    const claimed = await claim();
    if (!claimed) throw new Error('nothing to claim');
    await intend(claimed);
    await server.store.write(async (tx) => {
      await tx.db.deleteFrom('lease').execute();
      await tx.db.updateTable('task').set({ state: 'pending' }).where('id', '=', claimed.task.id).execute();
    });
    await expect(api.changeAccount({ params: lena, body: { device: 'P2' } })).rejects.toMatchObject(
      conflict(/may have acted on its phone already/),
    );
  });

  test('keeps its name while its limits count under it; deleted and added again, they still count', async () => {
    await follow();
    const claimed = await claim();
    if (!claimed) throw new Error('nothing to claim');
    await intend(claimed);
    await server.store.write(async (tx) => {
      await tx.db.deleteFrom('lease').execute();
      await tx.db.updateTable('task').set({ state: 'completed', ended_at: tx.now }).execute();
      await tx.db.updateTable('effect').set({ state: 'done', settled_at: tx.now }).execute();
    });
    await expect(api.changeAccount({ params: lena, body: { username: 'fresh' } })).rejects.toMatchObject(
      conflict(/acted in public within the last 7 days/),
    );
    await api.deleteAccount({ params: lena });
    const again = await api.createAccount({ body: { username: 'lena', device: 'P2' } });
    expect(again).toMatchObject({ id: 1, owned: false, tags: [] });
    const { id } = await api.createAccount({ body: { username: 'b', device: 'P2' } });
    await expect(api.changeAccount({ params: { account_id: id }, body: { username: 'lena' } })).rejects.toMatchObject({
      code: 40901,
    });
  });
});
