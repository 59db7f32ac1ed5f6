import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { type Log, silentLog } from '../base/log.ts';
import type { TraceStep } from '../contract/trace.ts';
import { TraceFiles } from './recorder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clock = new ManualClock();
const files = (log: Log = silentLog) => new TraceFiles({ folder, clock, log });
const start = { taskId: 101, n: 1, serial: '127.0.0.1:21000', seed: 's', startedAt: clock.now() };

const step = (name: string, more: Partial<TraceStep> = {}): TraceStep => ({
  name,
  kind: 'step',
  depth: 0,
  started_at: '2026-01-02T09:00:00.000Z',
  ended_at: '2026-01-02T09:00:01.000Z',
  looked_for: null,
  found: null,
  bounds: null,
  picture: null,
  hierarchy: null,
  decision: null,
  intent: null,
  proof: null,
  error: null,
  ...more,
});

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const xml = '<hierarchy><node text="Grüße 🔥" password="false" /></hierarchy>';

test('what an attempt recorded is read back whole, pictures and hierarchies included', async () => {
  const traces = files();
  const recorder = traces.attempt({ ...start, appVersion: null });
  recorder.appVersion('46.4.3');
  recorder.wire({ at: '2026-01-02T09:00:00.000Z', direction: 'out', text: 'POST /session' });
  const picture = recorder.picture(jpeg);
  const hierarchy = recorder.hierarchy(xml);
  recorder.step(step('open the post screen', { picture, hierarchy, found: { caption: 'Grüße 🔥' } }));
  recorder.step(step('publish', { kind: 'effect' }));
  recorder.end({ outcome: 'completed' });

  const { attempts } = await traces.readTrace(101);
  expect(attempts).toMatchObject([
    {
      n: 1,
      serial: '127.0.0.1:21000',
      seed: 's',
      app_version: '46.4.3',
      started_at: '2026-01-02T09:00:00.000Z',
      ended_at: '2026-01-02T09:00:00.000Z',
      outcome: 'completed',
      code: null,
      wire: [{ direction: 'out', text: 'POST /session' }],
    },
  ]);
  expect(attempts[0]?.steps.map(({ name }) => name)).toEqual(['open the post screen', 'publish']);
  expect(attempts[0]?.steps[0]).toEqual(
    step('open the post screen', { picture, hierarchy, found: { caption: 'Grüße 🔥' } }),
  );
  expect(await traces.openPicture(101, picture)).toEqual({ mime: 'image/jpeg', content: Buffer.from(jpeg) });
  const read = await traces.openPicture(101, hierarchy);
  expect(read?.mime).toContain('application/xml');
  expect(new TextDecoder().decode(read?.content)).toBe(xml);
});

test('the same picture is kept once', async () => {
  const recorder = files().attempt(start);
  expect(recorder.picture(jpeg)).toBe(recorder.picture(jpeg.slice()));
  await recorder.flush();
  expect(readdirSync(join(folder, '101', '1')).filter((name) => name.endsWith('.jpg'))).toHaveLength(1);
});

test('attempts come in order, and a task that never ran has none', async () => {
  const traces = files();
  for (const n of [2, 10, 1]) traces.attempt({ ...start, n }).end({ outcome: 'failed', code: 'phone.timeout' });
  await traces.flush();
  expect((await traces.readTrace(101)).attempts.map(({ n, code }) => [n, code])).toEqual([
    [1, 'phone.timeout'],
    [2, 'phone.timeout'],
    [10, 'phone.timeout'],
  ]);
  expect(await traces.readTrace(999)).toEqual({ attempts: [] });
});

test('progress is shown while the attempt runs', async () => {
  const traces = files();
  const recorder = traces.attempt(start);
  expect(traces.progressOf(101)).toBeUndefined();
  recorder.progress('upload', 61.7);
  expect(traces.progressOf(101)).toEqual({ step: 'upload', percent: 62 });
  recorder.end({ outcome: 'completed' });
  await traces.flush();
  expect(traces.progressOf(101)).toBeUndefined();
});

test('a process killed while it writes leaves a trace that opens, without holes', async () => {
  const script = `
    import { TraceFiles } from ${JSON.stringify(import.meta.resolve('./recorder.ts'))};
    import { systemClock } from ${JSON.stringify(import.meta.resolve('../base/clock.ts'))};
    import { silentLog } from ${JSON.stringify(import.meta.resolve('../base/log.ts'))};
    const traces = new TraceFiles({ folder: process.argv[1], clock: systemClock, log: silentLog });
    const recorder = traces.attempt({ taskId: 101, n: 1, serial: 'x', seed: 's', startedAt: 0 });
    const step = ${JSON.stringify(step('s'))};
    for (let i = 0; ; i++) {
      const picture = recorder.picture(new Uint8Array(5_000).fill(i));
      recorder.step({ ...step, name: 'step ' + i, picture });
      await recorder.flush();
      if (i === 20) process.stdout.write('20');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const [attempt] = (await files().readTrace(101)).attempts;
  const steps = attempt?.steps ?? [];
  expect(steps.length).toBeGreaterThan(20);
  expect(steps.map(({ name }) => name)).toEqual(steps.map((_, i) => `step ${i}`));
  expect(attempt).toMatchObject({ ended_at: null, outcome: null });
  // A line is written after the file that it names.
  for (const { picture } of steps) expect(await files().openPicture(101, picture ?? '')).toBeDefined();
});

test('a last line that was cut is left out', async () => {
  const traces = files();
  const recorder = traces.attempt(start);
  recorder.step(step('one'));
  await recorder.flush();
  appendFileSync(join(folder, '101', '1', 'trace.jsonl'), '{"step":{"name":"tw');
  expect((await files().readTrace(101)).attempts[0]?.steps.map(({ name }) => name)).toEqual(['one']);
});

test('a disk that refuses turns the recorder off with one warning', async () => {
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (_, message) => warnings.push(message) };
  // A file where the task's folder should be: every write fails, as on a full disk.
  writeFileSync(join(folder, '101'), '');
  const traces = files(log);
  const recorder = traces.attempt(start);
  recorder.step(step('one'));
  recorder.picture(jpeg);
  await recorder.flush();
  recorder.step(step('two'));
  recorder.end({ outcome: 'completed' });
  await recorder.flush();
  expect(warnings).toEqual(['trace turned off: it cannot be written']);
  expect(await traces.readTrace(101)).toEqual({ attempts: [] });
});

test.each(['../../secret.jpg', 'trace.jsonl', '0'.repeat(32), `${'0'.repeat(32)}.jpg/../x`, '', '..'])(
  'no file outside the trace is opened: %j',
  async (name) => {
    mkdirSync(join(folder, '101', '1'), { recursive: true });
    writeFileSync(join(folder, 'secret.jpg'), 'x');
    writeFileSync(join(folder, '101', '1', 'trace.jsonl'), '');
    expect(await files().openPicture(101, name)).toBeUndefined();
  },
);

test('secrets reach no file of the trace', async () => {
  const recorder = files().attempt({ ...start, secrets: ['hunter2-the-second'] });
  recorder.step(
    step('log in with hunter2-the-second', {
      found: { api_key: 'k1', nested: [{ password: 'p1' }] },
      looked_for: 'caption 🔥',
    }),
  );
  recorder.wire({
    at: '',
    direction: 'out',
    text: 'Authorization: Bearer abcdefghijkl {"api_key":"sk-abcdefghijklmnop"} hunter2-the-second',
  });
  recorder.wire({ at: '', direction: 'out', text: 'x'.repeat(5_000) });
  recorder.hierarchy(
    `<h><node password="true" text="my pass > word"/><node text='say "hi" > hunter2-the-second' password="false"/></h>`,
  );
  await recorder.flush();
  const log = readFileSync(join(folder, '101', '1', 'trace.jsonl'), 'utf8');
  expect(log).not.toMatch(/hunter2|k1|p1|abcdefghijkl/);
  expect(log).toContain('caption 🔥');
  expect(log.length).toBeLessThan(5_000);
  const name = readdirSync(join(folder, '101', '1')).find((file) => file.endsWith('.xml.gz')) ?? '';
  const read = await files().openPicture(101, name.replace(/\.gz$/, ''));
  expect(new TextDecoder().decode(read?.content)).toBe(
    `<h><node password="true" text="***"/><node text='say "hi" > ***' password="false"/></h>`,
  );
});
