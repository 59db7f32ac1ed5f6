/** Asks the gate beside other processes, each for its own phones; prints what was allowed. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { Gate } from '../../src/rules/gate.ts';
import { LiveSettings } from '../../src/rules/settings.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';

interface Wish {
  taskId: number;
  attemptId: number;
  token: number;
  actor: string;
  target: string;
}

const [file = '', text = '[]'] = process.argv.slice(2);
const store = openSqliteStore({ file, clock: systemClock, log: silentLog, owner: false });
const gate = new Gate({ store, settings: new LiveSettings({ store, log: silentLog }), log: silentLog });
const wishes = JSON.parse(text) as Wish[];
await Promise.all(
  wishes.map(async ({ actor, target, ...claim }) => {
    const answer = await gate.intend({
      ...claim,
      key: `${process.pid} ${target}`,
      actor,
      kind: 'follow',
      target,
      minor: false,
    });
    writeSync(1, `${JSON.stringify({ actor, target, is: answer.is })}\n`);
  }),
);
await store.close();
