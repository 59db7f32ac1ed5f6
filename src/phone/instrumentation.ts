import type { Socket } from 'node:net';
import type { AdbDevice } from '../adb/device.ts';
import type { Ctx } from '../base/context.ts';
import { waitFor } from '../base/wait.ts';

export const serverPackage = 'io.appium.uiautomator2.server';
export const testPackage = 'io.appium.uiautomator2.server.test';
export const instrumentationComponent = `${testPackage}/androidx.test.runner.AndroidJUnitRunner`;

/**
 * The running automation server: its process lives exactly as long as this stream, on both sides. Its end is the fastest
 * sign of a crash and, with 2 ms against adb's 100, of a phone that was unplugged.
 */
export class Instrumentation {
  readonly #socket: Socket;
  readonly #lines: string[] = [];
  readonly #ended: Promise<string>;
  #isRunning = true;

  constructor(socket: Socket) {
    this.#socket = socket;
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
      rest = lines.pop() ?? '';
      this.#lines.push(...lines.filter((line) => line.trim() !== ''));
      this.#lines.splice(0, this.#lines.length - 20);
    });
    this.#ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isRunning = false;
        resolve(this.#why(rest));
      });
      // adb closes the far side only: the stream has ended whether or not our half is still open
      socket.once('end', () => socket.destroy());
    });
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Resolves, never rejects, with what Android said at the end ("Process crashed"), or that it said nothing. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  stop(): void {
    this.#socket.destroy();
  }

  #why(rest: string): string {
    const said = [...this.#lines, rest].map(
      (line) =>
        /^INSTRUMENTATION_(?:RESULT: \w+=|FAILED: |STATUS: Error=)(.*)$/.exec(line)?.[1] ??
        /^(Error.*)$/.exec(line)?.[1],
    );
    return said.findLast((line) => line !== undefined)?.trim() ?? 'the stream was cut';
  }
}

/**
 * Ends what runs of an earlier start, waits until its process is gone, and starts anew. Starting too early gets the new
 * server killed by the end of the old one ("invalid session id" a moment later). [appium-uiautomator2-driver PR 655]
 */
export async function startInstrumentation(ctx: Ctx, device: AdbDevice): Promise<Instrumentation> {
  await stopServer(ctx, device);
  const line = `am instrument -w -e disableAnalytics true ${instrumentationComponent}`;
  return new Instrumentation(await device.open(ctx, `shell:${line}`));
}

export async function stopServer(ctx: Ctx, device: AdbDevice): Promise<void> {
  if (!(await isServerAlive(ctx, device))) return;
  await device.shell(ctx, ['am', 'force-stop', serverPackage]);
  await device.shell(ctx, ['am', 'force-stop', testPackage]);
  await waitFor(
    ctx,
    'the old automation server to end',
    async () => ((await isServerAlive(ctx, device)) ? undefined : true),
    { timeoutMs: 10_000, delayMs: 50, maxDelayMs: 500 },
  );
}

async function isServerAlive(ctx: Ctx, device: AdbDevice): Promise<boolean> {
  const { stdout } = await device.shell(ctx, ['pidof', serverPackage, testPackage], { timeoutMs: 5_000 });
  return stdout.trim() !== '';
}
