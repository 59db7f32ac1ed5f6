import type { Rect, UiNode } from '../../parts.ts';
import { fromTop, image, inset, label, node, textField } from '../../screen.ts';
import type { Profile } from '../../world.ts';
import { dps, fitText, textWidth } from '../board.ts';
import type { Page, ResultsTab } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, noop, pageArea, tabFrame } from './frame.ts';
import { type Item, list } from './list.ts';
import { emptyState, gridItems } from './profile-parts.ts';

type SearchPage = Extract<Page, { is: 'search' }>;
type ExplorePage = Extract<Page, { is: 'explore' }>;

/** Search and explore: a field on top that leads to the search, a grid of what others posted. */
export function drawExplore(stage: Stage, page: ExplorePage, sheet: readonly UiNode[]): UiNode {
  const { board, t, world } = stage;
  const { dp } = board;
  const frame = pageArea(stage);
  const bar = fromTop(frame, dp(dps.actionBar));
  const area = { ...frame, top: bar.bottom };
  const posts = stage.feed.flatMap((id) => world.post(id) ?? []).slice(0, 30);
  const open = () => stage.open({ is: 'search', text: '', submitted: undefined, tab: 'top', offset: 0 });
  const field = inset(bar, dp(12), dp(8));
  return tabFrame(
    stage,
    [
      node('FrameLayout', area, { id: stage.id('refreshable_container') }, [
        list(area, gridItems(stage, posts, 'Instagram'), {
          id: stage.id('recycler_view'),
          offset: page.offset,
          onScroll: (offset) => stage.become({ ...page, offset }),
        }),
      ]),
      node('FrameLayout', bar, { id: stage.id('action_bar_container'), paint: { fill: light.paper } }, [
        node('EditText', field, {
          id: stage.id('action_bar_search_edit_text'),
          text: t.search.hint,
          clickable: true,
          focusable: true,
          onTap: open,
          paint: { fill: light.soft, ink: light.dim, radiusPx: dp(10), textPx: dp(16) },
        }),
      ]),
    ],
    { sheet },
  );
}

/** While typing: what the words may mean, people first. After Enter: results under tabs. */
export function drawSearch(stage: Stage, page: SearchPage): UiNode {
  const { board } = stage;
  const frame = pageArea(stage);
  const bar = fromTop(frame, board.dp(dps.actionBar));
  const below = { ...frame, top: bar.bottom };
  const content =
    page.submitted === undefined ? suggestions(stage, page, below) : results(stage, page, page.submitted, below);
  return tabFrame(stage, [...content, searchBar(stage, page, bar)]);
}

function searchBar(stage: Stage, page: SearchPage, bar: Rect): UiNode {
  const { t, board } = stage;
  const { dp } = board;
  const back = { ...bar, right: dp(56) };
  const field = { ...inset(bar, 0, dp(8)), left: back.right, right: board.width - dp(12) };
  const submit = () => {
    const words = page.text.trim();
    if (words === '') return;
    stage.host.ui.blur();
    stage.become({ ...page, submitted: words, tab: 'top', offset: 0 });
  };
  return node('FrameLayout', bar, { id: stage.id('action_bar_container'), paint: { fill: light.paper } }, [
    image(back, {
      id: stage.id('action_bar_button_back'),
      desc: t.back,
      clickable: true,
      focusable: true,
      onTap: () => void stage.leave(),
      paint: { symbol: 'back', ink: light.ink },
    }),
    textField(
      { ...field, right: page.text === '' ? field.right : field.right - dp(40) },
      {
        id: stage.id('action_bar_search_edit_text'),
        text: page.text,
        hint: t.search.hint,
        autoFocus: page.submitted === undefined,
        onText: (text) => stage.become({ ...page, text: text.replaceAll('\n', ''), submitted: undefined, offset: 0 }),
        onEnter: submit,
        paint: { ink: light.ink, textPx: dp(16) },
      },
    ),
    ...(page.text === ''
      ? []
      : [
          image(
            { ...field, left: field.right - dp(40) },
            {
              id: stage.id('action_bar_search_clear_button'),
              desc: t.search.clear,
              clickable: true,
              focusable: true,
              onTap: () => stage.become({ ...page, text: '', submitted: undefined, offset: 0 }),
              paint: { symbol: 'close', ink: light.dim },
            },
          ),
        ]),
  ]);
}

function suggestions(stage: Stage, page: SearchPage, area: Rect): UiNode[] {
  const { t } = stage;
  const words = page.text.trim();
  if (words === '') {
    const { dp } = stage.board;
    return [
      label({ ...area, left: dp(16), bottom: area.top + dp(48) }, t.search.recent, {
        id: stage.id('row_header_textview'),
        paint: { ink: light.ink, bold: true, textPx: dp(16) },
      }),
    ];
  }
  const submit = () => {
    stage.host.ui.blur();
    stage.become({ ...page, text: words, submitted: words, tab: 'top', offset: 0 });
  };
  const items = [keywordRow(stage, words.toLowerCase(), submit), ...peopleOf(stage, words), seeAllRow(stage, submit)];
  return [resultList(stage, page, area, items)];
}

function results(stage: Stage, page: SearchPage, words: string, area: Rect): UiNode[] {
  const { board, t, world } = stage;
  const bar = fromTop(area, board.dp(44));
  const below = { ...area, top: bar.bottom };
  const people = peopleOf(stage, words);
  const posts = stage.feed
    .flatMap((id) => world.post(id) ?? [])
    .filter((post) => post.caption.toLowerCase().includes(words.toLowerCase()));
  const items: Record<ResultsTab, Item[]> = {
    top: [...people.slice(0, 3), ...gridItems(stage, posts, 'Instagram')],
    accounts: people,
    audio: [],
    tags: [],
    places: [],
    reels: gridItems(
      stage,
      posts.filter(({ mediaType }) => mediaType === 'video'),
      'Instagram',
    ),
  };
  const shown = items[page.tab];
  return [
    tabs(stage, page, bar),
    shown.length === 0
      ? emptyState(stage, below, { id: 'empty_state_view', title: t.search.none(words), text: '' })
      : resultList(stage, page, below, shown),
  ];
}

const resultList = (stage: Stage, page: SearchPage, area: Rect, items: readonly Item[]): UiNode =>
  list(area, items, {
    id: stage.id('recycler_view'),
    offset: page.offset,
    onScroll: (offset) => stage.become({ ...page, offset }),
  });

const peopleOf = (stage: Stage, words: string): Item[] =>
  stage.world.searchProfiles('instagram', words).map((profile) => userRow(stage, profile));

/** A person: the handle on top, the name below it. Names are anybody's to choose; only the handle is one person's. */
function userRow(stage: Stage, profile: Profile): Item {
  const { board, t, world, actor } = stage;
  const { dp } = board;
  return {
    height: dp(72),
    make: (bounds) => {
      const relation = world.relation(actor.app, actor.account, profile.username);
      const second =
        relation === 'following' || relation === 'friends' ? `${profile.name} • ${t.profile.followed}` : profile.name;
      const line = (top: number): Rect => ({
        left: dp(84),
        right: board.width - dp(52),
        top: bounds.top + dp(top),
        bottom: bounds.top + dp(top + 19),
      });
      const handle = fitText(line(17), profile.username, dp(14));
      return node(
        'LinearLayout',
        bounds,
        {
          id: stage.id('row_search_user_container'),
          clickable: true,
          longClickable: true,
          focusable: true,
          onTap: () => stage.openProfile(profile.username),
          onLongPress: noop,
          key: `user:${profile.username}`,
        },
        [
          node(
            'FrameLayout',
            centerOf({ ...bounds, right: dp(84) }, dp(52)),
            { id: stage.id('row_search_avatar_container') },
            [
              image(centerOf({ ...bounds, right: dp(84) }, dp(52)), {
                id: stage.id('row_search_user_imageview'),
                paint: { pictureSeed: `avatar:${profile.username}`, radiusPx: dp(26) },
              }),
            ],
          ),
          node(
            'LinearLayout',
            { ...line(17), bottom: line(36).bottom },
            { id: stage.id('row_search_user_info_container') },
            [
              node('LinearLayout', line(17), {}, [
                label(handle, profile.username, {
                  id: stage.id('row_search_user_username'),
                  paint: { ink: light.ink, bold: true, textPx: dp(14) },
                }),
                ...(profile.isVerified
                  ? [
                      image(
                        { ...handle, left: handle.right + dp(4), right: handle.right + dp(18) },
                        {
                          id: stage.id('row_search_user_verified_badge'),
                          desc: t.search.verified,
                          paint: { symbol: 'check', ink: light.accent },
                        },
                      ),
                    ]
                  : []),
              ]),
              label(fitText(line(36), second, dp(14)), second, {
                id: stage.id('row_search_user_fullname'),
                paint: { ink: light.dim, textPx: dp(14) },
              }),
            ],
          ),
        ],
      );
    },
  };
}

function keywordRow(stage: Stage, words: string, onTap: () => void): Item {
  const { dp } = stage.board;
  return {
    height: dp(60),
    make: (bounds) =>
      node(
        'LinearLayout',
        bounds,
        { id: stage.id('row_search_keyword_container'), clickable: true, focusable: true, onTap },
        [
          image(centerOf({ ...bounds, right: dp(84) }, dp(24)), { paint: { symbol: 'search', ink: light.ink } }),
          label({ ...bounds, left: dp(84), top: bounds.top + dp(18), bottom: bounds.bottom - dp(18) }, words, {
            id: stage.id('row_search_keyword_title'),
            paint: { ink: light.ink, textPx: dp(15) },
          }),
        ],
      ),
  };
}

function seeAllRow(stage: Stage, onTap: () => void): Item {
  const { dp } = stage.board;
  const { seeAll } = stage.t.search;
  return {
    height: dp(52),
    make: (bounds) =>
      node('Button', bounds, {
        id: stage.id('echo_text'),
        text: seeAll,
        clickable: true,
        focusable: true,
        onTap,
        paint: { ink: light.accent, align: 'center', textPx: dp(15) },
      }),
  };
}

function tabs(stage: Stage, page: SearchPage, bar: Rect): UiNode {
  const { t, board } = stage;
  const { dp } = board;
  const names: readonly (readonly [ResultsTab, string])[] = [
    ['top', t.search.forYou],
    ['accounts', t.search.accounts],
    ['audio', t.search.audio],
    ['tags', t.search.tags],
    ['places', t.search.places],
    ['reels', t.search.reels],
  ];
  let left = 0;
  const cells = names.flatMap(([tab, text]) => {
    const right = left + textWidth(text, dp(14)) + dp(32);
    const box = { ...bar, left, right: Math.min(board.width, right) };
    left = right;
    if (box.left >= board.width - dp(16)) return []; // beyond the right edge: the strip can be moved there
    const isSelected = tab === page.tab;
    return [
      node(
        'FrameLayout',
        box,
        {
          desc: text,
          clickable: true,
          focusable: true,
          selected: isSelected,
          onTap: () => stage.become({ ...page, tab, offset: 0 }),
        },
        [
          label(inset(box, 0, dp(12)), text, {
            id: stage.id('tab_button_name_text'),
            selected: isSelected,
            paint: { ink: isSelected ? light.ink : light.dim, align: 'center', bold: isSelected, textPx: dp(14) },
          }),
        ],
      ),
    ];
  });
  return node('HorizontalScrollView', bar, { id: stage.id('fixed_tabbar_tabs_container'), focusable: true }, cells);
}
