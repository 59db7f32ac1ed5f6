/**
 * `npm run survival [-- --write] [-- WORD…]`: does to each capture what updates, phones and languages do, and prints how
 * much is still found and how often a tap would be wrong. With `--write` the table goes into docs/survival.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apps } from '../src/apps/index.ts';
import { capturesFolder, readCaptures } from '../test/apps/captures.ts';
import { mutationsOf } from './survival/mutations.ts';
import { survive } from './survival/run.ts';
import { documentOf, faultLines, summaryLines } from './survival/table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'drover' },
    rounds: { type: 'string', default: '2' },
  },
});
const captures = readCaptures();
if (captures.length === 0) console.log(`no captures at ${capturesFolder} (DROVER_CAPTURES names another folder)`);
const all = mutationsOf(captures);
const chosen = Object.entries(all).filter(
  ([name]) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
const outcomes = survive(captures, Object.fromEntries(chosen), {
  apps,
  seed: values.seed,
  rounds: Number(values.rounds),
});
for (const line of summaryLines(outcomes)) console.log(line);
if (values.faults) for (const line of faultLines(outcomes)) console.log(line);
if (values.write) {
  const file = join(import.meta.dirname, '..', 'docs', 'survival.md');
  writeFileSync(file, documentOf(outcomes, captures));
  console.log(`\nwritten to ${file}`);
}
