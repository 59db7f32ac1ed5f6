import type { UiNode } from '../../parts.ts';
import { fromBottom, fromTop, image, inset, label, node } from '../../screen.ts';
import { dps } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { actionBar, centerOf, dark, light, nest, noop, pageArea, recycler, tabFrame } from './frame.ts';
import { emptyState } from './profile-parts.ts';

/** The window before anything is drawn: two pictures, no text, nothing to tap. */
export function drawSplash(stage: Stage): UiNode {
  const { board } = stage;
  const { dp } = board;
  return node('FrameLayout', board.bounds, { paint: { fill: light.paper } }, [
    nest(
      board.bounds,
      [['LinearLayout'], ['FrameLayout', 'android:id/content'], ['FrameLayout']],
      [
        image(centerOf(board.bounds, dp(109)), { paint: { fill: '#d62976', radiusPx: dp(24) } }),
        image(centerOf({ ...board.bounds, top: board.height - dp(130) }, dp(76), dp(130))),
      ],
    ),
  ]);
}

/** The inbox: a tab of the new bar, a page of its own with the old one. */
export function drawDirect(stage: Stage): UiNode {
  const { board, t, actor, release } = stage;
  const { dp } = board;
  const area = pageArea(stage, { hasTabBar: !release.hasInboxInHeader });
  const bar = fromTop(area, dp(dps.actionBar));
  const list = { ...area, top: bar.bottom };
  const field = { ...inset({ ...list, bottom: list.top + dp(52) }, dp(16), dp(6)) };
  return tabFrame(
    stage,
    [
      node('FrameLayout', list, { id: stage.id('inbox_refreshable_thread_list_container') }, [
        node(recycler, list, { id: stage.id('inbox_refreshable_thread_list_recyclerview'), focusable: true }, [
          node('EditText', field, {
            id: stage.id('search_edit_text'),
            text: t.direct.search,
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { fill: light.soft, ink: light.dim, radiusPx: dp(10), textPx: dp(15) },
          }),
          emptyState(
            stage,
            { ...list, top: field.bottom },
            { id: 'direct_empty_state', title: t.direct.title, text: t.direct.empty },
          ),
        ]),
      ]),
      actionBar(stage, { title: actor.account }),
    ],
    { hasTabBar: !release.hasInboxInHeader },
  );
}

/** Somebody's story, full screen: a tap at the right goes on, at the left back, and past its end it closes. */
export function drawStory(stage: Stage, page: Extract<Page, { is: 'story' }>): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const { username } = page;
  const users = stage.storyUsers;
  const index = users.indexOf(username);
  const go = (by: 1 | -1) => () => stage.nextStory(by);
  const area = board.area;
  const head = { ...area, bottom: area.top + dp(64) };
  const foot = fromBottom(area, dp(64));
  const middle = { ...area, top: head.bottom, bottom: foot.top };
  const third = Math.round(board.width / 3);
  const name = { left: dp(60), top: head.top + dp(20), right: board.width - dp(120), bottom: head.top + dp(40) };
  const age = t.age(3_600_000 * (1 + (username.length % 20)));
  return node('FrameLayout', board.bounds, { paint: { fill: dark.paper } }, [
    nest(
      board.bounds,
      [
        ['LinearLayout'],
        ['FrameLayout'],
        ['LinearLayout', stage.id('action_bar_root')],
        ['FrameLayout', 'android:id/content'],
      ],
      [
        node('FrameLayout', board.app, { id: stage.id('reel_viewer_root') }, [
          node(
            'FrameLayout',
            area,
            {
              id: stage.id('reel_viewer_media_container'),
              desc: t.feed.story(username, index + 1, users.length, false),
            },
            [image(area, { id: stage.id('reel_viewer_image_view'), paint: { pictureSeed: `story:${username}` } })],
          ),
          node('View', { ...middle, right: third }, { clickable: true, onTap: go(-1) }),
          node(
            'View',
            { ...middle, left: third },
            { clickable: true, onTap: go(1), onSwipe: ({ dy }) => (dy > 0 ? void stage.leave() : noop()) },
          ),
          node('LinearLayout', head, { id: stage.id('reel_viewer_header') }, [
            image(centerOf({ ...head, left: dp(12), right: dp(52) }, dp(32)), {
              id: stage.id('reel_viewer_profile_picture'),
              desc: t.feed.picture(username),
              paint: { pictureSeed: `avatar:${username}`, radiusPx: dp(16) },
            }),
            node('Button', name, {
              id: stage.id('reel_viewer_title'),
              text: username,
              clickable: true,
              focusable: true,
              onTap: () => stage.openProfile(username),
              paint: { ink: dark.ink, bold: true, align: 'left', textPx: dp(14) },
            }),
            label({ ...name, left: name.right, right: name.right + dp(48) }, age, {
              id: stage.id('reel_viewer_timestamp'),
              paint: { ink: dark.dim, textPx: dp(13) },
            }),
          ]),
          node('LinearLayout', foot, { id: stage.id('reel_viewer_footer') }, [
            node('Button', centerOf({ ...foot, left: board.width - dp(100), right: board.width - dp(52) }, dp(44)), {
              id: stage.id('toolbar_like_button'),
              desc: t.feed.like,
              clickable: true,
              focusable: true,
              onTap: noop,
              paint: { symbol: 'heart', ink: dark.ink },
            }),
          ]),
        ]),
      ],
    ),
  ]);
}
