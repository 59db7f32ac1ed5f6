import { type ErrorCode, errorCodeRow, isErrorCode } from '../contract/error-codes.ts';
import { scriptInputs } from '../contract/script-inputs.ts';
import { isScriptName, type ScriptName } from '../contract/script-names.ts';
import { maskSecrets } from '../contract/secret.ts';
import type { Failure, Task as TaskBody, Waiting, WaitingReason } from '../contract/task.ts';
import { statusTexts, wireStatus } from '../contract/task-states.ts';
import { type Lease, listLeases } from '../store/leases.ts';
import type { Task } from '../store/tasks.ts';
import type { DeviceFacts, HttpParts } from './parts.ts';
import { documentedTime, isoTime, spokenTime } from './time.ts';

/** What is true beside the rows while tasks are turned into bodies. */
interface Surroundings {
  now: number;
  zone: string;
  devices: ReadonlyMap<string, DeviceFacts>;
  leases: ReadonlyMap<string, Lease>;
  deviceLimit: number;
}

/** Rows as clients see them. The leases are read once for all of them. */
export async function taskBodies(parts: HttpParts, tasks: readonly Task[]): Promise<TaskBody[]> {
  const needsLeases = tasks.some(({ state }) => state === 'pending');
  const leases = needsLeases ? await listLeases(parts.store.read) : [];
  const around: Surroundings = {
    now: parts.clock.now(),
    zone: parts.settings().timeZone,
    devices: new Map(parts.devices().map((device) => [device.serial, device])),
    leases: new Map(leases.map((lease) => [lease.serial, lease])),
    deviceLimit: parts.licence().device_limit,
  };
  return tasks.map((task) => taskBody(parts, task, around));
}

function taskBody(parts: HttpParts, task: Task, around: Surroundings): TaskBody {
  const { zone } = around;
  const status = wireStatus[task.state];
  const progress = status === 1 ? parts.traces.progressOf(task.id) : undefined;
  const waiting = status === 0 ? waitingOf(task, around) : undefined;
  const failure = status === 3 ? failureOf(task) : undefined;
  return {
    id: task.id,
    serial: task.serial ?? '',
    username: task.username === null ? null : `@${task.username.replace(/^@/, '')}`,
    platform: task.platform,
    script_name: scriptNameOf(task),
    script_config: shownConfig(task),
    enable_multi_account: task.multiAccount,
    status,
    status_text: statusTexts[status],
    source: task.source,
    start_time: documentedTime(task.startedAt ?? task.dueAt, zone),
    end_time: task.endedAt === null ? null : documentedTime(task.endedAt, zone),
    retry_count: task.retryCount,
    remark: task.remark,
    create_time: documentedTime(task.createdAt, zone),
    due_at: isoTime(task.dueAt, zone),
    time_zone: task.timeZone ?? zone,
    priority: 0,
    job_count: task.position,
    attempts: task.attempts,
    trace: `/api/v1/task/${task.id}/trace`,
    ...(waiting && { waiting }),
    ...(failure && { failure }),
    ...(progress && { progress }),
  };
}

const scriptNameOf = ({ scriptName }: Task): ScriptName => (isScriptName(scriptName) ? scriptName : 'post');

const shownConfig = (task: Task): TaskBody['script_config'] =>
  maskSecrets(scriptInputs[scriptNameOf(task)].schema, task.config) as TaskBody['script_config'];

function failureOf(task: Task): Failure {
  const code: ErrorCode = task.code !== null && isErrorCode(task.code) ? task.code : 'server.bug';
  const { next } = errorCodeRow(code);
  return {
    code,
    message: task.remark || next,
    step: task.step,
    next_action: next,
    unconfirmed: task.state === 'unconfirmed',
  };
}

/** The first thing, in the order in which they would have to be out of the way, that keeps a pending task from running. */
function waitingOf(task: Task, around: Surroundings): Waiting {
  const { now, zone, devices, leases, deviceLimit } = around;
  const at = (until: number): string => isoTime(until, zone);
  const because = (reason: WaitingReason, text: string, until: number | null = null): Waiting => ({
    reason,
    text,
    until: until === null ? null : at(until),
  });
  if (task.state === 'held') return because('review', 'waits for a person to approve it');
  if (task.dueAt > now) {
    const when = spokenTime(task.dueAt, now, zone);
    if (task.waitRule !== null) return because('conduct', `${task.waitRule}; goes on at ${when}`, task.dueAt);
    return because('scheduled', `due at ${when}`, task.dueAt);
  }
  const serial = task.serial ?? '';
  const device = devices.get(serial);
  const offPhone = phoneReason(serial, device, around);
  if (offPhone) return because(...offPhone);
  const lease = leases.get(serial);
  if (lease?.holder === 'person') {
    return because('held-by-person', `phone ${serial} is held by ${lease.person ?? 'a person'}`, lease.expiresAt);
  }
  if (lease) return because('behind-task', `phone ${serial} is busy with task ${lease.taskId}`);
  const running = [...leases.values()].filter(({ holder }) => holder === 'task').length;
  if (running >= deviceLimit) {
    return because('plan-limit', `${running} phones are at work, which is the limit of the plan`);
  }
  return because('scheduled', 'due now; starts in a moment', task.dueAt);
}

function phoneReason(
  serial: string,
  device: DeviceFacts | undefined,
  { now, zone }: Surroundings,
): [WaitingReason, string] | undefined {
  if (!device) return ['phone-offline', `phone ${serial} has not been seen yet`];
  const since = device.lastProofAt === null ? '' : `; last answer at ${spokenTime(device.lastProofAt, now, zone)}`;
  const why = device.reason ? `: ${device.reason}` : '';
  switch (device.state) {
    case 'ready':
      return undefined;
    case 'absent':
    case 'offline':
      return ['phone-offline', `phone ${serial} is ${device.state}${why}${since}`];
    case 'unauthorized':
      return ['phone-unauthorized', `phone ${serial} has not allowed USB debugging for this computer${why}`];
    default:
      return ['phone-not-ready', `phone ${serial} is ${device.state}${why}${since}`];
  }
}
