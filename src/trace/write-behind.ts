import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

type Job =
  | { is: 'line'; path: string; text: string }
  /** `content` is asked for when its turn comes, so that packing does not hold the caller up. */
  | { is: 'file'; path: string; bytes: number; content: () => Uint8Array | Promise<Uint8Array> };

/** More than this waiting means that the disk does not keep up: whole files are left out from then on, lines never. */
const mostWaitingBytes = 64 * 1024 * 1024;

/**
 * Writes in the order of the calls, one after the other, without making the caller wait. A file is on disk before a line
 * that was added after it, so no line names a file that is not there. The first failure ends it for good: `onFail` is
 * told once, what waits is dropped, later calls do nothing.
 */
export class WriteBehind {
  readonly #onFail: (cause: unknown) => void;
  #jobs: Job[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #hasFailed = false;

  constructor(onFail: (cause: unknown) => void) {
    this.#onFail = onFail;
  }

  /** Adds `text` and a newline to the end of the file. */
  line(path: string, text: string): void {
    this.#add({ is: 'line', path, text: `${text}\n` });
  }

  /** False when the file was left out. */
  file(path: string, bytes: number, content: () => Uint8Array | Promise<Uint8Array>): boolean {
    if (this.#hasFailed || this.#waitingBytes + bytes > mostWaitingBytes) return false;
    this.#waitingBytes += bytes;
    this.#add({ is: 'file', path, bytes, content });
    return true;
  }

  /** Resolves when everything handed in before is on disk or was given up. Never rejects. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #add(job: Job): void {
    if (this.#hasFailed) return;
    this.#jobs.push(job);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    try {
      for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) await this.#write(job);
    } catch (cause) {
      this.#hasFailed = true;
      this.#jobs = [];
      this.#onFail(cause);
    } finally {
      this.#running = undefined;
    }
  }

  async #write(job: Job): Promise<void> {
    if (job.is === 'file') {
      this.#waitingBytes -= job.bytes;
      await mkdir(dirname(job.path), { recursive: true });
      await writeFile(job.path, await job.content());
      return;
    }
    let { text } = job;
    for (let next = this.#jobs[0]; next?.is === 'line' && next.path === job.path; next = this.#jobs[0]) {
      text += next.text;
      this.#jobs.shift();
    }
    await mkdir(dirname(job.path), { recursive: true });
    await appendFile(job.path, text);
  }
}
