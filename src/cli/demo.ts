import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, systemClock } from '../base/clock.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { createLog } from '../base/log.ts';
import { type Config, loadConfig, startedAt } from '../config.ts';
import type { Task } from '../contract/task.ts';
import { Drover } from '../main.ts';
import { bundledAgent } from '../phone/agent-package.ts';
import { createSampleVideo } from '../sim/sample-video.ts';
import { setStage } from './demo/stage.ts';
import { waitForStopSignal } from './stop-signal.ts';

export interface DemoFlags {
  once?: boolean;
  phones: number;
  port?: number;
  json?: boolean;
}

/** How long the one task may take before the demo calls itself failed. */
const patienceMs = 60_000;
const pollMs = 200;

/** Prints what happens: sentences for people, or one JSON line each for programs. */
class Narrator {
  readonly #isJson: boolean;
  readonly #since = systemClock.monotonic();

  constructor(isJson: boolean) {
    this.#isJson = isJson;
  }

  tell(event: string, text: string, facts: object = {}): void {
    const seconds = (systemClock.monotonic() - this.#since) / 1000;
    if (this.#isJson)
      process.stdout.write(`${JSON.stringify({ event, at_s: Number(seconds.toFixed(2)), ...facts })}\n`);
    else process.stdout.write(`${seconds.toFixed(1).padStart(5)} s  ${text.replaceAll('\n', '\n         ')}\n`);
  }
}

/** `drover demo`: the main job on virtual phones, told step by step. Ends with 0 when the video was published exactly once. */
export async function demo(flags: DemoFlags): Promise<void> {
  const narrator = new Narrator(flags.json ?? false);
  const folder = mkdtempSync(join(tmpdir(), 'drover-demo-'));
  const stopAsked = waitForStopSignal();
  try {
    const drover = await startServer(flags, join(folder, 'data'));
    try {
      await playOnce(drover, folder, narrator);
      if (flags.once) return;
      await setStage({
        api: `http://localhost:${drover.port}/api/v1`,
        folder,
        phones: drover.sim?.phones ?? [],
      });
      tellStaying(drover, narrator);
      await stopAsked;
    } finally {
      await drover.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startServer(flags: DemoFlags, data: string): Promise<Drover> {
  const base: Config = loadConfig(
    { data, sim: flags.phones, simPortBase: 0, host: '127.0.0.1', adb: [], connect: [] },
    {},
  ).config;
  const log = createLog('error');
  // Phones that were used before: the automation server is installed and the app has asked its questions.
  const sim = {
    agentVersion: bundledAgent.version,
    uploadMs: 400,
    prompts: 'on-demand',
    hasPermissions: true,
  } as const;
  const config = { ...base, port: flags.port ?? base.port };
  try {
    return await Drover.start(config, { log, sim });
  } catch (error) {
    // Somebody's server is running on the documented port: the demo leaves it alone and takes another.
    if (flags.port !== undefined || !hasCode(error, 'input.invalid')) throw error;
    return await Drover.start({ ...config, port: 0 }, { log, sim });
  }
}

async function playOnce(drover: Drover, folder: string, narrator: Narrator): Promise<void> {
  const phone = drover.sim?.phones[0];
  if (!phone) throw new DroverError('input.invalid', { message: '--phones: at least one is needed' });
  const { serial } = phone.host;
  const api = `http://localhost:${drover.port}/api/v1`;
  narrator.tell('server', `server on ${api}/ with ${drover.sim?.phones.length} virtual phones`, { api });

  const file = join(folder, 'harbour.mp4');
  const video = createSampleVideo({ seconds: 4, seed: 'demo' });
  writeFileSync(file, video);
  const sha256 = createHash('sha256').update(video).digest('hex');
  const body = {
    serials: [serial],
    script_name: 'post',
    script_config: {
      content_type: 0,
      captions: '{Good morning|Hello} from the harbour ⛵ #boats',
      material_list: [file],
      upload_wait_time: 60,
    },
  };
  narrator.tell('request', `curl ${api}/task -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`, {
    method: 'POST',
    url: `${api}/task`,
    body,
  });
  const reply = await call<{ task_ids: number[] }>(`${api}/task`, body);
  narrator.tell('reply', JSON.stringify(reply), { reply });

  const [id = 0] = reply.data.task_ids;
  const task = await follow(`${api}/task/${id}`, narrator);
  const actions = phone.actions();
  const { posts } = actions;
  narrator.tell(
    'task',
    `task ${id} is ${task.status_text}${task.failure ? `: ${task.failure.code}, ${task.failure.message}` : ''}`,
    { task },
  );
  narrator.tell(
    'actions',
    `the phone's own record: ${posts.length} post\n${posts.map((post) => JSON.stringify(post)).join('\n')}`,
    { serial, actions },
  );
  const trace = await call<{ attempts: { steps: unknown[] }[] }>(`${api}/task/${id}/trace`);
  narrator.tell('trace', `trace: ${trace.data.attempts[0]?.steps.length ?? 0} steps, ${api}/task/${id}/trace`, {
    url: `${api}/task/${id}/trace`,
  });
  if (task.status !== 2 || posts.length !== 1 || posts[0]?.media_sha256[0] !== sha256) {
    throw new DroverError('server.bug', { message: 'the demo went wrong: the video was not published exactly once' });
  }
  const begun = startedAt();
  const tookMs = begun === undefined ? undefined : systemClock.now() - begun;
  narrator.tell(
    'done',
    `published once, sha256 ${sha256.slice(0, 16)}… as sent${tookMs === undefined ? '' : `; ${(tookMs / 1000).toFixed(1)} s from the command (set-up included) to the published video`}`,
    { sha256, took_ms: tookMs },
  );
}

async function follow(url: string, narrator: Narrator): Promise<Task> {
  const until = systemClock.monotonic() + patienceMs;
  let told = '';
  for (;;) {
    const { data: task } = await call<Task>(url);
    const text =
      task.status_text === 'pending' && task.waiting
        ? `pending: ${task.waiting.text}`
        : `${task.status_text}${task.progress ? `: ${task.progress.step}${task.progress.percent === null ? '' : ` ${task.progress.percent} %`}` : ''}`;
    if (text !== told) narrator.tell('progress', text, { status: task.status, progress: task.progress ?? null });
    told = text;
    if (task.status >= 2) return task;
    if (systemClock.monotonic() > until)
      throw new DroverError('task.timed-out', {
        message: `the demo's task is still ${text} after ${patienceMs / 1000} s`,
      });
    await sleep(systemClock, pollMs);
  }
}

async function call<Data>(url: string, body?: object): Promise<{ code: number; message: string; data: Data }> {
  const response = await fetch(
    url,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  );
  const reply = (await response.json()) as { code: number; message: string; data: Data };
  if (reply.code !== 0)
    throw new DroverError('server.bug', { message: `${url} answered ${reply.code}: ${reply.message}` });
  return reply;
}

function tellStaying(drover: Drover, narrator: Narrator): void {
  const api = `http://localhost:${drover.port}/api/v1`;
  const serials = drover.sim?.phones.map((phone) => phone.host.serial) ?? [];
  narrator.tell(
    'staying',
    `open http://localhost:${drover.port}/ in a browser: the console, with phones, media, a schedule, and tasks that are done, running, waiting, held and failed\nthe server stays up until Ctrl-C. Try:\ncurl ${api}/devices\ncurl ${api}/task/stats\ncurl -N ${api}/events\nphones: ${serials.join(', ')}`,
    { api, serials },
  );
}
