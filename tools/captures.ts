/**
 * `node tools/captures.ts [WORD…]`: how the recogniser does on the captures whose name holds one of the words, each fault
 * named. For whoever writes screens; the tests judge the same figures.
 */
import { apps } from '../src/apps/index.ts';
import { parseHierarchy } from '../src/phone/hierarchy.ts';
import { sight } from '../src/script/sighting.ts';
import { capturesFolder, readCaptures } from '../test/apps/captures.ts';
import { scoreCapture, scoreLines, sumOf } from '../test/apps/captures-score.ts';

const words = process.argv.slice(2);
const captures = readCaptures().filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (captures.length === 0) console.log(`no such captures at ${capturesFolder} (DROVER_CAPTURES names another folder)`);
const scores = captures.map((capture) => scoreCapture(capture, sight(parseHierarchy(capture.xml), apps)));
for (const score of scores) for (const line of scoreLines(score)) console.log(line);
const { files, screens, asked, found, taps, wrongTaps } = sumOf(scores);
console.log(`\nscreens ${screens}/${files}, elements ${found}/${asked}, wrong taps ${wrongTaps} of ${taps}`);
