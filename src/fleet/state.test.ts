import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceStates } from '../contract/task-states.ts';
import { type AdbSight, type DeviceInput, type DeviceState, next, type Rung, rungs, sightOf } from './state.ts';

const states: readonly DeviceState[] = [
  ...deviceStates.flatMap((is): DeviceState[] => (is === 'preparing' ? [] : [{ is }])),
  ...rungs.map((rung): DeviceState => ({ is: 'preparing', rung })),
];
const sights: readonly AdbSight[] = ['device', 'offline', 'unauthorized', 'absent'];
const inputs: readonly DeviceInput[] = [
  ...sights.map((sight): DeviceInput => ({ is: 'adb', sight })),
  ...sights.map((sight): DeviceInput => ({ is: 'enable', sight })),
  ...(['disable', 'proven', 'rung-failed', 'agent-ended', 'agent-silent', 'retry', 'reconnect'] as const).map((is) => ({
    is,
  })),
];

const words = (value: DeviceState | DeviceInput): string => Object.values(value).join(' ');

/** Every pair that moves; all others stay. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  absent: {
    'adb device': 'preparing start',
    'adb offline': 'offline',
    'adb unauthorized': 'unauthorized',
    disable: 'disabled',
  },
  offline: {
    'adb device': 'preparing start',
    'adb unauthorized': 'unauthorized',
    'adb absent': 'absent',
    disable: 'disabled',
  },
  unauthorized: {
    'adb device': 'preparing start',
    'adb offline': 'offline',
    'adb absent': 'absent',
    disable: 'disabled',
  },
  ...Object.fromEntries(
    (
      [
        ['start', 'preparing restart'],
        ['session', 'preparing restart'],
        ['restart', 'preparing reconnect'],
        ['reconnect', 'preparing reinstall'],
        ['reinstall', 'ailing'],
      ] satisfies [Rung, string][]
    ).map(([rung, after]) => [
      `preparing ${rung}`,
      {
        'adb offline': 'offline',
        'adb unauthorized': 'unauthorized',
        'adb absent': 'absent',
        disable: 'disabled',
        proven: 'ready',
        'rung-failed': after,
      },
    ]),
  ),
  ready: {
    'adb offline': 'offline',
    'adb unauthorized': 'unauthorized',
    'adb absent': 'absent',
    disable: 'disabled',
    'agent-ended': 'preparing restart',
    'agent-silent': 'preparing session',
    reconnect: 'preparing reconnect',
  },
  ailing: {
    'adb offline': 'offline',
    'adb unauthorized': 'unauthorized',
    'adb absent': 'absent',
    disable: 'disabled',
    retry: 'preparing start',
    reconnect: 'preparing reconnect',
  },
  disabled: {
    'enable device': 'preparing start',
    'enable offline': 'offline',
    'enable unauthorized': 'unauthorized',
    'enable absent': 'absent',
  },
};

describe.each(states.map((state) => [words(state), state] as const))('a device that is %s', (name, state) => {
  test.each(inputs.map((input) => [words(input), input] as const))('and %s', (inputName, input) => {
    const moved = table[name]?.[inputName];
    const after = next(state, input);
    expect(words(after)).toBe(moved ?? name);
    if (moved === undefined) expect(after).toBe(state);
  });
});

test('without an answer of the phone no row of events makes a device ready', () => {
  const quiet = inputs.filter(({ is }) => is !== 'proven');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...quiet)), (events) => {
      const end = events.reduce<DeviceState>(next, { is: 'absent' });
      expect(end.is).not.toBe('ready');
    }),
  );
});

test('a phone that no rung helps is ailing after each was taken once', () => {
  let state: DeviceState = next({ is: 'ready' }, { is: 'agent-silent' });
  const taken: string[] = [];
  while (state.is === 'preparing') {
    taken.push(state.rung);
    state = next(state, { is: 'rung-failed' });
  }
  expect(taken).toEqual(['session', 'restart', 'reconnect', 'reinstall']);
  expect(state).toEqual({ is: 'ailing' });
});

test.each([
  [null, 'absent'],
  ['device', 'device'],
  ['unauthorized', 'unauthorized'],
  ['authorizing', 'unauthorized'],
  ['offline', 'offline'],
  ['no permissions', 'offline'],
  ['recovery', 'offline'],
  ['connecting', 'offline'],
])('what adb calls %s is %s', (adbState, sight) => {
  expect(sightOf(adbState)).toBe(sight);
});
