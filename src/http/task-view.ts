import { type ErrorCode, errorCodeRow, isErrorCode } from '../contract/error-codes.ts';
import { scriptInputs } from '../contract/script-inputs.ts';
import { isScriptName, type ScriptName } from '../contract/script-names.ts';
import { maskSecrets } from '../contract/secret.ts';
import type { Failure, Task as TaskBody } from '../contract/task.ts';
import { statusTexts, wireStatus } from '../contract/task-states.ts';
import type { Task } from '../store/tasks.ts';
import type { HttpParts } from './parts.ts';
import { documentedTime, isoTime } from './time.ts';
import { readSurroundings, type Surroundings, waitingOf } from './waiting.ts';

/** Rows as clients see them. What tasks wait for is read once for all of them. */
export async function taskBodies(parts: HttpParts, tasks: readonly Task[]): Promise<TaskBody[]> {
  const waiting = tasks.filter(({ state }) => wireStatus[state] === 0);
  const around = waiting.length > 0 ? await readSurroundings(parts, waiting) : undefined;
  return tasks.map((task) => taskBody(parts, task, around));
}

function taskBody(parts: HttpParts, task: Task, around: Surroundings | undefined): TaskBody {
  const zone = parts.settings().timeZone;
  const status = wireStatus[task.state];
  const progress = status === 1 ? parts.traces.progressOf(task.id) : undefined;
  const waiting = around && status === 0 ? waitingOf(task, around) : undefined;
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
  const unconfirmed = task.state === 'unconfirmed';
  // Whatever the cause was: as long as nobody knows whether it happened, deciding that comes first.
  const nextCode: ErrorCode = unconfirmed ? 'task.needs-review' : code;
  const { next } = errorCodeRow(nextCode);
  return {
    code,
    params: task.facts ?? {},
    message: task.remark || next,
    step: task.step,
    next_action: next,
    next_code: nextCode,
    unconfirmed,
  };
}
