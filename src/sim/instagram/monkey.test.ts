import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages, sizes } from '../test-app-phone.ts';
import { expectSound } from '../test-scenes.ts';
import { TestPhone, versions } from './test-phone.ts';

type Move =
  | { is: 'tap'; x: number; y: number }
  | { is: 'swipe'; y: number; dy: number }
  | { is: 'type'; text: string }
  | { is: 'key'; code: number }
  | { is: 'wait'; ms: number };

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ is: fc.constant('tap' as const), x: share, y: share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('swipe' as const),
      y: share,
      dy: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('type' as const), text: fc.string({ maxLength: 30, unit: 'grapheme' }) }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('key' as const), code: fc.constantFrom(4, 66, 67) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('wait' as const), ms: fc.integer({ min: 50, max: 3_000 }) }) },
);

test('whatever is touched, every screen is sound and the app lives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        version: fc.constantFrom(...versions),
        language: fc.constantFrom(...languages),
        size: fc.constantFrom(...sizes),
        seed: fc.integer({ min: 0, max: 1_000 }),
        moves: fc.array(move, { minLength: 10, maxLength: 60 }),
      }),
      async ({ moves, ...options }) => {
        const phone = new TestPhone({ ...options, prompts: 'seeded' });
        phone.addFilm();
        await phone.open();
        const { width, height } = phone.ui.size;
        for (const step of moves) {
          if (step.is === 'tap') phone.ui.tap(Math.floor(step.x * width), Math.floor(step.y * height));
          if (step.is === 'swipe') {
            const from = Math.floor(step.y * height);
            const to = Math.max(0, Math.min(height - 1, Math.floor(from + step.dy * height)));
            phone.ui.swipe(width / 2, from, width / 2, to, 200);
          }
          if (step.is === 'type') phone.ui.type(step.text);
          if (step.is === 'key') phone.ui.key(step.code);
          if (step.is === 'wait') await phone.clock.advance(step.ms);
          expectSound(phone);
        }
        expect(phone.views().length).toBeLessThan(2_000);
        phone.ui.forceStop(phone.twin.package);
        expect(phone.clock.pending).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
