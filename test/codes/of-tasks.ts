/** Codes that the life of a task ends with, an attempt of it, or what a person asks of its phone. */
import { silentLog } from '../../src/base/log.ts';
import { type CreateRequest, readCreateBody } from '../../src/contract/create-task.ts';
import { Holds } from '../../src/fleet/hold.ts';
import { Gate } from '../../src/rules/gate.ts';
import { LiveSettings } from '../../src/rules/settings.ts';
import { listAttempts } from '../../src/store/attempts.ts';
import type { Claim } from '../../src/store/claim.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { createTasks } from '../../src/task/create.ts';
import { perform } from '../../src/task/perform.ts';
import { reconcile } from '../../src/task/reconcile.ts';
import { ReviewDesk } from '../../src/task/review-desk.ts';
import { Runner, type RunnerParts } from '../../src/task/runner.ts';
import { ScriptHouse } from '../support/script-house.ts';
import { host, TaskHouse } from '../support/task-house.ts';
import { type Ended, failureOf, type Provocations } from './ended.ts';
import { followOnce } from './of-scripts.ts';

const body = { serials: ['d1'], script_name: 'follow', script_config: { target_user: '@mira.loops' } };
const doubts = { park: async () => {} };

async function inHouse<Result>(work: (house: TaskHouse) => Promise<Result>): Promise<Result> {
  const house = await TaskHouse.open();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

const untilAborted: RunnerParts['perform'] = (ctx) =>
  new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)));

const runnerOf = ({ store, clock }: TaskHouse, work: RunnerParts['perform']): Runner =>
  new Runner({
    ...{ store, clock, doubts, log: silentLog, perform: work },
    retryRules: () => ({ autoRetry: false, maxRetryCount: 3 }),
  });

/** How one task ended whose attempt was made to do `work` while `meanwhile` happened. */
function taskEnd(
  work: RunnerParts['perform'],
  meanwhile: (house: TaskHouse, runner: Runner, claim: Claim) => Promise<unknown> = async () => {},
): Promise<Ended> {
  return inHouse(async (house) => {
    const [id = 0] = await house.create(body);
    const runner = runnerOf(house, work);
    const claim = await house.claim();
    const running = runner.run(claim);
    await meanwhile(house, runner, claim);
    await running;
    const { code, remark } = await house.task(id);
    const [attempt] = await listAttempts(house.store.read, id);
    return { code: code ?? attempt?.code ?? 'none', message: remark };
  });
}

export const ofTasks = {
  'task.stopped': () => taskEnd(untilAborted, (_, runner, { task }) => runner.stop(task.id)),
  'task.timed-out': () => taskEnd(untilAborted, (house) => house.clock.advance(3 * 3_600_000)),
  'task.lease-lost': () =>
    taskEnd(untilAborted, async ({ store, clock }) => {
      await store.write((tx) => tx.hot('delete from lease', []));
      await clock.advance(20_000);
    }),
  'server.stopping': () => taskEnd(untilAborted, (_, runner) => runner.stopAll()),
  'server.bug': () =>
    taskEnd(async () => {
      throw new TypeError('x is not a function');
    }),
  'server.host-lost': () =>
    inHouse(async (house) => {
      const [id = 0] = await house.create(body);
      await house.claim();
      await reconcile(house.store, { id: host.id, bootId: 'boot-2' }, doubts);
      const [attempt] = await listAttempts(house.store.read, id);
      return { code: attempt?.code ?? 'none', message: (await house.task(id)).waitRule ?? '' };
    }),
  'app.missing-script': () =>
    taskEnd((ctx, claim, notes) =>
      perform(
        ctx,
        {
          apps: [],
          openConfig: (_: string, config: object) => ({ config, secrets: [] }),
          traces: { attempt: () => ({ end: () => {} }) },
        } as never,
        claim,
        notes,
      ),
    ),
  'conduct.rejected': () =>
    inHouse(async (house) => {
      const settings = () => ({ ...house.createParts.settings(), holdKinds: ['follow'] });
      const rules = { ...house.createParts, settings };
      const { request } = readCreateBody(body) as { request: CreateRequest };
      const { task_ids } = await createTasks(rules, request, { source: 'api' });
      await new ReviewDesk({ store: house.store, rules }).decide(1, { decision: 'rejected', person: 'anna' });
      const { code, remark } = await house.task(task_ids[0] ?? 0);
      return { code: code ?? 'none', message: remark };
    }),
  'conduct.refused': () =>
    inHouse(async (house) => {
      const { store } = house;
      const settings = new LiveSettings({ store, log: silentLog });
      await settings.change({ 'conduct.follow_per_day': 0 }, 'anna');
      await house.create(body);
      const { task, attempt, token } = await house.claim();
      const scripts = new ScriptHouse();
      scripts.facts = { taskId: task.id, attemptId: attempt.id, token };
      scripts.more = { journal: new Gate({ store, settings, log: silentLog }) };
      return failureOf(scripts.run(followOnce));
    }),
  'device.held': () =>
    inHouse(async ({ store, clock }) => {
      const holds = new Holds({ store, clock, log: silentLog, hostId: host.id, bootId: host.bootId });
      await holds.hold('d1', 'anna');
      const failure = await failureOf(holds.hold('d1', 'ben'));
      await holds.stop();
      return failure;
    }),
  'server.data-unusable': () =>
    inHouse(async ({ folder, clock }) => {
      const open = () => openSqliteStore({ file: `${folder}/drover.db`, clock, log: silentLog });
      return failureOf(open);
    }),
  'server.disk-full': () =>
    inHouse(async (house) => {
      // never below what the file has: no page can be added from here on
      await house.store.write((tx) => tx.hot('pragma max_page_count = 1', []));
      const users = Array.from({ length: 500 }, (_, n) => `@user${n}`);
      return failureOf(house.create({ ...body, script_config: { target_users: users } }));
    }),
} satisfies Provocations<void>;
