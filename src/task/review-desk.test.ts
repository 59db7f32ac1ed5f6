import { describe, expect, test } from 'vitest';
import { TaskHouse } from '../../test/support/task-house.ts';
import { insertIntent, listEffects, settleEffect } from '../store/effects.ts';
import { tailEvents } from '../store/events.ts';
import { releaseLease } from '../store/leases.ts';
import { insertReview, listReviews } from '../store/reviews.ts';
import { moveTask } from '../store/tasks.ts';
import { createTasks } from './create.ts';
import { ReviewDesk } from './review-desk.ts';

class DeskHouse implements AsyncDisposable {
  readonly house: TaskHouse;
  readonly desk: ReviewDesk;
  holdKinds: readonly string[] = [];

  private constructor(house: TaskHouse) {
    this.house = house;
    this.desk = new ReviewDesk({ store: house.store, rules: this.rules });
  }

  static async open(): Promise<DeskHouse> {
    return new DeskHouse(await TaskHouse.open());
  }

  get rules() {
    const { createParts } = this.house;
    return { ...createParts, settings: () => ({ ...createParts.settings(), holdKinds: this.holdKinds }) };
  }

  async held(): Promise<{ task: number; item: number }> {
    this.holdKinds = ['follow'];
    const { task_ids } = await createTasks(
      this.rules,
      {
        executors: { by: 'serials', serials: ['d1'] },
        scriptName: 'follow',
        config: { target_users: ['@tom'], access_method: 'direct' },
        enableMultiAccount: false,
        startTime: undefined,
        timeZone: undefined,
        minIntervalMinutes: 0,
        maxIntervalMinutes: 0,
      },
      { source: 'api' },
    );
    const [item] = await this.open();
    return { task: task_ids[0] ?? 0, item: item?.id ?? 0 };
  }

  /** A task whose intent was never settled. */
  async doubtful(): Promise<{ task: number; item: number }> {
    const { store } = this.house;
    await this.house.create({ serials: ['d1'], script_name: 'follow', script_config: { target_user: '@tom' } });
    const claim = await this.house.claim();
    await store.write(async (tx) => {
      const effect = await insertIntent(
        tx,
        {
          taskId: claim.task.id,
          attemptId: claim.attempt.id,
          key: 'follow',
          actor: 'serial:d1',
          kind: 'follow',
          target: '@tom',
          alias: null,
          textHash: null,
          minor: false,
          baseline: 'Follow',
        },
        tx.now + 10_000,
      );
      await settleEffect(tx, effect, { is: 'seen', sight: 'unconfirmed' });
      await insertReview(tx, {
        kind: 'doubt',
        taskId: claim.task.id,
        effectId: effect,
        body: { text: 'Did it happen?' },
      });
      await releaseLease(tx, { serial: 'd1', token: claim.token });
      await moveTask(tx, claim.task.id, { from: 'running', to: 'unconfirmed', set: { endedAt: tx.now } });
    });
    const [item] = await this.open();
    return { task: claim.task.id, item: item?.id ?? 0 };
  }

  open() {
    return listReviews(this.house.store.read, { isOpen: true, page: 1, pageSize: 10 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.house.close();
  }
}

describe('a held task', () => {
  test('runs once it is approved, and not before', async () => {
    await using at = await DeskHouse.open();
    const { task, item } = await at.held();
    await expect(at.house.claim()).rejects.toThrow('nothing to claim');
    await at.desk.decide(item, { decision: 'approved', person: 'anna' });
    expect((await at.house.claim()).task.id).toBe(task);
    expect(await at.open()).toEqual([]);
    const told = (await tailEvents(at.house.store.read, 0, 100)).filter(({ person }) => person === 'anna');
    expect(told.map(({ type }) => type)).toEqual(['reviewDecided', 'taskChanged']);
  });

  test('fails with the name of whoever rejected it', async () => {
    await using at = await DeskHouse.open();
    const { task, item } = await at.held();
    await at.desk.decide(item, { decision: 'rejected', person: 'anna' });
    expect(await at.house.task(task)).toMatchObject({
      state: 'failed',
      code: 'conduct.rejected',
      remark: 'rejected by anna',
    });
  });
});

describe('a public action that nobody can tell the end of', () => {
  test('it did happen: completed, counted, never repeated', async () => {
    await using at = await DeskHouse.open();
    const { task, item } = await at.doubtful();
    await at.desk.decide(item, { decision: 'done', person: 'anna' });
    expect(await at.house.task(task)).toMatchObject({ state: 'completed', code: null });
    expect(await listEffects(at.house.store.read, task)).toMatchObject([{ state: 'done', person: 'anna' }]);
  });

  test('it did not happen: failed, and may be retried', async () => {
    await using at = await DeskHouse.open();
    const { task, item } = await at.doubtful();
    await at.desk.decide(item, { decision: 'not-done', person: 'anna' });
    expect(await at.house.task(task)).toMatchObject({ state: 'failed', code: 'task.effect-not-done' });
    expect(await listEffects(at.house.store.read, task)).toMatchObject([{ state: 'not-done' }]);
  });
});

describe('a draft', () => {
  const body = {
    text: 'A comment is proposed.',
    kind: 'comment',
    target: 'https://www.tiktok.com/@tom/video/1',
    prompt: 'p',
    serial: 'd1',
    username: null,
    state: 'ready',
    content: 'What a\ncalm harbour',
    problem: null,
  };
  const draft = (at: DeskHouse, change: object = {}) =>
    at.house.store.write((tx) => insertReview(tx, { kind: 'draft', body: { ...body, ...change } }));

  test('becomes one comment task with its words on one line, also where comments are held', async () => {
    await using at = await DeskHouse.open();
    at.holdKinds = ['comment'];
    const { taskId } = await at.desk.decide(await draft(at), { decision: 'approved', person: 'anna' });
    expect(await at.house.task(taskId ?? 0)).toMatchObject({
      state: 'pending',
      scriptName: 'comment',
      serial: 'd1',
      target: body.target,
      source: 'ui',
      config: { comment_content: 'What a calm harbour' },
    });
  });

  test('a person may put it in other words', async () => {
    await using at = await DeskHouse.open();
    const id = await draft(at, { state: 'failed', content: null, problem: 'the model refused' });
    const bare = at.desk.decide(id, { decision: 'approved', person: 'anna' });
    await expect(bare).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('refused') });
    const { taskId } = await at.desk.decide(id, { decision: 'approved', person: 'anna', text: 'Lovely' });
    expect((await at.house.task(taskId ?? 0)).config).toMatchObject({ comment_content: 'Lovely' });
  });

  test('nothing is left behind when it cannot become a comment', async () => {
    await using at = await DeskHouse.open();
    const id = await draft(at, { target: 'somewhere' });
    const failure = at.desk.decide(id, { decision: 'approved', person: 'anna' });
    await expect(failure).rejects.toMatchObject({ code: 'input.invalid' });
    expect((await at.open()).map((item) => item.id)).toEqual([id]);
  });

  test('of a rejected one nothing is published', async () => {
    await using at = await DeskHouse.open();
    const { taskId } = await at.desk.decide(await draft(at), { decision: 'rejected', person: 'anna' });
    expect(taskId).toBeNull();
    expect(await at.house.store.read.selectFrom('task').selectAll().execute()).toEqual([]);
  });
});

test('a verb that does not fit, a second decision and an unknown item are told apart', async () => {
  await using at = await DeskHouse.open();
  const { item } = await at.held();
  await expect(at.desk.decide(item, { decision: 'done', person: 'a' })).rejects.toMatchObject({
    code: 'task.wrong-state',
    message: expect.stringContaining('approve or reject'),
  });
  await at.desk.decide(item, { decision: 'approved', person: 'a' });
  await expect(at.desk.decide(item, { decision: 'rejected', person: 'b' })).rejects.toMatchObject({
    code: 'task.wrong-state',
    message: expect.stringContaining('decided already'),
  });
  await expect(at.desk.decide(99, { decision: 'approved', person: 'a' })).rejects.toMatchObject({
    code: 'input.not-found',
  });
});
