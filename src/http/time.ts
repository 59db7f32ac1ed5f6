const formats = new Map<string, Intl.DateTimeFormat>();

function partsAt(at: number, zone: string): Record<Intl.DateTimeFormatPartTypes, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
    formats.set(zone, format);
  }
  const parts = {} as Record<Intl.DateTimeFormatPartTypes, string>;
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  return parts;
}

const minuteMs = 60_000;
/** Asking Intl costs more than all the rest of a row, and the rows of a list fall into few minutes. */
const mostOffsets = 5_000;
const offsets = new Map<string, { ms: number; spelled: string }>();

/** Zones change their clocks on whole minutes. */
function offsetAt(at: number, zone: string): { ms: number; spelled: string } {
  const minute = Math.floor(at / minuteMs);
  const key = `${minute} ${zone}`;
  let offset = offsets.get(key);
  if (!offset) {
    const { year, month, day, hour, minute: past, second, timeZoneName } = partsAt(minute * minuteMs, zone);
    const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(past), Number(second));
    // Intl says "GMT+01:00", and plain "GMT" for zero.
    offset = { ms: local - minute * minuteMs, spelled: timeZoneName.slice(3) || '+00:00' };
    if (offsets.size >= mostOffsets) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

const localIso = (at: number, offsetMs: number): string => new Date(at + offsetMs).toISOString();

/** `YYYY-MM-DD HH:MM:SS` on the clocks of `zone`: the documented spelling. */
export function documentedTime(at: number, zone: string): string {
  const local = localIso(at, offsetAt(at, zone).ms);
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}

/** ISO 8601 with the offset that `zone` has then: `2026-01-02T14:30:00+01:00`. */
export function isoTime(at: number, zone: string): string {
  const { ms, spelled } = offsetAt(at, zone);
  return `${localIso(at, ms).slice(0, 19)}${spelled}`;
}

/** As `isoTime`, to the millisecond: `2026-01-02T14:30:00.250+01:00`. */
export function preciseTime(at: number, zone: string): string {
  const { ms, spelled } = offsetAt(at, zone);
  return `${localIso(at, ms).slice(0, 23)}${spelled}`;
}

/** `14:02` for today, with the date for any other day; for sentences. */
export function spokenTime(at: number, now: number, zone: string): string {
  const text = documentedTime(at, zone);
  const isToday = text.slice(0, 10) === documentedTime(now, zone).slice(0, 10);
  return isToday ? text.slice(11, 16) : text.slice(0, 16);
}
