import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { type Draft, nextUpload, percentOf, type UploadInput, type UploadState, Uploads } from './upload.ts';

const draft: Draft = {
  account: 'lena.paints',
  media: [],
  caption: 'hello',
  sound: null,
  soundId: null,
  originSoundVolume: null,
  addSoundVolume: null,
  placement: null,
  productLink: null,
  aiLabel: false,
};

const states: Record<UploadState['is'], UploadState> = {
  running: { is: 'running', draft, startedAt: 0, takesMs: 1_000 },
  failed: { is: 'failed', draft, why: 'refused' },
  published: { is: 'published', draft, post: '1' },
  gone: { is: 'gone' },
};
const inputs: readonly UploadInput[] = [
  { is: 'finish', post: '1' },
  { is: 'fail' },
  { is: 'kill' },
  { is: 'retry', at: 5, takesMs: 10 },
  { is: 'dismiss' },
];

test.each<[UploadState['is'], UploadState['is'][]]>([
  ['running', ['published', 'failed', 'failed', 'running', 'running']],
  ['failed', ['failed', 'failed', 'failed', 'running', 'gone']],
  ['published', ['published', 'published', 'published', 'published', 'published']],
  ['gone', ['gone', 'gone', 'gone', 'gone', 'gone']],
])('an upload that is %s', (is, expected) => {
  expect(inputs.map((input) => nextUpload(states[is], input).is)).toEqual(expected);
});

test.each([
  [-5, 0],
  [0, 0],
  [500, 50],
  [999, 99],
  [5_000, 99],
])('after %i ms of a second the badge says %i', (now, percent) => {
  expect(percentOf(states.running, now)).toBe(percent);
});

describe('uploads of an installation', () => {
  function make({ isRefused = () => false }: { isRefused?: () => boolean } = {}) {
    const clock = new ManualClock();
    const published: Draft[] = [];
    const uploads = new Uploads(clock, {
      takesMs: () => 1_000,
      isRefused,
      publish: (done) => String(published.push(done)),
      changed: () => {},
    });
    return { clock, published, uploads };
  }

  test('nothing is published before the last byte, once after it', async () => {
    const { clock, published, uploads } = make();
    uploads.start(draft);
    await clock.advance(999);
    expect([published.length, uploads.percent]).toEqual([0, 99]);
    await clock.advance(1);
    expect([published.length, uploads.percent]).toEqual([1, undefined]);
    await clock.advance(10_000);
    expect(published).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('a killed process publishes nothing; what it had is offered again', async () => {
    const { clock, published, uploads } = make();
    uploads.start(draft);
    await clock.advance(500);
    uploads.kill();
    await clock.advance(10_000);
    expect([published.length, uploads.percent, uploads.failed, clock.pending]).toEqual([0, undefined, draft, 0]);
    uploads.retry();
    await clock.advance(1_000);
    expect([published.length, uploads.failed]).toEqual([1, undefined]);
  });

  test('a refused upload can be dismissed', async () => {
    const { clock, published, uploads } = make({ isRefused: () => true });
    uploads.start(draft);
    await clock.advance(1_000);
    expect(uploads.failed).toBe(draft);
    uploads.dismiss();
    uploads.retry();
    await clock.advance(10_000);
    expect([published.length, uploads.failed]).toEqual([0, undefined]);
  });
});
