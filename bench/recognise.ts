import { apps } from '../src/apps/index.ts';
import { systemClock } from '../src/base/clock.ts';
import { parseHierarchy } from '../src/phone/hierarchy.ts';
import { type Known, sight } from '../src/script/sighting.ts';
import { spread } from './spread.ts';

const nodes = 400;
const words = [
  'For You',
  'Following',
  'Like video. 12 likes',
  'Add comment...',
  'Next',
  'Message',
  'a caption of somebody',
  '',
];

/** A screen of 400 nodes in rows and columns, bounds nested, half of the nodes with a label; of our own making. */
function screen(packageName: string, seed: number): string {
  const cells = Array.from({ length: (nodes - 1) / 4 }, (_, index) => {
    const top = 20 + Math.floor(index / 4) * 90;
    const left = (index % 4) * 270;
    const label = words[(index * 7 + seed) % words.length];
    const box = `[${left},${top}][${left + 268},${top + 88}]`;
    const common = `package="${packageName}" enabled="true" displayed="true"`;
    return `<android.widget.FrameLayout ${common} clickable="true" drawing-order="${index}" resource-id="${packageName}:id/q${(index * 3) % 37}" bounds="${box}">
      <android.widget.LinearLayout ${common} drawing-order="1" bounds="${box}">
        <android.widget.ImageView ${common} content-desc="${label} ${index}" drawing-order="1" bounds="${box}"/>
        <android.widget.TextView ${common} text="${label}" drawing-order="2" resource-id="${packageName}:id/t${index % 9}" bounds="${box}"/>
      </android.widget.LinearLayout></android.widget.FrameLayout>`;
  });
  return `<hierarchy rotation="0" width="1080" height="2400"><android.widget.FrameLayout package="${packageName}" bounds="[0,0][1080,2400]">${cells.join('')}</android.widget.FrameLayout></hierarchy>`;
}

/** One look: reading the tree, and telling app, screen, state and elements. The acceptance line is 5 ms at the 95th percentile. */
export function benchRecognise(rounds: number): object[] {
  return apps.map((app: Known) => {
    const sources = Array.from({ length: 20 }, (_, seed) => screen(app.packageName, seed));
    const parsing: number[] = [];
    const telling: number[] = [];
    let cpu = process.cpuUsage();
    for (let round = -rounds / 4; round < rounds; round += 1) {
      if (round === 0) cpu = process.cpuUsage();
      const xml = sources[Math.abs(round) % sources.length] ?? '';
      const startedAt = systemClock.monotonic();
      const hierarchy = parseHierarchy(xml);
      const parsedAt = systemClock.monotonic();
      sight(hierarchy, apps);
      const toldAt = systemClock.monotonic();
      if (round < 0) continue; // the first looks compile the code
      parsing.push(parsedAt - startedAt);
      telling.push(toldAt - parsedAt);
    }
    const { user, system } = process.cpuUsage(cpu);
    const cpu_ms_a_look = Math.round((user + system) / rounds / 100) / 10; // what a busy machine does not distort
    return {
      bench: 'recognise',
      app: app.platform,
      nodes,
      rounds,
      parse_ms: spread(parsing),
      recognise_ms: spread(telling),
      cpu_ms_a_look,
    };
  });
}
