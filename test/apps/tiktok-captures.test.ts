import { describe, expect, test } from 'vitest';
import { tiktok } from '../../src/apps/tiktok/app.ts';
import { type Recognised, recognise } from '../../src/script/recognise.ts';
import type { Resolved } from '../../src/script/resolve.ts';
import { type CaptureLabel, capturesFolder, type ElementLabel, readCapture, readLabels } from './captures.ts';

const labels = readLabels();
if (!labels) console.log(`no captures at ${capturesFolder} (DROVER_CAPTURES names another folder): skipped`);

/** `tiktok.create-post` → `create-post` */
const shortName = (screenName: string): string => screenName.slice(screenName.indexOf('.') + 1);
/** `tiktok.create-gallery.firstItem` → `first_item` */
const elementName = (control: string): string =>
  (control.split('.').at(-1) ?? '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const recogniseCapture = (name: string, label: CaptureLabel): Recognised =>
  recognise(readCapture(name, label), {
    ...tiktok,
    packageName: label.app === 'tiktok' ? label.package : tiktok.packageName,
  });

const rightNames = (label: CaptureLabel): string[] => [label.screen, ...(label.screen_also ?? [])];

/** The named control; a dialog's `dismiss` is whichever control its rule names. */
function controlNamed({ controls, top }: Recognised, element: string): Resolved | undefined {
  const way = top?.rules.dismiss;
  const wanted = element === 'dismiss' && way ? elementName(way) : element;
  return [...controls].find(([name]) => elementName(name) === wanted)?.[1];
}

function tapFault(resolved: Resolved | undefined, { tap, alt_taps = [] }: ElementLabel): string | undefined {
  if (!resolved || resolved.is === 'none') return 'not found';
  if (resolved.is !== 'one' || !resolved.target) return `${resolved.is}, nothing to tap`;
  const { bounds } = resolved.target;
  const [x, y] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2];
  const boxes = tap ? [tap, ...alt_taps] : alt_taps;
  const isIn = boxes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom);
  return isIn ? undefined : `would tap ${x},${y}`;
}

describe.skipIf(!labels)('captures of TikTok', () => {
  const files = Object.entries(labels?.files ?? {});
  const own = files.filter(([name, label]) => label.app === 'tiktok' && !label.unsure && !name.endsWith('.txt'));

  test('no screen is taken for another one, and nearly all are told', () => {
    const answers = own.map(([name, label]) => {
      const { top, confidence } = recogniseCapture(name, label);
      const said = top ? shortName(top.screenName) : undefined;
      const parents = labels?.parents ?? {};
      const isRight =
        said !== undefined && rightNames(label).some((right) => right === said || parents[right] === said);
      return { name, said, confidence, verdict: said === undefined ? 'unknown' : isRight ? 'right' : 'WRONG' };
    });
    for (const { name, said, confidence, verdict } of answers) {
      console.log(`${verdict.padEnd(8)}${name.padEnd(46)}${said ?? '–'} ${confidence.toFixed(2)}`);
    }
    expect(answers.filter(({ verdict }) => verdict === 'WRONG')).toEqual([]);
    // the one with four buttons left of a whole panel; nothing on it says what it is
    expect(answers.filter(({ verdict }) => verdict === 'unknown').map(({ name }) => name)).toEqual([
      'tiktok/comments-typing--3.xml',
    ]);
  });

  test.each(own)('%s: language, and whether something is in the way', (name, label) => {
    const { top, language, blocking } = recogniseCapture(name, label);
    if (!top) return;
    if (label.language !== null) expect(language).toBe(label.language);
    if (label.blocking !== null) expect(blocking).toBe(label.blocking);
  });

  test.each(own)('%s: taps would land on what they are meant for', (name, label) => {
    const seen = recogniseCapture(name, label);
    if (!seen.top) return;
    const faults = Object.entries(label.elements).flatMap(([element, box]) => {
      if (!box || Array.isArray(box) || !('tap' in box) || !box.tap || box.unsure) return [];
      if (element === 'dismiss' && !seen.top?.rules.dismiss) return []; // never touched: it ends the attempt
      const fault = tapFault(controlNamed(seen, element), box);
      return fault ? [`${element}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  test('a button that cannot be tapped yet is not offered', () => {
    const name = 'tiktok/create-gallery--2.xml';
    const label = labels?.files[name];
    if (!label) return;
    expect(controlNamed(recogniseCapture(name, label), 'next')?.is).toBe('none');
  });

  test('nothing of other apps and of the system is taken for a screen of TikTok', () => {
    const taken = files
      .filter(([name, label]) => label.app !== 'tiktok' && name.endsWith('.xml'))
      .map(([name, label]) => [name, recogniseCapture(name, label).top?.screenName ?? ''])
      .filter(([, screen]) => screen?.startsWith('tiktok.'));
    expect(taken).toEqual([]);
  });

  test('texts behind the end of a dump do not matter', () => {
    const name = 'malformed/tiktok-comments-trailing-text--2.xml.txt';
    const label = labels?.files[name];
    if (label) expect(recogniseCapture(name, label).top?.screenName).toBe('tiktok.comments');
  });
});
