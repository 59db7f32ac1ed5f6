const [minute, day] = [60_000, 86_400_000];

/** One change of the clocks: at `at` (epoch ms) a zone goes from one offset to the next (ms east of Greenwich). */
export interface Change {
  zone: string;
  at: number;
  before: number;
  after: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show beyond UTC, as Intl names it: another way than the one the product goes. */
export function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(at)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
}

/** Every change of every zone that this Node knows, between two instants. */
export function listChanges(from: number, to: number): Change[] {
  return Intl.supportedValuesOf('timeZone').flatMap((zone) => changesOf(zone, from, to));
}

function changesOf(zone: string, from: number, to: number): Change[] {
  const found: Change[] = [];
  const step = 10 * day; // no rule lasts less
  for (let at = from; at < to; at += step) {
    const [before, after] = [offsetAt(zone, at), offsetAt(zone, at + step)];
    if (before === after) continue;
    let [low, high] = [at, at + step];
    while (high - low > minute) {
      const middle = low + Math.floor((high - low) / 2 / minute) * minute;
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    found.push({ zone, at: high, before, after });
  }
  return found;
}

/** The changes that differ in more than the name of their zone. */
export const distinct = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [`${change.at}:${change.before}:${change.after}`, change])).values(),
];

/**
 * The instants after `from` and up to `to` (with the change between them) at which a wall time that `isDue` names is shown
 * for the first time, or would be had the clocks not jumped over it: by walking minute by minute over what they show.
 */
export function walk(
  change: Change,
  { from, to, isDue }: { from: number; to: number; isDue: (wall: number) => boolean },
): number[] {
  const due: number[] = [];
  let shown = from + change.before; // the latest wall time that has been shown, or jumped over
  for (let at = from + minute; at <= to; at += minute) {
    const wall = at + (at < change.at ? change.before : change.after);
    let isDueNow = false;
    // Minutes that were jumped over are all due now.
    for (; shown < wall; shown += minute) isDueNow ||= isDue(shown + minute);
    if (isDueNow) due.push(at);
  }
  return due;
}
