import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerHouse } from '../support/server-house.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

interface Example {
  language: string;
  code: string;
}

/** Fenced blocks of the page that call the API. */
const examples: readonly Example[] = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```(\w+)\n(.*?)```/gs)]
  .map(([, language = '', code = '']) => ({ language, code }))
  .filter(({ language, code }) => (language === 'sh' ? code.includes('curl ') : language !== 'json'));

const programs: Readonly<Record<string, readonly string[]>> = {
  sh: ['sh', '-e', '-c'],
  python: ['python3', '-c'],
  ts: [process.execPath, '--input-type=module-typescript', '--eval'],
};

async function isThere(name: string): Promise<boolean> {
  return run(name, ['--version']).then(
    () => true,
    () => false,
  );
}
const missing = (
  await Promise.all(['curl', 'python3'].map(async (name) => ((await isThere(name)) ? [] : [name])))
).flat();

let house: ServerHouse;
beforeAll(async () => {
  house = await ServerHouse.open({ phones: examples.length });
});
afterAll(() => house[Symbol.asyncDispose]());

test('the page shows the API in curl, Python and TypeScript', () => {
  expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(['sh', 'python', 'ts']));
});

const needs = { sh: 'curl', python: 'python3' } as const;

for (const [index, { language, code }] of examples.entries()) {
  const needed = language === 'sh' || language === 'python' ? needs[language] : undefined;
  const isMissing = needed !== undefined && missing.includes(needed);
  const title = `example ${index + 1} of the page (${language}) does what it says`;
  test.skipIf(isMissing)(
    isMissing ? `${title}: skipped, ${needed} is not installed` : title,
    async () => {
      // A phone each: an account waits between two of its public actions.
      const text = code
        .replaceAll('http://localhost:50809', house.api.base)
        .replaceAll('SERIAL', house.phoneAt(index).host.serial)
        .replaceAll('/home/me/videos/first.mp4', house.film().path);
      const [program = '', ...flags] = programs[language] ?? [];
      const { stdout } = await run(program, [...flags, text], { cwd: root, timeout: 120_000 });
      if (language === 'sh') expectSuccesses(stdout, code);
      else expect(stdout.trim()).toMatch(/^\d+ completed\b/);
    },
    150_000,
  );
}

/** As many answers as there are calls, all of them good. */
function expectSuccesses(stdout: string, code: string): void {
  const answers = stdout
    .trim()
    .split(/(?<=\})\s*(?=\{"code")/)
    .map((text) => JSON.parse(text) as { code: number });
  expect(answers.map((answer) => answer.code)).toEqual(Array(code.split('curl -s').length - 1).fill(0));
}
