import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromBottom, fromTop, heightOf, image, inset, label, node, widthOf } from '../../screen.ts';
import { dps, fitText } from '../board.ts';
import type { Stage } from '../stage.ts';
import type { NavTab } from '../versions.ts';

export const light = {
  paper: '#ffffff',
  ink: '#0c1014',
  dim: '#6f7680',
  line: '#dbdfe4',
  accent: '#4a5df9',
  soft: '#f0f1f5',
};
export const dark = { paper: '#000000', ink: '#ffffff', dim: '#b7bcc4' };

export const noop = (): void => {};
export const recycler = 'androidx.recyclerview.widget.RecyclerView';

/** A box of its parent's size: class, id, and whether it takes taps away from what lies below. */
type Box = readonly [className: string, id?: string, taps?: 'clickable'];

/** Nested boxes of the same size, outermost first: real trees are full of them. */
export function nest(bounds: Rect, boxes: readonly Box[], inner: readonly UiNode[]): UiNode {
  const [first, ...rest] = boxes;
  const [className, id, taps] = first ?? ['FrameLayout'];
  const children = rest.length === 0 ? inner : [nest(bounds, rest, inner)];
  const props = {
    ...(id === undefined ? {} : { id }),
    ...(taps === undefined ? {} : { clickable: true, focusable: true, onTap: noop }),
  };
  return node(className, bounds, props, children);
}

/** The decor around everything. */
function windowRoot(stage: Stage, content: readonly UiNode[], fill: string): UiNode {
  const { board } = stage;
  return node('FrameLayout', board.bounds, { paint: { fill } }, [
    nest(
      board.bounds,
      [
        ['LinearLayout'],
        ['FrameLayout'],
        ['LinearLayout', stage.id('action_bar_root')],
        ['FrameLayout', 'android:id/content'],
      ],
      content,
    ),
    node('View', board.statusBar, { id: 'android:id/statusBarBackground' }),
  ]);
}

export interface TabFrameOptions {
  /** Lies over the page. */
  sheet?: readonly UiNode[];
  /** In the tree the sheet stands before the page it covers, or behind it. Default behind. */
  isSheetFirst?: boolean;
  /** Lies over everything, at the bottom: upload notices. */
  overlay?: readonly UiNode[];
  hasTabBar?: boolean;
  fill?: string;
}

/** Where a page's own content is: from the status bar down to the tab bar or, without one, the navigation bar. */
export const pageArea = (stage: Stage, { hasTabBar = true } = {}): Rect => ({
  ...stage.board.area,
  bottom: stage.board.area.bottom - (hasTabBar ? stage.board.dp(dps.tabBar) : 0),
});

/** A page of the main activity, with the tab bar below it. */
export function tabFrame(stage: Stage, content: readonly UiNode[], options: TabFrameOptions = {}): UiNode {
  const { board, release } = stage;
  const { sheet = [], isSheetFirst = false, overlay = [], hasTabBar = true, fill = light.paper } = options;
  const area = pageArea(stage, { hasTabBar });
  const pages = release.hasCreateTab
    ? [node('FrameLayout', area, { id: stage.id('layout_container_main') }, content)]
    : [
        node('FrameLayout', area, { id: stage.id('layout_container_main') }),
        node(
          'androidx.viewpager.widget.ViewPager',
          area,
          { id: stage.id('swipeable_tab_view_pager'), scrollable: true },
          [
            node(
              recycler,
              area,
              { id: stage.id('swipeable_nav_view_pager_inner_recycler_view'), focusable: true, scrollable: true },
              [nest(area, [['FrameLayout'], ['FrameLayout', stage.id('layout_container_swipeable')]], content)],
            ),
          ],
        ),
      ];
  const panel = node('ViewGroup', board.area, { id: stage.id('layout_container_main_panel') }, [
    node('FrameLayout', board.area, { id: stage.id('layout_container_main_wrapper') }, [
      ...pages,
      ...(hasTabBar ? tabBar(stage) : []),
    ]),
  ]);
  const shared = node(
    'FrameLayout',
    board.area,
    { id: stage.id('activity_and_camera_shared_views_main_container'), ...(sheet.length > 0 ? { elevation: 1 } : {}) },
    sheet,
  );
  return windowRoot(
    stage,
    [
      node('FrameLayout', board.bounds, {}, [
        node('FrameLayout', board.bounds, { id: stage.id('swipe_navigation_container') }, [
          node('FrameLayout', board.app, { id: stage.id('bottom_sheet_camera_container') }),
          node(
            'ViewGroup',
            board.app,
            { id: stage.id('layout_container_center_right_coordinator_layout') },
            isSheetFirst ? [shared, panel] : [panel, shared],
          ),
          node('FrameLayout', board.app, { id: stage.id('overlay_layout_container') }, overlay),
        ]),
      ]),
    ],
    fill,
  );
}

/** A page in an activity of its own: links, sharing, login. */
export function modalFrame(
  stage: Stage,
  content: readonly UiNode[],
  {
    bar,
    sheet = [],
    fill = light.paper,
    area = stage.board.area,
  }: { bar?: UiNode; sheet?: readonly UiNode[]; fill?: string; area?: Rect } = {},
): UiNode {
  return windowRoot(
    stage,
    [
      node('ViewGroup', stage.board.bounds, { id: stage.id('layout_container_parent') }, [
        ...sheet.map((layer) => ({ ...layer, elevation: 1 })),
        node('FrameLayout', area, { id: stage.id('layout_container_main') }, content),
        ...(bar ? [bar] : []),
      ]),
    ],
    fill,
  );
}

/** What covers the whole window below the bars too: camera and pickers of the new layout. */
export function captureFrame(stage: Stage, content: readonly UiNode[], sheet: readonly UiNode[] = []): UiNode {
  const { board } = stage;
  return windowRoot(
    stage,
    [
      node('ViewGroup', board.bounds, { id: stage.id('layout_container_parent') }, [
        nest(
          board.bounds,
          [
            ['FrameLayout', stage.id('layout_container_main')],
            ['FrameLayout'],
            ['FrameLayout', stage.id('multi_destination_container')],
          ],
          content,
        ),
        ...sheet,
      ]),
    ],
    dark.paper,
  );
}

const tabIds: Readonly<Record<NavTab, string>> = {
  feed: 'feed_tab',
  reels: 'clips_tab',
  direct: 'direct_tab',
  explore: 'search_tab',
  create: 'creation_tab',
  profile: 'profile_tab',
};

const tabSymbols = {
  feed: 'home',
  reels: 'play',
  direct: 'share',
  explore: 'search',
  create: 'plus',
  profile: 'person',
} as const;

function tabBar(stage: Stage): UiNode[] {
  const { board, release, t } = stage;
  const bar = fromBottom(board.area, board.dp(dps.tabBar));
  const cells = columns(
    bar,
    release.tabs.map(() => 'rest' as const),
  );
  const names: Readonly<Record<NavTab, string>> = {
    feed: t.nav.home,
    reels: t.nav.reels,
    direct: t.nav.direct,
    explore: t.nav.explore,
    create: t.nav.create,
    profile: t.nav.profile,
  };
  const tabs = release.tabs.map((tab, index) => {
    const bounds = cells[index] ?? bar;
    const isSelected = tab === stage.tab;
    const side = board.dp(tab === 'profile' ? 30 : 24);
    const icon = centerOf(bounds, side);
    const paint = { symbol: tabSymbols[tab], ink: isSelected ? light.ink : light.dim };
    const picture =
      tab === 'profile'
        ? node('ViewGroup', bounds, { id: stage.id('wrapper'), selected: isSelected }, [
            node('FrameLayout', icon, { id: stage.id('container'), selected: isSelected }, [
              image(icon, {
                id: stage.id('tab_avatar'),
                selected: isSelected,
                paint: { pictureSeed: `avatar:${stage.actor.account}`, radiusPx: side },
              }),
            ]),
          ])
        : image(icon, { id: stage.id('tab_icon'), selected: isSelected, paint });
    return node(
      'FrameLayout',
      bounds,
      {
        id: stage.id(tabIds[tab]),
        desc: names[tab],
        clickable: true,
        longClickable: true,
        focusable: true,
        selected: isSelected,
        onTap: () => (tab === 'create' ? stage.openGallery('post') : stage.showTab(tab)),
        ...(tab === 'profile' ? { onLongPress: () => stage.showDialog('switcher') } : {}),
      },
      [picture],
    );
  });
  return [
    node('View', { ...bar, bottom: bar.top, top: bar.top - 1 }, { id: stage.id('tab_bar_shadow') }),
    node('LinearLayout', bar, { id: stage.id('tab_bar'), onTap: noop, paint: { fill: light.paper } }, tabs),
  ];
}

export function centerOf(bounds: Rect, width: number, height: number = width): Rect {
  const left = Math.round((bounds.left + bounds.right - width) / 2);
  const top = Math.round((bounds.top + bounds.bottom - height) / 2);
  return { left, top, right: left + width, bottom: top + height };
}

/** The bar of a page that was opened above another: back arrow, title, something at the right. */
export function actionBar(
  stage: Stage,
  {
    title,
    isTitleTappable = false,
    right = [],
  }: { title: string | undefined; isTitleTappable?: boolean; right?: readonly UiNode[] },
): UiNode {
  const { board, t } = stage;
  const bar = fromTop(board.area, board.dp(dps.actionBar));
  const back = { ...bar, right: board.dp(56) };
  const rightStart = right.reduce((least, each) => Math.min(least, each.bounds.left), bar.right - board.dp(8));
  const titleRow = { ...inset(bar, 0, board.dp(16)), left: back.right, right: rightStart };
  const textBox =
    title === undefined ? titleRow : fitText({ ...titleRow, left: titleRow.left + board.dp(16) }, title, board.dp(20));
  const titleNode =
    title === undefined
      ? []
      : [
          node('LinearLayout', { ...titleRow, right: textBox.right }, {}, [
            node(
              'LinearLayout',
              { ...titleRow, right: textBox.right },
              { id: stage.id('action_bar_title_and_icons') },
              [
                label(textBox, title, {
                  id: stage.id('action_bar_title'),
                  desc: title,
                  ...(isTitleTappable ? { clickable: true, onTap: noop } : {}),
                  paint: { ink: light.ink, bold: true, textPx: board.dp(19) },
                }),
              ],
            ),
          ]),
        ];
  const logo =
    title === undefined
      ? [
          node(
            'FrameLayout',
            { ...bar, left: back.right, right: rightStart },
            { id: stage.id('action_bar_textview_custom_title_container') },
            [
              image({
                ...inset(bar, 0, board.dp(12)),
                left: back.right + board.dp(12),
                right: back.right + board.dp(120),
              }),
            ],
          ),
        ]
      : [];
  return nest(
    bar,
    [
      ['FrameLayout', stage.id('action_bar_container')],
      ['FrameLayout', stage.id('action_bar_wrapper')],
    ],
    [
      node(
        'LinearLayout',
        bar,
        { id: stage.id('action_bar'), clickable: true, focusable: true, onTap: noop, paint: { fill: light.paper } },
        [
          node(
            'LinearLayout',
            { ...bar, right: title === undefined ? back.right : rightStart },
            { id: stage.id('action_bar_new_title_container'), clickable: true, focusable: true, onTap: noop },
            [
              image(back, {
                id: stage.id('action_bar_button_back'),
                desc: t.back,
                clickable: true,
                focusable: true,
                onTap: () => void stage.leave(),
                paint: { symbol: 'back', ink: light.ink },
              }),
              ...titleNode,
            ],
          ),
          ...logo,
          ...right,
        ],
      ),
    ],
  );
}

/** A sheet from below over a dark area that closes it. `height` includes the drag handle; `full` covers the whole page. */
export function bottomSheet(
  stage: Stage,
  {
    title,
    height,
    children,
    onClose,
  }: { title?: string; height: number | 'full'; children: (content: Rect) => readonly UiNode[]; onClose?: () => void },
): UiNode {
  const { board, release } = stage;
  const area = board.area;
  const close = onClose ?? (() => stage.showSheet(undefined));
  const sheet = height === 'full' ? area : fromBottom(area, Math.min(heightOf(area), height));
  const handle = fromTop(sheet, board.dp(height === 'full' ? 14 : dps.sheetHandle));
  const titleBar = { ...fromTop(sheet, board.dp(40)), top: handle.bottom, bottom: handle.bottom + board.dp(40) };
  const content = { ...sheet, top: title === undefined ? handle.bottom : titleBar.bottom + 1 };
  return node('FrameLayout', area, { id: stage.id('bottom_sheet_container'), onSwipe: noop }, [
    node('Button', area, {
      id: stage.id('background_dimmer'),
      desc: release.dimmerLabel,
      clickable: true,
      focusable: true,
      onTap: close,
      paint: { fill: '#00000099' },
    }),
    node(
      'FrameLayout',
      sheet,
      {
        id: stage.id('layout_container_bottom_sheet'),
        clickable: true,
        focusable: true,
        onTap: noop,
        paint: { fill: light.paper, radiusPx: board.dp(16) },
      },
      [
        node('ViewGroup', sheet, { id: stage.id('bottom_sheet_container') }, [
          node(
            'FrameLayout',
            handle,
            {
              id: stage.id('bottom_sheet_drag_handle_frame'),
              onSwipe: ({ dy }) => {
                if (dy > 0) close();
              },
            },
            [
              image(centerOf(handle, board.dp(32), heightOf(handle)), {
                id: stage.id('bottom_sheet_drag_handle_prism'),
              }),
            ],
          ),
          ...(title === undefined
            ? []
            : [
                node('ViewGroup', titleBar, { id: stage.id('nav_buttons_and_title_container') }, [
                  label(centerOf(titleBar, Math.round(widthOf(titleBar) / 2), heightOf(titleBar)), title, {
                    id: stage.id('title_text_view'),
                    clickable: true,
                    focusable: true,
                    onTap: noop,
                    paint: { ink: light.ink, bold: true, align: 'center', textPx: board.dp(16) },
                  }),
                ]),
                node(
                  'View',
                  { ...titleBar, top: titleBar.bottom, bottom: titleBar.bottom + 1 },
                  { id: stage.id('bottom_sheet_nav_bar_divider') },
                ),
              ]),
          node('FrameLayout', content, { id: stage.id('bottom_sheet_container_view') }, children(content)),
        ]),
      ],
    ),
  ]);
}
