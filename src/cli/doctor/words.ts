import type { Check } from './check.ts';

/** Standard output may be a file or a mail: nothing is wider than this, and nothing needs colour. */
const width = 100;
const margin = 27;

const marks = { ok: 'ok', warn: 'WARN', fail: 'FAIL' } as const;

/** One check as lines for a person: status, name and finding in columns, the fix below it. */
export function checkLines({ name, status, found, fix }: Check): string {
  const head = `  ${marks[status].padEnd(6)}${name.padEnd(margin - 8)}`;
  const lines = wrap(found).map((line, index) => `${index === 0 ? head : ' '.repeat(margin)}${line}`);
  const fixLines =
    fix === null
      ? []
      : wrap(`${status === 'fail' ? 'To mend it' : 'Advice'}: ${fix}`).map((line) => `${' '.repeat(margin)}${line}`);
  return [...lines, ...fixLines].join('\n');
}

/** The last sentence. */
export function verdict(checks: readonly Check[]): string {
  const failed = checks.filter((check) => check.status === 'fail').length;
  const warned = checks.filter((check) => check.status === 'warn').length;
  const warnings = warned === 0 ? '' : `${warned} ${warned === 1 ? 'thing' : 'things'} to know about`;
  if (failed === 0) return warned === 0 ? 'Everything is in place.' : `Nothing is broken, ${warnings}.`;
  const failures = `${failed} of ${checks.length} checks failed`;
  return `${failures}${warned === 0 ? '' : `, ${warnings}`}.${failed === 1 ? '' : ' Start with the first.'}`;
}

/** Words that are longer than a line (paths, commands to copy) stay whole. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - margin)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
