/**
 * `npm run bench [-- recognise unplug create trace console]`: prints one JSON line a row. Timings belong here and not in tests; compare rows of one
 * run only, the machine drifts.
 */
import { parseArgs } from 'node:util';
import { benchConsole } from './console.ts';
import { benchCreate } from './create.ts';
import { benchRecognise } from './recognise.ts';
import { benchTrace } from './trace.ts';
import { benchUnplug } from './unplug.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const benches: Readonly<Record<string, () => Promise<object[]>>> = {
  recognise: async () => benchRecognise(400),
  unplug: () => benchUnplug(10),
  create: () => benchCreate(3, 3),
  trace: () => benchTrace(4),
  console: () => benchConsole(),
};
for (const [name, run] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const row of await run()) console.log(JSON.stringify(row));
}
