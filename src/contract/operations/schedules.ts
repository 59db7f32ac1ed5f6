import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import {
  DeletedSchedule,
  ListSchedulesQuery,
  NewSchedule,
  Schedule,
  ScheduleChange,
  ScheduleInstants,
  ScheduleList,
  SchedulePreview,
} from '../schedule.ts';

const tag = 'Schedules';
const params = Type.Object({ id: Type.Integer({ minimum: 0, description: 'Id of the schedule' }) });

const body = {
  serials: ['R58M123ABCD'],
  script_name: 'account_warmup',
  script_config: { task_duration: 600 },
};

export const listSchedules = defineOperation({
  id: 'listSchedules',
  method: 'GET',
  path: '/schedules',
  tag,
  scope: 'read',
  summary: 'List recurring create calls, oldest first',
  query: ListSchedulesQuery,
  data: ScheduleList,
});

export const createSchedule = defineOperation({
  id: 'createSchedule',
  method: 'POST',
  path: '/schedules',
  tag,
  scope: 'tasks',
  summary: 'Repeat a create call',
  description:
    'Every wall time counts once: one that summer time skips runs at the first instant after the gap, one that occurs twice runs the first time. An instant makes its tasks once, whatever happens to the server or its clock.',
  body: NewSchedule,
  data: Schedule,
  errors: ['input.script-missing', 'input.script-unknown', 'input.not-found'],
  examples: [
    {
      name: 'warm up every working day at nine',
      body: { name: 'morning', cron: '0 9 * * 1-5', time_zone: 'Europe/Berlin', missed_rule: 'run-once', body },
    },
  ],
});

export const previewSchedule = defineOperation({
  id: 'previewSchedule',
  method: 'POST',
  path: '/schedules/preview',
  tag,
  scope: 'read',
  summary: 'See the next ten instants of a cron expression',
  body: SchedulePreview,
  data: ScheduleInstants,
  examples: [{ name: 'every Monday morning', body: { cron: '30 8 * * 1', time_zone: 'Europe/Berlin' } }],
});

export const getSchedule = defineOperation({
  id: 'getSchedule',
  method: 'GET',
  path: '/schedules/{id}',
  tag,
  scope: 'read',
  summary: 'Look one schedule up',
  params,
  data: Schedule,
  errors: ['input.not-found'],
});

export const changeSchedule = defineOperation({
  id: 'changeSchedule',
  method: 'PATCH',
  path: '/schedules/{id}',
  tag,
  scope: 'tasks',
  summary: 'Change a schedule, or switch it off and on',
  description: 'What is left out stays. Instants that passed while it was off are not made up for.',
  params,
  body: ScheduleChange,
  data: Schedule,
  errors: ['input.script-missing', 'input.script-unknown', 'input.not-found'],
  examples: [{ name: 'switch it off', params: { id: 1 }, body: { enabled: false } }],
});

export const deleteSchedule = defineOperation({
  id: 'deleteSchedule',
  method: 'DELETE',
  path: '/schedules/{id}',
  tag,
  scope: 'tasks',
  summary: 'Delete a schedule',
  description: 'The tasks it has made stay.',
  params,
  data: DeletedSchedule,
  errors: ['input.not-found'],
});
