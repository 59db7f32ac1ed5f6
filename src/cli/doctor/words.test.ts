import { expect, test } from 'vitest';
import { fail, ok, warn } from './check.ts';
import { checkLines, verdict } from './words.ts';

test('status, name and finding stand in columns, the fix below the finding', () => {
  expect(checkLines(ok('disk', '84 GB free'))).toBe('  ok    disk               84 GB free');
  expect(checkLines(fail('port', '50809 is taken', 'Stop it.'))).toBe(
    '  FAIL  port               50809 is taken\n                           To mend it: Stop it.',
  );
  expect(checkLines(warn('adb', 'old', 'Renew it.'))).toContain('Advice: Renew it.');
});

test('long findings are wrapped, what is to be copied stays whole', () => {
  const path = `/home/somebody/${'deep/'.repeat(20)}adb`;
  const lines = checkLines(fail('adb', `${'many words '.repeat(12)}${path}`, 'Do this.')).split('\n');
  expect(lines.filter((line) => line.includes(path))).toHaveLength(1);
  for (const line of lines) if (!line.includes(path)) expect(line.length).toBeLessThanOrEqual(100);
  for (const line of lines.slice(1)) expect(line).toMatch(/^ {27}\S/);
});

test.each([
  [[ok('a', '')], 'Everything is in place.'],
  [[ok('a', ''), warn('b', '', '')], 'Nothing is broken, 1 thing to know about.'],
  [[fail('a', '', ''), ok('b', '')], '1 of 2 checks failed.'],
  [
    [fail('a', '', ''), fail('b', '', ''), warn('c', '', '')],
    '2 of 3 checks failed, 1 thing to know about. Start with the first.',
  ],
])('%# the verdict', (checks, sentence) => {
  expect(verdict(checks)).toBe(sentence);
});
