import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/contract/task.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { type Fault, postBody, ServerHouse } from '../support/server-house.ts';

describe('interruptions that the app knows', () => {
  test.each<[string, Fault]>([
    ['contacts prompt', { kind: 'contacts-prompt' }],
    ['notifications prompt', { kind: 'notifications-prompt' }],
    ['survey', { kind: 'survey' }],
    ["Android's permission dialog", { kind: 'permission-dialog' }],
    ['ids renamed by an update', { kind: 'renamed-ids' }],
    ['a screen that never becomes idle', { kind: 'idle-timeout' }],
  ])('%s: published all the same', async (_, fault) => {
    await using house = await ServerHouse.open();
    await house.fault(fault);
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
    expect(await house.api.ended(id)).toMatchObject({ status: 2 });
    expect(house.phone.actions().posts).toHaveLength(1);
  });

  test('first launch, nothing granted, every prompt as it comes in life: published all the same', async () => {
    await using house = await ServerHouse.open({ prompts: 'seeded', hasPermissions: false });
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path, { post_way: 'addButton' }));
    expect(await house.api.ended(id)).toMatchObject({ status: 2 });
    expect(house.phone.actions().posts).toHaveLength(1);
  });
});

describe('what stops before the effect', () => {
  const failed = async (fault: Fault): Promise<{ task: Task; posts: number; hasEvidence: boolean }> => {
    await using house = await ServerHouse.open();
    await house.fault(fault);
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
    const task = await house.api.ended(id);
    const [attempt] = (await house.api.trace(id)).attempts;
    const hasEvidence =
      attempt?.steps.some((step) => step.error !== null && step.picture !== null && step.hierarchy !== null) ?? false;
    return { task, posts: house.phone.actions().posts.length, hasEvidence };
  };

  test.each<[string, Fault, string]>([
    ['a dialog nobody knows', { kind: 'unknown-dialog' }, 'app.unexpected-screen'],
    ['no account is logged in', { kind: 'logged-out' }, 'app.logged-out'],
  ])('%s', async (_, fault, code) => {
    const { task, posts, hasEvidence } = await failed(fault);
    expect(task).toMatchObject({ status: 3, failure: { code, unconfirmed: false, next_action: expect.any(String) } });
    expect(task.remark).not.toBe('');
    expect(posts).toBe(0);
    expect(hasEvidence).toBe(true);
  });

  test('a full phone', async () => {
    const { task, posts } = await failed({ kind: 'disk-full' });
    expect(task).toMatchObject({ status: 3, failure: { code: 'media.push-failed' } });
    expect(posts).toBe(0);
  });
});

describe('media that cannot be posted fails before the phone is touched', () => {
  test.each<[string, string, Buffer | undefined, string, RegExp]>([
    ['missing', 'gone.mp4', undefined, 'media.missing', /gone\.mp4.*(not exist|no such)/i],
    ['empty', 'empty.mp4', Buffer.alloc(0), 'media.missing', /empty/],
    ['no video', 'text.mp4', Buffer.from('this is a letter, not a film'), 'media.unusable', /text\.mp4.*video/],
  ])('%s', async (_, name, content, code, message) => {
    await using house = await ServerHouse.open();
    const path = join(house.folder, name);
    if (content) writeFileSync(path, content);
    const [id = 0] = await house.api.create(postBody(house.serial, path));
    const task = await house.api.ended(id);
    expect(task).toMatchObject({ status: 3, failure: { code } });
    expect(task.remark).toMatch(message);
    const kinds = new Set((await house.api.trace(id)).attempts[0]?.steps.map((step) => step.kind));
    for (const touch of ['tap', 'type', 'open', 'push', 'swipe', 'key'] as const) expect(kinds).not.toContain(touch);
  });
});

describe('after the tap on Post', () => {
  test('an upload that fails is seen to have failed: not published, a retry may try again', async () => {
    await using house = await ServerHouse.open();
    await house.fault({ kind: 'upload-failure' });
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
    expect(await house.api.ended(id)).toMatchObject({
      status: 3,
      failure: { code: 'task.effect-not-done', unconfirmed: false },
    });
    expect(house.phone.actions().posts).toHaveLength(0);
  });

  test('a tap that got lost is seen on the screen: nothing was published, nothing is repeated blindly', async () => {
    await using house = await ServerHouse.open();
    await house.fault({ kind: 'lost-tap', at: 'Post' });
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path, { upload_wait_time: 3 }));
    const task = await house.api.ended(id);
    expect(task).toMatchObject({ status: 3 });
    expect(['task.effect-not-done', 'task.needs-review']).toContain(task.failure?.code);
    expect(house.phone.actions().posts).toHaveLength(0);
  });

  test('a tap that is carried out late is still one post', async () => {
    await using house = await ServerHouse.open();
    await house.fault({ kind: 'late-tap', at: 'Post' });
    const [id = 0] = await house.api.create(postBody(house.serial, house.film().path, { upload_wait_time: 20 }));
    expect(await house.api.ended(id)).toMatchObject({ status: 2 });
    expect(house.phone.actions().posts).toHaveLength(1);
  });
});

describe.each(adbKinds)('through $name', (adb) => {
  test.skipIf(!adb.isHere)(
    'unplugged in the middle of the upload: the task goes on when the phone is back, published once',
    { timeout: 90_000 },
    async () => {
      await using house = await ServerHouse.open({ adb, uploadMs: 4_000 });
      await house.fault({ kind: 'unplug', at: 'upload', for_ms: 2_000 });
      const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
      const states: string[] = [];
      await house.api.until(async () => {
        const { data } = await house.api.call<{ state: string }>('GET', `/devices/${house.serial}`);
        if (states.at(-1) !== data.state) states.push(data.state);
        return (await house.api.task(id)).status >= 2;
      });
      expect(await house.api.task(id)).toMatchObject({ status: 2, attempts: 2 });
      expect(house.phone.actions().posts).toHaveLength(1);
      expect(states.filter((state) => state === 'absent' || state === 'offline').length).toBeGreaterThan(0);
      expect(states.at(-1)).toBe('ready');
      expect((await house.api.trace(id)).attempts).toMatchObject([{ code: 'device.lost' }, { outcome: 'completed' }]);
    },
  );

  test.skipIf(!adb.isHere)(
    'the automation server crashes before the effect: the task goes on, published once',
    { timeout: 90_000 },
    async () => {
      await using house = await ServerHouse.open({ adb });
      await house.fault({ kind: 'agent-crash', at: 'Next' });
      const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
      expect(await house.api.ended(id)).toMatchObject({ status: 2 });
      expect(house.phone.actions().posts).toHaveLength(1);
    },
  );
});

test('a stop in the middle: no touch follows it, and the answer has the end', async () => {
  await using house = await ServerHouse.open();
  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
  await house.api.inStep(id, 'type the caption');
  const reply = await house.api.call('POST', `/task/${id}/stop`);
  expect(reply).toMatchObject({ code: 0, data: { task_id: id, status: 3 } });
  expect(await house.api.task(id)).toMatchObject({ status: 3, remark: 'stopped', failure: { code: 'task.stopped' } });
  const before = house.phone.ui.version;
  expect(house.phone.actions().posts).toHaveLength(0);
  expect((await house.api.call('POST', `/task/${id}/stop`)).code).toBe(40001);
  expect(house.phone.ui.version).toBe(before);
});

test('a server that is stopped in the middle goes on after its next start, published once', async () => {
  await using house = await ServerHouse.open();
  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
  await house.api.inStep(id, 'leave the editor');
  await house.stop();
  await house.start();
  expect(await house.api.ended(id)).toMatchObject({ status: 2, attempts: 2 });
  expect(house.phone.actions().posts).toHaveLength(1);
});

test('an unknown phone keeps its task pending, and says why', async () => {
  await using house = await ServerHouse.open();
  const [id = 0] = await house.api.create(postBody('R58NOTHERE', house.film().path));
  expect(await house.api.task(id)).toMatchObject({
    status: 0,
    waiting: { reason: 'phone-offline', text: expect.stringContaining('R58NOTHERE') },
  });
});
