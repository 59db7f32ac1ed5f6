import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { connect } from 'node:net';

/** Version line of the machine's adb; undefined when there is none. */
export function findAdb(): string | undefined {
  const { status, stdout } = spawnSync('adb', ['version'], { encoding: 'utf8' });
  return status === 0 ? /Version (\S+)/.exec(stdout)?.[1] : undefined;
}

export interface Finished {
  stdout: Buffer;
  stderr: string;
  code: number;
}

/** Runs the adb program against the server on `port`. */
export function runAdb(port: number, args: readonly string[], options: { stdin?: Buffer } = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn('adb', ['-P', String(port), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    // adb may end before it has read its input
    child.stdin.on('error', () => {});
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString(), code: code ?? -1 }),
    );
    child.stdin.end(options.stdin);
  });
}

export interface RealAdbServer extends AsyncDisposable {
  port: number;
}

/** A private adb server, ended by `await using`. Never port 5037: that one is the operator's. */
export async function startRealAdb(): Promise<RealAdbServer> {
  for (;;) {
    const port = randomInt(25_000, 45_000);
    // The server must not inherit our pipes: it would hold them open.
    const child = spawn('adb', ['-P', String(port), 'nodaemon', 'server'], {
      stdio: 'ignore',
      env: { ...process.env, ADB_LOCAL_TRANSPORT_MAX_PORT: '5555' },
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (await answers(port, exited)) {
      return {
        port,
        async [Symbol.asyncDispose]() {
          child.kill();
          await exited;
        },
      };
    }
  }
}

/** False when the program ended instead (its port was taken). */
async function answers(port: number, exited: Promise<void>): Promise<boolean> {
  let isGone = false;
  void exited.then(() => {
    isGone = true;
  });
  while (!isGone) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => {
        socket.end();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isUp) return true;
  }
  return false;
}
