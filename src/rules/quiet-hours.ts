/** Hours without public actions, by the wall clock of a time zone. `from` later than `to` spans midnight. */
export interface QuietHours {
  /** Minutes after midnight. */
  fromMinute: number;
  toMinute: number;
  timeZone: string;
}

const minuteMs = 60_000;

/** Reads HH:MM settings; undefined when there are no quiet hours (either is empty, or both are equal). */
export function parseQuietHours(from: string, to: string, timeZone: string): QuietHours | undefined {
  const fromMinute = minuteOf(from);
  const toMinute = minuteOf(to);
  if (fromMinute === undefined || toMinute === undefined || fromMinute === toMinute) return undefined;
  return { fromMinute, toMinute, timeZone };
}

function minuteOf(time: string): number | undefined {
  const [hours, minutes] = time.split(':').map(Number);
  return hours === undefined || minutes === undefined ? undefined : hours * 60 + minutes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: that takes longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return format;
}

/** When the quiet hours around `now` end (epoch ms), or undefined when it is not quiet now. */
export function quietUntil(hours: QuietHours, now: number): number | undefined {
  const format = formatOf(hours.timeZone);
  const minuteAt = (at: number): number => minuteOf(format.format(at)) ?? 0;
  const isQuiet = (minute: number): boolean =>
    hours.fromMinute < hours.toMinute
      ? minute >= hours.fromMinute && minute < hours.toMinute
      : minute >= hours.fromMinute || minute < hours.toMinute;
  let at = Math.floor(now / minuteMs) * minuteMs;
  if (!isQuiet(minuteAt(at))) return undefined;
  // A jump to the end by the wall clock; where the clocks change in between it lands early or late and is walked right.
  at += ((hours.toMinute - minuteAt(at) + 1440) % 1440) * minuteMs;
  while (at - minuteMs > now && !isQuiet(minuteAt(at - minuteMs))) at -= minuteMs;
  while (isQuiet(minuteAt(at))) at += minuteMs;
  return at;
}
