import type { UiNode } from './parts.ts';
import { type NodeProps, node, widthOf } from './screen.ts';

/** Where the thumb goes: the bar is longer by half a thumb at either end (AbsSeekBar.trackTouchEvent). */
const thumbDp = 16;

/**
 * A SeekBar from 0 to `max`. Android tells of it where it stands and not how far it goes; a finger that moves over it takes
 * the thumb along.
 */
export function seekBar(
  bounds: UiNode['bounds'],
  { current, max, density, ...props }: NodeProps & { current: number; max: number; density: number },
  onChange: (value: number) => void,
): UiNode {
  const padding = Math.round((thumbDp * density) / 160);
  const follow = ({ x }: { x: number }) => {
    const share = (x - bounds.left - padding) / Math.max(1, widthOf(bounds) - 2 * padding);
    onChange(Math.round(Math.min(1, Math.max(0, share)) * max));
  };
  const thumb = bounds.left + padding + Math.round((current / max) * (widthOf(bounds) - 2 * padding));
  const filled = node(
    'View',
    { ...bounds, right: thumb },
    { drawnOnly: true, paint: { ...props.paint, fill: '#161823' } },
  );
  return node(
    'SeekBar',
    bounds,
    {
      ...props,
      range: { current, max },
      focusable: true,
      onTap: follow,
      onSwipe: ({ to }) => follow(to),
    },
    [filled],
  );
}
