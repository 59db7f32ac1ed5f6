/**
 * How well a recogniser's answer agrees with what a person read on a capture: the one yardstick of tests, of
 * `npm run survival` and of whoever writes screens.
 */
import type { Bounds, Point } from '../../src/phone/hierarchy.ts';
import type { Element, Row, Sighting } from '../../src/script/sighting.ts';
import type { Box, Capture, ElementLabel, RowLabel } from './captures.ts';

export interface Score {
  readonly name: string;
  readonly said: string | undefined;
  readonly screen: 'right' | 'wrong' | 'unknown';
  /** Labelled elements of which the person is sure. */
  readonly asked: number;
  readonly found: number;
  /** Taps offered: what a script could touch. */
  readonly taps: number;
  readonly missed: readonly string[];
  /** A tap outside the labelled boxes, a tap where none can be, an element that is not there. */
  readonly wrongTaps: readonly string[];
  /** Other facts that differ: app, package, language, blocking, state. */
  readonly otherFaults: readonly string[];
}

/** `isFull`: an element that the label calls absent must not be reported. */
export function scoreCapture(
  { name, label, isFull }: Pick<Capture, 'name' | 'label' | 'isFull'>,
  sighting: Sighting,
): Score {
  const said = sighting.screen;
  const isRight = said === label.screen || (said !== undefined && (label.screen_also ?? []).includes(said));
  const missed: string[] = [];
  const wrongTaps: string[] = [];
  let asked = 0;
  for (const [element, wanted] of Object.entries(label.elements)) {
    const got = sighting.elements.get(element);
    if (wanted === null) {
      if (got !== undefined && isFull) wrongTaps.push(`${element}: not on the screen, ${shown(got)} reported`);
      continue;
    }
    if (Array.isArray(wanted)) {
      const rows = wanted.flatMap((row) => rowFaults(row, Array.isArray(got) ? got : []));
      asked += wanted.length;
      missed.push(...rows.filter(({ is }) => is === 'missed').map(({ what }) => `${element}: ${what}`));
      wrongTaps.push(...rows.filter(({ is }) => is === 'wrong').map(({ what }) => `${element}: ${what}`));
      continue;
    }
    if (isLabel(wanted) && wanted.unsure) continue;
    asked += 1;
    const fault = isLabel(wanted) ? elementFault(wanted, Array.isArray(got) ? got[0] : got) : undefined;
    if (fault) missed.push(`${element}: ${fault.what}`);
    if (fault?.is === 'wrong') wrongTaps.push(`${element}: ${fault.what}`);
  }
  return {
    name,
    said,
    screen: isRight ? 'right' : said === undefined ? 'unknown' : 'wrong',
    asked,
    found: asked - missed.length,
    taps: tapsOf(sighting),
    missed,
    wrongTaps,
    otherFaults: otherFaults(label, sighting),
  };
}

type Fault = { is: 'missed' | 'wrong'; what: string };

const isLabel = (label: ElementLabel | RowLabel[]): label is ElementLabel => !Array.isArray(label);

function elementFault({ bounds, tap, alt_taps = [] }: ElementLabel, got: Element | undefined): Fault | undefined {
  if (!got) return { is: 'missed', what: 'not found' };
  if (tap === null) {
    if (got.tap && !alt_taps.some((box) => isIn(box, got.tap)))
      return { is: 'wrong', what: `a tap at ${at(got.tap)} where none can be` };
    return isIn(bounds, middle(got.bounds)) || isIn(boxOf(got.bounds), middle(boundsOf(bounds)))
      ? undefined
      : { is: 'missed', what: 'read elsewhere' };
  }
  if (!got.tap) return { is: 'missed', what: 'nothing to tap' };
  return [tap, ...alt_taps].some((box) => isIn(box, got.tap))
    ? undefined
    : { is: 'wrong', what: `would tap ${at(got.tap)}, not in ${tap.join(',')}` };
}

/** Rows are matched by their first text. */
function rowFaults(wanted: RowLabel, rows: readonly Row[]): Fault[] {
  const name = String(wanted.username ?? '');
  const row = rows.find(({ text, fields }) => (fields.username?.text ?? text) === name);
  if (!row) return [{ is: 'missed', what: `no row ${name}` }];
  return Object.entries(wanted).flatMap(([key, box]): Fault[] => {
    if (!/tap$/.test(key) || !Array.isArray(box)) return [];
    const got = key === 'tap' ? row.tap : row.fields[key.replace(/_tap$/, '')]?.tap;
    if (!got) return [{ is: 'missed', what: `${name}.${key} not found` }];
    return isIn(box, got) ? [] : [{ is: 'wrong', what: `${name}.${key} would tap ${at(got)}` }];
  });
}

function otherFaults(label: Capture['label'], { app, packageName, blocking, recognised, state }: Sighting): string[] {
  const faults: string[] = [];
  const compare = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== got) faults.push(`${what}: ${String(got)}, not ${String(wanted)}`);
  };
  compare('app', label.app, app);
  if (label.package_in_tree) compare('package', label.package, packageName);
  if (label.language !== null) compare('language', label.language, recognised.language);
  if (label.blocking !== null) compare('blocking', label.blocking, blocking);
  for (const [key, value] of Object.entries(label.state ?? {})) {
    if (value !== null) compare(`state.${key}`, value, state[key]);
  }
  return faults;
}

const tapsOf = ({ elements }: Sighting): number =>
  [...elements.values()].flat().reduce((sum, element) => {
    const fields = 'fields' in element ? Object.values((element as Row).fields) : [];
    return sum + (element.tap ? 1 : 0) + fields.filter((field) => field?.tap).length;
  }, 0);

const shown = (got: Element | readonly Row[]): string =>
  [got]
    .flat()
    .map(({ control, bounds }) => `${control.name} at ${boxOf(bounds).join(',')}`)
    .join(' and ');
const at = ({ x, y }: Point): string => `${x},${y}`;
const middle = ({ left, top, right, bottom }: Bounds): Point => ({ x: (left + right) / 2, y: (top + bottom) / 2 });
const boxOf = ({ left, top, right, bottom }: Bounds): Box => [left, top, right, bottom];
const boundsOf = ([left, top, right, bottom]: Box): Bounds => ({ left, top, right, bottom });
const isIn = ([left, top, right, bottom]: Box, point: Point | undefined): boolean =>
  point !== undefined && point.x >= left && point.x < right && point.y >= top && point.y < bottom;

export interface Sum {
  readonly files: number;
  readonly screens: number;
  readonly asked: number;
  readonly found: number;
  readonly taps: number;
  readonly wrongTaps: number;
}

export const sumOf = (scores: readonly Score[]): Sum => ({
  files: scores.length,
  screens: scores.filter(({ screen }) => screen === 'right').length,
  asked: scores.reduce((sum, { asked }) => sum + asked, 0),
  found: scores.reduce((sum, { found }) => sum + found, 0),
  taps: scores.reduce((sum, { taps }) => sum + taps, 0),
  wrongTaps: scores.reduce((sum, { wrongTaps }) => sum + wrongTaps.length, 0),
});

/** One line a capture, its faults below. */
export const scoreLines = (score: Score): string[] => [
  `${score.screen === 'right' ? 'ok    ' : score.screen.toUpperCase().padEnd(7)} ${score.name.padEnd(46)} ${(score.said ?? '–').padEnd(24)} ${score.found}/${score.asked}`,
  ...score.missed.map((what) => `          missed  ${what}`),
  ...score.wrongTaps.map((what) => `          WRONG   ${what}`),
  ...score.otherFaults.map((what) => `          fact    ${what}`),
];
