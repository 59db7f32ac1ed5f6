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

/** `YYYY-MM-DD HH:MM:SS` on the clocks of `zone`: the documented spelling. */
export function documentedTime(at: number, zone: string): string {
  const { year, month, day, hour, minute, second } = partsAt(at, zone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** ISO 8601 with the offset that `zone` has then: `2026-01-02T14:30:00+01:00`. */
export function isoTime(at: number, zone: string): string {
  const { year, month, day, hour, minute, second, timeZoneName } = partsAt(at, zone);
  // Intl says "GMT+01:00", and plain "GMT" for zero.
  const offset = timeZoneName.slice(3) || '+00:00';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}

/** `14:02` for today, with the date for any other day; for sentences. */
export function spokenTime(at: number, now: number, zone: string): string {
  const text = documentedTime(at, zone);
  const isToday = text.slice(0, 10) === documentedTime(now, zone).slice(0, 10);
  return isToday ? text.slice(11, 16) : text.slice(0, 16);
}
