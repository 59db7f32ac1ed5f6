import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adb, AdbServerClient } from '@yume-chan/adb';
import { AdbServerNodeTcpConnector } from '@yume-chan/adb-server-node-tcp';
import { ReadableStream } from '@yume-chan/stream-extra';
import { runAdb } from './adb-program.ts';

/** What the checks ask of an adb client, whichever program speaks to the server. */
export interface AdbClient extends AsyncDisposable {
  connect(serial: string): Promise<string>;
  disconnect(serial: string): Promise<void>;
  /** Model, product and state of one phone as the server lists it; undefined when it is not listed. */
  entry(serial: string): Promise<{ state: string; model: string } | undefined>;
  shell(serial: string, command: string): Promise<{ stdout: string; stderr: string; code: number }>;
  execOut(serial: string, command: string): Promise<Buffer>;
  push(serial: string, content: Buffer, path: string): Promise<void>;
  pull(serial: string, path: string): Promise<Buffer>;
  install(serial: string, apkPath: string): Promise<string>;
}

export class TangoClient implements AdbClient {
  readonly client: AdbServerClient;

  constructor(port: number) {
    this.client = new AdbServerClient(new AdbServerNodeTcpConnector({ host: '127.0.0.1', port }));
  }

  async connect(serial: string): Promise<string> {
    await this.client.wireless.connect(serial);
    return `connected to ${serial}`;
  }

  async disconnect(serial: string): Promise<void> {
    await this.client.wireless.disconnect(serial);
  }

  async entry(serial: string): Promise<{ state: string; model: string } | undefined> {
    const devices = await this.client.getDevices(['device', 'offline', 'unauthorized']);
    const found = devices.find((device) => device.serial === serial);
    return found && { state: found.state, model: found.model ?? '' };
  }

  async shell(serial: string, command: string): Promise<{ stdout: string; stderr: string; code: number }> {
    return this.#with(serial, async (adb) => {
      if (!adb.subprocess.shellProtocol) throw new Error('the phone does not offer shell_v2');
      const { stdout, stderr, exitCode } = await adb.subprocess.shellProtocol.spawnWaitText(command);
      return { stdout, stderr, code: exitCode };
    });
  }

  async execOut(serial: string, command: string): Promise<Buffer> {
    return this.#with(serial, async (adb) => Buffer.from(await adb.subprocess.noneProtocol.spawnWait(command)));
  }

  async push(serial: string, content: Buffer, path: string): Promise<void> {
    await this.#with(serial, async (adb) => {
      const sync = await adb.sync();
      try {
        await sync.write({ filename: path, file: streamOf(content), permission: 0o644 });
      } finally {
        await sync.dispose();
      }
    });
  }

  async pull(serial: string, path: string): Promise<Buffer> {
    return this.#with(serial, async (adb) => {
      const sync = await adb.sync();
      try {
        const parts: Uint8Array[] = [];
        for await (const part of sync.read(path)) parts.push(part);
        return Buffer.concat(parts);
      } finally {
        await sync.dispose();
      }
    });
  }

  async install(serial: string, apkPath: string): Promise<string> {
    const apk = await readFile(apkPath);
    return this.#with(serial, async (adb) => {
      const socket = await adb.createSocket(`exec:cmd package install -r -g -S ${apk.length}`);
      const writer = socket.writable.getWriter();
      const [parts] = await Promise.all([collect(socket.readable), writer.write(apk)]);
      return parts.toString();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #with<T>(serial: string, work: (adb: Adb) => Promise<T>): Promise<T> {
    const adb = await this.client.createAdb({ serial });
    try {
      return await work(adb);
    } finally {
      await adb.close();
    }
  }
}

function streamOf(content: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < content.length; at += 65_536) controller.enqueue(content.subarray(at, at + 65_536));
      controller.close();
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** The adb program itself. */
export class ProgramClient implements AdbClient {
  readonly #port: number;
  readonly #folder: string;

  private constructor(port: number, folder: string) {
    this.#port = port;
    this.#folder = folder;
  }

  static async create(port: number): Promise<ProgramClient> {
    return new ProgramClient(port, await mkdtemp(join(tmpdir(), 'adb-contract-')));
  }

  async connect(serial: string): Promise<string> {
    return (await this.#run(['connect', serial])).stdout.toString().trim();
  }

  async disconnect(serial: string): Promise<void> {
    await this.#run(['disconnect', serial]);
  }

  async entry(serial: string): Promise<{ state: string; model: string } | undefined> {
    const list = (await this.#run(['devices', '-l'])).stdout.toString();
    const line = list.split('\n').find((each) => each.startsWith(`${serial} `));
    const [, state = '', facts = ''] = /^\S+\s+(\S+)(.*)$/.exec(line ?? '') ?? [];
    return line === undefined ? undefined : { state, model: /model:(\S+)/.exec(facts)?.[1] ?? '' };
  }

  async shell(serial: string, command: string): Promise<{ stdout: string; stderr: string; code: number }> {
    const { stdout, stderr, code } = await this.#run(['-s', serial, 'shell', command]);
    return { stdout: stdout.toString(), stderr, code };
  }

  async execOut(serial: string, command: string): Promise<Buffer> {
    return (await this.#run(['-s', serial, 'exec-out', command])).stdout;
  }

  async push(serial: string, content: Buffer, path: string): Promise<void> {
    const local = join(this.#folder, 'push');
    await writeFile(local, content);
    const { code, stdout, stderr } = await this.#run(['-s', serial, 'push', local, path]);
    if (code !== 0) throw new Error(stdout.toString() + stderr);
  }

  async pull(serial: string, path: string): Promise<Buffer> {
    const local = join(this.#folder, 'pull');
    const { code, stdout, stderr } = await this.#run(['-s', serial, 'pull', path, local]);
    if (code !== 0) throw new Error(stdout.toString() + stderr);
    return readFile(local);
  }

  async install(serial: string, apkPath: string): Promise<string> {
    const { stdout, stderr } = await this.#run(['-s', serial, 'install', '-r', '-g', apkPath]);
    return stdout.toString() + stderr;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #run(args: readonly string[]): ReturnType<typeof runAdb> {
    return runAdb(this.#port, args);
  }
}
