import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './create-page.module.css';
import { errorAt, type FieldsProps } from './draft.ts';

const kinds = ['now', 'time', 'date'] as const;
type Kind = (typeof kinds)[number];

/** When it starts, and how far apart the tasks of one phone are. */
export function When({ draft, onChange, problem }: FieldsProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('now');
  const [date, setDate] = useState('');
  return (
    <div className={classes.group}>
      <SegmentedControl
        size="xs"
        aria-label={t('create.when')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`create.kinds.${value}`) }))}
        onChange={(value) => {
          const next = kinds.find((one) => one === value) ?? 'now';
          setKind(next);
          onChange({ startTime: next === 'date' ? isoOf(date) : '' });
        }}
      />
      {kind === 'time' && (
        <TextInput
          type="time"
          label={t('create.time')}
          description={t('create.timeHelp')}
          error={errorAt(problem, 'start_time')}
          value={draft.startTime}
          onChange={(event) => onChange({ startTime: event.currentTarget.value })}
        />
      )}
      {kind === 'date' && (
        <TextInput
          type="datetime-local"
          label={t('create.date')}
          description={t('create.dateHelp')}
          error={errorAt(problem, 'start_time')}
          value={date}
          onChange={(event) => {
            setDate(event.currentTarget.value);
            onChange({ startTime: isoOf(event.currentTarget.value) });
          }}
        />
      )}
      <Pauses draft={draft} onChange={onChange} problem={problem} />
    </div>
  );
}

/** How far apart the tasks of one phone are. */
export function Pauses({ draft, onChange, problem }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      <NumberInput
        label={t('create.minInterval')}
        description={t('create.intervalHelp')}
        min={0}
        max={525_600}
        suffix={` ${t('create.minutes')}`}
        error={errorAt(problem, 'min_interval')}
        value={draft.minInterval}
        onChange={(value) => onChange({ minInterval: Number(value) || 0 })}
      />
      <NumberInput
        label={t('create.maxInterval')}
        description={t('create.intervalHelp')}
        min={0}
        max={525_600}
        suffix={` ${t('create.minutes')}`}
        error={errorAt(problem, 'max_interval')}
        value={draft.maxInterval}
        onChange={(value) => onChange({ maxInterval: Number(value) || 0 })}
      />
    </div>
  );
}

/** What the field holds is meant in the viewer's own zone. */
const isoOf = (local: string): string => (local === '' ? '' : new Date(local).toISOString());
