import { newestFirst, pickMedia } from '../../gallery-rows.ts';
import type { MediaRow, Rect, UiNode } from '../../parts.ts';
import { button, columns, fromBottom, fromTop, image, inset, label, node } from '../../screen.ts';
import { textWidth } from '../board.ts';
import type { ShareKind } from '../entry.ts';
import { type GalleryPage, nextPicked, sharePage, storyPage } from '../page.ts';
import type { Stage } from '../stage.ts';
import { captureFrame, centerOf, dark, light, nest, noop, tabFrame } from './frame.ts';
import { type Item, list } from './list.ts';

/** Height of what the picker can be for, which lies over the end of its grid. */
const stripDp = 56;

/** The picker. For reels and stories the first tap goes on; for a post there is Next. */
export function drawGallery(stage: Stage, page: GalleryPage): UiNode {
  const rows = stage.hasPermission('media') ? newestFirst(stage.host.files) : [];
  // what was deleted since is no longer picked; a post begins with the newest picked
  const known = page.picked.filter((id) => rows.some((row) => row.id === id));
  const first = rows[0];
  const picked = page.kind === 'post' && known.length === 0 && first && !page.isMultiple ? [first.id] : known;
  const shown = { ...page, picked };
  return page.kind === 'post' ? postPicker(stage, shown, rows) : capturePicker(stage, shown, rows);
}

/** Where picking leads: photos for the feed go to their share screen, films are edited as reels, stories have their own editor. */
function goOn(stage: Stage, page: GalleryPage, rows: readonly MediaRow[], ids: readonly number[]): void {
  const media = ids.flatMap((id) => rows.filter((row) => row.id === id)).map(pickMedia);
  if (media.length === 0) return;
  if (page.kind === 'story') stage.open(storyPage(media));
  else if (page.kind === 'post' && media.every(({ kind }) => kind === 'image')) {
    stage.open(sharePage('post', media));
  } else stage.openEditor(media);
}

/** `0:08`; a film that is still being indexed says `0:00`. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function needsAccess(stage: Stage, area: Rect, kind: ShareKind): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const words = { ...inset(area, dp(32), 0), top: area.top + dp(60), bottom: area.top + dp(110) };
  const allow = centerOf({ ...area, top: words.bottom + dp(12), bottom: words.bottom + dp(60) }, dp(180), dp(44));
  return node('FrameLayout', area, { id: stage.id('gallery_permissions_view') }, [
    label(words, t.create.needsAccess, { paint: { ink: dark.ink, align: 'center', textPx: dp(15) } }),
    button(allow, t.create.allowAccess, () => stage.openGallery(kind), {
      paint: { fill: light.accent, ink: '#ffffff', align: 'center', radiusPx: dp(8) },
    }),
  ]);
}

/** One thumbnail. What it is, whether it is selected and when it was made stand in its description. */
function thumbnail(stage: Stage, page: GalleryPage, row: MediaRow, cell: Rect, onTap: () => void): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const isSelected = page.picked.includes(row.id);
  const text = clockText(row.durationMs);
  return node('ViewGroup', cell, { clickable: true, focusable: true, onTap, key: `media:${row.id}` }, [
    image(cell, { id: stage.id('background_color') }),
    node('Button', cell, {
      id: stage.id('gallery_grid_item_thumbnail'),
      desc: t.create.thumbnail(row.kind, isSelected, row.dateAdded * 1_000),
      clickable: true,
      onTap,
      paint: { pictureSeed: row.sha256 },
    }),
    ...(isSelected
      ? [node('View', cell, { id: stage.id('gallery_grid_item_selection_overlay'), paint: { fill: '#ffffff55' } })]
      : []),
    ...(row.kind === 'video'
      ? [
          node('View', { ...cell, top: cell.bottom - dp(60) }, { id: stage.id('gallery_grid_item_bottom_container') }),
          label(
            {
              left: cell.right - textWidth(text, dp(13)) - dp(8),
              right: cell.right - dp(6),
              top: cell.bottom - dp(26),
              bottom: cell.bottom - dp(6),
            },
            text,
            {
              id: stage.id('gallery_grid_item_label'),
              paint: { ink: '#ffffff', align: 'right', textPx: dp(12) },
            },
          ),
        ]
      : []),
  ]);
}

/** Rows of cells; the first cell opens the camera. */
function gridRows(
  stage: Stage,
  { perRow, cellHeight, cells }: { perRow: number; cellHeight: number; cells: readonly ((box: Rect) => UiNode)[] },
): Item[] {
  const gap = stage.board.dp(2);
  return Array.from({ length: Math.ceil(cells.length / perRow) }, (_, index) => ({
    height: cellHeight + gap,
    make: (bounds: Rect) => {
      const boxes = columns(
        { ...inset(bounds, gap, 0), bottom: bounds.bottom - gap },
        Array.from({ length: perRow }, () => 'rest' as const),
        gap,
      );
      const inRow = cells.slice(index * perRow, index * perRow + perRow);
      return node(
        'FrameLayout',
        bounds,
        {},
        inRow.map((make, at) => make(boxes[at] ?? bounds)),
      );
    },
  }));
}

// ---- reels and stories

function capturePicker(stage: Stage, page: GalleryPage, rows: readonly MediaRow[]): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const app = board.app;
  const header = { ...app, top: board.area.top, bottom: board.area.top + dp(57) };
  const isStory = page.kind === 'story';
  const destinations = { ...app, top: header.bottom, bottom: header.bottom + dp(isStory ? 104 : 57) };
  const menu = { ...app, top: destinations.bottom, bottom: destinations.bottom + dp(53) };
  const grid = { ...app, top: menu.bottom + dp(2) };
  const tap = (row: MediaRow) => () => {
    const picked = nextPicked(page, row.id);
    if (page.isMultiple) stage.become({ ...page, picked });
    else goOn(stage, page, rows, picked);
  };
  const cells: ((box: Rect) => UiNode)[] = [
    (box) =>
      node(
        'Button',
        box,
        { desc: t.create.openCamera, clickable: true, focusable: true, onTap: noop, paint: { fill: '#25292e' } },
        [
          image(centerOf(box, dp(24)), {
            id: stage.id('gallery_grid_camera_item_icon'),
            desc: t.create.camera,
            paint: { symbol: 'plus', ink: dark.ink },
          }),
        ],
      ),
    ...rows.map((row) => (box: Rect) => thumbnail(stage, page, row, box, tap(row))),
  ];
  const items = gridRows(stage, { perRow: 3, cellHeight: Math.round(board.width * 0.58), cells });
  const content = node('LinearLayout', app, { id: stage.id('gallery_background'), paint: { fill: dark.paper } }, [
    captureHeader(stage, page, header),
    node('ViewGroup', { ...app, top: header.bottom }, { id: stage.id('gallery_container_coordinator') }, [
      node('LinearLayout', { ...destinations, bottom: menu.bottom }, { id: stage.id('gallery_app_bar') }, [
        destinationBar(stage, isStory, destinations),
        galleryMenu(stage, page, menu),
      ]),
      node('LinearLayout', { ...grid, top: menu.bottom }, { id: stage.id('gallery_container') }, [
        node('FrameLayout', grid, { id: stage.id('gallery_grid_container') }, [
          stage.hasPermission('media')
            ? list(grid, items, {
                className: 'android.widget.GridView',
                id: stage.id('gallery_recycler_view'),
                offset: page.offset,
                onScroll: (offset) => stage.become({ ...page, offset }),
                padding: dp(stripDp),
              })
            : needsAccess(stage, grid, page.kind),
        ]),
      ]),
    ]),
    ...(page.isMultiple && page.picked.length > 0 ? [nextButton(stage, page, rows)] : []),
  ]);
  const capture = nest(
    app,
    [
      ['FrameLayout', stage.id('quick_capture_fragment_container')],
      ['FrameLayout', stage.id('quick_capture_root_container'), 'clickable'],
      ['FrameLayout', stage.id('quick_capture_outer_container')],
      ['FrameLayout', stage.id('quick_capture_drawer_content')],
    ],
    [
      node('FrameLayout', app, { id: stage.id('instructions_layout') }),
      node('ViewGroup', app, { id: stage.id('post_capture_controls_container') }, [
        node('FrameLayout', app, { id: stage.id('clips_post_capture_controls') }),
      ]),
      nest(
        app,
        [
          ['FrameLayout', stage.id('gallery_grid_parent_container')],
          ['ViewGroup', stage.id('gallery_root_container')],
        ],
        [content],
      ),
    ],
  );
  return captureFrame(stage, [capture, ...modeStrip(stage, page.kind)]);
}

function captureHeader(stage: Stage, page: GalleryPage, bar: Rect): UiNode {
  const { t, board } = stage;
  const { dp } = board;
  const side = { ...bar, top: bar.top + dp(4) };
  const middle = { ...side, left: dp(52), right: board.width - dp(52) };
  const title = page.kind === 'story' ? t.create.addToStory : page.kind === 'reel' ? t.share.title : t.share.postTitle;
  return node('ViewGroup', bar, { id: stage.id('gallery_header') }, [
    node(
      'Button',
      { ...side, right: dp(52) },
      {
        id: stage.id('gallery_cancel_button'),
        desc: t.create.backHome,
        clickable: true,
        focusable: true,
        onTap: () => void stage.leave(),
        paint: { symbol: 'close', ink: dark.ink },
      },
    ),
    node('LinearLayout', middle, { id: stage.id('gallery_title_container') }, [
      label(centerOf(middle, textWidth(title, dp(18)), dp(23)), title, {
        id: stage.id('gallery_title_text'),
        paint: { ink: dark.ink, bold: true, textPx: dp(18) },
      }),
    ]),
    node(
      'Button',
      { ...side, left: board.width - dp(52) },
      {
        id: stage.id('gallery_settings_gear'),
        desc: t.create.cameraSettings,
        clickable: true,
        focusable: true,
        onTap: noop,
        paint: { symbol: 'menu', ink: dark.ink },
      },
    ),
  ]);
}

function destinationBar(stage: Stage, isStory: boolean, bar: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const names = isStory
    ? [t.create.templates, t.create.music, t.create.collage]
    : [t.create.edits, ...(stage.drafts.length > 0 ? [t.create.drafts(stage.drafts.length)] : []), t.create.templates];
  const cells = columns(
    inset(bar, dp(8), dp(6)),
    names.map(() => 'rest' as const),
    dp(8),
  );
  return node(
    isStory ? 'GridView' : 'androidx.recyclerview.widget.RecyclerView',
    bar,
    { id: stage.id('gallery_destination_bar'), focusable: true },
    names.map((name, index) => {
      const box = cells[index] ?? bar;
      const words = isStory
        ? { ...box, top: box.bottom - dp(24), bottom: box.bottom - dp(8) }
        : centerOf(box, Math.min(box.right - box.left, textWidth(name, dp(14)) + dp(4)), dp(20));
      return node(
        'ViewGroup',
        box,
        {
          id: stage.id('gallery_destination_item'),
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { fill: '#25292e', radiusPx: dp(12) },
        },
        [
          image(
            isStory
              ? centerOf({ ...box, bottom: words.top }, dp(32))
              : centerOf({ ...box, right: box.left + dp(40) }, dp(24)),
            { id: stage.id('button_icon') },
          ),
          label(words, name, {
            id: stage.id('button_name'),
            paint: { ink: dark.ink, align: 'center', textPx: dp(14) },
          }),
        ],
      );
    }),
  );
}

function galleryMenu(stage: Stage, page: GalleryPage, bar: Rect): UiNode {
  const { t, board } = stage;
  const { dp } = board;
  const multiple = centerOf({ ...bar, left: board.width - dp(48), right: board.width - dp(10) }, dp(36));
  const album = { ...inset(bar, 0, dp(15)), right: dp(120) };
  const toggle = () => stage.become({ ...page, isMultiple: !page.isMultiple, picked: [] });
  return node('FrameLayout', bar, { id: stage.id('gallery_menu') }, [
    node('FrameLayout', bar, {}, [
      node(
        'LinearLayout',
        { ...bar, left: board.width - dp(82) },
        { id: stage.id('gallery_select_buttons_container') },
        [
          node(
            'Button',
            multiple,
            {
              id: stage.id('gallery_menu_multi_select_button'),
              desc: t.create.selectMultipleLong,
              clickable: true,
              focusable: true,
              onTap: toggle,
              paint: { fill: page.isMultiple ? light.accent : '#25292e', radiusPx: dp(18) },
            },
            [image(centerOf(multiple, dp(16)), { id: stage.id('slideout_iconview_icon') })],
          ),
        ],
      ),
    ]),
    node('LinearLayout', { ...bar, right: dp(120) }, { id: stage.id('gallery_folder_menu_button') }, [
      node('LinearLayout', album, { id: stage.id('gallery_folder_menu_container') }, [
        // the tree says more than the screen, which shows the album's name
        label({ ...album, right: dp(106) }, t.create.albumSwitcher, {
          id: stage.id('gallery_folder_menu_tv'),
          focusable: true,
          paint: { ink: '#00000000' },
        }),
        label({ ...album, left: dp(12), right: dp(106) }, t.create.recents, {
          drawnOnly: true,
          paint: { ink: dark.ink, bold: true, textPx: dp(16) },
        }),
      ]),
    ]),
  ]);
}

function nextButton(stage: Stage, page: GalleryPage, rows: readonly MediaRow[]): UiNode {
  const { t, board } = stage;
  const { dp } = board;
  const box = {
    left: board.width - dp(120),
    right: board.width - dp(12),
    top: board.app.bottom - dp(112),
    bottom: board.app.bottom - dp(68),
  };
  return node('Button', box, {
    id: stage.id('gallery_next_button'),
    text: t.next,
    desc: t.next,
    clickable: true,
    focusable: true,
    onTap: () => goOn(stage, page, rows, page.picked),
    paint: { fill: light.accent, ink: '#ffffff', radiusPx: dp(22), align: 'center' },
  });
}

/** POST, STORY, REEL below the picker: it changes what is made. */
function modeStrip(stage: Stage, kind: ShareKind): UiNode[] {
  const { board, t } = stage;
  const { dp } = board;
  const strip = fromBottom(board.app, dp(stripDp));
  const modes: readonly (readonly [ShareKind, string, string])[] = [
    ['post', 'cam_dest_feed', t.create.tabPost],
    ['story', 'cam_dest_story', t.create.tabStory],
    ['reel', 'cam_dest_clips', t.create.tabReel],
  ];
  const total = modes.reduce((sum, [, , text]) => sum + textWidth(text, dp(14)) + dp(32), 0);
  let left = Math.max(0, Math.round((board.width - total) / 2));
  const cells = modes.map(([mode, id, text]) => {
    const box = { ...inset(strip, 0, dp(6)), left, right: left + textWidth(text, dp(14)) + dp(32) };
    left = box.right;
    return label(box, text, {
      id: stage.id(id),
      desc: text,
      clickable: true,
      focusable: true,
      onTap: () => {
        if (mode !== kind) stage.openGallery(mode);
      },
      paint: { ink: mode === kind ? dark.ink : dark.dim, align: 'center', bold: true, textPx: dp(14) },
    });
  });
  const row = { ...strip, bottom: strip.bottom - dp(6) };
  return [
    node('FrameLayout', strip, { id: stage.id('multi_destination_scroll_view') }, [
      node('LinearLayout', row, {}, [
        node(
          'View',
          { ...row, left: Math.round((board.width - total) / 2), right: left },
          { paint: { fill: '#000000cc', radiusPx: dp(24) } },
        ),
      ]),
      node('LinearLayout', row, {}, cells),
    ]),
  ];
}

// ---- posts

function postPicker(stage: Stage, page: GalleryPage, rows: readonly MediaRow[]): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const app = board.app;
  const bar = { ...app, top: board.area.top, bottom: board.area.top + dp(56) };
  const cancel = { ...bar, right: dp(56) };
  const next = { ...bar, left: board.width - dp(64) };
  const title = { ...bar, left: cancel.right, right: next.left };
  const below = { ...app, top: bar.bottom };
  const preview = fromTop(below, Math.round(board.width * 0.9));
  const options = { ...app, top: preview.bottom, bottom: preview.bottom + dp(52) };
  const grid = { ...app, top: options.bottom + dp(2) };
  const previewed = rows.find((row) => row.id === page.picked.at(-1));
  const tap = (row: MediaRow) => () => stage.become({ ...page, picked: nextPicked(page, row.id) });
  const cells: ((box: Rect) => UiNode)[] = [
    (box) =>
      node(
        'ViewGroup',
        box,
        { id: stage.id('gallery_picker_grid_item_container'), clickable: true, focusable: true, onTap: noop },
        [image(box, { id: stage.id('gallery_picker_grid_item_background'), paint: { fill: light.soft } })],
      ),
    ...rows.map((row) => (box: Rect) => thumbnail(stage, page, row, box, tap(row))),
  ];
  const items = gridRows(stage, { perRow: 4, cellHeight: Math.round(board.width / 4) - dp(2), cells });
  const folder = { ...inset(options, 0, dp(14)), right: dp(118) };
  const multiple = { ...inset(options, 0, dp(10)), left: board.width - dp(147), right: board.width - dp(12) };
  const canGoOn = page.picked.length > 0;
  const content = node('LinearLayout', { ...app, top: bar.top }, { paint: { fill: light.paper }, onTap: noop }, [
    node('LinearLayout', bar, {}, [
      image(cancel, {
        id: stage.id('action_bar_cancel'),
        desc: t.cancel,
        clickable: true,
        focusable: true,
        onTap: () => void stage.leave(),
        paint: { symbol: 'close', ink: light.ink },
      }),
      node('FrameLayout', title, {}, [
        label(title, t.share.postTitle, {
          id: stage.id('new_post_title'),
          focusable: true,
          paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(18) },
        }),
      ]),
      node('Button', next, {
        id: stage.id('next_button_textview'),
        text: t.next,
        desc: t.next,
        clickable: true,
        focusable: true,
        enabled: canGoOn,
        onTap: () => goOn(stage, page, rows, page.picked),
        paint: { ink: canGoOn ? light.accent : light.dim, align: 'center', bold: true, textPx: dp(15) },
      }),
    ]),
    node('LinearLayout', below, { id: stage.id('gallery_picker_view') }, [
      node('ViewGroup', below, { id: stage.id('gallery_coordinator') }, [
        node('LinearLayout', { ...below, bottom: options.bottom }, { id: stage.id('feed_gallery_app_bar') }, [
          node(
            'FrameLayout',
            preview,
            { id: stage.id('preview_container') },
            previewed
              ? [
                  previewed.kind === 'video'
                    ? node('View', preview, {
                        id: stage.id('video_preview_view'),
                        desc: t.create.videoPreview,
                        clickable: true,
                        focusable: true,
                        onTap: noop,
                        paint: { pictureSeed: previewed.sha256 },
                      })
                    : image(preview, {
                        id: stage.id('crop_image_view'),
                        desc: t.create.photoPreview,
                        clickable: true,
                        focusable: true,
                        onTap: noop,
                        paint: { pictureSeed: previewed.sha256 },
                      }),
                ]
              : [],
          ),
          node(
            'HorizontalScrollView',
            options,
            { id: stage.id('unified_camera_options_holder_horizontal_scroll_view'), focusable: true },
            [
              node('LinearLayout', options, { id: stage.id('unified_camera_options_holder') }, [
                node('FrameLayout', { ...options, right: dp(118) }, { id: stage.id('gallery_folder_menu_container') }, [
                  node('Button', folder, {
                    id: stage.id('gallery_folder_menu_tv'),
                    text: t.create.recents,
                    clickable: true,
                    focusable: true,
                    onTap: noop,
                    paint: { ink: light.ink, bold: true, textPx: dp(17) },
                  }),
                ]),
                node(
                  'LinearLayout',
                  multiple,
                  {
                    id: stage.id('multi_select_slide_button_alt'),
                    desc: t.create.selectMultipleButton,
                    clickable: true,
                    focusable: true,
                    checkable: true,
                    checked: page.isMultiple,
                    onTap: () =>
                      stage.become({ ...page, isMultiple: !page.isMultiple, picked: page.picked.slice(0, 1) }),
                    paint: { fill: page.isMultiple ? light.accent : '#25292e', radiusPx: dp(16) },
                  },
                  [
                    image(centerOf({ ...multiple, right: multiple.left + dp(32) }, dp(16)), {
                      id: stage.id('slideout_iconview_icon'),
                    }),
                    label(
                      { ...inset(multiple, 0, dp(8)), left: multiple.left + dp(24), right: multiple.right - dp(8) },
                      t.create.selectMultiple,
                      { id: stage.id('slideout_iconview_text'), paint: { ink: '#ffffff', textPx: dp(11) } },
                    ),
                  ],
                ),
              ]),
            ],
          ),
        ]),
        node('FrameLayout', { ...grid, top: options.bottom }, { id: stage.id('media_picker_container') }, [
          stage.hasPermission('media')
            ? list(grid, items, {
                className: 'android.widget.GridView',
                id: stage.id('media_picker_grid_view'),
                offset: page.offset,
                onScroll: (offset) => stage.become({ ...page, offset }),
                padding: dp(stripDp),
              })
            : needsAccess(stage, grid, page.kind),
        ]),
      ]),
    ]),
  ]);
  const picker = nest(
    app,
    [
      ['FrameLayout'],
      ['FrameLayout', stage.id('multi_destination_container')],
      ['FrameLayout', stage.id('feed_destination_curation_container')],
    ],
    [content],
  );
  return tabFrame(
    stage,
    [node('FrameLayout', app, { id: stage.id('layout_container_left') }, [picker, ...modeStrip(stage, page.kind)])],
    { hasTabBar: false },
  );
}
