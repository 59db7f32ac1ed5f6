import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AdbDevice } from '../src/adb/device.ts';
import { sleep, systemClock } from '../src/base/clock.ts';
import { createLog } from '../src/base/log.ts';
import { loadConfig } from '../src/config.ts';
import { Drover } from '../src/main.ts';
import { Agent } from '../src/phone/agent.ts';
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

/** Without the lines and the pictures of steps; what proves an effect, before and after it, is taken all the same. */
function untraced(): () => void {
  const undo = [
    patch(Session, ['captureBeside'], () => () => {}),
    patch(AttemptRecorder, ['step', 'wire'], () => () => {}),
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

/** What answers of a middling phone are assumed to take, ms; a virtual one answers in a few. */
const assumed = { '/source': 300, '/screenshot': 500, screencap: 500 };

function slowAnswers(): () => void {
  const late = (ms: number, method: Method): Method =>
    async function (...args) {
      const [answer] = await Promise.all([method.apply(this, args), sleep(systemClock, ms)]);
      return answer;
    };
  const undo = [
    patch(Agent, ['call'], (method) => {
      return async function (...args) {
        const ms = assumed[args[2] as keyof typeof assumed] ?? 50;
        return late(ms, method).apply(this, args);
      };
    }),
    patch(AdbDevice, ['exec'], (method) => late(assumed.screencap, method)),
  ];
  return () => {
    for (const one of undo) one();
  };
}

/**
 * What a trace costs a task: posts on virtual phones with and without lines and pictures of steps, in turn. The
 * acceptance line is 5 % of the active time, which is an attempt without the pauses that it makes for the app. A look at a
 * virtual phone costs next to nothing, a picture of it does not, so the second row lets both take as long as on a phone.
 */
export async function benchTrace(rounds: number): Promise<object[]> {
  const rows = [{ bench: 'trace', answers: 'as they come', ...(await measure(rounds)) }];
  const restore = slowAnswers();
  try {
    return [...rows, { bench: 'trace', answers: assumed, ...(await measure(rounds)) }];
  } finally {
    restore();
  }
}

async function measure(rounds: number): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-'));
  // the first one warms up and does not count
  const phones = await startPhones(rounds * 2 + 1);
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
      // on, off, off, on: whatever gets quicker with time does so for both
      const isTraced = round % 4 < 2;
      const restore = isTraced ? () => {} : untraced();
      pausedMs = 0;
      const [id = 0] = await api.create(postBody(serial, film));
      await api.ended(id);
      restore();
      const [attempt] = (await api.trace(id)).attempts;
      const ms = Date.parse(attempt?.ended_at ?? '') - Date.parse(attempt?.started_at ?? '');
      if (round === 0) continue;
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
  return { tasks: rounds, attempt_ms: on, untraced_ms: off, untraced_active_ms: active, percent };
}
