import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import type { AddedMediaList } from '../../src/contract/media.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';

/** `DROVER_UPLOAD_MB=2048` tries the size of a long film; the claim is the same. */
const megabytes = Number(process.env.DROVER_UPLOAD_MB ?? 192);
/** More than the runtime needs for its buffers and its garbage, and far less than the file. */
const mayGrowMb = 96;

const canReadMemory = existsSync('/proc/self/status');

test.skipIf(!canReadMemory)(
  `an upload of ${megabytes} MB goes to disk without going through memory; one that breaks off leaves nothing behind`,
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drover-upload-'));
    const server = await startServer(folder);
    try {
      const film = Buffer.from(createSampleVideo({ seconds: 2, seed: 'large' }));
      const before = peakMb(server.pid);
      const reply = await upload(server.port, 'long.mp4', film);
      const grewMb = peakMb(server.pid) - before;
      expect(reply).toMatchObject({ code: 0, data: { created_count: 1 } });
      const bytes = reply.data.media[0]?.bytes ?? 0;
      expect(bytes).toBe(film.length + megabytes * 1024 * 1024);
      console.info(
        `${megabytes} MB uploaded: the peak of memory grew by ${grewMb.toFixed(0)} MB, from ${before.toFixed(0)} MB`,
      );
      expect(grewMb).toBeLessThan(mayGrowMb);
      expect(sizesIn(join(folder, 'media'))).toEqual([bytes]);

      await expect(upload(server.port, 'cut.mp4', film, { breakAfterMb: megabytes / 4 })).rejects.toThrow('pulled out');
      await expect.poll(() => sizesIn(join(folder, 'media'))).toEqual([bytes]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

async function startServer(folder: string): Promise<{ pid: number; port: number; stop(): Promise<void> }> {
  const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
  const flags = [
    '--port',
    '0',
    '--data',
    folder,
    '--adb',
    '127.0.0.1:9',
    '--adb-path',
    'no-adb-here',
    '--log-level',
    'silent',
  ];
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  if (!child.stdout) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /localhost:(\d+)/.exec(line)?.[1];
    if (port) return { pid: child.pid ?? 0, port: Number(port), stop };
  }
  throw new Error('the server ended before it answered');
}

/** Peak of the resident memory of a process so far, as Linux counts it. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Sends the film with a box of nothing behind it (ISO/IEC 14496-12, 8.1.2), which makes it as long as is wanted. */
async function upload(
  port: number,
  name: string,
  film: Buffer,
  { breakAfterMb = Number.POSITIVE_INFINITY } = {},
): Promise<{ code: number; data: AddedMediaList }> {
  const boundary = 'drover-large';
  const sent = request({
    ...{ host: '127.0.0.1', port, method: 'POST', path: '/api/v1/media' },
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const answered = once(sent, 'response');
  answered.catch(() => {}); // told of by the pipeline below
  await pipeline(
    Readable.from(
      (async function* () {
        yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`);
        yield film;
        const head = Buffer.alloc(16);
        head.writeUInt32BE(1, 0);
        head.write('free', 4, 'latin1');
        head.writeBigUInt64BE(BigInt(megabytes * 1024 * 1024), 8);
        yield head;
        const chunk = Buffer.alloc(1024 * 1024, 7);
        for (let mb = 0; mb < megabytes; mb++) {
          if (mb >= breakAfterMb) throw new Error('pulled out');
          yield mb === 0 ? chunk.subarray(16) : chunk;
        }
        yield Buffer.from(`\r\n--${boundary}--\r\n`);
      })(),
    ),
    sent,
  );
  const [response] = (await answered) as [Readable];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as { code: number; data: AddedMediaList };
}

const sizesIn = (folder: string): number[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
