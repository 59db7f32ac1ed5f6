import type { UiNode } from '../../parts.ts';
import { dps } from '../board.ts';
import type { Stage } from '../stage.ts';
import { actionBar, modalFrame } from './frame.ts';
import { emptyState } from './profile-parts.ts';

/** A link that leads nowhere. */
export function drawMissing(stage: Stage, what: 'page' | 'reel'): UiNode {
  const { t, board } = stage;
  const area = { ...board.area, top: board.area.top + board.dp(dps.actionBar) };
  const words = what === 'reel' ? { title: t.reels.unavailable, text: '' } : t.missing;
  return modalFrame(stage, [emptyState(stage, area, { id: 'empty_state_view', ...words })], {
    bar: actionBar(stage, { title: undefined }),
  });
}
