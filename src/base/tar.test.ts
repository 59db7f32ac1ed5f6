import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTar, tarEnd, tarHeader, tarPadding } from './tar.ts';

interface File {
  name: string;
  content: Uint8Array;
}

const pack = (files: readonly File[]): Buffer =>
  Buffer.concat([
    ...files.flatMap(({ name, content }) => [
      tarHeader({ name, bytes: content.length }, Date.UTC(2026, 0, 2)),
      content,
      tarPadding(content.length),
    ]),
    tarEnd(),
  ]);

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Uint8Array, chunk = 777, skips = false): Promise<File[]> {
  const files: File[] = [];
  for await (const { name, content } of readTar(inChunks(bytes, chunk))) {
    const parts: Uint8Array[] = [];
    if (!skips) for await (const part of content) parts.push(part);
    files.push({ name, content: new Uint8Array(Buffer.concat(parts)) });
  }
  return files;
}

const file = fc.record({
  name: fc.stringMatching(/^[a-z0-9]([a-z0-9/._-]{0,90}[a-z0-9])?$/),
  content: fc.uint8Array({ maxLength: 1500 }),
});

test('what is packed comes out again, however the bytes arrive; unread content is passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 2000 }), async (files, chunk) => {
      expect(await unpack(pack(files), chunk)).toEqual(files);
      expect((await unpack(pack(files), chunk, true)).map(({ name }) => name)).toEqual(files.map(({ name }) => name));
    }),
    { numRuns: 60 },
  );
});

test('whatever is cut off is noticed', async () => {
  const whole = pack([
    { name: 'a.txt', content: new Uint8Array(700) },
    { name: 'b.txt', content: new Uint8Array(3) },
  ]);
  for (let length = 0; length < whole.length - 1024; length += 50) {
    await expect(unpack(whole.subarray(0, length))).rejects.toThrow('cut short');
  }
});

test('noise and a damaged header are no archive', async () => {
  const noise = Buffer.alloc(2048, 'not an archive ');
  await expect(unpack(noise)).rejects.toThrow('damaged');
  const changed = pack([{ name: 'a.txt', content: new Uint8Array(3) }]);
  changed[3] = 0x41;
  await expect(unpack(changed)).rejects.toThrow('damaged');
});

test('a size beyond 8 GiB is kept', async () => {
  const bytes = 20 * 1024 ** 3 + 7;
  const header = tarHeader({ name: 'film.mp4', bytes }, 0);
  for await (const entry of readTar(inChunks(Buffer.concat([header]), 512))) {
    expect(entry.bytes).toBe(bytes);
    break;
  }
});

test.skipIf(process.platform === 'win32')('tar itself reads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-tar-'));
  writeFileSync(join(folder, 'x.tar'), pack([{ name: 'media/ab/film.mp4', content: Buffer.from('hello') }]));
  expect(execFileSync('tar', ['-xOf', join(folder, 'x.tar'), 'media/ab/film.mp4']).toString()).toBe('hello');
  rmSync(folder, { recursive: true });
});
