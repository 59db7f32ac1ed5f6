import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AdbServer, isLocal } from '../../adb/server.ts';
import type { Ctx } from '../../base/context.ts';
import { hasCode } from '../../base/error.ts';
import type { Config } from '../../config.ts';
import { findPortHolder } from '../../http/port-holder.ts';
import { type Check, fail, failed, ok, oneLine, warn } from './check.ts';
import type { RunningDrover } from './running.ts';

/** platform-tools from which `adb pair` works well on all systems. */
const advisedVersion = 34;
const leastVersion = 29;

export interface AdbProgram {
  /** `29.0.6-debian` */
  version: string;
  /** Of the protocol between program and server: 41 of `1.0.41`. */
  protocol: number | undefined;
  path: string;
}

/** What a named adb server came to. */
export interface FoundServer {
  server: AdbServer;
  check: Check;
  isUp: boolean;
}

export function adbServersOf({ adb, adbPath }: Config): AdbServer[] {
  const addresses = adb.length > 0 ? adb : ['127.0.0.1:5037'];
  return addresses.map((address) => {
    const colon = address.lastIndexOf(':');
    return new AdbServer({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)), program: adbPath });
  });
}

/** Undefined when it is not there or does not run. Asking for the version starts no server. */
export async function findAdbProgram(ctx: Ctx, path: string): Promise<AdbProgram | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['version'], { timeout: 5_000, signal: ctx.signal });
    const protocol = /version 1\.0\.(\d+)/.exec(stdout)?.[1];
    return {
      version: /^Version (\S+)/m.exec(stdout)?.[1] ?? 'of unknown version',
      protocol: protocol === undefined ? undefined : Number(protocol),
      path: /^Installed as (.+)$/m.exec(stdout)?.[1]?.trim() ?? path,
    };
  } catch {
    ctx.signal.throwIfAborted();
    return undefined;
  }
}

const howToInstall =
  'Install platform-tools (Debian: sudo apt install adb; others: developer.android.com/tools/releases/platform-tools) or name it with --adb-path';

/** The program is only needed to start a server that does not run: without such a need its absence is no failure. */
export function checkAdbProgram(
  program: AdbProgram | undefined,
  { config, isNeeded }: { config: Config; isNeeded: boolean },
): Check {
  const { adbPath } = config;
  if (!program) {
    const found = `no "${adbPath}" was found`;
    if (isNeeded) return fail('adb', found, `${howToInstall}; to try drover without phones, use drover serve --sim 2.`);
    return warn('adb', `${found}; what runs now does without it`, `${howToInstall} before you plug in phones.`);
  }
  const found = `${program.version}, ${program.path}`;
  const major = Number.parseInt(program.version, 10);
  if (major < leastVersion) return warn('adb', `${found}; older than ${leastVersion}`, `${howToInstall}.`);
  if (major < advisedVersion) {
    const fix = `For phones on USB nothing is to be done; for wireless pairing (adb pair) install platform-tools ${advisedVersion} or newer.`;
    return warn('adb', `${found}; ${advisedVersion} or newer is advised for wireless pairing`, fix);
  }
  return ok('adb', found);
}

/**
 * Looks whether the server answers. A local one that does not run is started when the program is here, as every adb
 * command would; none is ever ended.
 */
export async function findServer(
  ctx: Ctx,
  server: AdbServer,
  { program, running }: { program: AdbProgram | undefined; running: RunningDrover | undefined },
): Promise<FoundServer> {
  const { host, port } = server.address;
  try {
    return await describe(ctx, server, program, 'answers');
  } catch (thrown) {
    ctx.signal.throwIfAborted();
    const isDown = hasCode(thrown, 'adb.unreachable');
    const holder = isDown || !isLocal(host) ? undefined : await findPortHolder(port);
    if (holder !== undefined) {
      const found = `${server.name} is taken by ${holder}, which does not answer like an adb server`;
      return {
        server,
        isUp: false,
        check: fail('adb server', found, 'Stop that program, or name another port with --adb.'),
      };
    }
    if (isDown && program && isLocal(host)) return await start(ctx, server, program);
    return { server, isUp: false, check: unreachable(server, thrown, running) };
  }
}

async function start(ctx: Ctx, server: AdbServer, program: AdbProgram): Promise<FoundServer> {
  try {
    await server.ensure(ctx);
    return await describe(ctx, server, program, 'was started now and answers');
  } catch (thrown) {
    ctx.signal.throwIfAborted();
    return { server, isUp: false, check: failed('adb server', thrown) };
  }
}

async function describe(
  ctx: Ctx,
  server: AdbServer,
  program: AdbProgram | undefined,
  how: string,
): Promise<FoundServer> {
  const protocol = await server.version(ctx);
  const { host, port } = server.address;
  const holder = isLocal(host) ? await findPortHolder(port) : undefined;
  const by = holder === undefined ? '' : `, run by ${holder}`;
  const found = `${server.name} ${how}, protocol ${protocol}${by}`;
  // adb's client ends a server of another protocol and starts its own: every phone drops for a moment, again and again.
  if (program?.protocol !== undefined && program.protocol !== protocol) {
    const fix = `Use one adb program for everything on this machine: ${program.path} (protocol ${program.protocol}) ends this server whenever it runs.`;
    return { server, isUp: true, check: warn('adb server', found, fix) };
  }
  return { server, isUp: true, check: ok('adb server', found) };
}

function unreachable(server: AdbServer, thrown: unknown, running: RunningDrover | undefined): Check {
  const { host, port } = server.address;
  const why = thrown instanceof Error ? ` (${oneLine(thrown.message)})` : '';
  const found = `nothing answers at ${server.name}`;
  if (!isLocal(host)) {
    const fix = `Start adb on ${host} so that it listens there (adb -a -P ${port} server nodaemon, behind a firewall), or correct --adb.`;
    return fail('adb server', `${found}${why}`, fix);
  }
  const fix = `Install adb, then start it with: adb -P ${port} start-server.`;
  // A Drover whose phones come from elsewhere (its own virtual ones, another server) does not need this one.
  return running?.health.adb === 'ok'
    ? warn('adb server', `${found}; the running server uses another one`, 'Name the one it uses with --adb.')
    : fail('adb server', found, fix);
}
