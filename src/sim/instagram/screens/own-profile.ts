import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromTop, image, label, node } from '../../screen.ts';
import { dps, textWidth } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, noop, pageArea, recycler, tabFrame } from './frame.ts';
import type { Item } from './list.ts';
import { emptyState, gridItems, gridPosts, headerButton, headerRow, profileBody } from './profile-parts.ts';

type OwnProfile = Extract<Page, { is: 'own-profile' }>;

export function drawOwnProfile(stage: Stage, page: OwnProfile, sheet: readonly UiNode[]): UiNode {
  const { world, actor, t, board } = stage;
  const profile = world.profile(actor.app, actor.account);
  const frame = pageArea(stage);
  const bar = fromTop(frame, board.dp(dps.actionBar));
  const area = { ...frame, top: bar.bottom };
  if (!profile) return tabFrame(stage, []);
  const { nodes } = profileBody(stage, {
    area,
    header: [headerRow(stage, profile, { isOwn: true }), actions(stage), highlights(stage)],
    tabs: {
      all: [
        { tab: 'grid', desc: t.profile.grid },
        { tab: 'reels', desc: t.profile.reels },
        { tab: 'tagged', desc: t.profile.tagged },
      ],
      open: page.tab,
      onTab: (tab) => stage.become({ ...page, tab, offset: 0 }),
    },
    items: gridItems(stage, gridPosts(stage, actor.account, page.tab), profile.name),
    empty: (box) => emptyState(stage, box, { id: 'empty_state_view', title: t.profile.noPosts, text: '' }),
    offset: page.offset,
    onScroll: (offset) => stage.become({ ...page, offset }),
  });
  return tabFrame(
    stage,
    [
      node('FrameLayout', frame, { id: stage.id('user_detail_fragment') }, [
        node('FrameLayout', frame, {}, [
          node('ViewGroup', frame, { id: stage.id('coordinator_root_layout') }, [node('FrameLayout', frame), ...nodes]),
          titleBar(stage, bar),
        ]),
      ]),
    ],
    { sheet },
  );
}

/** Create New at the left (old bars have a tab for it), the name that opens the switcher, the menu at the right. */
function titleBar(stage: Stage, bar: Rect): UiNode {
  const { board, t, actor, release } = stage;
  const { dp } = board;
  const create = { ...bar, right: dp(49) };
  const name = actor.account;
  const names = { ...bar, left: dp(65), right: board.width - dp(105) };
  const text = centerOf(
    names,
    Math.min(names.right - names.left - dp(20), textWidth(name, dp(20)) + dp(8)),
    bar.bottom - bar.top,
  );
  const openSwitcher = () => stage.showDialog('switcher');
  const icon = (left: number, desc: string) =>
    image(
      { ...bar, left, right: left + dp(49) },
      { desc, clickable: true, focusable: true, onTap: noop, paint: { symbol: 'menu', ink: light.ink } },
    );
  return node('FrameLayout', bar, { id: stage.id('profile_action_bar'), paint: { fill: light.paper } }, [
    node('LinearLayout', { ...bar, right: board.width - dp(8) }, { id: stage.id('action_bar_layout') }, [
      ...(release.hasCreateTab
        ? []
        : [
            node('LinearLayout', create, { id: stage.id('left_action_bar_buttons') }, [
              image(create, {
                desc: t.profile.createNew,
                clickable: true,
                focusable: true,
                onTap: () => stage.showSheet({ is: 'create' }),
                paint: { symbol: 'plus', ink: light.ink },
              }),
            ]),
          ]),
      node(
        'LinearLayout',
        names,
        { id: stage.id('action_bar_username_container'), clickable: true, focusable: true, onTap: openSwitcher },
        [
          node('ViewGroup', { ...text, right: text.right + dp(19) }, {}, [
            label(text, name, {
              id: stage.id('action_bar_title'),
              desc: name,
              paint: { ink: light.ink, bold: true, textPx: dp(20) },
            }),
            node(
              'LinearLayout',
              { ...text, left: text.right, right: text.right + dp(19) },
              { id: stage.id('action_bar_username_buttons_container') },
              [
                image(centerOf({ ...text, left: text.right + dp(6), right: text.right + dp(19) }, dp(12)), {
                  id: stage.id('action_bar_title_chevron'),
                }),
              ],
            ),
          ]),
        ],
      ),
      node(
        'LinearLayout',
        { ...bar, left: board.width - dp(105), right: board.width - dp(8) },
        { id: stage.id('right_action_bar_buttons') },
        [icon(board.width - dp(105), t.profile.threads), icon(board.width - dp(57), t.options)],
      ),
    ]),
  ]);
}

function actions(stage: Stage): Item {
  const { board, t } = stage;
  const { dp } = board;
  return {
    height: dp(44),
    make: (bounds) => {
      const row = { ...bounds, left: dp(12), right: board.width - dp(12), bottom: bounds.top + dp(32) };
      const [first = row, second = row] = columns(row, ['rest', 'rest'], dp(6));
      return node('LinearLayout', bounds, {}, [
        node('LinearLayout', row, { id: stage.id('profile_header_actions_top_row') }, [
          headerButton(stage, first, t.profile.editProfile, noop),
          headerButton(stage, second, t.profile.shareProfile, noop),
        ]),
      ]);
    },
  };
}

function highlights(stage: Stage): Item {
  const { t } = stage;
  const { dp } = stage.board;
  return {
    height: dp(115),
    make: (bounds) => {
      const tray = { ...bounds, bottom: bounds.top + dp(105) };
      const box = { ...tray, left: dp(2), right: dp(95) };
      const ring = { ...box, bottom: box.top + dp(82) };
      const name = { ...box, top: ring.bottom, bottom: ring.bottom + dp(16) };
      return node('LinearLayout', bounds, { id: stage.id('highlights_tray') }, [
        node(recycler, tray, { id: stage.id('highlights_reel_tray_recycler_view'), focusable: true }, [
          node('LinearLayout', box, {}, [
            node(
              'LinearLayout',
              box,
              {
                id: stage.id('create_highlight_button_view'),
                desc: t.profile.createHighlight,
                clickable: true,
                focusable: true,
                onTap: noop,
              },
              [
                node('FrameLayout', ring, { id: stage.id('button_container') }, [
                  image(centerOf(ring, dp(74)), {
                    id: stage.id('button_background_view'),
                    paint: { fill: light.soft, radiusPx: dp(37) },
                  }),
                  image(centerOf(ring, dp(18)), {
                    id: stage.id('inner_button_view'),
                    paint: { symbol: 'plus', ink: light.ink },
                  }),
                ]),
                label(name, t.profile.newHighlight, {
                  id: stage.id('label'),
                  paint: { ink: light.ink, align: 'center', textPx: dp(12) },
                }),
              ],
            ),
          ]),
        ]),
      ]);
    },
  };
}
