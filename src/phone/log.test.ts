import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogCutter, parseLogLine } from './log.ts';

const line = '         1790000000.042   901  1234 W ActivityManager: Slow operation: 51ms';

test('a line is taken apart', () => {
  expect(parseLogLine(line)).toEqual({
    at: 1_790_000_000_042,
    pid: 901,
    tid: 1234,
    level: 'W',
    tag: 'ActivityManager',
    text: 'Slow operation: 51ms',
  });
});

test.each([
  ['a short tag is padded', '1790000000.000     1     1 I init    : up', { tag: 'init', text: 'up' }],
  ['an empty text', '1790000000.000     1     1 I x       : ', { tag: 'x', text: '' }],
  [
    'tags of a page stay text',
    '1790000000.000     1     1 E x       : <script>alert(1)</script>',
    { text: '<script>alert(1)</script>' },
  ],
])('%s', (_, text, found) => {
  expect(parseLogLine(text)).toMatchObject(found);
});

test.each(['', '--------- beginning of main', '01-02 03:04:05.678   901   901 I x: y'])('%j is no line', (text) => {
  expect(parseLogLine(text)).toBeUndefined();
});

describe('lines out of what arrives', () => {
  test('wherever it is cut', () => {
    const bytes = Buffer.from(`--------- beginning of main\n${line}\r\n${line} größer 🌊\n`);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const cutter = new LogCutter();
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        const lines = ends.flatMap((end, index) => cutter.push(bytes.subarray(ends[index - 1] ?? 0, end)));
        expect(lines.map(({ text }) => text)).toEqual(['Slow operation: 51ms', 'Slow operation: 51ms größer 🌊']);
      }),
    );
  });

  test('one that never ends is not piled up', () => {
    const cutter = new LogCutter();
    for (let n = 0; n < 100; n++) expect(cutter.push(Buffer.alloc(64 * 1024, 'x'))).toEqual([]);
    expect(cutter.push(Buffer.from(`\n${line}\n`)).at(-1)?.tag).toBe('ActivityManager');
  });
});
