/** Numbers, sizes and spans as the reader's language writes them. */

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, known);
  return known;
}

export const count = (language: string, value: number): string => numberFormat(language, {}).format(value);

export const percent = (language: string, value: number): string =>
  numberFormat(language, { style: 'unit', unit: 'percent', maximumFractionDigits: 0 }).format(value);

/** MB (1,048,576 bytes) as the largest unit that leaves a number of at least one. */
export function megabytes(language: string, mb: number): string {
  const units = ['megabyte', 'gigabyte', 'terabyte'] as const;
  let value = mb;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return numberFormat(language, {
    style: 'unit',
    unit: units[at] ?? 'megabyte',
    maximumFractionDigits: value < 10 && at > 0 ? 1 : 0,
  }).format(value);
}

export const bytes = (language: string, value: number): string =>
  value < 1_048_576
    ? numberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
        Math.max(1, Math.round(value / 1024)),
      )
    : megabytes(language, value / 1_048_576);

export const degrees = (language: string, value: number): string =>
  numberFormat(language, { style: 'unit', unit: 'celsius', maximumFractionDigits: 0 }).format(value);

/** A span in its largest sensible unit, short: "240 ms", "2 s", "3 min", "5 h", "2 days". */
export function span(language: string, ms: number): string {
  const unit = (value: number, name: string, digits = 0) =>
    numberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(
      value,
    );
  if (ms < 1_000) return unit(Math.max(0, Math.round(ms)), 'millisecond');
  const seconds = ms / 1_000;
  if (seconds < 60) return unit(seconds, 'second', seconds < 10 ? 1 : 0);
  if (seconds < 3_600) return unit(Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return unit(Math.floor(seconds / 3_600), 'hour');
  return unit(Math.floor(seconds / 86_400), 'day');
}

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** "2 sec. ago", "in 3 min.": `ms` is the time from now, negative for the past. */
export function relative(language: string, ms: number): string {
  const format =
    relativeFormats.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' });
  relativeFormats.set(language, format);
  const seconds = Math.trunc(ms / 1_000);
  const size = Math.abs(seconds);
  // Intl says "in 0 sec." for what has just been.
  if (seconds === 0) return format.format(ms <= 0 ? -0 : 0, 'second');
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3_600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3_600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs far more than using it. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(language, options);
  dateFormats.set(key, known);
  return known;
}

/** Day, time and zone of the viewer, in full. */
export const fullInstant = (language: string, epochMs: number): string =>
  dateFormat(language, { dateStyle: 'full', timeStyle: 'long' }).format(epochMs);

/** Hours to milliseconds, in the viewer's own time zone. */
export const timeOfDay = (language: string, epochMs: number): string =>
  dateFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(epochMs);

/** In the viewer's own time zone. */
export function instant(language: string, epochMs: number, now: number): string {
  const isToday = new Date(epochMs).toDateString() === new Date(now).toDateString();
  return dateFormat(
    language,
    isToday ? { hour: '2-digit', minute: '2-digit', second: '2-digit' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(epochMs);
}
