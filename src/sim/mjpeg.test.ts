import type { Duplex } from 'node:stream';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { TestScreen } from './test-screen.ts';

const running: TestScreen[] = [];
afterEach(() => {
  for (const phone of running.splice(0)) phone.agent.stop('killed');
});

async function connect(): Promise<{ phone: TestScreen; stream: Duplex; received: () => Buffer }> {
  const phone = new TestScreen();
  running.push(phone);
  await phone.startAgent();
  const stream = phone.registry.connect('tcp:7810');
  if (!stream) throw new Error('refused');
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return { phone, stream, received: () => Buffer.concat(parts) };
}

/** Splits what was received into the pictures of whole parts. */
function pictures(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  // the greeting names the boundary too
  let at = bytes.indexOf('--BoundaryString\r\n', bytes.indexOf('\r\n\r\n'));
  while (at >= 0) {
    const head = /^--BoundaryString\r\nContent-type: image\/jpg\r\nContent-Length: (\d+)\r\n\r\n/.exec(
      bytes.subarray(at, at + 100).toString('latin1'),
    );
    if (!head) break;
    const start = at + head[0].length;
    const end = start + Number(head[1]);
    if (bytes.length < end + 4) break;
    expect(bytes.subarray(end, end + 4).toString()).toBe('\r\n\r\n');
    found.push(bytes.subarray(start, end));
    at = bytes.indexOf('--BoundaryString\r\n', end);
  }
  return found;
}

test('nothing is sent before the client has said something, then frames come at the framerate', async () => {
  const { phone, stream, received } = await connect();
  await phone.clock.advance(1_000);
  expect(received()).toHaveLength(0);
  stream.write('GET / HTTP/1.1\r\n\r\n');
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(1);
  expect(received().toString('latin1')).toMatch(
    /^HTTP\/1\.0 200 OK\r\n[\s\S]*boundary=--BoundaryString\r\n\r\n--BoundaryString\r\n/,
  );
  await phone.clock.advance(100);
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(2);
  const [frame] = pictures(received());
  expect(await sharp(frame).metadata()).toMatchObject({ format: 'jpeg', width: 540, height: 1200 });
});

test('nothing is drawn once nobody reads', async () => {
  const { phone, stream, received } = await connect();
  stream.write('GET / HTTP/1.1\r\n\r\n');
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(1);
  stream.destroy();
  stream.end();
  await expect.poll(() => phone.clock.pending, { timeout: 5_000 }).toBe(0);
});

test('a change on the screen is in the next frame', async () => {
  const { phone, stream, received } = await connect();
  stream.write('GET / HTTP/1.1\r\n\r\n');
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(1);
  await phone.clock.advance(100);
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(2);
  phone.open();
  await phone.clock.advance(100);
  await expect.poll(() => pictures(received()).length, { timeout: 5_000 }).toBe(3);
  const [first, second, third] = pictures(received());
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  expect(first?.equals(third ?? Buffer.alloc(0))).toBe(false);
});
