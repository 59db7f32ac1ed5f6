/** The page runs either way only as long as nothing in it says left or right. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const console_ = join(import.meta.dirname, '..');

const physicalStyle =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)(?:-\w+)?\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)/;
const physicalProp =
  /\s(?:ml|mr|pl|pr)=|(?:margin|padding|border)(?:Left|Right)\b|\bta="(?:left|right)"|textAlign: '(?:left|right)'|[{,]\s*(?:left|right):\s*[\d'`$]|position="(?:left|right)/;

const faults = (pattern: string, forbidden: RegExp): string[] =>
  globSync(pattern, { cwd: console_, exclude: ['**/*.test.ts', '**/icons.tsx'] }).flatMap((name) =>
    readFileSync(join(console_, name), 'utf8')
      .split('\n')
      .flatMap((line, index) => (forbidden.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
  );

test('styles say start and end', () => {
  expect(faults('**/*.css', physicalStyle)).toEqual([]);
});

test('so do the parts of the pages', () => {
  expect(faults('**/*.{ts,tsx}', physicalProp)).toEqual([]);
});

test.each(['margin-left: 4px', '{ left: 0', 'text-align: right;', 'padding-right:1px', 'border-top-left-radius: 2px'])(
  '%s would be found',
  (line) => expect(physicalStyle.test(line)).toBe(true),
);

test.each([' <Badge mr={4}>', 'style={{ marginLeft: 4 }}', 'style={{ left: 4 }}'])('%s would be found', (line) =>
  expect(physicalProp.test(line)).toBe(true),
);
