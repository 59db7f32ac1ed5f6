/**
 * `npm run soak [-- --what kills|conduct|apps|all --rounds N --phones M --actions N --runs N --seed S]`: what CI does in short, at length.
 * 500 kill points, 1,000,000 public actions and 1,000 runs of scripts by default. Exit 1 when a promise broke. Each action is
 * a commit: where a disk is slow, a folder in memory makes the second one ten times quicker (`TMPDIR=/dev/shm`).
 */
import { parseArgs } from 'node:util';
import { platforms } from '../../src/contract/script-names.ts';
import { AppHouse } from '../apps/app-house.ts';
import { randomRuns } from '../apps/random-runs.ts';
import { conductRun } from '../rules/conduct-run.ts';
import { allWorks, judge, type KilledTask, killLoop } from '../support/kill-loop.ts';

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'all' },
    rounds: { type: 'string', default: '167' },
    phones: { type: 'string', default: '3' },
    actions: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
console.log(`seed ${values.seed}`);
const broken: string[] = [];
if (values.what === 'all' || values.what === 'kills') broken.push(...(await soakKills()));
if (values.what === 'all' || values.what === 'conduct') broken.push(...(await soakConduct()));
if (values.what === 'all' || values.what === 'apps') broken.push(...(await soakApps()));
for (const sentence of broken) console.error(sentence);
process.exitCode = broken.length === 0 ? 0 : 1;

/** Scripts under random troubles, half of the runs on each app; a fresh phone now and then keeps the world small. */
async function soakApps(): Promise<string[]> {
  const found: string[] = [];
  const perPhone = 50;
  let runs = 0;
  let completed = 0;
  while (runs < Number(values.runs)) {
    for (const platform of platforms) {
      const seed = `${values.seed}:${runs}`;
      await using house = await AppHouse.open({ platform });
      const all = await randomRuns(house, {
        runs: Math.min(perPhone, Math.ceil(Number(values.runs) / platforms.length)),
        seed,
        onRun: (run) => console.log(JSON.stringify(run)),
      });
      runs += all.length;
      completed += all.filter(({ ends }) => ends.at(-1) === 'completed').length;
      for (const { n, broken: sentences } of all)
        found.push(...sentences.map((sentence) => `${platform} run ${n} of seed ${seed}: ${sentence}`));
    }
    console.log(JSON.stringify({ runs, completed, broken: found.length }));
  }
  return found;
}

/** Half of the rounds while posting, the others while following on either app. */
async function soakKills(): Promise<string[]> {
  const tasks: KilledTask[] = [];
  for (const work of allWorks) {
    const isPost = work === 'post';
    const rounds = Math.ceil(Number(values.rounds) * (isPost ? 0.5 : 0.25));
    const found = await killLoop({
      ...{ rounds, work, phones: Number(values.phones), seed: `${values.seed}:${work}` },
      withinMs: isPost ? 6_000 : 3_000,
      onTask: (task) => console.log(JSON.stringify(task)),
    });
    tasks.push(...found);
  }
  const count = (test: (task: KilledTask) => boolean): number => tasks.filter(test).length;
  console.log(
    JSON.stringify({
      killed: tasks.length,
      while_pending: count((task) => task.stateAtKill === 'pending'),
      while_running: count((task) => task.stateAtKill === 'running'),
      with_open_intent: count((task) => task.hadOpenIntent),
      completed: count((task) => task.status === 2),
      unconfirmed: count((task) => task.isUnconfirmed),
      done_twice: count((task) => task.deeds > 1),
    }),
  );
  return judge(tasks);
}

/** In histories of 10,000, each from a seed of its own, so that a broken one is quick to run again. */
async function soakConduct(): Promise<string[]> {
  const found: string[] = [];
  const perRun = 10_000;
  let allowed = 0;
  for (let done = 0; done < Number(values.actions); done += perRun) {
    const seed = `${values.seed}:${done / perRun}`;
    const report = await conductRun({ actions: Math.min(perRun, Number(values.actions) - done), seed });
    allowed += report.allowed;
    found.push(...report.broken.map((sentence) => `seed ${seed}: ${sentence}`));
    console.log(JSON.stringify({ conduct: done + report.asked, allowed, broken: found.length }));
  }
  return found;
}
