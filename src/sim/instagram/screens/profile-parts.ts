import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromTop, image, label, node } from '../../screen.ts';
import type { Post, Profile } from '../../world.ts';
import { dps, fitText, lineCount, textWidth } from '../board.ts';
import { isStory } from '../neighbours.ts';
import type { ProfileTab } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, noop } from './frame.ts';
import { endOf, type Item, visibleItems } from './list.ts';

/** What is in the grid, newest first. */
export const gridPosts = (stage: Stage, username: string, tab: ProfileTab): Post[] =>
  tab === 'tagged'
    ? []
    : stage.world
        .postsBy('instagram', username)
        .filter((post) => !isStory(post) && (tab === 'grid' || post.mediaType === 'video'));

/** Picture, name, counters, bio: the part above the buttons. */
export function headerRow(stage: Stage, profile: Profile, { isOwn }: { isOwn: boolean }): Item {
  const { board, release } = stage;
  const { dp } = board;
  const bioLines = profile.bio === '' ? 0 : lineCount(profile.bio, board.width - dp(32), dp(14));
  const bioHeight = bioLines * dp(17) + (bioLines > 0 ? dp(4) : 0);
  return {
    height: dp(114) + bioHeight + dp(8),
    make: (bounds) => {
      const avatarBox = { left: dp(16), top: bounds.top, right: dp(112), bottom: bounds.top + dp(114) };
      const nameBox = {
        left: dp(128),
        top: bounds.top + dp(26),
        right: board.width - dp(16),
        bottom: bounds.top + dp(44),
      };
      const bioBox = {
        left: dp(16),
        top: avatarBox.bottom,
        right: board.width - dp(16),
        bottom: avatarBox.bottom + bioHeight,
      };
      return node('ViewGroup', bounds, { id: stage.id('row_profile_header') }, [
        avatar(stage, profile, avatarBox, isOwn),
        label(fitText(nameBox, profile.name, dp(15)), profile.name, {
          id: stage.id('profile_header_full_name_above_vanity'),
          paint: { ink: light.ink, bold: true, textPx: dp(15) },
        }),
        metrics(stage, profile, {
          left: dp(128),
          top: bounds.top + dp(44),
          right: board.width - dp(16),
          bottom: bounds.top + dp(97),
        }),
        ...(bioLines === 0 ? [] : [bio(stage, profile, bioBox, release.hasComposeBio, isOwn)]),
      ]);
    },
  };
}

function avatar(stage: Stage, profile: Profile, box: Rect, isOwn: boolean): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const lower = { ...box, top: box.top + dp(18) };
  const picture = centerOf(lower, dp(80));
  return node('ViewGroup', box, { id: stage.id('profile_header_avatar_container_top_left_stub') }, [
    node('ViewGroup', lower, {}, [
      node(
        'FrameLayout',
        picture,
        {
          id: stage.id('row_profile_header_imageview_frame_layout'),
          clickable: true,
          longClickable: true,
          focusable: true,
          onTap: noop,
          onLongPress: noop,
        },
        [
          image(picture, {
            id: stage.id('row_profile_header_imageview'),
            desc: isOwn ? t.profile.ownPhoto : t.profile.photo,
            paint: { pictureSeed: `avatar:${profile.username}`, radiusPx: dp(40) },
          }),
        ],
      ),
      ...(isOwn
        ? [
            image(
              {
                left: picture.right - dp(22),
                top: picture.bottom - dp(22),
                right: picture.right,
                bottom: picture.bottom,
              },
              {
                id: stage.id('reel_empty_badge'),
                desc: t.feed.addToStory,
                clickable: true,
                focusable: true,
                onTap: () => stage.openGallery('story'),
                paint: { symbol: 'plus', fill: light.accent, ink: '#ffffff', radiusPx: dp(11) },
              },
            ),
          ]
        : []),
    ]),
  ]);
}

/** The counters say their number and what it counts; the box around both says the two without a space between. */
function metrics(stage: Stage, profile: Profile, box: Rect): UiNode {
  const { t, world, actor } = stage;
  const { dp } = stage.board;
  const counts = world.counts(actor.app, profile.username);
  const posts = gridPosts(stage, profile.username, 'grid').length;
  const cells = columns(box, ['rest', 'rest', 'rest']);
  const counter = (index: number, id: string, name: string, value: string, words: string) => {
    const cell = cells[index] ?? box;
    const inner = { ...cell, left: cell.left + dp(index === 0 ? 0 : 6) };
    const upper = { ...inner, top: cell.top + dp(8), bottom: cell.top + dp(28) };
    const lower = { ...inner, top: upper.bottom, bottom: upper.bottom + dp(17) };
    return node(
      '',
      cell,
      { id: stage.id(id), desc: `${value}${words}`, clickable: true, focusable: true, onTap: noop },
      [
        label(fitText(upper, value, dp(16)), value, {
          id: stage.id(`profile_header_familiar_${name}_value`),
          paint: { ink: light.ink, bold: true, textPx: dp(16) },
        }),
        label(fitText(lower, words, dp(14)), words, {
          id: stage.id(`profile_header_familiar_${name}_label`),
          paint: { ink: light.ink, textPx: dp(14) },
        }),
      ],
    );
  };
  return node('LinearLayout', box, { id: stage.id('profile_header_metrics_full_width') }, [
    counter(0, 'profile_header_post_count_front_familiar', 'post_count', t.count(posts), t.profile.posts(posts)),
    counter(
      1,
      'profile_header_followers_stacked_familiar',
      'followers',
      t.count(counts.followers),
      t.profile.followers,
    ),
    counter(
      2,
      'profile_header_following_stacked_familiar',
      'following',
      t.count(counts.following),
      t.profile.following,
    ),
  ]);
}

function bio(stage: Stage, profile: Profile, box: Rect, isCompose: boolean, isOwn: boolean): UiNode {
  const { dp } = stage.board;
  const paint = { ink: light.ink, textPx: dp(14) };
  if (!isCompose) {
    return node('TextView', box, {
      id: stage.id('profile_header_bio_text'),
      text: profile.bio,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint,
    });
  }
  const id = stage.id(isOwn ? 'profile_declarative_ui_bio' : 'profile_user_info_compose_view');
  return node('com.facebook.compose.view.MetaComposeView', box, { id }, [
    node('View', box, {}, [
      node('View', box, { clickable: true, focusable: true, onTap: noop }, [
        label({ ...box, right: Math.min(box.right, box.left + textWidth(profile.bio, dp(14))) }, profile.bio, {
          paint,
        }),
      ]),
    ]),
  ]);
}

/** A grey button of the header, its word in a TextView inside it. */
export function headerButton(stage: Stage, bounds: Rect, text: string, onTap: () => void): UiNode {
  const { dp } = stage.board;
  const middle = centerOf(bounds, Math.min(bounds.right - bounds.left, textWidth(text, dp(14)) + dp(4)), dp(19));
  return node('ViewGroup', bounds, {}, [
    node(
      'Button',
      bounds,
      {
        id: stage.id('button_container'),
        desc: text,
        clickable: true,
        focusable: true,
        onTap,
        paint: { fill: light.soft, radiusPx: dp(8) },
      },
      [label(middle, text, { paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(14) } })],
    ),
  ]);
}

export interface Tab {
  tab: ProfileTab;
  desc: string;
}

/** The tabs above the grid; the icon carries the name, the open one is selected at all levels. */
export function tabStrip(
  stage: Stage,
  bounds: Rect,
  tabs: readonly Tab[],
  open: ProfileTab,
  onTab: (tab: ProfileTab) => void,
): UiNode {
  const { dp } = stage.board;
  const strip = { ...bounds, bottom: bounds.bottom - 1 };
  const cells = columns(
    strip,
    tabs.map(() => 'rest' as const),
  );
  return node('LinearLayout', bounds, { id: stage.id('profile_tabs_container'), paint: { fill: light.paper } }, [
    node('HorizontalScrollView', strip, { id: stage.id('profile_tab_layout'), focusable: true }, [
      node(
        'LinearLayout',
        strip,
        {},
        tabs.map(({ tab, desc }, index) => {
          const cell = cells[index] ?? strip;
          const isSelected = tab === open;
          const tap = isSelected ? {} : { clickable: true, onTap: () => onTab(tab) };
          return node('LinearLayout', cell, { focusable: true, selected: isSelected, ...tap }, [
            node('FrameLayout', cell, { focusable: true, selected: isSelected }, [
              image(cell, {
                id: stage.id('profile_tab_icon_view'),
                desc,
                clickable: true,
                focusable: true,
                selected: isSelected,
                onTap: () => onTab(tab),
              }),
              node('View', centerOf(cell, dp(22)), {
                drawnOnly: true,
                paint: { fill: isSelected ? light.ink : light.dim, radiusPx: dp(4) },
              }),
            ]),
          ]);
        }),
      ),
    ]),
    node(
      'View',
      { ...bounds, top: strip.bottom },
      { id: stage.id('profile_tabs_bottom_divider'), paint: { fill: light.line } },
    ),
  ]);
}

/** Three in a row, each a Button that says what it is, whose, and where it lies. */
export function gridItems(stage: Stage, posts: readonly Post[], name: string): Item[] {
  const { board, t } = stage;
  const gap = board.dp(3.5);
  const cellHeight = Math.round((board.width / 3) * 1.33);
  const rowCount = Math.ceil(posts.length / 3);
  return Array.from({ length: rowCount }, (_, rowIndex) => ({
    height: cellHeight + gap,
    make: (bounds: Rect) => {
      const cells = columns(fromTop(bounds, cellHeight), ['rest', 'rest', 'rest'], gap);
      const inRow = posts.slice(rowIndex * 3, rowIndex * 3 + 3);
      return node(
        'LinearLayout',
        bounds,
        { id: stage.id('media_set_row_content_identifier') },
        inRow.map((post, index) => {
          const cell = cells[index] ?? bounds;
          return node('FrameLayout', cell, { key: `grid:${post.id}` }, [
            node('FrameLayout', cell, {}, [
              node('Button', cell, {
                id: stage.id('image_button'),
                desc: t.profile.item(post.mediaType, name, rowIndex + 1, index + 1),
                clickable: true,
                longClickable: true,
                focusable: true,
                onTap: () => stage.openPost(post, 'grid'),
                onLongPress: noop,
                paint: { pictureSeed: `post:${post.id}` },
              }),
            ]),
          ]);
        }),
      );
    },
  }));
}

export interface ProfileBodyOptions {
  /** Below the title bar. */
  area: Rect;
  header: readonly Item[];
  /** Undefined: there is nothing to choose, and `empty` takes the place of the grid. */
  tabs: { all: readonly Tab[]; open: ProfileTab; onTab: (tab: ProfileTab) => void } | undefined;
  items: readonly Item[];
  /** What the grid's place shows without posts. */
  empty: (area: Rect) => UiNode;
  offset: number;
  onScroll: (offset: number) => void;
}

/** The header slides away first, its tabs stay at the top, then the grid below them moves. */
export function profileBody(stage: Stage, options: ProfileBodyOptions): { nodes: UiNode[]; isHeaderGone: boolean } {
  const { area, header, tabs, items, empty, offset, onScroll } = options;
  const headerHeight = header.reduce((sum, { height }) => sum + height, 0);
  const tabsHeight = tabs ? stage.board.dp(dps.profileTabs) + 1 : 0;
  const wholeGrid = { ...area, top: area.top + tabsHeight };
  const gridEnd = endOf(wholeGrid, items);
  const gridHeight = items.reduce((sum, { height }) => sum + height, 0);
  // without enough below, the header can only move as far as the grid's end reaches the bottom
  const most =
    Math.max(0, Math.min(headerHeight, headerHeight + tabsHeight + gridHeight - (area.bottom - area.top))) + gridEnd;
  const at = Math.min(offset, most);
  const collapsed = Math.min(at, headerHeight);
  const headerArea = { ...area, bottom: area.top + headerHeight - collapsed };
  const barTop = headerArea.bottom;
  const bar = { ...area, top: barTop, bottom: barTop + tabsHeight };
  const grid = { ...area, top: bar.bottom };
  const appBar = { ...area, bottom: bar.bottom };
  const swipe = ({ dy }: { dy: number }) => {
    const wanted = Math.max(0, Math.min(most, Math.round(at - dy)));
    if (wanted !== offset) onScroll(wanted);
  };
  const shown = visibleItems({ ...headerArea, top: area.top }, header, collapsed);
  const nodes = [
    node('LinearLayout', appBar, { id: stage.id('tab_appbar'), onSwipe: swipe }, [
      node('LinearLayout', appBar, { id: stage.id('profile_header_container') }, [
        ...(collapsed >= headerHeight
          ? []
          : [node('LinearLayout', headerArea, { id: stage.id('profile_header_fixed_list') }, shown)]),
        ...(tabs ? [tabStrip(stage, bar, tabs.all, tabs.open, tabs.onTab)] : []),
      ]),
    ]),
    node(
      'androidx.viewpager.widget.ViewPager',
      grid,
      { id: stage.id('profile_viewpager'), focusable: true, scrollable: true, onSwipe: swipe },
      [
        items.length === 0
          ? empty(grid)
          : node(
              'androidx.recyclerview.widget.RecyclerView',
              grid,
              { id: 'android:id/list', focusable: true, scrollable: true, onSwipe: swipe },
              visibleItems(grid, items, at - collapsed),
            ),
      ],
    ),
  ];
  return { nodes, isHeaderGone: collapsed >= headerHeight };
}

/** A headline and a line below it in the middle of nothing. */
export function emptyState(
  stage: Stage,
  area: Rect,
  { id, title, text }: { id: string; title: string; text: string },
): UiNode {
  const { dp } = stage.board;
  const top = area.top + Math.max(dp(24), Math.round((area.bottom - area.top) * 0.25));
  const line = (from: number, height: number) => ({
    left: dp(36),
    right: stage.board.width - dp(36),
    top: top + from,
    bottom: top + from + height,
  });
  const titleHeight = dp(28) * lineCount(title, stage.board.width - dp(72), dp(20));
  return node('ScrollView', area, { id: stage.id(id), focusable: true }, [
    node(
      'LinearLayout',
      area,
      { id: stage.id('empty_state_view_root'), clickable: true, focusable: true, onTap: noop },
      [
        node('FrameLayout', line(0, titleHeight + dp(70)), { id: stage.id('empty_state_headline_component') }, [
          label(line(0, titleHeight), title, {
            id: stage.id('igds_headline_emphasized_headline'),
            focusable: true,
            paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(20) },
          }),
          ...(text === ''
            ? []
            : [
                label(line(titleHeight + dp(8), dp(50)), text, {
                  id: stage.id('igds_headline_body'),
                  focusable: true,
                  paint: { ink: light.dim, align: 'center', textPx: dp(14) },
                }),
              ]),
        ]),
      ],
    ),
  ]);
}
