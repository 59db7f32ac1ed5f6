import { DroverError } from '../base/error.ts';
import { type CreateRequest, readCreateBody } from '../contract/create-task.ts';
import type { ScriptConfig } from '../contract/script-inputs.ts';
import { isScriptName } from '../contract/script-names.ts';

const clockTime = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** A create call as a schedule keeps it: folded and checked as `POST /task` does. Throws what that throws for its body. */
export function readScheduleBody(body: unknown): { request: CreateRequest; unknownKeys: readonly string[] } {
  const read = readCreateBody(body);
  if ('error' in read) {
    const { code, message, path } = read.error;
    throw new DroverError(code, {
      message: `body: ${message}`,
      details: { path: path === '' ? 'body' : `body.${path}` },
    });
  }
  const { startTime } = read.request;
  if (startTime !== undefined && !clockTime.test(startTime)) {
    throw new DroverError('input.invalid', {
      message: `body.start_time: "${startTime.slice(0, 40)}" must be HH:MM here: a schedule recurs, an instant does not`,
      details: { path: 'body.start_time' },
    });
  }
  return read;
}

/** The request as the body that would make it again. */
export function bodyOf(request: CreateRequest): Record<string, unknown> {
  const { executors, minIntervalMinutes, maxIntervalMinutes, startTime, timeZone, enableMultiAccount } = request;
  return {
    ...(executors.by === 'usernames' && { usernames: executors.usernames }),
    ...(executors.by === 'serials' && executors.serials.length > 0 && { serials: executors.serials }),
    ...(executors.by === 'serials' && executors.groups && { groups: executors.groups }),
    script_name: request.scriptName,
    script_config: request.config,
    ...(enableMultiAccount && { enable_multi_account: true }),
    ...(startTime !== undefined && { start_time: startTime }),
    ...(timeZone !== undefined && { time_zone: timeZone }),
    ...(maxIntervalMinutes > 0 && { min_interval: minIntervalMinutes, max_interval: maxIntervalMinutes }),
  };
}

/** The stored call as a request; its secrets stay sealed. `HH:MM` is meant in the zone of the schedule unless it names one. */
export function readStoredBody({ body, timeZone }: { body: Record<string, unknown>; timeZone: string }): CreateRequest {
  const { request } = readScheduleBody(body);
  return { ...request, timeZone: request.timeZone ?? timeZone };
}

/** The script and config of a stored call. */
export function configOf(body: Readonly<Record<string, unknown>>): { scriptName: string; config: ScriptConfig } {
  const name = body.script_name;
  const config = body.script_config;
  return {
    scriptName: typeof name === 'string' && isScriptName(name) ? name : '',
    config: typeof config === 'object' && config !== null ? { ...config } : {},
  };
}
