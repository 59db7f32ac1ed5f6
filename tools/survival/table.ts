import { apps } from '../../src/apps/index.ts';
import { canonicalName } from '../../src/script/sighting.ts';
import { systemScreens } from '../../src/script/system-pages.ts';
import type { Capture } from '../../test/apps/captures.ts';
import { type Sum, sumOf } from '../../test/apps/captures-score.ts';
import type { Outcome } from './run.ts';

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const outcome of items) {
    const group = groups.get(keyOf(outcome));
    if (group) group.push(outcome);
    else groups.set(keyOf(outcome), [outcome]);
  }
  return [...groups];
}

/** Where something unknown lies in front there is nothing to be found: only taps are judged. */
const screensOf = (outcomes: readonly Outcome[], { screens, files }: Sum): string =>
  outcomes.every(({ isCovered }) => isCovered) ? '–' : percent(screens, files);

function cellsOf(outcomes: readonly Outcome[]): string[] {
  const sum = sumOf(outcomes);
  return [
    String(sum.files),
    screensOf(outcomes, sum),
    percent(sum.found, sum.asked),
    `${sum.wrongTaps} of ${sum.taps}`,
  ];
}

const head = ['captures', 'screens', 'elements', 'wrong taps'];

/** For the terminal. */
export function summaryLines(outcomes: readonly Outcome[]): string[] {
  const rows = [
    ['mutation', ...head],
    ...grouped(outcomes, ({ mutation }) => mutation).map(([name, group]) => [name, ...cellsOf(group)]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

export const faultLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes.flatMap(({ mutation, name, said, screen, screenName, missed, wrongTaps, isCovered }) => [
    ...(screen === 'right' || isCovered ? [] : [`${mutation} · ${name}: ${said ?? 'unknown'}, not ${screenName}`]),
    ...missed.map((what) => `${mutation} · ${name}: missed ${what}`),
    ...wrongTaps.map((what) => `${mutation} · ${name}: WRONG ${what}`),
  ]);

const markdown = (rows: readonly (readonly string[])[]): string[] => {
  const [header = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, column) => (column === 0 ? '---' : '---:'))), ...body.map(line)];
};

const table = (name: string, groups: readonly (readonly [string, readonly Outcome[]])[]): string[] =>
  markdown([[name, ...head], ...groups.map(([key, group]) => [key, ...cellsOf(group)])]);

/** docs/survival.md */
export function documentOf(outcomes: readonly Outcome[], captures: readonly Capture[]): string {
  const screens = grouped(outcomes, ({ app, screenName }) => `${app} · ${screenName}`).sort(([a], [b]) =>
    a.localeCompare(b),
  );
  return `${[
    '# What the recogniser survives',
    '',
    `Made by \`npm run survival -- --write\` from ${captures.length} captures of real phones, which live outside the repository. Each is`,
    'changed as updates, other phones and other languages change a screen, and recognised again. *Screens* and *elements*',
    'are the shares that are still found; *wrong taps* are taps outside the place that a person marked, taps on what cannot be',
    'tapped, and elements that are not there. Not finding something is safe: the script stops with evidence. A wrong tap is not.',
    '',
    '## By mutation',
    '',
    ...table(
      'mutation',
      grouped(outcomes, ({ mutation }) => mutation),
    ),
    '',
    'With an unknown pop-up in front nothing is to be found: every element that is still reported counts as a wrong tap.',
    'The language rows swap the words that our own dictionaries hold, so they prove shapes and the absence of collisions, not',
    'that the words are those of the app: see *unproven* below.',
    '',
    '## By app',
    '',
    ...table(
      'app',
      grouped(outcomes, ({ app }) => app),
    ),
    '',
    '## By screen',
    '',
    ...table('screen', screens),
    '',
    '## By app and mutation',
    '',
    ...table(
      'app · mutation',
      grouped(outcomes, ({ app, mutation }) => `${app} · ${mutation}`),
    ),
    '',
    '## Unproven',
    '',
    ...unproven(captures),
    '',
  ].join('\n')}`;
}

function unproven(captures: readonly Capture[]): string[] {
  const languages = grouped(
    captures.map(({ label }) => label),
    ({ app }) => app,
  );
  return [
    'What no capture of a real phone backs. It is written from what is publicly known, and works on our own virtual phones at most.',
    '',
    ...languages.map(([app, labels]) => {
      const counts = new Map<string, number>();
      for (const { language } of labels) if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
      const known = [...counts].sort(([, a], [, b]) => b - a).map(([language, count]) => `${language} (${count})`);
      return `- ${app}: captured in ${known.join(', ')}; **every other language is unproven**.`;
    }),
    ...unprovenScreens(captures).map((line) => `- ${line}`),
  ];
}

/** Canonical names with a definition of ours that no capture shows. */
function unprovenScreens(captures: readonly Capture[]): string[] {
  return grouped(definedScreens(), ({ app }) => app).flatMap(([app, screens]) => {
    const shown = new Set(captures.filter(({ label }) => label.app === app).map(({ label }) => label.screen));
    const missing = screens.map(({ screen }) => screen).filter((screen) => !shown.has(screen));
    return missing.length === 0 ? [] : [`${app}: screens without a capture, **unproven**: ${missing.join(', ')}.`];
  });
}

const definedScreens = (): { app: string; screen: string }[] => [
  ...apps.flatMap((app) =>
    [...app.screens, ...app.dialogs].map((screen) => ({ app: app.platform as string, screen: canonicalName(screen) })),
  ),
  ...systemScreens.map((screen) => ({ app: 'system', screen: canonicalName(screen) })),
];
