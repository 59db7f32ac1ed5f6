import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { ByteQueue } from './byte-queue.ts';
import { SimFiles } from './files.ts';
import type { FaultKind } from './parts.ts';
import { createPipe } from './pipe.ts';
import { serveSync } from './sync.ts';

/** The host's end of a sync connection, by hand: the first version of each request is what old tools still send. */
function connect(faults: ReadonlySet<FaultKind> = new Set()): {
  files: SimFiles;
  stream: Duplex;
  reader: ByteQueue;
  ended: Promise<void>;
} {
  const files = new SimFiles({ clock: new ManualClock(), faults: { isOn: (kind) => faults.has(kind) } });
  const [stream, far] = createPipe();
  return { files, stream, reader: ByteQueue.from(stream), ended: serveSync(far, files) };
}

function request(id: string, body: string | Buffer | number): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  if (typeof body === 'number') {
    head.writeUInt32LE(body, 4);
    return head;
  }
  head.writeUInt32LE(Buffer.byteLength(body), 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

const words = (buffer: Buffer | undefined, count: number): number[] =>
  Array.from({ length: count }, (_, at) => buffer?.readUInt32LE(4 + at * 4) ?? -1);

test('the first version: send, stat, list, receive', async () => {
  const { files, stream, reader, ended } = connect();
  stream.write(
    Buffer.concat([
      request('SEND', '/sdcard/new/a,b.txt,33188'),
      request('DATA', 'hello '),
      request('DATA', 'there'),
      request('DONE', 1_700_000_000),
    ]),
  );
  expect(await reader.read(8)).toEqual(Buffer.from('OKAY\0\0\0\0'));
  expect(Buffer.from(files.read('/sdcard/new/a,b.txt') ?? []).toString()).toBe('hello there');

  stream.write(request('STAT', '/sdcard/new/a,b.txt'));
  expect(words(await reader.read(16), 3)).toEqual([0o100_644, 11, 1_700_000_000]);
  stream.write(request('STAT', '/sdcard/absent'));
  expect(words(await reader.read(16), 3)).toEqual([0, 0, 0]);

  stream.write(request('LIST', '/sdcard/new'));
  const entry = await reader.read(20);
  expect([entry?.toString('latin1', 0, 4), words(entry, 4)]).toEqual(['DENT', [0o100_644, 11, 1_700_000_000, 7]]);
  expect((await reader.read(7))?.toString()).toBe('a,b.txt');
  expect((await reader.read(20))?.toString('latin1', 0, 4)).toBe('DONE');

  stream.write(request('RECV', '/sdcard/new/a,b.txt'));
  expect(await reader.read(8 + 11)).toEqual(request('DATA', 'hello there'));
  expect((await reader.read(8))?.toString('latin1', 0, 4)).toBe('DONE');

  stream.write(request('QUIT', 0));
  await ended;
  expect(await reader.next()).toBeUndefined();
});

test('a link is a link to LST2 and its target to STA2', async () => {
  const { stream, reader } = connect();
  stream.write(
    Buffer.concat([
      request('LST2', '/sdcard'),
      request('LST2', '/sdcard/'),
      request('STA2', '/sdcard'),
      request('STA2', '/nope'),
    ]),
  );
  const modes: number[] = [];
  for (let at = 0; at < 3; at++) modes.push(((await reader.read(72))?.readUInt32LE(24) ?? 0) & 0o170_000);
  expect(modes).toEqual([0o120_000, 0o040_000, 0o040_000]);
  expect((await reader.read(72))?.readUInt32LE(4)).toBe(2);
  stream.destroy();
});

test.each([
  ['a missing file', request('RECV', '/sdcard/absent'), 'open failed: No such file or directory'],
  ['a folder', request('RECV', '/sdcard'), 'read failed: Is a directory'],
  [
    'a push onto a folder',
    Buffer.concat([request('SEND', '/sdcard/DCIM,33188'), request('DONE', 0)]),
    "couldn't create file: Is a directory",
  ],
  ['a push without a mode', request('SEND', '/sdcard/x'), 'missing , in ID_SEND_V1'],
])('%s fails in words, and the connection goes on', async (_, bytes, text) => {
  const { stream, reader } = connect();
  stream.write(bytes);
  expect(await reader.read(8 + text.length)).toEqual(request('FAIL', text));
  stream.write(request('STAT', '/sdcard'));
  expect((await reader.read(16))?.toString('latin1', 0, 4)).toBe('STAT');
  stream.destroy();
});

test('a full phone takes the bytes and then says that it could not keep them', async () => {
  const { files, stream, reader } = connect(new Set<FaultKind>(['disk-full']));
  stream.write(Buffer.concat([request('SEND', '/sdcard/x.mp4,33188'), request('DATA', 'xxxx'), request('DONE', 0)]));
  const text = 'write failed: No space left on device';
  expect(await reader.read(8 + text.length)).toEqual(request('FAIL', text));
  expect(files.stat('/sdcard/x.mp4')).toBeUndefined();
  stream.destroy();
});

test('what is no request ends the connection', async () => {
  const { stream, ended } = connect();
  stream.write('GET / HTTP/1.1\r\n\r\n');
  await ended;
  stream.destroy();
});

test('a queue gives back what was put in, by count, by line or as it comes', async () => {
  const step = fc.oneof(
    fc.record({ count: fc.integer({ min: 0, max: 9 }) }),
    fc.constant('next' as const),
    fc.constant('line' as const),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 6 })),
      fc.array(step),
      async (chunks, steps) => {
        const queue = new ByteQueue();
        for (const chunk of chunks) queue.push(Buffer.from(chunk));
        queue.end();
        let rest = chunks.join('');
        for (const how of steps) {
          const before = rest;
          if (how === 'line') {
            const line = await queue.readLine();
            expect(line).toBe(rest === '' ? undefined : rest.split('\n')[0]);
            rest = rest.includes('\n') ? rest.slice(rest.indexOf('\n') + 1) : '';
          } else if (how === 'next') {
            const part = (await queue.next())?.toString() ?? '';
            expect(before.startsWith(part) && (part !== '' || before === '')).toBe(true);
            rest = rest.slice(part.length);
          } else {
            const part = await queue.read(how.count);
            expect(part?.toString()).toBe(how.count <= rest.length ? rest.slice(0, how.count) : undefined);
            if (part) rest = rest.slice(how.count);
          }
          expect(queue.length).toBe(rest.length);
        }
      },
    ),
  );
});
