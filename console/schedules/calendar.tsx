import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../src/contract/schedule.ts';
import { useNow } from '../shell/clock.ts';
import { relative } from '../shell/format.ts';
import rows from '../shell/rows.module.css';
import classes from './calendar.module.css';
import { upcomingByDay } from './upcoming.ts';

/** What runs when, by day, on the clocks of the zone that is chosen. */
export function Calendar({ schedules, onOpen }: { schedules: readonly Schedule[]; onOpen(schedule: Schedule): void }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [zone, setZone] = useState(here);
  const zones = useMemo(
    () => [...new Set([here, ...schedules.map(({ time_zone }) => time_zone), ...Intl.supportedValuesOf('timeZone')])],
    [here, schedules],
  );
  const days = upcomingByDay(schedules, zone);
  const dayFormat = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  });
  const timeFormat = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return (
    <>
      <div className={rows.tools}>
        <Select
          size="xs"
          searchable
          allowDeselect={false}
          limit={100}
          label={t('schedules.zone')}
          value={zone}
          data={zones}
          onChange={(value) => setZone(value ?? here)}
        />
      </div>
      <ol className={classes.days}>
        {days.map(({ day, runs }) => (
          <li key={day} className={classes.day}>
            <h2>{dayFormat.format(runs[0]?.at)}</h2>
            <ul>
              {runs.map(({ at, schedule }) => (
                <li key={`${schedule.id} ${at}`}>
                  <button type="button" onClick={() => onOpen(schedule)}>
                    <time dateTime={new Date(at).toISOString()}>{timeFormat.format(at)}</time>
                    <span dir="auto">{schedule.name}</span>
                    <small>{relative(i18n.language, at - now)}</small>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}
