import { DroverError } from '../base/error.ts';
import type { EffectState } from '../contract/task-states.ts';

/** What can happen to an effect that was written down: the script looked, or a person decided. */
export type EffectInput =
  | { is: 'seen'; sight: 'done' | 'not-done' | 'unconfirmed' }
  | { is: 'decided'; verdict: 'done' | 'not-done' };

/** States that count against the caps and under which a key may not be used again. */
export const standingStates = ['intended', 'done', 'unconfirmed'] as const satisfies readonly EffectState[];

/** The table of ARCHITECTURE.md. Any pair not listed there is a bug: nothing is settled twice. */
export function nextEffectState(state: EffectState, input: EffectInput, isMinor: boolean): EffectState {
  if (state === 'intended' && input.is === 'seen') return input.sight;
  // Nobody is asked about a minor effect (a like while warming up): it stays as it is, counted.
  if (state === 'unconfirmed' && input.is === 'decided' && !isMinor) return input.verdict;
  throw new DroverError('server.bug', {
    message: `an effect that is ${state} cannot be ${input.is} ${input.is === 'seen' ? input.sight : input.verdict}`,
    details: { state, input, minor: isMinor },
  });
}
