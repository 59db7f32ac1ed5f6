import { seededRandom } from '../../src/base/random.ts';
import { type Known, sight } from '../../src/script/sighting.ts';
import type { Capture, CaptureLabel } from '../../test/apps/captures.ts';
import { type Score, scoreCapture } from '../../test/apps/captures-score.ts';
import type { Mutant, Mutation } from './mutate.ts';

export interface Outcome extends Score {
  readonly mutation: string;
  readonly app: string;
  readonly screenName: string;
  readonly isCovered: boolean;
}

/** Each mutation of each capture to which it applies, `rounds` times where chance is in it. */
export function survive(
  captures: readonly Capture[],
  mutations: Readonly<Record<string, Mutation>>,
  { apps, seed, rounds }: { apps: readonly Known[]; seed: string; rounds: number },
): Outcome[] {
  return Object.entries(mutations).flatMap(([mutation, mutate]) =>
    captures.flatMap((capture) => {
      const outcomes: Outcome[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const mutant = mutate(capture, seededRandom(`${seed} ${mutation} ${capture.name} ${round}`));
        if (!mutant) break;
        outcomes.push(outcomeOf(mutation, capture, mutant, apps));
      }
      return outcomes;
    }),
  );
}

function outcomeOf(mutation: string, { name, label }: Capture, mutant: Mutant, apps: readonly Known[]): Outcome {
  const isCovered = mutant.isCovered ?? false;
  const wanted: CaptureLabel = isCovered ? { ...mutant.label, elements: nothingOf(mutant.label) } : mutant.label;
  const score = scoreCapture(
    { name, label: wanted, isFull: isCovered || mutant.isFull },
    sight(mutant.hierarchy, apps),
  );
  return { ...score, mutation, app: label.app, screenName: label.screen, isCovered };
}

const nothingOf = ({ elements }: CaptureLabel): CaptureLabel['elements'] =>
  Object.fromEntries(Object.keys(elements).map((name) => [name, null]));
