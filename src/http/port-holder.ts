import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The process that listens on a TCP port of this machine, as "name (pid 123)"; undefined when it cannot be told. */
export async function findPortHolder(port: number, platform: string = process.platform): Promise<string | undefined> {
  try {
    if (platform === 'linux') return await holderFromProc(port);
    if (platform === 'win32') return await holderFromNetstat(port);
    return await holderFromLsof(port);
  } catch {
    return undefined; // no such tool, or not our business to know: the message does without the name
  }
}

async function holderFromProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((table) => listeningSockets(table, port)));
  if (sockets.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Other users' processes, and ones that ended meanwhile, do not let themselves be read.
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (sockets.has(target)) return `${await commandOf(pid)} (pid ${pid})`;
    }
  }
  return 'a process of another user';
}

/** Lines of /proc/net/tcp: local address as HEX:PORT in the second column, state (0A = listening) in the fourth, inode in the tenth. */
export function listeningSockets(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && local.endsWith(`:${wanted}`) ? [`socket:[${inode}]`] : [];
  });
}

async function commandOf(pid: string): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const command = text.replaceAll('\0', ' ').trim();
  return command === '' ? 'a process' : command.length > 100 ? `${command.slice(0, 100)}…` : command;
}

async function holderFromLsof(port: number): Promise<string | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: 3_000 });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const command = /^c(.+)$/m.exec(stdout)?.[1];
  return pid && `${command ?? 'a process'} (pid ${pid})`;
}

async function holderFromNetstat(port: number): Promise<string | undefined> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], { timeout: 5_000 });
  const line = stdout.split(/\r?\n/).find((row) => row.includes('LISTENING') && row.includes(`:${port} `));
  const pid = line?.trim().split(/\s+/).at(-1);
  if (!pid) return undefined;
  const list = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { timeout: 5_000 });
  return `${/^"([^"]+)"/.exec(list.stdout)?.[1] ?? 'a process'} (pid ${pid})`;
}
