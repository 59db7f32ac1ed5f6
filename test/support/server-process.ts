import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ApiClient, type ServerHouse } from './server-house.ts';

const root = join(import.meta.dirname, '..', '..');

/** A server in a process of its own, so that it can be killed. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly api: ApiClient;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.api = new ApiClient(port);
  }

  /** Resolves when it answers. */
  static async start(house: ServerHouse): Promise<ServerProcess> {
    const { data, adb, connect } = house.config;
    const flags = [
      '--port',
      '0',
      '--data',
      data,
      '--adb',
      adb.join(','),
      '--connect',
      connect.join(','),
      '--log-level',
      'error',
    ];
    const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), 'serve', ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('no output to read');
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /localhost:(\d+)/.exec(line)?.[1];
      if (port) return new ServerProcess(child, Number(port));
    }
    throw new Error('the server ended before it answered');
  }

  /** As a power cut would: no handler of the process runs. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return exitCode;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    const [code] = await gone;
    return code;
  }
}
