import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceStep } from '../../src/contract/trace.ts';
import { evidenceOf, failurePath, flatten, rowsOf, type StepNode, shotsOf, treeOf } from './trace-model.ts';

let clock = 0;
const time = () => new Date(Date.UTC(2026, 0, 2, 9) + clock++ * 1_000).toISOString();
const step = (name: string, depth: number, more: Partial<TraceStep> = {}): TraceStep => ({
  name,
  kind: 'step',
  depth,
  started_at: time(),
  ended_at: time(),
  looked_for: null,
  found: null,
  bounds: null,
  picture: null,
  hierarchy: null,
  decision: null,
  intent: null,
  proof: null,
  error: null,
  ...more,
});
const error = { code: 'phone.timeout', message: 'no answer', details: {} };
interface Shape {
  name: string;
  children: Shape[];
}
const shapeOf = ({ step: { name }, children }: StepNode): Shape => ({ name, children: children.map(shapeOf) });

/** As the recorder writes them: a line when a step ends, inner before outer. */
function linesOf(shapes: readonly Shape[], depth = 0): TraceStep[] {
  return shapes.flatMap(({ name, children }) => {
    const started_at = time();
    const inner = linesOf(children, depth + 1);
    return [...inner, step(name, depth, { started_at, ended_at: time() })];
  });
}

test('the tree is the one that was walked, whatever its form', () => {
  const shapes: (n?: number) => fc.Arbitrary<Shape[]> = fc.memo((n) =>
    fc.array(fc.record({ name: fc.string(), children: n > 1 ? shapes(n - 1) : fc.constant([]) }), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(shapes(4), (walked) => {
      expect(treeOf(linesOf(walked)).map(shapeOf)).toEqual(walked);
    }),
  );
});

test('no step of a trace that was cut off is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 })), (depths) => {
      const steps = depths.map((depth, index) => step(`${index}`, depth));
      expect(flatten(treeOf(steps)).length).toBe(steps.length);
    }),
  );
});

test('a failure is followed to its innermost step, and its evidence is the picture nearest to it', () => {
  const steps = [
    step('tap', 1, { kind: 'tap', bounds: [0, 0, 1, 1], hierarchy: 'a.xml', picture: 'tap.png' }),
    step('look', 2, { kind: 'see', error, hierarchy: 'b.xml' }),
    step('wait', 1, { error }),
    step('open', 0, { error, picture: 'end.png', hierarchy: 'c.xml' }),
  ];
  expect(failurePath(treeOf(steps)).map(({ step: { name } }) => name)).toEqual(['open', 'wait', 'look']);
  expect(evidenceOf({ steps })?.picture).toBe('end.png');
  expect(evidenceOf({ steps: steps.slice(0, 1) })?.picture).toBe('tap.png');
});

test('a touch without a picture of its own borrows the one of the same screen', () => {
  const steps = [
    step('read', 0, { picture: 'p.png', hierarchy: 'same.xml' }),
    step('tap', 0, { kind: 'tap', bounds: [1, 2, 3, 4], hierarchy: 'same.xml' }),
    step('tap elsewhere', 0, { kind: 'tap', bounds: [1, 2, 3, 4], hierarchy: 'other.xml' }),
  ];
  expect(shotsOf({ steps }).map(({ picture, hierarchy }) => [picture, hierarchy])).toEqual([
    ['p.png', 'same.xml'],
    ['p.png', 'same.xml'],
    [undefined, 'other.xml'],
  ]);
});

test('looks in a row that saw the same screen are one row', () => {
  const look = (screen: string) => step('any screen', 1, { kind: 'see', found: { screen } });
  const rows = rowsOf(treeOf([look('splash'), look('splash'), look('feed'), look('splash')]));
  expect(rows.map(({ times }) => times)).toEqual([2, 1, 1]);
});
