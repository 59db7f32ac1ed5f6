export const presets = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly'] as const;
export type Preset = (typeof presets)[number];

/** A time that comes again, as people say it. */
export interface Recurrence {
  preset: Preset;
  /** 0 to 23. */
  hour: number;
  /** 0 to 59. */
  minute: number;
  /** Of `weekly`: 0 Sunday to 6 Saturday. */
  weekday: number;
  /** Of `monthly`: 1 to 28, so that no month is without it. */
  day: number;
}

export function cronOf({ preset, hour, minute, weekday, day }: Recurrence): string {
  switch (preset) {
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'weekdays':
      return `${minute} ${hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${hour} * * ${weekday}`;
    case 'monthly':
      return `${minute} ${hour} ${day} * *`;
  }
}

/** What a new schedule begins with. */
export const usual: Recurrence = { preset: 'weekdays', hour: 8, minute: 30, weekday: 1, day: 1 };

/** The expression as one of the presets; undefined: it says something else. */
export function recurrenceOf(cron: string): Recurrence | undefined {
  const fields = cron.trim().split(/\s+/);
  const number = (text = ''): number | undefined => (/^\d{1,2}$/.test(text) ? Number(text) : undefined);
  const [minute, hour, day, , weekday] = fields.map(number);
  const known = {
    ...usual,
    ...(minute !== undefined && { minute }),
    ...(hour !== undefined && { hour }),
    ...(day !== undefined && { day }),
    ...(weekday !== undefined && { weekday: weekday % 7 }),
  };
  if (known.day > 28) return undefined;
  const preset = presets.find((one) => cronOf({ ...known, preset: one }) === fields.join(' '));
  return preset && { ...known, preset };
}
