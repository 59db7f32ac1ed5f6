import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '../src/base/clock.ts';
import { createLog } from '../src/base/log.ts';
import { loadConfig } from '../src/config.ts';
import { Drover } from '../src/main.ts';
import { LookPauses, Settling } from '../src/script/pacing.ts';
import { Session } from '../src/script/session.ts';
import { AttemptRecorder } from '../src/trace/recorder.ts';
import { writeFilm } from '../test/support/film.ts';
import { ApiClient, postBody } from '../test/support/server-house.ts';
import { spread } from './spread.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces methods of a class by what `change` makes of them; the function that comes back puts them back. */
function patch(type: { prototype: object }, names: readonly string[], change: (method: Method) => Method): () => void {
  const methods = type.prototype as Record<string, Method>;
  const before = names.map((name) => [name, methods[name]] as const);
  for (const [name, method] of before) if (method) methods[name] = change(method);
  return () => {
    for (const [name, method] of before) if (method) methods[name] = method;
  };
}

function untraced(): () => void {
  const nothing = () => '';
  const undo = [
    patch(Session, ['capture'], () => async () => ({})),
    patch(AttemptRecorder, ['step', 'picture', 'hierarchy', 'wire'], () => nothing),
  ];
  return () => {
    for (const one of undo) one();
  };
}

/** Virtual phones in a process of their own: a phone has its own processor, too. */
async function startPhones(count: number): Promise<{ adb: string; serials: string[]; stop(): void }> {
  const port = 31_337;
  const cli = join(import.meta.dirname, '..', 'src', 'cli.ts');
  const child = spawn(process.execPath, [cli, 'sim', '--phones', String(count), '--adb-server', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const serials: string[] = [];
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const serial = /"serial":"([^"]+)"/.exec(line)?.[1];
      if (serial !== undefined) serials.push(serial);
      if (serials.length === count) break;
    }
  }
  return { adb: `127.0.0.1:${port}`, serials, stop: () => child.kill() };
}

/**
 * What a trace costs a task: posts on virtual phones with and without their pictures, hierarchies and lines, in turn. The
 * acceptance line is 5 % of the active time, which is an attempt without the pauses that it makes for the app.
 */
export async function benchTrace(rounds: number): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'));
  const phones = await startPhones(rounds * 2);
  const { config } = loadConfig({ data: join(folder, 'data'), port: 0, host: '127.0.0.1' }, {});
  const drover = await Drover.start({ ...config, adb: [phones.adb], connect: [] }, { log: createLog('silent') });
  const api = new ApiClient(drover.port);
  const times = { on: [] as number[], off: [] as number[], active: [] as number[] };
  let pausedMs = 0;
  const timed = (method: Method): Method =>
    async function (...args) {
      const startedAt = systemClock.monotonic();
      await method.apply(this, args);
      pausedMs += systemClock.monotonic() - startedAt;
    };
  const undo = [patch(Settling, ['wait'], timed), patch(LookPauses, ['take'], timed)];
  try {
    for (const [round, serial] of phones.serials.entries()) {
      const film = join(folder, `${round}.mp4`);
      writeFilm(film, film);
      await api.until(async () => {
        const { data } = await api.call<{ state: string }>('GET', `/devices/${encodeURIComponent(serial)}`);
        return data?.state === 'ready';
      });
      const isTraced = round % 2 === 0;
      const restore = isTraced ? () => {} : untraced();
      pausedMs = 0;
      const [id = 0] = await api.create(postBody(serial, film));
      await api.ended(id);
      restore();
      const [attempt] = (await api.trace(id)).attempts;
      const ms = Date.parse(attempt?.ended_at ?? '') - Date.parse(attempt?.started_at ?? '');
      times[isTraced ? 'on' : 'off'].push(ms);
      if (!isTraced) times.active.push(ms - pausedMs);
    }
  } finally {
    for (const one of undo) one();
    await drover.stop();
    phones.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const [on, off, active] = [spread(times.on), spread(times.off), spread(times.active)];
  const percent = Math.round((1000 * (on.p50 - off.p50)) / active.p50) / 10;
  return [{ bench: 'trace', tasks: rounds, attempt_ms: on, untraced_ms: off, untraced_active_ms: active, percent }];
}
