import { type Static, Type } from 'typebox';
import { CreateTaskBody } from './create-task.ts';
import { isoTime, listOf, nullable, pageQuery } from './page.ts';

/** What happens to instants at which no server was running. */
export const missedRules = ['skip', 'run-once', 'run-all'] as const;
export type MissedRule = (typeof missedRules)[number];

const name = (more: object = {}) => Type.String({ minLength: 1, maxLength: 200, description: 'For people', ...more });
const cron = Type.String({
  minLength: 1,
  maxLength: 200,
  description:
    'Five fields: minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly, @monthly, @yearly',
});
const timeZone = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });
const missedRule = Type.Enum([...missedRules], {
  description:
    'For instants at which no server ran: skip them, make up for them with one run, or run each of them (the latest 100)',
});
const body = Type.Object(CreateTaskBody.properties, {
  description:
    'A create call, as `POST /task` takes it. `start_time` must be HH:MM if it is given. Secrets read ***; sent back as *** they stay.',
});

export const NewSchedule = Type.Object({
  name: name(),
  cron,
  time_zone: Type.Optional(timeZone('IANA name; left out: the time zone of the server')),
  missed_rule: Type.Optional(Type.Enum([...missedRules], { ...missedRule, default: 'skip' })),
  enabled: Type.Optional(Type.Boolean({ default: true })),
  body,
});
export type NewSchedule = Static<typeof NewSchedule>;

export const ScheduleChange = Type.Object({
  name: Type.Optional(name()),
  cron: Type.Optional(cron),
  time_zone: Type.Optional(timeZone('IANA name')),
  missed_rule: Type.Optional(missedRule),
  enabled: Type.Optional(Type.Boolean()),
  body: Type.Optional(body),
});
export type ScheduleChange = Static<typeof ScheduleChange>;

export const Schedule = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  cron: Type.String(),
  time_zone: Type.String({ description: 'IANA name' }),
  missed_rule: Type.Enum([...missedRules]),
  enabled: Type.Boolean(),
  body: Type.Record(Type.String(), Type.Unknown(), { description: 'The create call; secrets read ***' }),
  next_at: nullable(isoTime('When it is due next; null: it is off')),
  next: Type.Array(isoTime('One of the next ten instants')),
  last_at: nullable(isoTime('The last instant that was carried out, or given up')),
  last_task_ids: Type.Array(Type.Integer(), { description: 'What the last run made' }),
  last_error: nullable(Type.String({ description: 'Why the last instant made no tasks' })),
  created_at: isoTime('When it was made'),
  changed_at: isoTime('When somebody last changed it'),
});
export type Schedule = Static<typeof Schedule>;

export const ScheduleList = listOf('schedules', Schedule);
export type ScheduleList = Static<typeof ScheduleList>;

export const ListSchedulesQuery = Type.Object({
  enabled: Type.Optional(Type.Enum(['true', 'false'])),
  ...pageQuery,
});

export const SchedulePreview = Type.Object({
  cron,
  time_zone: Type.Optional(timeZone('IANA name; left out: the time zone of the server')),
});

export const ScheduleInstants = Type.Object({
  cron: Type.String({ description: 'As it would be stored' }),
  time_zone: Type.String(),
  next: Type.Array(isoTime('One of the next ten instants')),
});
export type ScheduleInstants = Static<typeof ScheduleInstants>;

export const DeletedSchedule = Type.Object({ id: Type.Integer() });
