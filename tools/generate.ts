/** Writes the files that are made from our sources; with --check it only says whether they are fresh (exit 1 when not). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { type ErrorCode, errorCodeRow, errorCodes } from '../src/contract/error-codes.ts';
import { sentences } from '../src/contract/sentence.ts';
import { describeApi } from '../src/http/site.ts';

const root = join(import.meta.dirname, '..');

const faults = { caller: 'the request', us: 'Drover or its host', phone: 'the phone', app: 'the app' } as const;
const retries = { no: 'no', later: 'yes, later', interrupt: 'goes on by itself' } as const;

function errorsPage(): string {
  const rows = (Object.keys(errorCodes) as ErrorCode[]).map((code) => {
    const { wire, retry, fault, next } = errorCodeRow(code);
    return `| \`${code}\` | ${wire ?? '–'} | ${wire === undefined ? '–' : Math.floor(wire / 100)} | ${retries[retry]} | ${faults[fault]} | ${next} |`;
  });
  return [
    '# Failure codes',
    '',
    'Made from `src/contract/error-codes.ts` and `src/contract/sentence.ts` by `npm run generate`; do not edit.',
    '',
    'A failed request carries the number as `code`, the name in the header `X-Error-Code`, and the HTTP status beside them. A',
    'failed task carries the name in `failure.code`, what is known about it in `failure.params`, and what to do in `failure.next_action` (`failure.next_code`',
    'is the code of that advice). Codes without a number are only ever the end of a task.',
    '',
    '| name | code | HTTP | worth a retry | where the cause lies | what to do |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '## Why a task waits',
    '',
    'A pending task carries the name of a sentence in `waiting.code`, its parameters in `waiting.params` and the English text',
    'in `waiting.text`; a dry run carries them in `rule_code`, `rule_params` and `rule`. With names and parameters a client can',
    'say it in another language. A task that a rule forbade for good has the name of the rule in `failure.params.rule`.',
    'What stands in a gap is the parameter of that name, but for `actor` (parameter `account`, or `phone` while nobody knows',
    'the account), `kinds` (`kind`), `by` (`person`), `why` (`reason`) and `are` (`running`, a number).',
    '',
    '| name | in English |',
    '| --- | --- |',
    ...Object.entries(sentences).map(([code, text]) => `| \`${code}\` | ${text} |`),
    '',
  ].join('\n');
}

const openApi = (): string => `${JSON.stringify(describeApi(packageJson.version), null, 2)}\n`;

const files: Readonly<Record<string, () => string>> = { 'docs/errors.md': errorsPage, 'openapi.json': openApi };

const onlyCheck = process.argv.includes('--check');
for (const [name, make] of Object.entries(files)) {
  const path = join(root, name);
  const wanted = make();
  const isFresh = existsSync(path) && readFileSync(path, 'utf8').replaceAll('\r\n', '\n') === wanted;
  if (onlyCheck && !isFresh) {
    console.error(`${name} is stale: run npm run generate`);
    process.exitCode = 1;
  }
  if (!onlyCheck && !isFresh) writeFileSync(path, wanted);
  console.log(`generated: ${name} ${isFresh ? 'is fresh' : onlyCheck ? 'is stale' : 'written'}`);
}
