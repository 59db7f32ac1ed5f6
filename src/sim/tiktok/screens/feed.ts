import type { UiNode } from '../../parts.ts';
import { label, node } from '../../screen.ts';
import { textWidth } from '../board.ts';
import { liveAuthor, type Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { dark, tabPage } from './frame.ts';
import { videoPanel } from './video-panel.ts';

type FeedPage = Extract<Page, { is: 'feed' }>;

/** The first tab: one video after the other, playing, so the screen never becomes idle. A swipe up brings the next one. */
export function drawFeed(stage: Stage, page: FeedPage, sheet: readonly UiNode[]): UiNode {
  const { board } = stage;
  const area = { ...board.bottom(0, 0, 1080, 2208), top: 0 };
  const entry = stage.feed[page.index] ?? '';
  const post = stage.world.post(entry);
  const onAir = liveAuthor(entry);
  const isCovered = sheet.length > 0;
  return tabPage(
    stage,
    'feed',
    [
      node(
        'FrameLayout',
        board.app,
        {
          id: stage.id('swipe-area'),
          clickable: true,
          focusable: true,
          onTap: () => {},
          onSwipe: ({ dy }) => {
            if (Math.abs(dy) > board.height * 0.08) stage.nextVideo(dy < 0 ? 1 : -1);
          },
        },
        [
          node(
            'androidx.viewpager.widget.ViewPager',
            area,
            { id: stage.id('pager'), scrollable: true, focusable: true },
            [
              ...(page.isLoading || (!post && onAir === undefined)
                ? [spinner(stage)]
                : post
                  ? [videoPanel(stage, post, { isCovered })]
                  : [livePanel(stage, onAir ?? '')]),
              ...(page.hasSurvey ? [survey(stage, page)] : []),
            ],
          ),
        ],
      ),
      topTabs(stage),
    ],
    { fill: dark.paper, sheet },
  );
}

/** Somebody on air: a tap anywhere joins, so the whole page is one button, and there is no rail. */
function livePanel(stage: Stage, username: string): UiNode {
  const { board, t, world, actor } = stage;
  const area = { ...board.bottom(0, 0, 1080, 2208), top: 0 };
  const name = world.profile(actor.app, username)?.name ?? username;
  return node('FrameLayout', area, { id: stage.id('live-frame'), clickable: true, focusable: true, onTap: () => {} }, [
    label(board.bottom(340, 1180, 740, 1260), t.watchLive, { paint: { ink: dark.ink, align: 'center', bold: true } }),
    label(board.bottom(32, 1900, 160, 1950), t.live, { paint: { ink: dark.ink, fill: '#fe2c55' } }),
    node('Button', board.bottom(32, 1960, 500, 2020), {
      id: stage.stableId('title'),
      text: name,
      clickable: true,
      focusable: true,
      onTap: () => {},
      paint: { ink: dark.ink, bold: true },
    }),
  ]);
}

function spinner(stage: Stage): UiNode {
  const { board } = stage;
  return node('FrameLayout', board.between(0, 294, 1080, 2036), { id: stage.id('loading-frame') }, [
    node('ImageView', board.top(492, 1117, 587, 1212), { id: stage.id('loading-spinner') }),
  ]);
}

function topTabs(stage: Stage): UiNode {
  const { board, t } = stage;
  const row = board.top(0, 136, 1080, 288);
  const names = ['STEM', t.topTabs.explore, t.topTabs.local, t.topTabs.following, t.topTabs.shop, t.topTabs.forYou];
  const widths = names.map((name) => textWidth(name, board.px(40)) + board.px(36));
  const middle = board.top(147, 136, 933, 288);
  // As on a phone the strip is scrolled to its end: the last tab, "For You", is in full view.
  let left = Math.min(middle.left, middle.right - widths.reduce((sum, width) => sum + width, 0));
  const tabs: UiNode[] = [];
  for (const [index, name] of names.entries()) {
    const isSelected = name === t.topTabs.forYou;
    const bounds = { ...middle, left: Math.max(left, middle.left), right: left + (widths[index] ?? 0) };
    left = bounds.right;
    if (bounds.right - bounds.left < board.px(20)) continue; // scrolled out on the left
    tabs.push(
      node('X.12Kh', bounds, { clickable: true, focusable: true, selected: isSelected, onTap: () => {} }, [
        node('LinearLayout', bounds, { desc: name, selected: isSelected }, [
          label(bounds, name, {
            id: 'android:id/text1',
            selected: isSelected,
            paint: { ink: isSelected ? dark.ink : dark.dim, align: 'center', bold: isSelected },
          }),
        ]),
      ]),
    );
  }
  return node('FrameLayout', row, { id: stage.id('top-tabs'), clickable: true, focusable: true, onTap: () => {} }, [
    node('ImageView', board.top(0, 138, 147, 285), {
      id: stage.id('live-icon'),
      clickable: true,
      focusable: true,
      onTap: () => {},
      paint: { symbol: 'play', ink: dark.ink },
    }),
    node('HorizontalScrollView', middle, { scrollable: true, focusable: true }, [
      node('LinearLayout', middle, {}, tabs),
    ]),
    node('ImageView', board.top(933, 138, 1080, 285), {
      id: stage.id('search-icon'),
      desc: t.search,
      clickable: true,
      focusable: true,
      onTap: () => stage.open({ is: 'search', text: '', submitted: undefined, tab: 'top', scrolledRows: 0 }),
      paint: { symbol: 'search', ink: dark.ink },
    }),
  ]);
}

/** A question card over the video. It takes all touches until one answer is tapped. */
function survey(stage: Stage, page: FeedPage): UiNode {
  const { board, t } = stage;
  const area = { ...board.bottom(0, 0, 1080, 2208), top: 0 };
  const answer = (top: number, text: string) =>
    node(
      'FrameLayout',
      board.top(84, top, 996, top + 126),
      {
        clickable: true,
        focusable: true,
        onTap: () => stage.become({ ...page, hasSurvey: false }),
        paint: { fill: '#3a3a3c', radiusPx: board.px(12) },
      },
      [label(board.top(321, top + 39, 760, top + 87), text, { paint: { ink: dark.ink, align: 'center' } })],
    );
  return node(
    'FrameLayout',
    area,
    { id: stage.id('survey-card'), clickable: true, onTap: () => {}, onSwipe: () => {}, paint: { fill: '#121212' } },
    [
      label(board.top(84, 937, 996, 1000), t.survey.question, {
        paint: { ink: dark.ink, align: 'center', bold: true },
      }),
      answer(1048, t.survey.yes),
      answer(1186, t.survey.no),
      answer(1324, t.survey.adultsOnly),
    ],
  );
}
