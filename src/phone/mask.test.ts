import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskHierarchy } from './mask.ts';

const labels = ['Followers', 'Like video', 'Add comment...', 'Abonnés'];
const masked = (text: string, attribute = 'text') => {
  const xml = maskHierarchy(`<node index="0" ${attribute}="${text}" bounds="[12,3][4,5]" />`, labels);
  return new RegExp(` ${attribute}="([^"]*)"`).exec(xml)?.[1];
};

test.each([
  ['Followers', 'Followers'],
  ['1,204', '0,000'],
  ['@lena.paints', '@xxxx.xxxxxx'],
  ['@like.video', '@xxxx.xxxxx'],
  ['Like video. 22 likes', 'Like video. 00 xxxxx'],
  ['Hi Tom &amp; Eva 🔥', 'Xx Xxx &amp; Xxx 🔥'],
  ['caf&#233;', 'xxxx'],
  ['one&#10;two', 'xxx&#10;xxx'],
  ['النتيجة', 'xxxxxxx'],
  ['Abonnés', 'Abonnés'],
])('"%s" becomes "%s"', (text, wanted) => {
  expect(masked(text)).toBe(wanted);
});

test('descriptions and hints are masked, ids, classes and bounds are not', () => {
  expect(masked('Tom said', 'content-desc')).toBe('Xxx xxxx');
  expect(masked('Write to Tom', 'hint')).toBe('Xxxxx xx Xxx');
  expect(masked('com.app:id/tom_1', 'resource-id')).toBe('com.app:id/tom_1');
  const xml = '<hierarchy rotation="0"><node text="" class="android.widget.Button" bounds="[12,3][4,5]" /></hierarchy>';
  expect(maskHierarchy(xml, labels)).toBe(xml);
});

test('no unknown word survives, and nothing but letters and digits changes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', 'é', 'ж', '7', ' ', '.', '@', '-', '🔥') }), (text) => {
      const result = masked(text) ?? '';
      expect(result).not.toMatch(/[aZéж7]/);
      expect(result.replaceAll(/[xX0]/g, '')).toBe(text.replaceAll(/[aZéж7]/g, ''));
      expect([...result]).toHaveLength([...text].length);
    }),
  );
});
