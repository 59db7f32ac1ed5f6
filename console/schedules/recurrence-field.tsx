import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cronOf, presets, type Recurrence, recurrenceOf, usual } from './cron-preset.ts';

interface RecurrenceFieldProps {
  cron: string;
  onChange(cron: string): void;
  error: string | undefined;
}

/** 2023 began on a Sunday. */
const sunday = Date.UTC(2023, 0, 1);
const dayMs = 86_400_000;

/** How often: one of the usual ways, or an expression of one's own. */
export function RecurrenceField({ cron, onChange, error }: RecurrenceFieldProps) {
  const { t, i18n } = useTranslation();
  const known = recurrenceOf(cron);
  const [isOwn, setOwn] = useState(known === undefined);
  const shown = isOwn ? undefined : known;
  const change = (more: Partial<Recurrence>) => shown && onChange(cronOf({ ...shown, ...more }));
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
  const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
    value: String(day),
    label: dayName.format(sunday + day * dayMs),
  }));
  return (
    <Group align="start" grow preventGrowOverflow={false}>
      <Select
        label={t('schedules.repeats')}
        allowDeselect={false}
        value={shown?.preset ?? 'own'}
        data={[...presets, 'own' as const].map((value) => ({ value, label: t(`schedules.presets.${value}`) }))}
        onChange={(value) => {
          const preset = presets.find((one) => one === value);
          setOwn(preset === undefined);
          if (preset) onChange(cronOf({ ...(known ?? usual), preset }));
        }}
      />
      {shown?.preset === 'weekly' && (
        <Select
          label={t('schedules.weekday')}
          allowDeselect={false}
          value={String(shown.weekday)}
          data={weekdays}
          onChange={(value) => change({ weekday: Number(value) })}
        />
      )}
      {shown?.preset === 'monthly' && (
        <NumberInput
          label={t('schedules.day')}
          min={1}
          max={28}
          value={shown.day}
          onChange={(value) => change({ day: Math.min(28, Math.max(1, Number(value) || 1)) })}
        />
      )}
      {shown?.preset === 'hourly' && (
        <NumberInput
          label={t('schedules.minute')}
          min={0}
          max={59}
          value={shown.minute}
          onChange={(value) => change({ minute: Math.min(59, Math.max(0, Number(value) || 0)) })}
        />
      )}
      {shown && shown.preset !== 'hourly' && (
        <TextInput
          type="time"
          label={t('create.time')}
          value={`${two(shown.hour)}:${two(shown.minute)}`}
          onChange={(event) => {
            const [hour = '', minute = ''] = event.currentTarget.value.split(':');
            if (minute !== '') change({ hour: Number(hour), minute: Number(minute) });
          }}
        />
      )}
      {!shown && (
        <TextInput
          required
          label={t('schedules.cron')}
          description={t('schedules.cronWhy')}
          error={error}
          value={cron}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Group>
  );
}

const two = (number: number): string => String(number).padStart(2, '0');
