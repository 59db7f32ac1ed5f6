import type { UiNode } from '../../parts.ts';
import { label, node } from '../../screen.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { backButton, dark, subPage } from './frame.ts';
import { videoPanel } from './video-panel.ts';

/** One video opened from a profile, a link or a search; plays as on the feed, without bottom bar. */
export function drawVideo(stage: Stage, page: Extract<Page, { is: 'video' }>, sheet: readonly UiNode[]): UiNode {
  const post = stage.world.post(page.post);
  if (!post) return drawMissingVideo(stage);
  const swipe = node(
    'FrameLayout',
    stage.board.app,
    {
      id: stage.id('swipe-area'),
      focusable: true,
      onSwipe: ({ dy }) => {
        if (Math.abs(dy) > stage.board.height * 0.08) stage.nextVideo(dy < 0 ? 1 : -1);
      },
    },
    [videoPanel(stage, post, { isCovered: sheet.length > 0 })],
  );
  return subPage(stage, [swipe, topBar(stage), ...sheet], dark.paper);
}

/** A link to a video that does not exist, or no longer. */
export function drawMissingVideo(stage: Stage): UiNode {
  const { board, t } = stage;
  return subPage(
    stage,
    [
      label(board.top(100, 1100, 980, 1170), t.video.unavailable, { paint: { ink: dark.dim, align: 'center' } }),
      topBar(stage),
    ],
    dark.paper,
  );
}

function topBar(stage: Stage): UiNode {
  const { board, t } = stage;
  return node('FrameLayout', board.top(0, 136, 1080, 288), {}, [
    backButton(stage, board.top(0, 138, 147, 285), dark.ink),
    node('Button', board.top(933, 139, 1080, 286), {
      desc: t.search,
      clickable: true,
      focusable: true,
      onTap: () => stage.open({ is: 'search', text: '', submitted: undefined, tab: 'top', scrolledRows: 0 }),
      paint: { symbol: 'search', ink: dark.ink },
    }),
  ]);
}
