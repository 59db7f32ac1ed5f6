import { DroverError } from '../base/error.ts';

/** Wall time in `zone` at an instant. */
interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock of `zone` at `at` (epoch ms) as if it were UTC, in epoch ms, whole seconds. */
function wallAsUtc(at: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function wallTimeAt(at: number, zone: string): WallTime {
  const wall = new Date(wallAsUtc(at, zone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

const day = 86_400_000;

/**
 * The first instant (epoch ms) at which the clocks of `zone` show `wanted` or, when the change to summer time skips it,
 * the first instant after the gap. When it occurs twice, the first of the two.
 */
export function instantOf(wanted: WallTime, zone: string): number {
  const wall = Date.UTC(wanted.year, wanted.month - 1, wanted.day, wanted.hour, wanted.minute);
  // The offsets a day before and a day after bracket any change; the earlier instant that shows the wanted time wins.
  const candidates = [wall - offsetAt(wall - day, zone), wall - offsetAt(wall + day, zone)].sort((a, b) => a - b);
  for (const candidate of candidates) if (wallAsUtc(candidate, zone) === wall) return candidate;
  return firstAfterGap(candidates, wall, zone);
}

function offsetAt(at: number, zone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  return wallAsUtc(whole, zone) - whole;
}

/** Between the two candidates lies the jump: find the instant from which on the wall clock is past the wanted time. */
function firstAfterGap([low = 0, high = 0]: number[], wall: number, zone: string): number {
  let before = low - day;
  let after = high + day;
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (wallAsUtc(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const isoPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const clockPattern = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/**
 * When a task of this create call is due (epoch ms). `HH:MM` is a wall time in `zone`: the current minute means now, an
 * earlier time its next occurrence. An ISO 8601 date-time with offset is an instant. Absent or empty means now.
 * Throws `input.invalid`.
 */
export function resolveStartTime(startTime: string | undefined, { now, zone }: { now: number; zone: string }): number {
  if (startTime === undefined || startTime === '') return now;
  const clock = clockPattern.exec(startTime);
  if (clock) return nextOccurrence(Number(clock[1]), Number(clock[2]), now, zone);
  const iso = isoPattern.exec(startTime);
  const at = iso ? Date.parse(startTime) : Number.NaN;
  // Date.parse rolls 2026-02-30 over into March; the date read back must be the date given.
  if (iso && !Number.isNaN(at) && isRealDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))) return at;
  throw new DroverError('input.invalid', {
    message: `start_time: "${startTime}" is not a time; send "HH:MM" (24 hours, for example "14:30") or an ISO 8601 date-time with offset (for example "2026-01-02T14:30:00+01:00")`,
    details: { path: '/start_time' },
  });
}

const isRealDate = (year: number, month: number, dayOfMonth: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
};

function nextOccurrence(hour: number, minute: number, now: number, zone: string): number {
  const today = wallTimeAt(now, zone);
  if (today.hour === hour && today.minute === minute) return now;
  for (const ahead of [0, 1, 2]) {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead));
    const at = instantOf(
      { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute },
      zone,
    );
    if (at > now) return at;
  }
  throw new DroverError('server.bug', { message: `no next occurrence of ${hour}:${minute} in ${zone}` });
}
