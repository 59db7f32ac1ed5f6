import * as operations from '../contract/operations/schedules.ts';
import { maxPageSize } from '../contract/page.ts';
import type { Schedule as ScheduleBody } from '../contract/schedule.ts';
import { scriptInputs } from '../contract/script-inputs.ts';
import { isScriptName } from '../contract/script-names.ts';
import { maskSecrets } from '../contract/secret.ts';
import { countSchedules, listSchedules, type Schedule } from '../store/schedules.ts';
import { listTaskIds } from '../store/submissions.ts';
import { type BoundOperation, bind } from './bind.ts';
import { warnUnknown } from './envelope.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const scheduleRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.listSchedules, async ({ query }) => {
    const { page } = query;
    const pageSize = Math.min(query.page_size, maxPageSize);
    const filter = query.enabled === undefined ? {} : { enabled: query.enabled === 'true' };
    const { read } = parts.store;
    const [schedules, total] = await Promise.all([
      listSchedules(read, { ...filter, page, pageSize }),
      countSchedules(read, filter),
    ]);
    return { schedules: await scheduleBodies(parts, schedules), total, page, page_size: pageSize };
  }),
  bind(operations.createSchedule, async ({ body, caller, reply }) => {
    const { schedule, unknownKeys } = await parts.schedules.create(body, caller.name);
    warnUnknown(
      reply,
      unknownKeys.map((key) => `body.${key}`),
    );
    return scheduleBody(parts, schedule);
  }),
  bind(operations.previewSchedule, async ({ body }) => {
    const { cron, timeZone, next } = parts.schedules.preview(body);
    return { cron, time_zone: timeZone, next: next.map((at) => isoTime(at, timeZone)) };
  }),
  bind(operations.getSchedule, async ({ params }) => scheduleBody(parts, await parts.schedules.get(params.id))),
  bind(operations.changeSchedule, async ({ params, body, caller, reply }) => {
    const { schedule, unknownKeys } = await parts.schedules.change(params.id, body, caller.name);
    warnUnknown(
      reply,
      unknownKeys.map((key) => `body.${key}`),
    );
    return scheduleBody(parts, schedule);
  }),
  bind(operations.deleteSchedule, async ({ params, caller }) => {
    await parts.schedules.remove(params.id, caller.name);
    return { id: params.id };
  }),
];

async function scheduleBody(parts: HttpParts, schedule: Schedule): Promise<ScheduleBody> {
  const [body] = await scheduleBodies(parts, [schedule]);
  if (!body) throw new Error('a schedule without a body');
  return body;
}

/** Times are told in the zone of each schedule. */
async function scheduleBodies(parts: HttpParts, schedules: readonly Schedule[]): Promise<ScheduleBody[]> {
  const submissions = schedules.flatMap(({ lastSubmissionId: id }) => (id === null ? [] : [id]));
  const taskIds = await listTaskIds(parts.store.read, submissions);
  return schedules.map((schedule) => {
    const at = (instant: number): string => isoTime(instant, schedule.timeZone);
    return {
      id: schedule.id,
      name: schedule.name,
      cron: schedule.cron,
      time_zone: schedule.timeZone,
      missed_rule: schedule.missedRule,
      enabled: schedule.enabled,
      body: masked(schedule.body),
      next_at: schedule.nextAt === null ? null : at(schedule.nextAt),
      next: parts.schedules.nextOf(schedule).map(at),
      last_at: schedule.lastAt === null ? null : at(schedule.lastAt),
      last_task_ids: taskIds.get(schedule.lastSubmissionId ?? 0) ?? [],
      last_error: schedule.lastError,
      created_at: at(schedule.createdAt),
      changed_at: at(schedule.changedAt),
    };
  });
}

function masked(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const name = body.script_name;
  if (typeof name !== 'string' || !isScriptName(name)) return { ...body };
  return { ...body, script_config: maskSecrets(scriptInputs[name].schema, body.script_config) };
}
