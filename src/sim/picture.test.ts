import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { UiWindow } from './parts.ts';
import { drawSvg, Pictures } from './picture.ts';
import { image, label, node, rect } from './screen.ts';
import { TestScreen } from './test-screen.ts';

const size = { width: 270, height: 600 };
const withText = (text: string): UiWindow[] => [
  { package: 'x', root: node('FrameLayout', rect(0, 0, 270, 600), {}, [label(rect(10, 10, 250, 80), text)]) },
];

test('a screen becomes a PNG of its own size, or a JPEG of the size asked for', async () => {
  const phone = new TestScreen();
  phone.open();
  expect(await sharp(await phone.ui.picture('png')).metadata()).toMatchObject({
    format: 'png',
    width: 1080,
    height: 2400,
  });
  expect(await sharp(await phone.ui.picture('jpeg', { scale: 0.5, quality: 50 })).metadata()).toMatchObject({
    format: 'jpeg',
    width: 540,
    height: 1200,
  });
});

test('what changes on the screen changes the picture, and nothing else does', async () => {
  const pictures = new Pictures();
  const draw = (text: string) => pictures.draw(withText(text), size, { format: 'png' });
  const first = await draw('before');
  expect(await draw('before')).toBe(first);
  const second = await draw('after');
  expect(Buffer.compare(first, second)).not.toBe(0);
});

test('the same seed draws the same picture, another seed another', async () => {
  const still = (seed: string): UiWindow[] => [
    { package: 'x', root: image(rect(0, 0, 270, 600), { paint: { pictureSeed: seed } }) },
  ];
  const draw = (seed: string) => new Pictures().draw(still(seed), size, { format: 'png' });
  const first = await draw('one');
  expect(Buffer.compare(first, await draw('one'))).toBe(0);
  expect(Buffer.compare(first, await draw('two'))).not.toBe(0);
  const { channels } = await sharp(first).stats();
  expect(channels.some((channel) => channel.stdev > 10)).toBe(true);
});

test('a password is not drawn', () => {
  const root = node('EditText', rect(0, 0, 200, 50), { text: 'hunter2', password: true, onText: () => {} });
  expect(drawSvg([{ package: 'x', root }], size)).not.toContain('hunter2');
});

test.each(['"><script>', '&amp; <svg', '\u0000\u0001\ud800', '😀 مرحبا \u202e', 'a'.repeat(5_000), 'x\ny\tz'])(
  'hostile text %j is drawn as text',
  async (text) => {
    const picture = await new Pictures().draw(withText(text), size, { format: 'png' });
    expect((await sharp(picture).metadata()).width).toBe(270);
  },
);

test('no text breaks the drawing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 20 }), (text, fill) => {
      const root = node('TextView', rect(0, 0, 200, 90), { text, paint: { fill, ink: fill } });
      const svg = drawSvg([{ package: 'x', root }], size);
      expect(svg.split('<text ').length - 1).toBe(svg.split('</text>').length - 1);
      expect(svg).not.toMatch(
        /<(?!\/?(svg|defs|rect|text|g|path|circle|clipPath|linearGradient|radialGradient|stop)\b)/,
      );
    }),
  );
});
