import { expect, test } from 'vitest';
import { effectStates } from '../contract/task-states.ts';
import { type EffectInput, nextEffectState } from './effect-state.ts';

const inputs: readonly EffectInput[] = [
  { is: 'seen', sight: 'done' },
  { is: 'seen', sight: 'not-done' },
  { is: 'seen', sight: 'unconfirmed' },
  { is: 'decided', verdict: 'done' },
  { is: 'decided', verdict: 'not-done' },
];

/** State, input, minor → state. Whatever is not listed here must be refused. */
const allowed: Readonly<Record<string, string>> = {
  'intended seen done': 'done',
  'intended seen not-done': 'not-done',
  'intended seen unconfirmed': 'unconfirmed',
  'intended seen done minor': 'done',
  'intended seen not-done minor': 'not-done',
  'intended seen unconfirmed minor': 'unconfirmed',
  'unconfirmed decided done': 'done',
  'unconfirmed decided not-done': 'not-done',
};

const all = effectStates.flatMap((state) =>
  inputs.flatMap((input) => [false, true].map((minor) => ({ state, input, minor }))),
);

test.each(all)('an effect that is $state, $input, minor $minor', ({ state, input, minor }) => {
  const what = input.is === 'seen' ? input.sight : input.verdict;
  const expected = allowed[`${state} ${input.is} ${what}${minor ? ' minor' : ''}`];
  const next = () => nextEffectState(state, input, minor);
  if (expected) expect(next()).toBe(expected);
  else expect(next).toThrow(expect.objectContaining({ code: 'server.bug' }));
});
