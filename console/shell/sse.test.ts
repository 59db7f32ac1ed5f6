import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SseFrame, SseParser } from './sse.ts';

const text =
  'retry: 2000\n\nid: 7\nevent: taskChanged\ndata: {"subject":"task:1"}\n\n: still here\n\nid: 8\nevent: x\ndata: a\ndata: b\n\n';
const frames: SseFrame[] = [
  { id: '7', event: 'taskChanged', data: '{"subject":"task:1"}' },
  { id: '8', event: 'x', data: 'a\nb' },
];

test('frames are the same wherever the chunks break', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const parser = new SseParser();
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      expect(at.slice(1).flatMap((end, index) => parser.push(text.slice(at[index], end)))).toEqual(frames);
    }),
  );
});

test('a frame that has not ended is no frame yet', () => {
  expect(new SseParser().push('id: 1\nevent: x\ndata: y\n')).toEqual([]);
});
