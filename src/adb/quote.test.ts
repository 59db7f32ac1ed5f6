import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandLine, quote } from './quote.ts';

test('plain words stay readable', () => {
  expect(commandLine(['am', 'start', '-n', 'com.example/.Main', 'a b'])).toBe("am start -n com.example/.Main 'a b'");
});

test('a shell reads every argument back as it was', () => {
  const texts = fc.sample(
    fc.string({ unit: 'binary' }).map((text) => text.toWellFormed().replaceAll('\0', '')),
    300,
  );
  texts.push('', "'", '"', '$HOME', '`id`', '$(id)', 'a\nb', '\\', '-n', '*', '~', '; reboot', "it's", '👍🏽');
  const line = `printf '%s\\0' ${texts.map(quote).join(' ')}`;
  const read = execFileSync('sh', ['-c', line], { encoding: 'utf8', maxBuffer: 10_000_000 });
  expect(read.split('\0').slice(0, -1)).toEqual(texts);
});

test('NUL, which no argument can hold, is refused', () => {
  expect(() => quote('a\0b')).toThrow(RangeError);
});
