/** `npm run soak [-- --rounds N --phones M --seed S]`: the kill -9 loop at length; 500 kill points by default. Exit 1 when a promise broke. */
import { parseArgs } from 'node:util';
import { judge, type KilledTask, killLoop } from '../support/kill-loop.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '167' },
    phones: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
console.log(`seed ${values.seed}`);
const tasks = await killLoop({
  rounds: Number(values.rounds),
  phones: Number(values.phones),
  seed: values.seed,
  withinMs: 6_000,
  onTask: (task) => console.log(JSON.stringify(task)),
});
const count = (test: (task: KilledTask) => boolean): number => tasks.filter(test).length;
console.log(
  JSON.stringify({
    killed: tasks.length,
    while_pending: count((task) => task.stateAtKill === 'pending'),
    while_running: count((task) => task.stateAtKill === 'running'),
    with_open_intent: count((task) => task.hadOpenIntent),
    completed: count((task) => task.status === 2),
    unconfirmed: count((task) => task.isUnconfirmed),
    published_twice: count((task) => task.posts > 1),
  }),
);
const broken = judge(tasks);
for (const sentence of broken) console.error(sentence);
process.exitCode = broken.length === 0 ? 0 : 1;
