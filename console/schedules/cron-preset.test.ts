import { expect, test } from 'vitest';
import { cronOf, presets, recurrenceOf } from './cron-preset.ts';

test.each([
  ['5 * * * *', 'hourly'],
  ['30 8 * * *', 'daily'],
  ['30 8 * * 1-5', 'weekdays'],
  ['0 9 * * 0', 'weekly'],
  ['0 9 28 * *', 'monthly'],
])('%s is said as %s', (cron, preset) => {
  const recurrence = recurrenceOf(cron);
  expect(recurrence?.preset).toBe(preset);
  expect(recurrence && cronOf(recurrence)).toBe(cron);
});

test.each(['*/5 * * * *', '0 9 31 * *', '0 9 1 1 *', '@daily', '0 9 * * mon', '30 8 * *', '0 9 1 * 1', ''])(
  '%s stays an expression',
  (cron) => expect(recurrenceOf(cron)).toBeUndefined(),
);

test('a preset keeps the time of the one before', () => {
  const daily = recurrenceOf('15 7 * * *');
  if (!daily) throw new Error('not read');
  expect(presets.map((preset) => cronOf({ ...daily, preset }))).toEqual([
    '15 * * * *',
    '15 7 * * *',
    '15 7 * * 1-5',
    '15 7 * * 1',
    '15 7 1 * *',
  ]);
});
