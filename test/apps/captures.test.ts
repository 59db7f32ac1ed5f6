import { beforeAll, describe, expect, test } from 'vitest';
import { apps } from '../../src/apps/index.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { sight } from '../../src/script/sighting.ts';
import { mutationsOf } from '../../tools/survival/mutations.ts';
import { type Outcome, survive } from '../../tools/survival/run.ts';
import { capturesFolder, readCaptures } from './captures.ts';
import { scoreCapture, scoreLines, sumOf } from './captures-score.ts';

const captures = readCaptures();
if (captures.length === 0)
  console.log(`no captures at ${capturesFolder} (DROVER_CAPTURES names another folder): skipped`);

describe.skipIf(captures.length === 0)('all captures of real phones', () => {
  test('98 % of the screens and 95 % of the elements are told, and no tap is wrong', () => {
    const scores = captures.map((capture) => scoreCapture(capture, sight(parseHierarchy(capture.xml), apps)));
    const sum = sumOf(scores);
    const faulty = scores.filter(
      ({ screen, missed, wrongTaps }) => screen !== 'right' || missed.length + wrongTaps.length > 0,
    );
    if (faulty.length > 0) console.log(faulty.flatMap(scoreLines).join('\n'));
    expect(sum.screens / sum.files).toBeGreaterThanOrEqual(0.98);
    expect(sum.found / sum.asked).toBeGreaterThanOrEqual(0.95);
    expect(scores.flatMap(({ name, wrongTaps }) => wrongTaps.map((what) => `${name}: ${what}`))).toEqual([]);
  });
});

describe.skipIf(captures.length === 0)('captures as updates and other phones would change them', () => {
  const mutations = mutationsOf(captures);
  let outcomes: Outcome[] = [];
  beforeAll(() => {
    outcomes = survive(captures, mutations, { apps, seed: 'test', rounds: 1 });
  }, 300_000);

  test('with every id renamed 95 % of the elements are found', () => {
    const renamed = sumOf(outcomes.filter(({ mutation }) => mutation === 'ids renamed'));
    expect(renamed.found / renamed.asked).toBeGreaterThanOrEqual(0.95);
  });

  test.each(Object.keys(mutations))('%s: at most one wrong tap in 1,000', (name) => {
    const those = outcomes.filter(({ mutation }) => mutation === name);
    const { taps, wrongTaps } = sumOf(those);
    const faults = those.flatMap((outcome) => outcome.wrongTaps.map((what) => `${outcome.name}: ${what}`));
    expect(wrongTaps, faults.join('\n')).toBeLessThanOrEqual(taps / 1_000);
  });

  test('below a window or pop-up that nobody knows nothing is offered', () => {
    const covered = outcomes.filter(({ isCovered }) => isCovered);
    expect(covered.length).toBeGreaterThan(0);
    expect(covered.filter(({ taps }) => taps > 0).map(({ mutation, name }) => `${mutation}: ${name}`)).toEqual([]);
  });
});
