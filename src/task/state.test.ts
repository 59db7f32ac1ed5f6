import { describe, expect, test } from 'vitest';
import { next, type TaskInput, type TaskState } from './state.ts';

const states: TaskState[] = [
  { is: 'held' },
  { is: 'pending', dueAt: 5 },
  { is: 'running', token: 7 },
  { is: 'unconfirmed', effectId: 3 },
  { is: 'failed', code: 'phone.timeout' },
  { is: 'completed' },
];

const inputs: TaskInput[] = [
  { is: 'approve', dueAt: 10 },
  { is: 'reject' },
  { is: 'claim', token: 8 },
  { is: 'succeed' },
  { is: 'defer', until: 20 },
  { is: 'fail', code: 'phone.timeout' },
  { is: 'fail', code: 'phone.timeout', retryAt: 30 },
  { is: 'interrupt', code: 'device.lost', count: 3, dueAt: 40 },
  { is: 'interrupt', code: 'device.lost', count: 4, dueAt: 40 },
  { is: 'interrupt', code: 'device.lost', count: 4, dueAt: 40, openEffect: 9 },
  { is: 'doubt', effectId: 11 },
  { is: 'stop' },
  { is: 'stop', openEffect: 9 },
  { is: 'retry', dueAt: 50 },
  { is: 'reschedule', dueAt: 60 },
  { is: 'settled', sight: 'done' },
  { is: 'settled', sight: 'not-done' },
];

/** One row a state, one column an input, in the order above; `-` must throw. */
const table: Record<TaskState['is'], string[]> = {
  held: [
    'pending@10',
    'failed:conduct.rejected',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'failed:task.stopped',
    'failed:task.stopped',
    '-',
    'held',
    '-',
    '-',
  ],
  pending: [
    '-',
    '-',
    'running#8',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'failed:task.stopped',
    'unconfirmed!9',
    '-',
    'pending@60',
    '-',
    '-',
  ],
  running: [
    '-',
    '-',
    '-',
    'completed',
    'pending@20',
    'failed:phone.timeout',
    'pending@30',
    'pending@40',
    'failed:device.lost',
    'unconfirmed!9',
    'unconfirmed!11',
    'failed:task.stopped',
    'unconfirmed!9',
    '-',
    '-',
    '-',
    '-',
  ],
  unconfirmed: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'completed',
    'failed:task.effect-not-done',
  ],
  failed: ['-', '-', '-', '-', '-', '-', '-', '-', '-', '-', '-', '-', '-', 'pending@50', '-', '-', '-'],
  completed: inputs.map(() => '-'),
};

const short = (state: TaskState): string => {
  if (state.is === 'pending') return `pending@${state.dueAt}`;
  if (state.is === 'running') return `running#${state.token}`;
  if (state.is === 'failed') return `failed:${state.code}`;
  if (state.is === 'unconfirmed') return `unconfirmed!${state.effectId}`;
  return state.is;
};

describe.each(states)('a task that is $is', (state) => {
  test.each(inputs.map((input, index) => ({ input, expected: table[state.is][index] })))(
    'on $input.is becomes $expected',
    ({ input, expected }) => {
      if (expected === '-') expect(() => next(state, input)).toThrow(/cannot take the input/);
      else expect(short(next(state, input))).toBe(expected);
    },
  );
});
