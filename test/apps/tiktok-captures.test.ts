import { describe, expect, test } from 'vitest';
import { apps } from '../../src/apps/index.ts';
import { tiktok } from '../../src/apps/tiktok/app.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { recognise } from '../../src/script/recognise.ts';
import { sight } from '../../src/script/sighting.ts';
import { capturesFolder, readCapture, readCaptures } from './captures.ts';
import { scoreCapture } from './captures-score.ts';

const captures = readCaptures();
const own = captures.filter(({ label }) => label.app === 'tiktok');
if (captures.length === 0)
  console.log(`no captures at ${capturesFolder} (DROVER_CAPTURES names another folder): skipped`);

describe.skipIf(captures.length === 0)('captures of TikTok', () => {
  test.each(own.map((capture) => [capture.name, capture] as const))(
    '%s: screen, elements, taps, state and language as a person reads them',
    (name, capture) => {
      const { screen, missed, wrongTaps, otherFaults } = scoreCapture(
        capture,
        sight(parseHierarchy(capture.xml), apps),
      );
      expect({ name, screen, missed, wrongTaps }).toEqual({ name, screen: 'right', missed: [], wrongTaps: [] });
      // whether the author behind a survey is followed cannot be seen: the card lies over it
      expect(otherFaults.filter((fault) => !(name.includes('survey') && fault.startsWith('state.following')))).toEqual(
        [],
      );
    },
  );

  test('a button that cannot be tapped yet is shown, and offers no tap', () => {
    const capture = own.find(({ name }) => name === 'tiktok/create-gallery--2.xml');
    if (!capture) return;
    const next = sight(parseHierarchy(capture.xml), apps).elements.get('next');
    expect(next).toMatchObject({ text: 'Next', tap: undefined });
  });

  test('nothing of other apps and of the system is taken for a screen of TikTok', () => {
    const taken = captures
      .filter(({ label }) => label.app !== 'tiktok')
      .map(({ name, label }) => [name, recognise(readCapture(name, label), tiktok).top?.screenName ?? ''])
      .filter(([, screen]) => screen?.startsWith('tiktok.'));
    expect(taken).toEqual([]);
  });
});
