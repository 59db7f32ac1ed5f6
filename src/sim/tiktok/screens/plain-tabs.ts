import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { dark, light, tabPage } from './frame.ts';
import { videoPanel } from './video-panel.ts';

/** The friends tab: empty but for an own video that was published a moment ago. */
export function drawFriends(stage: Stage, page: Extract<Page, { is: 'friends' }>, sheet: readonly UiNode[]): UiNode {
  const { board, t } = stage;
  const post = page.post === undefined ? undefined : stage.world.post(page.post);
  const title = label(board.top(420, 158, 660, 262), t.friends.title, {
    paint: { ink: dark.ink, align: 'center', bold: true },
  });
  const body = post
    ? [videoPanel(stage, post, { isCovered: sheet.length > 0 })]
    : [
        label(board.top(140, 900, 940, 960), t.friends.empty, { paint: { ink: dark.dim, align: 'center' } }),
        button(board.top(340, 1010, 740, 1120), t.friends.find, () => {}, {
          paint: { fill: light.accent, ink: dark.ink, radiusPx: board.px(12), align: 'center' },
        }),
      ];
  return tabPage(stage, 'friends', [...body, title], { fill: dark.paper, sheet });
}

/** The inbox: its first rows are sections, not people. */
export function drawInbox(stage: Stage, sheet: readonly UiNode[]): UiNode {
  const { board, t } = stage;
  const rows = [t.inbox.newFollowers, t.inbox.activity, t.inbox.system].map((text, index) => {
    const top = 320 + index * 190;
    return node(
      'FrameLayout',
      board.top(0, top, 1080, top + 190),
      { clickable: true, focusable: true, onTap: () => {} },
      [
        node('ImageView', board.top(42, top + 26, 180, top + 164), {
          clickable: true,
          onTap: () => {},
          paint: { fill: '#e8f0fe', radiusPx: board.px(69) },
        }),
        label(board.top(220, top + 64, 1000, top + 126), text, { paint: { ink: light.ink, bold: true } }),
      ],
    );
  });
  return tabPage(
    stage,
    'inbox',
    [
      label(board.top(340, 158, 740, 262), t.inbox.title, { paint: { ink: light.ink, align: 'center', bold: true } }),
      ...rows,
    ],
    { sheet },
  );
}
