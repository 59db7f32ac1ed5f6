import { expect, test } from 'vitest';
import { pageSource, uiautomatorDump, viewTrees } from './hierarchy.ts';
import { seekBar } from './seek-bar.ts';

const bounds = { left: 100, top: 0, right: 1_164, bottom: 100 };
const bar = (current: number, onChange: (value: number) => void = () => {}) =>
  seekBar(bounds, { current, max: 200, density: 320 }, onChange);

test('a bar goes to where the finger is, as far as its thumb can', () => {
  const values: number[] = [];
  const { onTap, onSwipe } = bar(0, (value) => values.push(value));
  for (const x of [0, 100, 132, 382, 632, 1_132, 2_000]) onTap?.({ x, y: 50 });
  onSwipe?.({ dx: 0, dy: 0, durationMs: 1, to: { x: 882, y: 50 } });
  expect(values).toEqual([0, 0, 0, 50, 100, 200, 200, 150]);
});

test('the agent tells where it stands, as a float; uiautomator tells nothing', () => {
  const window = { package: 'an.app', root: bar(50) };
  const size = { width: 1_264, height: 100 };
  const display = { rotation: 0, size };
  expect(pageSource(viewTrees([window], { size }), display)).toContain('text="50.0"');
  expect(uiautomatorDump([window], display)).toContain('text="" ');
});
