import type { Rect, UiNode } from '../../parts.ts';
import { button, grid, heightOf, label, moved, node, textField, widthOf } from '../../screen.ts';
import type { Post, Profile } from '../../world.ts';
import { fitText, textWidth } from '../board.ts';
import { clamp, type Page, type ResultsTab } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light, subPage } from './frame.ts';

type SearchPage = Extract<Page, { is: 'search' }>;

const noop = () => {};

/** Search field, and once something was submitted the results under their tabs. Lands on "Top", not on the users. */
export function drawSearch(stage: Stage, page: SearchPage): UiNode {
  return subPage(stage, [
    node('FrameLayout', stage.board.app, { id: stage.id('search-frame') }, [
      searchBar(stage, page),
      ...(page.submitted === undefined ? [] : results(stage, page, page.submitted)),
    ]),
  ]);
}

function searchBar(stage: Stage, page: SearchPage): UiNode {
  const { board, t } = stage;
  const submit = () => {
    const words = page.text.trim();
    if (words === '') return;
    stage.host.ui.blur();
    stage.become({ ...page, submitted: words, tab: 'top', scrolledRows: 0 });
  };
  const isSubmitted = page.submitted !== undefined && page.submitted === page.text.trim();
  return node('RelativeLayout', board.top(0, 136, 1080, 279), {}, [
    node('ImageView', board.top(16, 147, 137, 268), {
      id: stage.id('search-back'),
      clickable: true,
      focusable: true,
      onTap: () => void stage.leave(),
      paint: { symbol: 'back', ink: light.ink },
    }),
    node('FrameLayout', board.top(137, 158, 880, 257), { paint: { fill: '#f0f0f0', radiusPx: board.px(16) } }, [
      textField(board.top(137, 158, 880, 257), {
        id: stage.id('search-input'),
        text: page.text,
        hint: t.search,
        autoFocus: page.submitted === undefined,
        onText: (text) => stage.become({ ...page, text: text.replaceAll('\n', '') }),
        onEnter: submit,
        paint: { ink: light.ink },
      }),
      node('ImageView', board.top(153, 180, 208, 235), {
        id: stage.id('search-input-icon'),
        desc: t.search,
        paint: { symbol: 'search', ink: light.dim },
      }),
      ...(page.text === ''
        ? []
        : [
            node('ImageView', board.top(810, 180, 865, 235), {
              id: stage.id('search-clear'),
              desc: t.results.clear,
              clickable: true,
              focusable: true,
              onTap: () => stage.become({ ...page, text: '' }),
              paint: { symbol: 'close', ink: light.dim },
            }),
          ]),
    ]),
    ...(isSubmitted
      ? []
      : [
          button(board.top(890, 158, 1070, 257), t.search, submit, {
            id: stage.id('search-submit'),
            paint: { ink: light.accent, align: 'center', bold: true },
          }),
        ]),
  ]);
}

function results(stage: Stage, page: SearchPage, words: string): UiNode[] {
  const { board, t, world, actor } = stage;
  const area = board.between(0, 389, 1080, 2337);
  const hasUsers = page.tab === 'users' || page.tab === 'top';
  if (page.tab === 'videos') return [tabs(stage, page), videoGrid(stage, page, words)];
  const found = hasUsers ? world.searchProfiles(actor.app, words) : [];
  const rowHeight = board.px(203);
  const list =
    found.length === 0
      ? label(board.top(100, 900, 980, 960), t.results.none(words), { paint: { ink: light.dim, align: 'center' } })
      : node(
          'androidx.recyclerview.widget.RecyclerView',
          area,
          {
            id: stage.id('search-list'),
            scrollable: true,
            focusable: true,
            onSwipe: ({ dy }) =>
              stage.become({
                ...page,
                scrolledRows: clamp(
                  page.scrolledRows + (Math.round(-dy / rowHeight) || (dy < 0 ? 1 : -1)),
                  found.length,
                ),
              }),
          },
          found
            .slice(page.scrolledRows)
            .slice(0, Math.ceil(heightOf(area) / rowHeight))
            .map((profile, index) => userRow(stage, profile, 411 + index * 203)),
        );
  return [tabs(stage, page), list];
}

/** Two columns: the picture, the words below it, and who made it. */
function videoGrid(stage: Stage, page: SearchPage, words: string): UiNode {
  const { board, t, world, actor } = stage;
  const posts = world.searchPosts(actor.app, words);
  if (posts.length === 0) {
    return label(board.top(100, 900, 980, 960), t.results.none(words), { paint: { ink: light.dim, align: 'center' } });
  }
  const area = board.between(0, 389, 1080, 2337);
  const cellHeight = board.px(860);
  const gap = board.px(8);
  const list = posts.map(({ id }) => id);
  const rowCount = Math.ceil(posts.length / 2);
  const shown = grid(area, { count: posts.length, perRow: 2, cellHeight, gap }).flatMap((cell, index) => {
    const post = posts[index];
    const bounds = moved(cell, 0, -page.scrolledRows * (cellHeight + gap));
    if (!post || bounds.bottom <= area.top || bounds.top >= area.bottom) return [];
    return [videoCell(stage, post, { ...bounds, bottom: Math.min(bounds.bottom, area.bottom) }, list)];
  });
  return node(
    'androidx.recyclerview.widget.RecyclerView',
    area,
    {
      id: stage.id('search-list'),
      scrollable: rowCount * (cellHeight + gap) > heightOf(area),
      focusable: true,
      onSwipe: ({ dy }) =>
        stage.become({
          ...page,
          scrolledRows: clamp(page.scrolledRows + (Math.round(-dy / cellHeight) || (dy < 0 ? 1 : -1)), rowCount),
        }),
    },
    shown,
  );
}

function videoCell(stage: Stage, post: Post, bounds: Rect, list: readonly string[]): UiNode {
  const { board, world, actor } = stage;
  const words = bounds.top + board.px(700);
  const onTap = () => stage.open({ is: 'video', post: post.id, list });
  return node('FrameLayout', bounds, { id: stage.id('result-cell'), clickable: true, focusable: true, onTap }, [
    node(
      'ImageView',
      { ...bounds, bottom: Math.min(words, bounds.bottom) },
      {
        id: stage.stableId('cover'),
        paint: { pictureSeed: post.id },
      },
    ),
    ...(words + board.px(150) <= bounds.bottom
      ? [
          label({ ...bounds, top: words, bottom: words + board.px(90) }, post.caption, { paint: { ink: light.ink } }),
          label(
            { ...bounds, top: words + board.px(95), bottom: words + board.px(145) },
            world.profile(actor.app, post.author)?.name ?? post.author,
            { paint: { ink: light.dim } },
          ),
        ]
      : []),
  ]);
}

function tabs(stage: Stage, page: SearchPage): UiNode {
  const { board, t } = stage;
  const bounds = board.top(0, 279, 1080, 389);
  const names: readonly (readonly [ResultsTab, string])[] = [
    ['top', t.results.top],
    ['users', t.results.users],
    ['videos', t.results.videos],
    ['shop', t.results.shop],
    ['photos', t.results.photos],
  ];
  let left = board.px(20);
  const children = names.flatMap(([tab, text]) => {
    const right = Math.min(board.width, left + textWidth(text, board.px(40)) + board.px(60));
    const box = { ...bounds, left, right };
    left = right;
    if (widthOf(box) <= 0) return [];
    const isSelected = page.tab === tab;
    return [
      node(
        'FrameLayout',
        box,
        {
          desc: text,
          focusable: true,
          selected: isSelected,
          ...(isSelected ? {} : { clickable: true, onTap: () => stage.become({ ...page, tab, scrolledRows: 0 }) }),
        },
        [
          label(box, text, {
            selected: isSelected,
            paint: { ink: isSelected ? light.ink : light.dim, align: 'center' },
          }),
        ],
      ),
    ];
  });
  return node(
    'HorizontalScrollView',
    bounds,
    { id: stage.id('search-tabs'), focusable: true, scrollable: true },
    children,
  );
}

function userRow(stage: Stage, profile: Profile, top: number): UiNode {
  const { board, t, world, actor } = stage;
  const isOwn = profile.username === actor.account;
  const relation = world.relation(actor.app, actor.account, profile.username);
  const counts = world.counts(actor.app, profile.username);
  const open = () =>
    isOwn ? stage.showTab('profile') : stage.open({ is: 'profile', username: profile.username, scrolledRows: 0 });
  const bounds = board.top(0, top, 1080, top + 203);
  const nameBox = fitText(board.top(236, top + 23, 720, top + 75), profile.username, board.px(44));
  const followText = {
    none: world.isFollowedBy(actor.app, actor.account, profile.username) ? t.profile.followBack : t.profile.follow,
    requested: t.profile.requested,
    following: t.profile.followed,
    friends: t.profile.friends,
  }[relation];
  const followBox = board.top(760, top + 55, 1036, top + 143);
  return node('Button', bounds, { clickable: true, focusable: true, onTap: open, key: `user:${profile.username}` }, [
    node('RelativeLayout', bounds, { id: stage.id('search-row'), clickable: true, focusable: true, onTap: open }, [
      node('X.13er', board.top(46, top + 24, 200, top + 178), {
        id: stage.id('search-avatar'),
        clickable: true,
        focusable: true,
        onTap: open,
        paint: { pictureSeed: `avatar:${profile.username}`, radiusPx: board.px(77) },
      }),
      node('LinearLayout', board.top(236, top + 23, 750, top + 174), {}, [
        node('ViewGroup', board.top(236, top + 23, 750, top + 75), {}, [
          label(nameBox, profile.username, { id: stage.id('search-username'), paint: { ink: light.ink, bold: true } }),
          ...(profile.isVerified
            ? [
                node(
                  'ImageView',
                  { ...nameBox, left: nameBox.right + board.px(6), right: nameBox.right + board.px(45) },
                  { desc: t.profile.verified },
                ),
              ]
            : []),
        ]),
        label(board.top(236, top + 75, 750, top + 119), profile.name, {
          id: stage.id('search-name'),
          paint: { ink: light.dim },
        }),
        label(
          board.top(236, top + 125, 750, top + 174),
          t.results.stats(t.count(counts.followers), t.count(counts.posts)),
          { id: stage.id('search-stats'), paint: { ink: light.dim } },
        ),
      ]),
      ...(isOwn
        ? []
        : [
            node('FrameLayout', followBox, {}, [
              button(followBox, followText, relation === 'none' ? () => stage.follow(profile.username) : noop, {
                id: stage.id('search-follow'),
                paint: {
                  fill: relation === 'none' ? light.accent : '#f0f0f0',
                  ink: relation === 'none' ? '#ffffff' : light.ink,
                  radiusPx: board.px(12),
                  align: 'center',
                },
              }),
            ]),
          ]),
    ]),
  ]);
}
