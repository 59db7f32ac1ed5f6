/**
 * Runs the documented requests against a server that is up:
 *   npm run conformance -- http://127.0.0.1:50809 [--token TOKEN] [--starter URL] [--anyway]
 * Makes the accounts that the samples name, and tasks for phones that do not exist, which it deletes at the end. Among the
 * samples is a retry of every failed task: a server that has tasks of its own is refused without --anyway.
 */
import { parseArgs } from 'node:util';
import { createClient } from '../../../client/client.ts';
import { checkedFetch } from '../../support/checked-fetch.ts';
import { ConformanceSuite, tableOf } from './suite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { token: { type: 'string' }, starter: { type: 'string' }, anyway: { type: 'boolean' } },
});
const base = (positionals[0] ?? 'http://127.0.0.1:50809').replace(/\/+$/, '');
const { token, starter, anyway } = values;

try {
  const { total } = await createClient({ base, ...(token !== undefined && { token }) }).taskStats();
  if (total > 0 && !anyway) {
    throw new Error(
      `${base} has ${total} tasks of its own; give a server without any, or --anyway (failed tasks run again)`,
    );
  }
  const suite = new ConformanceSuite({
    base,
    fetch: checkedFetch,
    ...(token !== undefined && { token }),
    ...(starter !== undefined && { starter }),
  });
  await suite.seed();
  const results = await suite.run();
  await suite.clear();
  process.stdout.write(`${tableOf(results)}\n`);
  process.exitCode = results.some(({ fault }) => fault !== undefined) ? 1 : 0;
} catch (error) {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
