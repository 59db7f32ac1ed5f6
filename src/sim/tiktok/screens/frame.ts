import type { Rect, UiNode } from '../../parts.ts';
import { label, node } from '../../screen.ts';
import type { MainTab } from '../page.ts';
import type { Stage } from '../stage.ts';

export const light = { paper: '#ffffff', ink: '#161823', dim: '#8a8b91', line: '#e3e3e4', accent: '#fe2c55' };
export const dark = { paper: '#000000', ink: '#ffffff', dim: '#b4b4b8' };

/** The decor around every page, nested as in real trees. `fill` is the colour behind everything. */
export function pageRoot(stage: Stage, children: readonly UiNode[], fill: string = light.paper): UiNode {
  const { board } = stage;
  const app = board.app;
  return node('FrameLayout', board.bounds, { paint: { fill } }, [
    node('LinearLayout', app, {}, [
      node('FrameLayout', app, { id: 'android:id/content' }, [
        node('FrameLayout', app, {}, [
          node('LinearLayout', app, { id: stage.id('status-spacer') }, [node('FrameLayout', app)]),
          node('FrameLayout', app, { id: stage.id('pages') }, children),
        ]),
      ]),
    ]),
    node('View', board.navigationBar, { id: 'android:id/navigationBarBackground', paint: { fill } }),
  ]);
}

/** A page that covers the main tabs: camera, editor, post screen. */
export function subPage(stage: Stage, children: readonly UiNode[], fill: string = light.paper): UiNode {
  const app = stage.board.app;
  return pageRoot(
    stage,
    [
      node('FrameLayout', app, { id: stage.id('sub-page') }, [
        node('FrameLayout', app),
        node('FrameLayout', app, {}, children),
      ]),
    ],
    fill,
  );
}

/** Where a main tab's own content ends and the bottom bar begins. */
export const tabArea = (stage: Stage): Rect => stage.board.between(0, 136, 1080, 2208);

/** A main tab with the bottom bar below it. `sheet` lies over both. */
export function tabPage(
  stage: Stage,
  selected: MainTab,
  children: readonly UiNode[],
  { fill = light.paper, sheet = [] }: { fill?: string; sheet?: readonly UiNode[] } = {},
): UiNode {
  const { board } = stage;
  const app = board.app;
  return pageRoot(
    stage,
    [
      node('FrameLayout', app, { id: stage.id('main-frame') }, [
        node('FrameLayout', app, { id: stage.id('tab-frame') }, [
          node('X.122f', app, { id: stage.id('pager'), scrollable: true, focusable: true }, [
            node('TabHost', app, { id: stage.id('tab-host'), focusable: true }, [
              node('LinearLayout', app, {}, [node('FrameLayout', app, { id: stage.id('tab-page') })]),
              node('FrameLayout', app, { id: stage.id('tab-content') }, [
                node('FrameLayout', app, { id: stage.id('tab-page') }, [...children, ...uploadBadge(stage)]),
                bottomBar(stage, selected),
              ]),
            ]),
          ]),
        ]),
        ...sheet,
      ]),
    ],
    fill,
  );
}

function bottomBar(stage: Stage, selected: MainTab): UiNode {
  const { board, t } = stage;
  const isDark = selected === 'feed' || selected === 'friends';
  const ink = isDark ? dark.ink : light.ink;
  const bar = board.bottom(0, 2208, 1080, 2337);
  const tab = (
    index: number,
    id: 'nav-home' | 'nav-friends' | 'nav-inbox' | 'nav-profile',
    text: string,
    to: MainTab,
  ) => {
    const left = index * 216;
    const isSelected = selected === to;
    const symbol = to === 'feed' ? 'home' : to === 'inbox' ? 'comment' : 'person';
    return node(
      'FrameLayout',
      board.bottom(left, 2208, left + 216, 2337),
      {
        id: stage.id(id),
        desc: text,
        clickable: true,
        focusable: true,
        selected: isSelected,
        onTap: () => stage.showTab(to),
      },
      [
        label(board.bottom(left, 2288, left + 216, 2322), text, {
          selected: isSelected,
          paint: { ink, align: 'center', bold: isSelected },
        }),
        node('ImageView', board.bottom(left + 66, 2213, left + 150, 2297), {
          selected: isSelected,
          paint: { symbol, ink },
        }),
      ],
    );
  };
  return node(
    'LinearLayout',
    bar,
    { id: stage.id('nav-bar'), onTap: () => {}, paint: { fill: isDark ? dark.paper : light.paper } },
    [
      tab(0, 'nav-home', t.nav.home, 'feed'),
      tab(1, 'nav-friends', t.nav.friends, 'friends'),
      node(
        'Button',
        board.bottom(432, 2208, 648, 2337),
        {
          id: stage.id('nav-create'),
          desc: t.nav.create,
          clickable: true,
          focusable: true,
          onTap: () => stage.openCamera(),
        },
        [
          node('ImageView', board.bottom(441, 2208, 638, 2337)),
          node('ImageView', board.bottom(475, 2229, 605, 2316), {
            paint: {
              symbol: 'plus',
              fill: isDark ? '#ffffff' : '#161823',
              ink: isDark ? '#161823' : '#ffffff',
              radiusPx: board.px(24),
            },
          }),
        ],
      ),
      tab(3, 'nav-inbox', t.nav.inbox, 'inbox'),
      tab(4, 'nav-profile', t.nav.profile, 'profile'),
    ],
  );
}

/**
 * What an upload shows on all main tabs: a small picture with its percentage at the top left while it runs, a notice with
 * "Retry" when it failed. When it is through, the badge is gone; no other sign stays.
 */
function uploadBadge(stage: Stage): UiNode[] {
  const { board, t, uploadPercent, failedUpload } = stage;
  if (uploadPercent !== undefined) {
    return [
      node('FrameLayout', board.top(32, 300, 152, 460), { id: stage.id('upload-thumb') }, [
        node('ImageView', board.top(32, 300, 152, 460), { paint: { pictureSeed: 'upload', radiusPx: board.px(12) } }),
        label(board.top(56, 361, 127, 400), `${uploadPercent}%`, {
          id: stage.id('upload-percent'),
          paint: { ink: '#ffffff', align: 'center', bold: true },
        }),
      ]),
    ];
  }
  if (!failedUpload) return [];
  return [
    node(
      'RelativeLayout',
      board.top(32, 300, 1048, 447),
      { id: stage.id('upload-notice'), onTap: () => {}, paint: { fill: '#ffffff', radiusPx: board.px(16) } },
      [
        label(board.top(64, 318, 680, 372), t.upload.failed, { paint: { ink: light.ink, bold: true } }),
        label(board.top(64, 376, 680, 424), t.upload.savedToDrafts, { paint: { ink: light.dim } }),
        node('Button', board.top(700, 328, 910, 418), {
          id: stage.id('upload-retry'),
          text: t.retry,
          clickable: true,
          focusable: true,
          onTap: () => stage.retryUpload(),
          paint: { ink: light.accent, bold: true, align: 'center' },
        }),
        node('ImageView', board.top(930, 328, 1020, 418), {
          id: stage.id('upload-dismiss'),
          desc: t.close,
          clickable: true,
          focusable: true,
          onTap: () => stage.dismissUpload(),
          paint: { symbol: 'close', ink: light.dim },
        }),
      ],
    ),
  ];
}

/** A panel over the lower part of the page; a tap above it closes it. */
export function sheetFrame(stage: Stage, height: number, children: readonly UiNode[]): UiNode[] {
  const { board, t } = stage;
  return [
    node('FrameLayout', board.app, { onSwipe: () => {} }, [
      node('View', board.app, {
        id: stage.id('sheet-shade'),
        clickable: true,
        onTap: () => stage.showSheet(undefined),
        paint: { fill: '#00000080' },
      }),
      node(
        'FrameLayout',
        board.bottom(0, 2337 - height, 1080, 2337),
        {
          id: stage.id('sheet'),
          desc: t.switcher.sheet,
          onTap: () => {},
          paint: { fill: light.paper, radiusPx: board.px(24) },
        },
        children,
      ),
    ]),
  ];
}

/** Leads to the page before. */
export const backButton = (stage: Stage, bounds: Rect, ink: string, className = 'ImageView'): UiNode =>
  node(className, bounds, {
    id: stage.id('back'),
    desc: stage.loose('back', stage.t.back),
    clickable: true,
    focusable: true,
    onTap: () => void stage.leave(),
    paint: { symbol: 'back', ink },
  });
