import { readFileSync } from 'node:fs';
import { apps } from '../apps/index.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { SignalTrace } from '../contract/trace.ts';
import { type Bounds, type Hierarchy, type Point, parseHierarchy } from '../phone/hierarchy.ts';
import type { Candidate } from '../script/recognise.ts';
import { type Element, type Known, type Row, type Sighting, sight } from '../script/sighting.ts';

export interface InspectFlags {
  json?: boolean;
  /** `tiktok=com.example.clone` */
  clone?: string[];
}

/**
 * `drover inspect FILE…`: each file answered for itself; one that cannot be read or is no hierarchy is told with its code,
 * and makes the exit code 1.
 */
export async function inspect(files: readonly string[], { json = false, clone = [] }: InspectFlags): Promise<void> {
  const known = withClones(clone);
  for (const [index, file] of files.entries()) {
    try {
      const sighting = sight(readCapture(file), known);
      say(json ? JSON.stringify(jsonOf(file, sighting)) : tableOf(file, sighting, index > 0));
    } catch (thrown) {
      const { code, message, details } = toDroverError(thrown);
      process.exitCode = 1;
      if (json) say(JSON.stringify({ file, error: { code, message, details } }));
      else say(`${index > 0 ? '\n' : ''}${file}\n  ${code}: ${message}`);
    }
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function readCapture(file: string): Hierarchy {
  let xml: string;
  try {
    xml = readFileSync(file, 'utf8');
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new DroverError('input.not-found', { message: `${file} cannot be read: ${why}`, cause: thrown });
  }
  return parseHierarchy(xml);
}

function withClones(clones: readonly string[]): Known[] {
  const packages = new Map<string, string[]>();
  for (const clone of clones) {
    const [platform = '', name = ''] = clone.split('=');
    const isKnown = apps.some((app) => app.platform === platform);
    if (!isKnown || !/^\w+(?:\.\w+)+$/.test(name)) {
      const known = apps.map((app) => app.platform).join(' or ');
      throw new DroverError('input.invalid', { message: `--clone: "${clone}" is not APP=PACKAGE with APP ${known}` });
    }
    packages.set(platform, [...(packages.get(platform) ?? []), name]);
  }
  return apps.map((app) => {
    const names = [app.packageName, ...(packages.get(app.platform) ?? [])].map((name) => name.replaceAll('.', '\\.'));
    return { ...app, packages: new RegExp(`^(?:${names.join('|')})$|${app.packages?.source ?? '(?!)'}`) };
  });
}

const box = ({ left, top, right, bottom }: Bounds): number[] => [left, top, right, bottom];
const point = (at: Point | undefined): number[] | null => (at ? [at.x, at.y] : null);
const rounded = (score: number): number => Math.round(score * 1000) / 1000;

/** The names of screens and elements are those of labelled captures; a list is an array. */
function jsonOf(file: string, { app, packageName, screen, blocking, recognised, state, elements }: Sighting): object {
  return {
    file,
    app: app ?? null,
    package: packageName ?? null,
    screen: screen ?? null,
    language: recognised.language ?? null,
    blocking: blocking ?? null,
    unknown: screen === undefined,
    confidence: rounded(recognised.confidence),
    state,
    elements: Object.fromEntries(
      [...elements].map(([name, element]) => [name, isList(element) ? element.map(jsonOfRow) : jsonOfElement(element)]),
    ),
  };
}

const isList = (element: Element | readonly Row[]): element is readonly Row[] => Array.isArray(element);

const jsonOfElement = ({ bounds, tap, text, confidence }: Element) => ({
  bounds: box(bounds),
  tap: point(tap),
  ...(text !== '' && { text }),
  confidence: rounded(confidence),
});

function jsonOfRow(row: Row): object {
  const fields = Object.entries(row.fields).flatMap(([name, field]): [string, unknown][] => {
    if (!field) return [];
    return name === 'follow'
      ? [
          ['follow_tap', point(field.tap)],
          ['follow_text', field.text],
        ]
      : [[name, field.text]];
  });
  const named = row.fields.username;
  return {
    ...Object.fromEntries(fields),
    ...jsonOfElement(row),
    ...(named && { bounds: box(named.bounds) }),
    ...(row.isSelected && { selected: true }),
  };
}

/** For a person: what was told, the best candidates, and every signal with its weight and whether it was there. */
function tableOf(file: string, sighting: Sighting, hasBefore: boolean): string {
  const { app, packageName, screen, blocking, recognised, state, elements } = sighting;
  const { top, candidates, confidence, language } = recognised;
  const facts = Object.entries(state).map(([name, fact]) => `${name}=${JSON.stringify(fact)}`);
  const best = candidates.find((candidate) => candidate.screen === top) ?? candidates[0];
  const others = candidates.filter((candidate) => candidate !== best).slice(0, 3);
  const known = [...elements].flatMap(([name, element]) => elementLines(name, element, recognised.controls));
  return [
    `${hasBefore ? '\n' : ''}${file}`,
    `  screen    ${screen ?? 'unknown'}${screen === undefined ? '' : `  (${percent(confidence)} of its signals)`}`,
    `  app       ${app ?? 'unknown'}${packageName ? `  (${packageName})` : ''}`,
    `  language  ${language ?? 'not told'}`,
    `  blocking  ${blocking === undefined ? 'not told' : blocking ? 'yes' : 'no'}`,
    ...(facts.length > 0 ? [`  state     ${facts.join('  ')}`] : []),
    ...(best ? [`  signals of ${best.screen.screenName}${best.screen === top ? '' : ', the nearest'}`] : []),
    ...(best?.signals.map(signalLine) ?? []),
    ...(others.length > 0 ? [`  others    ${others.map(candidateWords).join(', ')}`] : []),
    ...(known.length > 0 ? ['  elements'] : []),
    ...known,
  ].join('\n');
}

function elementLines(
  name: string,
  element: Element | readonly Row[],
  controls: Sighting['recognised']['controls'],
): string[] {
  const all = isList(element) ? element : [element];
  const signals = controls.get(all[0]?.control.name ?? '')?.signals ?? [];
  return [
    ...all.map(
      ({ bounds, tap, text, confidence }, index) =>
        `    ${(isList(element) ? `${name}[${index}]` : name).padEnd(22)} ${(tap ? `tap ${tap.x},${tap.y}` : 'no tap').padEnd(14)} [${box(bounds).join(',')}]  ${percent(confidence)}  ${JSON.stringify(text)}`,
    ),
    ...signals.map((signal) => `  ${signalLine(signal)}`),
  ];
}

const longestName = 100;

const signalLine = ({ name, score, hit }: SignalTrace): string =>
  `    ${hit ? '+' : ' '} ${String(score).padStart(3)}  ${name.length > longestName ? `${name.slice(0, longestName)}…` : name}`;

const candidateWords = ({ screen, share, fits }: Candidate): string =>
  `${screen.screenName} ${percent(share)}${fits ? '' : ' (not enough, or ruled out)'}`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
