import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PictureCutter } from './mjpeg.ts';

const part = (type: string, body: Uint8Array): Uint8Array => {
  const head = new TextEncoder().encode(
    `--BoundaryString\r\nContent-type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  return Uint8Array.from([...head, ...body, 13, 10, 13, 10]);
};

test('pictures are whole and in order, wherever the chunks break', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 5 }),
      fc.array(fc.nat(600)),
      async (bodies, cuts) => {
        const stream = Uint8Array.from(bodies.flatMap((body) => [...part('image/png', body)]));
        const at = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
        const cutter = new PictureCutter();
        const pictures = at.slice(1).flatMap((end, index) => cutter.push(stream.slice(at[index], end)));
        const read = await Promise.all(pictures.map(async (picture) => new Uint8Array(await picture.arrayBuffer())));
        expect(read).toEqual(bodies);
        expect(pictures.every(({ type }) => type === 'image/png')).toBe(true);
      },
    ),
  );
});

test('what is no stream of pictures is refused', () => {
  expect(() => new PictureCutter().push(new TextEncoder().encode('{"code":50302}\r\n\r\n'))).toThrow();
});
