import { stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { Ctx } from '../../base/context.ts';
import type { ConfigKey, LoadedConfig } from '../../config.ts';
import { type Check, fail, ok, oneLine, spokenBytes, warn } from './check.ts';
import { tryMedia } from './run-trial.ts';
import type { DatabaseTrial } from './trial.ts';

const wantedNode = 24;

export function checkNode(version: string = process.versions.node, path: string = process.execPath): Check {
  const found = `${version} for ${process.platform} ${process.arch}, ${path}`;
  const packaged = path.includes(`${sep}node_modules${sep}node${sep}`) ? ' (from the npm package "node")' : '';
  if (Number.parseInt(version, 10) >= wantedNode) return ok('node', `${found}${packaged}`);
  return fail(
    'node',
    found,
    `Run "npx --no-install drover doctor", which brings Node ${wantedNode} along, or install it.`,
  );
}

/** `problem` is why the configuration could not be read; the other checks then use the defaults. */
export function checkConfiguration({ config, origins, file }: LoadedConfig, problem: string | undefined): Check {
  if (problem !== undefined) {
    return fail('configuration', problem, 'Correct that value; the checks below were made without it.');
  }
  const changed = (Object.keys(origins) as ConfigKey[]).filter((key) => origins[key] !== 'default');
  const list = changed.map((key) => `${key} ${JSON.stringify(config[key])} (${origins[key]})`);
  const from = file === undefined ? '' : `; file ${file}`;
  return ok('configuration', `${list.length === 0 ? 'all defaults' : list.join(', ')}${from}`);
}

/** Nothing of ours was written before this day. */
const firstDay = Date.UTC(2026, 0, 1);
/** Clocks of several hosts differ by that much without harm. */
const slackMs = 120_000;

/** Limits of public actions count hours, so a wrong clock makes them wrong. */
export function checkClock(now: number, database: DatabaseTrial | undefined): Check {
  const system = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = database?.timeZone ?? system;
  const time = new Date(now).toISOString();
  const mend = 'Set the clock of this machine (on Linux: sudo timedatectl set-ntp true) before the server runs again.';
  if (now < firstDay) return fail('clock', `it says ${time}, which is in the past`, mend);
  const newest = database?.newestAt ?? null;
  if (newest !== null && newest > now + slackMs) {
    const found = `it says ${time}, but the newest entry of the database is of ${new Date(newest).toISOString()}`;
    return fail('clock', found, mend);
  }
  if (!isZone(zone)) {
    const found = `${time}; the time zone of this machine is not known`;
    return warn(
      'clock',
      found,
      'Set the time zone of this machine (on Linux: sudo timedatectl set-timezone Area/City).',
    );
  }
  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  return ok('clock', `${local.format(now)} in ${zone}${database?.timeZone ? ' (setting time_zone)' : ''}`);
}

function isZone(zone: string | undefined): zone is string {
  if (zone === undefined || zone === 'Etc/Unknown') return false;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export async function checkMediaTools(ctx: Ctx): Promise<Check> {
  const trial = await tryMedia(ctx);
  const mend = 'Install the packages anew with npm ci, on this machine and with this Node.';
  if ('error' in trial) return fail('media tools', `they could not be tried: ${trial.error}`, mend);
  const { video, image } = trial;
  if ('error' in video) return fail('media tools', `mediabunny reads no video: ${oneLine(video.error)}`, mend);
  // Only posts of pictures need it: videos go out without.
  if ('error' in image)
    return warn('media tools', `sharp does not load, so pictures cannot be posted: ${oneLine(image.error)}`, mend);
  return ok('media tools', `mediabunny reads a video, sharp (libvips ${image.version}) a picture`);
}

export async function checkAutomationPackage(): Promise<Check> {
  const name = 'automation server';
  const mend = 'Install the packages anew with npm ci: they are in the npm package appium-uiautomator2-server.';
  try {
    const { bundledAgent } = await import('../../phone/agent-package.ts');
    const files = [bundledAgent.serverApk, bundledAgent.testApk];
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const empty = files[sizes.indexOf(0)];
    if (empty !== undefined) return fail(name, `${empty} is empty`, mend);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const found = `UiAutomator2 ${bundledAgent.version} for phones, ${spokenBytes(total)} in ${dirname(bundledAgent.serverApk)}`;
    return ok(name, found);
  } catch (thrown) {
    return fail(
      name,
      `its apks are not here: ${oneLine(thrown instanceof Error ? thrown.message : String(thrown))}`,
      mend,
    );
  }
}
