import { seededRandom } from '../base/random.ts';
import type { Rect } from './parts.ts';

/**
 * A picture that stands for a video or photo: a sky-like gradient, soft lights and hills, all from the seed, so that the
 * same video looks the same wherever it appears and two videos can be told apart.
 */
export function drawPattern(seed: string, bounds: Rect): { defs: [string, string][]; body: string } {
  const random = seededRandom(`picture ${seed}`);
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const tag = `${hashOf(seed)}${bounds.left}_${bounds.top}_${width}_${height}`;
  const hue = random.int(0, 359);
  const second = (hue + random.int(25, 70)) % 360;
  const night = random.chance(35);
  const light = night ? 22 : random.int(48, 62);
  const defs: [string, string][] = [
    [
      `g${tag}`,
      `<linearGradient id="g${tag}" x1="0" y1="0" x2="${random.chance(50) ? 0 : 0.4}" y2="1"><stop offset="0" stop-color="${hsl(hue, 55, light)}"/><stop offset="0.55" stop-color="${hsl(second, 60, light + 14)}"/><stop offset="1" stop-color="${hsl(second + 20, 50, light - 10)}"/></linearGradient>`,
    ],
    [
      `l${tag}`,
      `<radialGradient id="l${tag}"><stop offset="0" stop-color="${hsl(second + 30, 90, 82)}" stop-opacity="0.9"/><stop offset="1" stop-color="${hsl(second + 30, 90, 70)}" stop-opacity="0"/></radialGradient>`,
    ],
  ];
  const at = (x: number, y: number) => `${round(bounds.left + x * width)} ${round(bounds.top + y * height)}`;
  const body: string[] = [
    `<rect x="${bounds.left}" y="${bounds.top}" width="${width}" height="${height}" fill="url(#g${tag})"/>`,
  ];
  for (let lightIndex = random.int(1, 3); lightIndex > 0; lightIndex--) {
    const [x, y] = at(0.15 + random.next() * 0.7, 0.1 + random.next() * 0.45).split(' ');
    body.push(
      `<circle cx="${x}" cy="${y}" r="${round(Math.min(width, height) * (0.12 + random.next() * 0.3))}" fill="url(#l${tag})"/>`,
    );
  }
  const hills = random.int(2, 3);
  for (let hill = 0; hill < hills; hill++) {
    const base = 0.58 + hill * 0.14 + random.next() * 0.05;
    const bend = () => base - 0.12 + random.next() * 0.2;
    body.push(
      `<path d="M${at(0, base)} C${at(0.25, bend())} ${at(0.4, bend())} ${at(0.55, base - 0.02)} S${at(0.85, bend())} ${at(1, base)} V${round(bounds.bottom)} H${round(bounds.left)} Z" fill="${hsl(hue + 180 + hill * 12, 32, Math.max(10, light - 22 - hill * 8))}" fill-opacity="0.85"/>`,
    );
  }
  return { defs, body: body.join('') };
}

const hsl = (hue: number, saturation: number, lightness: number): string =>
  `hsl(${((hue % 360) + 360) % 360},${saturation}%,${Math.min(92, Math.max(6, lightness))}%)`;

const round = (value: number): number => Math.round(value * 10) / 10;

function hashOf(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
  return hash.toString(36);
}
