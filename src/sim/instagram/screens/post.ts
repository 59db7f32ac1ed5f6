import type { UiNode } from '../../parts.ts';
import { inset, label, node } from '../../screen.ts';
import type { Post } from '../../world.ts';
import { dps } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { actionBar, light, modalFrame, nest, pageArea, tabFrame } from './frame.ts';
import { type Item, list } from './list.ts';
import { drawMissing } from './missing.ts';
import { postItems } from './post-row.ts';
import { gridPosts } from './profile-parts.ts';

type PostPage = Extract<Page, { is: 'post' }>;

/** A post: alone when a link led to it, under the title Posts and followed by older ones when a grid did. */
export function drawPost(stage: Stage, page: PostPage, sheet: readonly UiNode[]): UiNode {
  const post = stage.world.post(page.post);
  if (!post) return drawMissing(stage, 'page');
  return page.from === 'link' ? alone(stage, page, post, sheet) : inList(stage, page, post, sheet);
}

function alone(stage: Stage, page: PostPage, post: Post, sheet: readonly UiNode[]): UiNode {
  const area = pageArea(stage, { hasTabBar: false });
  const items: Item[] = [gap(stage), ...postItems(stage, post, { isInFeed: false })];
  const content = nest(
    area,
    [
      ['FrameLayout', stage.id('layout_listview_parent_container')],
      ['FrameLayout', stage.id('sticky_header_list')],
    ],
    [
      list(area, items, {
        className: 'android.widget.ListView',
        id: 'android:id/list',
        offset: page.offset,
        onScroll: (offset) => stage.become({ ...page, offset }),
      }),
    ],
  );
  return modalFrame(stage, [content], { bar: actionBar(stage, { title: undefined }), sheet });
}

function inList(stage: Stage, page: PostPage, post: Post, sheet: readonly UiNode[]): UiNode {
  const { board } = stage;
  const whole = pageArea(stage, { hasTabBar: false });
  const area = { ...whole, top: whole.top + board.dp(dps.actionBar) };
  const posts = gridPosts(stage, post.author, 'grid');
  const from = posts.slice(
    Math.max(
      0,
      posts.findIndex(({ id }) => id === post.id),
    ),
  );
  const content = nest(
    area,
    [
      ['FrameLayout', stage.id('layout_listview_parent_container')],
      ['LinearLayout'],
      ['LinearLayout'],
      ['FrameLayout', stage.id('refreshable_container')],
    ],
    [
      list(
        area,
        from.flatMap((each) => postItems(stage, each, { isInFeed: false })),
        { id: 'android:id/list', offset: page.offset, onScroll: (offset) => stage.become({ ...page, offset }) },
      ),
    ],
  );
  return tabFrame(
    stage,
    [content, actionBar(stage, { title: stage.t.feed.posts, isTitleTappable: true, right: followButton(stage, post) })],
    {
      hasTabBar: false,
      sheet,
      isSheetFirst: true,
    },
  );
}

const gap = (stage: Stage): Item => ({
  height: stage.board.dp(dps.actionBar),
  make: (bounds) => node('View', bounds, { id: stage.id('gap_binder_group') }),
});

function followButton(stage: Stage, post: Post): UiNode[] {
  const { board, t, world, actor } = stage;
  const { dp } = board;
  if (post.author === actor.account || world.relation(actor.app, actor.account, post.author) !== 'none') return [];
  const bar = { ...board.area, bottom: board.area.top + dp(dps.actionBar) };
  const box = {
    left: board.width - dp(94),
    top: bar.top + dp(7),
    right: board.width - dp(8),
    bottom: bar.bottom - dp(7),
  };
  return [
    node(
      'Button',
      box,
      {
        id: stage.id('follow_button'),
        clickable: true,
        focusable: true,
        selected: true,
        onTap: () => stage.follow(post.author),
      },
      [
        label({ ...inset(box, 0, 0), right: box.right - dp(12), bottom: box.bottom - dp(8) }, t.profile.follow, {
          id: stage.id('action_bar_overflow_text'),
          selected: true,
          paint: { ink: light.accent, align: 'center', bold: true, textPx: dp(15) },
        }),
      ],
    ),
  ];
}
