import { describe, expect, test } from 'vitest';
import { apps } from '../../src/apps/index.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { sight } from '../../src/script/sighting.ts';
import { type Capture, capturesFolder, readCaptures } from './captures.ts';
import { scoreCapture, scoreLines, sumOf } from './captures-score.ts';

const captures = readCaptures();
if (captures.length === 0)
  console.log(`no captures at ${capturesFolder} (DROVER_CAPTURES names another folder): skipped`);
const own = captures.filter(({ label }) => label.app === 'instagram');

const scoreAll = (change: (xml: string) => string) =>
  own.map((capture) => scoreCapture(capture, sight(parseHierarchy(change(capture.xml)), apps)));

/** Every id gets a name that says nothing, the same one throughout a capture. */
function renameIds(xml: string): string {
  const names = new Map<string, string>();
  return xml.replace(/resource-id="([^"]+)"/g, (_, id: string) => {
    const name = names.get(id) ?? `com.instagram.android:id/x${names.size}`;
    names.set(id, name);
    return `resource-id="${name}"`;
  });
}

describe.skipIf(own.length === 0)('captures of Instagram', () => {
  test('screens, elements, taps and state are what a person read', () => {
    const scores = scoreAll((xml) => xml);
    const lines = scores.flatMap((score) => scoreLines(score)).filter((line) => !line.startsWith('ok'));
    console.log(lines.join('\n'));
    const { files, screens, asked, found, wrongTaps } = sumOf(scores);
    expect(wrongTaps).toBe(0);
    expect(screens / files).toBeGreaterThanOrEqual(0.98);
    expect(found / asked).toBeGreaterThanOrEqual(0.98);
    // trees without any package (rebuilt from logs) tell neither what blocks them nor whether a keyboard is up
    const whole = scores.filter(({ name }) => own.find((capture) => capture.name === name)?.label.package_in_tree);
    expect(whole.flatMap(({ name, otherFaults }) => otherFaults.map((fault) => `${name} ${fault}`))).toEqual([]);
  });

  test('with all ids renamed, words and shapes still tell', () => {
    const { files, screens, asked, found, wrongTaps } = sumOf(scoreAll(renameIds));
    expect(wrongTaps).toBe(0);
    expect(screens / files).toBeGreaterThanOrEqual(0.95);
    expect(found / asked).toBeGreaterThanOrEqual(0.95);
  });

  test('without the order of drawing, as plain dumps have it, nothing covered is taken for what is in front', () => {
    const { files, screens, asked, found, wrongTaps } = sumOf(
      scoreAll((xml) => xml.replace(/ drawing-order="\d+"/g, '')),
    );
    expect(wrongTaps).toBe(0);
    expect(screens / files).toBeGreaterThanOrEqual(0.95);
    expect(found / asked).toBeGreaterThanOrEqual(0.95);
  });

  test('nothing of TikTok and of the system is taken for Instagram', () => {
    const isOther = ({ label, name }: Capture) => label.app !== 'instagram' && name.endsWith('.xml');
    const taken = captures
      .filter(isOther)
      .map(({ name, xml }) => [name, sight(parseHierarchy(xml), apps).recognised.top?.screenName ?? ''])
      .filter(([, screen]) => screen?.startsWith('instagram.'));
    expect(taken).toEqual([]);
  });
});
