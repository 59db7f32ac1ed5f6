import type { Rect, UiNode } from '../../parts.ts';
import { grid, heightOf, label, moved, node } from '../../screen.ts';
import type { Post } from '../../world.ts';
import { clamp } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light } from './frame.ts';

/** Following, Followers, Likes: the number above its word, both in a box that can be tapped. */
export function counters(stage: Stage, username: string, top: number): UiNode {
  const { board, t, world, actor } = stage;
  const counts = world.counts(actor.app, username);
  const cell = (className: string, left: number, right: number, value: number, word: string) =>
    node(className, board.top(left, top, right, top + 110), { clickable: true, focusable: true, onTap: () => {} }, [
      label(board.top(left + 20, top, right, top + 60), t.count(value), {
        id: stage.id('profile-value'),
        paint: { ink: light.ink, bold: true },
      }),
      label(board.top(left + 20, top + 60, right, top + 110), word, {
        id: stage.id('profile-label'),
        paint: { ink: light.dim },
      }),
    ]);
  return node('LinearLayout', board.top(24, top, 1036, top + 110), {}, [
    cell('LinearLayout', 24, 290, counts.following, t.profile.following),
    node('View', board.top(290, top + 33, 291, top + 77)),
    cell('ViewGroup', 291, 560, counts.followers, t.profile.followers),
    node('View', board.top(560, top + 33, 561, top + 77)),
    cell('LinearLayout', 561, 830, counts.likes, t.profile.likes),
  ]);
}

export interface StripTab {
  desc: string;
  iconDesc: string;
  isSelected: boolean;
  onTap: () => void;
}

/** The icons above the grid. The description is on the layout around the icon. */
export function tabStrip(stage: Stage, top: number, tabs: readonly StripTab[]): UiNode {
  const { board } = stage;
  const width = Math.floor(992 / tabs.length);
  return node(
    'HorizontalScrollView',
    board.top(44, top, 1036, top + 110),
    { id: stage.id('profile-tabs'), focusable: true },
    [
      node(
        'LinearLayout',
        board.top(44, top, 1036, top + 110),
        {},
        tabs.map(({ desc, iconDesc, isSelected, onTap }, index) => {
          const left = 44 + index * width;
          const bounds = board.top(left, top, left + width, top + 110);
          return node('LinearLayout', bounds, { focusable: true, selected: isSelected, onTap }, [
            node('RelativeLayout', bounds, { desc, clickable: true, focusable: true, selected: isSelected, onTap }, [
              node('ImageView', board.top(left + width / 2 - 30, top + 24, left + width / 2 + 31, top + 85), {
                id: stage.id('profile-tab-icon'),
                desc: iconDesc,
                selected: isSelected,
                paint: { symbol: 'menu', ink: isSelected ? light.ink : light.dim },
              }),
            ]),
          ]);
        }),
      ),
    ],
  );
}

export interface GridOptions {
  posts: readonly Post[];
  /** Something before the posts: the cell of the drafts. */
  first?: (bounds: Rect) => UiNode;
  scrolledRows: number;
  onScroll: (scrolledRows: number) => void;
}

/** Posts, newest first, three in a row, each a `cover` with its view count. */
export function postGrid(stage: Stage, area: Rect, { posts, first, scrolledRows, onScroll }: GridOptions): UiNode {
  const { board, t } = stage;
  const cellHeight = board.px(477);
  const gap = board.px(3);
  const makers = [
    ...(first ? [first] : []),
    ...posts.map((post) => (bounds: Rect): UiNode => {
      const open = () => stage.open({ is: 'video', post: post.id });
      return node(
        'FrameLayout',
        bounds,
        {
          id: stage.id('grid-cell'),
          clickable: true,
          longClickable: true,
          focusable: true,
          onTap: open,
          key: `post:${post.id}`,
        },
        [
          node('ImageView', bounds, {
            id: stage.stableId('cover'),
            paint: { pictureSeed: post.mediaSha256[0] ?? post.id },
          }),
          node(
            'LinearLayout',
            { ...bounds, top: bounds.bottom - board.px(138) },
            { id: stage.id('grid-views-frame') },
            [
              label(
                {
                  ...bounds,
                  left: bounds.left + board.px(11),
                  top: bounds.bottom - board.px(55),
                  bottom: bounds.bottom - board.px(11),
                },
                t.count(post.views),
                { id: stage.id('grid-views'), paint: { ink: '#ffffff' } },
              ),
            ],
          ),
        ],
      );
    }),
  ];
  const rowCount = Math.max(1, Math.ceil(makers.length / 3));
  const cells = grid(area, { count: makers.length, perRow: 3, cellHeight, gap });
  const shown = cells.flatMap((cell, index) => {
    const bounds = moved(cell, 0, -scrolledRows * (cellHeight + gap));
    const make = makers[index];
    if (!make || bounds.top >= area.bottom || bounds.bottom <= area.top) return [];
    return [make({ ...bounds, bottom: Math.min(bounds.bottom, area.bottom) })];
  });
  return node(
    'GridView',
    area,
    {
      id: stage.id('profile-grid'),
      scrollable: rowCount * (cellHeight + gap) > heightOf(area),
      focusable: true,
      onSwipe: ({ dy }) =>
        onScroll(clamp(scrolledRows + (Math.round(-dy / cellHeight) || (dy < 0 ? 1 : -1)), rowCount)),
    },
    shown,
  );
}
