import { DroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';

/** Total over the task table in ARCHITECTURE.md; any other pair is a bug. What holds in a state is said on its line. */
export type TaskState =
  | { is: 'held' } // never ran; a review item waits
  | { is: 'pending'; dueAt: number } // nobody holds it; it may carry an open intent
  | { is: 'running'; token: number } // exactly one lease row carries this token
  | { is: 'unconfirmed'; effectId: number } // somebody has to look; nobody may repeat
  | { is: 'failed'; code: ErrorCode }
  | { is: 'completed' };

export type TaskInput =
  | { is: 'approve'; dueAt: number }
  | { is: 'reject' }
  | { is: 'claim'; token: number }
  | { is: 'succeed' }
  /** A rule asks to wait: no retry is counted. */
  | { is: 'defer'; until: number }
  /** `retryAt` is given when automatic retry is on, the code's row says `later` and tries are left. */
  | { is: 'fail'; code: ErrorCode; retryAt?: number }
  /** Not the task's fault. `count` is how often it has happened, this time included. */
  | { is: 'interrupt'; code: ErrorCode; count: number; dueAt: number; openEffect?: number }
  | { is: 'doubt'; effectId: number }
  | { is: 'stop'; openEffect?: number }
  | { is: 'retry'; dueAt: number }
  | { is: 'reschedule'; dueAt: number }
  | { is: 'settled'; sight: 'done' | 'not-done' };

/** A fourth interruption ends the task: something keeps happening that nobody has noticed. */
export const maxInterrupts = 3;

export function next(state: TaskState, input: TaskInput): TaskState {
  switch (`${state.is} ${input.is}` as const) {
    case 'held approve':
      if (input.is === 'approve') return { is: 'pending', dueAt: input.dueAt };
      break;
    case 'held reject':
      return { is: 'failed', code: 'conduct.rejected' };
    case 'held stop':
      return { is: 'failed', code: 'task.stopped' };
    case 'held reschedule':
      return state;
    case 'pending reschedule':
      if (input.is === 'reschedule') return { is: 'pending', dueAt: input.dueAt };
      break;
    case 'pending claim':
      if (input.is === 'claim') return { is: 'running', token: input.token };
      break;
    case 'pending stop':
    case 'running stop':
      if (input.is === 'stop') return stopped(input.openEffect);
      break;
    case 'running succeed':
      return { is: 'completed' };
    case 'running defer':
      if (input.is === 'defer') return { is: 'pending', dueAt: input.until };
      break;
    case 'running fail':
      if (input.is === 'fail')
        return input.retryAt === undefined
          ? { is: 'failed', code: input.code }
          : { is: 'pending', dueAt: input.retryAt };
      break;
    case 'running interrupt':
      if (input.is === 'interrupt') return interrupted(input);
      break;
    case 'running doubt':
      if (input.is === 'doubt') return { is: 'unconfirmed', effectId: input.effectId };
      break;
    case 'failed retry':
      if (input.is === 'retry') return { is: 'pending', dueAt: input.dueAt };
      break;
    case 'unconfirmed settled':
      if (input.is === 'settled')
        return input.sight === 'done' ? { is: 'completed' } : { is: 'failed', code: 'task.effect-not-done' };
      break;
  }
  throw new DroverError('server.bug', { message: `a task that is ${state.is} cannot take the input ${input.is}` });
}

/** An intent that looking did not settle outlives the stop: whether it happened has to be decided by a person. */
function stopped(openEffect: number | undefined): TaskState {
  return openEffect === undefined
    ? { is: 'failed', code: 'task.stopped' }
    : { is: 'unconfirmed', effectId: openEffect };
}

function interrupted({ count, code, dueAt, openEffect }: Extract<TaskInput, { is: 'interrupt' }>): TaskState {
  if (count <= maxInterrupts) return { is: 'pending', dueAt };
  return openEffect === undefined ? { is: 'failed', code } : { is: 'unconfirmed', effectId: openEffect };
}
