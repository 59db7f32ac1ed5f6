import { newestFirst, pickMedia } from '../../gallery-rows.ts';
import type { MediaRow, Rect, UiNode } from '../../parts.ts';
import { button, grid, heightOf, label, moved, node } from '../../screen.ts';
import { type GalleryPage, type GalleryTab, nextGallery } from '../page.ts';
import type { Stage } from '../stage.ts';
import { cameraLayer } from './camera.ts';
import { dark, light, subPage } from './frame.ts';

const galleryRows = (stage: Stage, tab: GalleryTab): MediaRow[] =>
  newestFirst(stage.host.files, tab === 'all' ? undefined : tab === 'videos' ? 'video' : 'image');

/** Half over the camera, which stays in the tree below: a script that asks "is this the camera?" first is fooled. */
export function drawGallery(stage: Stage, page: GalleryPage): UiNode {
  const { board, t } = stage;
  const rows = stage.hasPermission('media') ? galleryRows(stage, page.tab) : [];
  // what was deleted since is no longer picked
  const all = galleryRows(stage, 'all');
  const picked = page.picked.filter((id) => all.some((row) => row.id === id));
  const layer = node(
    'FrameLayout',
    board.app,
    { id: stage.id('gallery-frame'), onTap: () => {}, onSwipe: () => {}, paint: { fill: light.paper } },
    [
      node('ImageView', board.top(21, 157, 126, 262), {
        id: stage.id('gallery-close'),
        desc: t.close,
        clickable: true,
        focusable: true,
        onTap: () => void stage.leave(),
        paint: { symbol: 'close', ink: light.ink },
      }),
      node(
        'LinearLayout',
        board.top(342, 162, 737, 257),
        { id: stage.id('gallery-album'), clickable: true, focusable: true, onTap: () => {} },
        [
          label(board.top(384, 184, 647, 234), t.gallery.recents, {
            id: stage.id('gallery-title'),
            paint: { ink: light.ink, align: 'center', bold: true },
          }),
        ],
      ),
      node(
        'LinearLayout',
        board.top(899, 162, 1059, 257),
        { id: stage.id('gallery-text'), clickable: true, focusable: true, onTap: () => {} },
        [label(board.top(967, 190, 1033, 229), t.gallery.text, { paint: { ink: light.ink } })],
      ),
      ...(page.forComment ? [] : tabs(stage, page)),
      items(stage, { ...page, picked }, rows),
      ...(page.forComment ? [] : [bottomView(stage, { ...page, picked }, all)]),
    ],
  );
  const below = page.forComment ? [] : cameraLayer(stage, { is: 'camera', mode: 'video' });
  return subPage(stage, [...below, layer], dark.paper);
}

function tabs(stage: Stage, page: GalleryPage): UiNode[] {
  const { board, t, release } = stage;
  const all: { tab: GalleryTab | undefined; text: string; left: number; right: number }[] = [
    { tab: 'all', text: t.gallery.all, left: 42, right: 241 },
    { tab: 'videos', text: t.gallery.videos, left: 241, right: 488 },
    { tab: 'photos', text: t.gallery.photos, left: 488, right: 740 },
    ...(release.hasAiGallery ? [{ tab: undefined, text: t.gallery.aiGallery, left: 740, right: 1038 }] : []),
  ];
  return all.map(({ tab, text, left, right }) => {
    const bounds = board.top(left, 273, right, 391);
    const inner = board.top(left + 26, 273, right - 26, 391);
    const isSelected = tab === page.tab;
    const word = label(inner, text, {
      selected: isSelected,
      paint: { ink: isSelected ? light.ink : light.dim, align: 'center', bold: isSelected },
    });
    // the tab that is open says nothing of itself but its text, and cannot be tapped
    if (isSelected) return node('FrameLayout', bounds, { selected: true }, [word]);
    return node(
      'FrameLayout',
      bounds,
      {
        desc: text,
        clickable: true,
        focusable: true,
        onTap: () => {
          if (tab) stage.become(nextGallery(page, { is: 'tab', tab }));
        },
      },
      [word],
    );
  });
}

function items(stage: Stage, page: GalleryPage, rows: readonly MediaRow[]): UiNode {
  const { board, t } = stage;
  const area = board.between(5, 396, 1075, page.picked.length > 0 ? 1822 : 2137);
  if (rows.length === 0) {
    const text = stage.hasPermission('media') ? t.gallery.empty : t.gallery.needsAccess;
    return node('FrameLayout', area, {}, [
      label(board.top(100, 900, 980, 980), text, { paint: { ink: light.dim, align: 'center' } }),
      ...(stage.hasPermission('media')
        ? []
        : [
            button(board.top(300, 1020, 780, 1146), t.camera.openSettings, () => stage.openGallery(), {
              paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
            }),
          ]),
    ]);
  }
  const cellHeight = board.px(357);
  const gap = board.px(4);
  const rowCount = Math.ceil(rows.length / 3);
  const cells = grid(area, { count: rows.length, perRow: 3, cellHeight, gap });
  const shift = -page.scrolledRows * (cellHeight + gap);
  const shown = cells.flatMap((cell, index) => {
    const row = rows[index];
    const bounds = moved(cell, 0, shift);
    if (!row || bounds.bottom <= area.top || bounds.top >= area.bottom) return [];
    return [item(stage, page, row, bounds)];
  });
  return node(
    'androidx.recyclerview.widget.RecyclerView',
    area,
    {
      scrollable: rowCount * (cellHeight + gap) > heightOf(area),
      focusable: true,
      onSwipe: ({ dy }) => {
        const by = Math.round(-dy / (cellHeight + gap)) || (dy < 0 ? 1 : -1);
        stage.become(nextGallery(page, { is: 'scroll', rows: by, rowCount }));
      },
    },
    shown,
  );
}

function item(stage: Stage, page: GalleryPage, row: MediaRow, bounds: Rect): UiNode {
  const { board } = stage;
  const { px } = board;
  const order = page.picked.indexOf(row.id);
  const { forComment } = page;
  const pick = () =>
    forComment
      ? stage.attachToComment(forComment, pickMedia(row))
      : stage.become(nextGallery(page, { is: 'item', id: row.id }));
  const check = { ...bounds, left: bounds.right - px(116), bottom: bounds.top + px(116) };
  const badge = {
    left: check.left + px(37),
    top: check.top + px(16),
    right: check.left + px(100),
    bottom: check.top + px(79),
  };
  return node('FrameLayout', bounds, { clickable: true, focusable: true, onTap: pick, key: `media:${row.id}` }, [
    node('ImageView', bounds, { paint: { pictureSeed: row.sha256 } }),
    node('FrameLayout', check, { id: stage.id('gallery-check'), clickable: true, onTap: pick }, [
      node('Button', badge, {
        id: stage.id('gallery-badge'),
        ...(order >= 0 ? { text: String(order + 1) } : {}),
        clickable: true,
        onTap: pick,
        paint: { fill: order >= 0 ? light.accent : '#00000040', ink: '#ffffff', radiusPx: px(32), align: 'center' },
      }),
    ]),
    ...(row.kind === 'video'
      ? [
          label(
            { ...bounds, left: bounds.right - px(128), top: bounds.bottom - px(60) },
            durationText(row.durationMs),
            {
              id: stage.id('gallery-duration'),
              paint: { ink: '#ffffff', align: 'right' },
            },
          ),
        ]
      : []),
  ]);
}

/** `00:05`; a row that is still being indexed says `00:00`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function bottomView(stage: Stage, page: GalleryPage, rows: readonly MediaRow[]): UiNode {
  const { board, t } = stage;
  const hasPicked = page.picked.length > 0;
  const next = node('Button', board.bottom(550, 2179, 1048, 2295), {
    id: stage.id('gallery-next'),
    text: hasPicked ? t.gallery.nextCount(page.picked.length) : t.gallery.next,
    paint: {
      fill: hasPicked ? light.accent : '#f0f0f0',
      ink: hasPicked ? '#ffffff' : light.dim,
      radiusPx: board.px(12),
      align: 'center',
    },
    ...(hasPicked
      ? {
          clickable: true,
          focusable: true,
          onTap: () => {
            const media = page.picked.flatMap((id) => rows.filter((row) => row.id === id)).map(pickMedia);
            if (media.length > 0) stage.openEditor(media);
          },
        }
      : {}),
  });
  const frame = {
    id: stage.id('gallery-bottom'),
    clickable: true,
    onTap: () => {},
    paint: { fill: light.paper },
  };
  if (!hasPicked) {
    return node('LinearLayout', board.bottom(0, 2137, 1080, 2337), frame, [
      node(
        'RelativeLayout',
        board.bottom(32, 2137, 381, 2337),
        {
          id: stage.id('gallery-multiple'),
          clickable: true,
          focusable: true,
          onTap: () => stage.become(nextGallery(page, { is: 'multiple' })),
        },
        [
          label(board.bottom(111, 2214, 381, 2261), t.gallery.selectMultiple, {
            id: stage.id('gallery-multiple-text'),
            paint: { ink: page.isMultiple ? light.accent : light.ink },
          }),
        ],
      ),
      next,
    ]);
  }
  const thumbs = page.picked.slice(0, 5).flatMap((id, index) => {
    const row = rows.find((candidate) => candidate.id === id);
    const left = 32 + index * 190;
    const remove = () => stage.become(nextGallery(page, { is: 'item', id }));
    if (!row) return [];
    return [
      node(
        'FrameLayout',
        board.bottom(left, 1959, left + 168, 2127),
        { id: stage.id('gallery-picked'), clickable: true, onTap: () => {} },
        [
          node('ImageView', board.bottom(left, 1959, left + 168, 2127), { paint: { pictureSeed: row.sha256 } }),
          node('FrameLayout', board.bottom(left + 115, 1959, left + 168, 2012), {
            id: stage.id('gallery-picked-remove'),
            clickable: true,
            onTap: remove,
          }),
          ...(row.kind === 'video'
            ? [
                label(board.bottom(left, 2066, left + 168, 2127), durationText(row.durationMs), {
                  id: stage.id('gallery-picked-duration'),
                  paint: { ink: '#ffffff', align: 'right' },
                }),
              ]
            : []),
        ],
      ),
    ];
  });
  return node('LinearLayout', board.bottom(0, 1822, 1080, 2337), frame, [
    node(
      'LinearLayout',
      board.bottom(32, 1843, 436, 1927),
      { id: stage.id('gallery-layout'), clickable: true, onTap: () => {} },
      [label(board.bottom(90, 1861, 420, 1908), t.gallery.useLayout, { id: stage.id('gallery-layout-text') })],
    ),
    ...thumbs,
    node(
      'LinearLayout',
      board.bottom(32, 2179, 529, 2295),
      { id: stage.id('gallery-autocut'), clickable: true, onTap: () => {} },
      [label(board.bottom(229, 2210, 400, 2263), t.gallery.autoCut, { id: stage.id('gallery-autocut-text') })],
    ),
    next,
  ]);
}
