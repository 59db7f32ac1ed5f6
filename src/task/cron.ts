import { Cron } from 'croner';
import { DroverError } from '../base/error.ts';
import { instantOf, isTimeZone, wallTimeAt } from './start-time.ts';

/** When something recurs, in wall times; which instants those are depends on a zone. */
export interface Recurrence {
  /** As it is stored and shown: one blank between the fields. */
  readonly text: string;
  readonly pattern: Cron;
}

const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const longest = 200;

/**
 * Five fields (minute, hour, day of month, month, day of week) or a nickname such as `@daily`. Throws `input.invalid` for
 * anything else, and for what never occurs (30 February).
 */
export function parseCron(text: string): Recurrence {
  const plain = text.trim().replaceAll(/\s+/g, ' ');
  const fields = plain.split(' ').length;
  const isNickname = nicknames.includes(plain.toLowerCase());
  if (plain.length > longest) throw refused(text, `is longer than ${longest} characters`);
  if (!isNickname && fields !== 5) {
    throw refused(text, 'must have five fields: minute, hour, day of month, month, day of week');
  }
  let pattern: Cron;
  try {
    // The pattern is read as if all clocks showed UTC, which never jumps; instantOf does the rest.
    pattern = new Cron(plain, { timezone: 'UTC', mode: '5-part' });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : 'it cannot be read';
    throw refused(text, `is not a cron expression: ${said}`, cause);
  }
  if (!pattern.nextRun(new Date(0))) throw refused(text, 'never occurs');
  return { text: plain, pattern };
}

const refused = (text: string, why: string, cause?: unknown): DroverError =>
  new DroverError('input.invalid', {
    message: `cron: "${text.slice(0, 60)}" ${why} (for example "0 9 * * 1-5": at 9:00 from Monday to Friday)`,
    details: { path: 'cron' },
    ...(cause === undefined ? {} : { cause }),
  });

/** Throws `input.invalid`. */
export function checkZone(zone: string): void {
  if (isTimeZone(zone)) return;
  throw new DroverError('input.invalid', {
    message: `time_zone: "${zone.slice(0, 60)}" is not a time zone; send an IANA name such as "Europe/Berlin"`,
    details: { path: 'time_zone' },
  });
}

/**
 * The instants (epoch ms) after `after` at which it is due in `zone`, rising, without end. Each wall time counts once: one
 * that summer time skips is due at the first instant after the gap (several of them together: once), one that occurs twice
 * is due the first time. croner by itself would let patterns with a wildcard run through the doubled hour twice.
 */
export function* instantsAfter({ pattern }: Recurrence, zone: string, after: number): Generator<number, void> {
  const { year, month, day, hour, minute } = wallTimeAt(after, zone);
  let wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
  let last = after;
  for (;;) {
    const next = pattern.nextRun(wall);
    if (!next) return;
    wall = next;
    const at = instantOf(
      {
        year: next.getUTCFullYear(),
        month: next.getUTCMonth() + 1,
        day: next.getUTCDate(),
        hour: next.getUTCHours(),
        minute: next.getUTCMinutes(),
      },
      zone,
    );
    if (at <= last) continue;
    last = at;
    yield at;
  }
}

/** The next `count` instants after `after`; fewer when it ends. */
export function nextInstants(recurrence: Recurrence, zone: string, after: number, count: number): number[] {
  return [...instantsAfter(recurrence, zone, after).take(count)];
}

/** The last `most` instants with `after` < instant ≤ `until`, rising; looks back in growing steps, however long ago `after` is. */
export function latestInstants(
  recurrence: Recurrence,
  zone: string,
  { after, until, most }: { after: number; until: number; most: number },
): number[] {
  for (let span = 3_600_000; ; span *= 2) {
    const start = Math.max(after, until - span);
    const found: number[] = [];
    for (const at of instantsAfter(recurrence, zone, start)) {
      if (at > until) break;
      found.push(at);
    }
    if (found.length >= most || start === after) return found.slice(-most);
  }
}
