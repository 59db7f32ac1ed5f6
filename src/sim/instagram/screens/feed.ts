import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromTop, heightOf, image, inset, label, node } from '../../screen.ts';
import { dps, fitText } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, nest, noop, pageArea, recycler, tabFrame } from './frame.ts';
import { type Item, list } from './list.ts';
import { postItems } from './post-row.ts';

type FeedPage = Extract<Page, { is: 'feed' }>;

/** Home: stories, what is being posted, posts. The bar with the logo scrolls away with them. */
export function drawFeed(stage: Stage, page: FeedPage, sheet: readonly UiNode[]): UiNode {
  const { board } = stage;
  const area = pageArea(stage);
  const barHeight = board.dp(dps.actionBar);
  const items: Item[] = [
    { height: barHeight, make: (bounds) => node('View', bounds, { id: stage.id('gap_binder_group') }) },
    { height: board.dp(dps.storyTray), make: (bounds) => storyTray(stage, bounds) },
    ...uploadRow(stage),
    ...(page.isLoading ? [] : posts(stage)),
  ];
  const content = nest(
    area,
    [
      ['FrameLayout'],
      ['FrameLayout', stage.id('sticky_header_list')],
      ['FrameLayout', stage.id('refreshable_container')],
    ],
    [
      list(area, items, {
        id: 'android:id/list',
        offset: page.offset,
        onScroll: (offset) => stage.become({ ...page, offset }),
      }),
    ],
  );
  const bar = fromTop(area, barHeight);
  const header = node(
    'LinearLayout',
    bar,
    { id: stage.id('action_bar_LinearLayout') },
    // it slides away under a finger that moves up, and its children with it
    page.offset < barHeight
      ? [topBar(stage, { ...bar, top: bar.top - page.offset, bottom: bar.bottom - page.offset })]
      : [],
  );
  return tabFrame(stage, [content, header], { sheet });
}

function posts(stage: Stage): Item[] {
  return stage.feed.flatMap((id) => {
    const post = stage.world.post(id);
    return post ? postItems(stage, post, { isInFeed: true }) : [];
  });
}

function topBar(stage: Stage, bar: Rect): UiNode {
  const { board, t, release } = stage;
  const { dp } = board;
  const square = (left: number) => ({ ...bar, left, right: left + dp(49) });
  const bell = (box: Rect) =>
    node('FrameLayout', box, { id: stage.id('notification'), clickable: true, focusable: true, onTap: noop }, [
      nest(
        centerOf(box, dp(24)),
        [
          ['ViewGroup', stage.id('wrapper')],
          ['FrameLayout', stage.id('container')],
        ],
        [image(centerOf(box, dp(24)), { id: stage.id('tab_icon'), paint: { symbol: 'heart', ink: light.ink } })],
      ),
    ]);
  const logo = (box: Rect, width: Rect) =>
    node(
      'ViewAnimator',
      box,
      { id: stage.id('action_bar_title_view'), clickable: true, focusable: true, onTap: noop },
      [
        node('LinearLayout', width, { id: stage.id('title_logo_chevron_container') }, [
          image(width, { id: stage.id('title_logo'), desc: t.feed.logo }),
        ]),
      ],
    );
  const inner = inset(bar, 0, dp(12));
  const children = release.hasInboxInHeader
    ? [
        logo({ ...inner, left: dp(16), right: board.width - dp(106) }, { ...inner, left: dp(16), right: dp(124) }),
        node(
          'LinearLayout',
          { ...bar, left: board.width - dp(106), right: board.width - dp(8) },
          { id: stage.id('action_bar_buttons_container_right') },
          [
            bell(square(board.width - dp(106))),
            image(square(board.width - dp(57)), {
              id: stage.id('action_bar_inbox_button'),
              desc: t.feed.inbox,
              clickable: true,
              focusable: true,
              onTap: () => stage.open({ is: 'direct' }),
              paint: { symbol: 'share', ink: light.ink },
            }),
          ],
        ),
      ]
    : [
        node('LinearLayout', { ...bar, right: dp(49) }, { id: stage.id('action_bar_buttons_container_left') }, [
          // a plus without id and label
          image(
            { ...bar, right: dp(49) },
            {
              clickable: true,
              longClickable: true,
              focusable: true,
              onTap: () => stage.openGallery('post'),
              onLongPress: noop,
              paint: { symbol: 'plus', ink: light.ink },
            },
          ),
        ]),
        logo({ ...inner, left: dp(49), right: board.width - dp(49) }, centerOf(inner, dp(108), heightOf(inner))),
        node(
          'LinearLayout',
          { ...bar, left: board.width - dp(49) },
          { id: stage.id('action_bar_buttons_container_right') },
          [bell(square(board.width - dp(49)))],
        ),
      ];
  return nest(
    bar,
    [
      ['FrameLayout', stage.id('main_feed_action_bar')],
      ['LinearLayout', stage.id('action_bar_action_buttons')],
    ],
    children,
  );
}

function storyTray(stage: Stage, bounds: Rect): UiNode {
  const { board, t, actor } = stage;
  const { dp } = board;
  const users = [actor.account, ...stage.storyUsers];
  const circles = users.flatMap((username, index) => {
    const left = index * dp(113);
    if (left >= board.width) return [];
    const box = { ...bounds, left, right: left + dp(113) };
    const isOwn = index === 0;
    const isSeen = stage.isStorySeen(username);
    const desc = t.feed.story(username, index, users.length, isSeen);
    const ring = { ...box, bottom: box.top + dp(108) };
    const picture = centerOf(ring, dp(85));
    const name = isOwn ? t.feed.yourStory : username;
    const nameBox = { ...box, top: ring.bottom, bottom: ring.bottom + dp(16) };
    const open = () => (isOwn ? stage.openGallery('story') : stage.openStory(username));
    return [
      node(
        'LinearLayout',
        box,
        { id: stage.id('outer_container'), clickable: true, focusable: true, onTap: open, key: `story:${username}` },
        [
          node('FrameLayout', ring, { id: stage.id('avatar_view') }, [
            node('Button', ring, { desc, clickable: true, onTap: open }, [
              node('FrameLayout', ring, { id: stage.id('avatar_container') }, [
                // the ring is round whoever has a story; the badge stays on our own picture all the same [notes: 410]
                ...(isOwn && !stage.hasOwnStory
                  ? []
                  : [node('View', centerOf(ring, dp(100)), { id: stage.id('seen_state') })]),
                image(picture, {
                  id: stage.id('avatar_image_view'),
                  desc,
                  paint: { pictureSeed: `avatar:${username}`, radiusPx: dp(43) },
                }),
                ...(isOwn
                  ? [
                      image(
                        {
                          left: picture.right - dp(24),
                          top: picture.bottom - dp(24),
                          right: picture.right + dp(6),
                          bottom: picture.bottom + dp(6),
                        },
                        {
                          id: stage.id('reel_empty_badge'),
                          desc: t.feed.addToStory,
                          paint: { symbol: 'plus', fill: light.accent, ink: '#ffffff', radiusPx: dp(15) },
                        },
                      ),
                    ]
                  : []),
              ]),
            ]),
          ]),
          node('ViewGroup', nameBox, { id: stage.id('title_container') }, [
            label(
              centerOf(
                nameBox,
                Math.min(dp(105), fitText(nameBox, name, dp(12)).right - nameBox.left),
                heightOf(nameBox),
              ),
              name,
              {
                id: stage.id('username'),
                paint: { ink: light.ink, align: 'center', textPx: dp(12) },
              },
            ),
          ]),
        ],
      ),
    ];
  });
  return nest(
    bounds,
    [['LinearLayout'], ['FrameLayout', stage.id('reels_tray_container')]],
    [
      node(
        recycler,
        bounds,
        { desc: t.feed.tray, focusable: true, scrollable: users.length > 1, onSwipe: noop },
        circles,
      ),
    ],
  );
}

/** Under the stories while something is being posted, for a while after, and for good when it was refused. */
function uploadRow(stage: Stage): Item[] {
  const { t, upload, actor } = stage;
  if (!upload || (upload.is !== 'failed' && upload.placement === 'story')) return [];
  const { dp } = stage.board;
  const height = dp(80) + 1;
  const make = (bounds: Rect): UiNode => {
    const row = { ...bounds, bottom: bounds.bottom - 1 };
    const thumb = { left: dp(16), top: row.top + dp(8), right: dp(52), bottom: row.top + dp(72) };
    const text = (top: number, lines: number, right: number) => ({
      left: dp(68),
      top: row.top + dp(top),
      right,
      bottom: row.top + dp(top + lines),
    });
    const status = (box: Rect, children: readonly UiNode[]) =>
      node('LinearLayout', { ...box, left: dp(60) }, { id: stage.id('row_pending_media_status_container') }, children);
    const [left = bounds, right = bounds] = columns({ ...row, left: row.right - dp(80) }, ['rest', dp(12)]);
    const parts: UiNode[] = [];
    if (upload.is === 'running') {
      const note = upload.percent < 30 ? t.upload.posting(actor.account) : t.upload.keepOpen;
      parts.push(
        status(text(28, 34, row.right), [
          label(fitText(text(28, 16, row.right - dp(18)), note, dp(13)), note, {
            id: stage.id('row_pending_media_sub_status_textview'),
            paint: { ink: light.dim, textPx: dp(13) },
          }),
          ...(upload.percent < 30
            ? []
            : [
                node('ProgressBar', text(52, 2, row.right - dp(18)), {
                  id: stage.id('row_pending_media_progress_bar'),
                  text: upload.percent.toFixed(1),
                  paint: { fill: light.accent },
                }),
              ]),
        ]),
      );
    } else if (upload.is === 'done') {
      const send = centerOf(left, dp(66), dp(32));
      parts.push(
        status(text(28, 36, send.left), [
          label(text(28, 20, send.left), t.upload.done, {
            id: stage.id('row_pending_media_status_textview'),
            paint: { ink: light.ink, bold: true, textPx: dp(14) },
          }),
          label(text(48, 16, send.left), t.upload.doneNote, {
            id: stage.id('row_pending_media_sub_status_textview'),
            paint: { ink: light.dim, textPx: dp(12) },
          }),
        ]),
        node(
          'Button',
          send,
          {
            id: stage.id('row_pending_media_reshare_button'),
            desc: t.upload.send,
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { fill: light.accent, radiusPx: dp(8) },
          },
          [
            label(inset(send, dp(8), dp(6)), t.upload.send, {
              paint: { ink: '#ffffff', align: 'center', textPx: dp(13) },
            }),
          ],
        ),
      );
    } else {
      const words = upload.media === 'video' ? t.upload.videoFailed : t.upload.photoFailed;
      const discard = { ...centerOf(right, dp(48), dp(24)), left: row.right - dp(48), right: row.right };
      parts.push(
        status(text(36, 20, discard.left), [
          label(text(36, 20, discard.left), words, {
            id: stage.id('row_pending_media_status_textview'),
            paint: { ink: light.ink, bold: true, textPx: dp(14) },
          }),
        ]),
        image(discard, {
          id: stage.id('row_pending_media_discard_button'),
          clickable: true,
          focusable: true,
          onTap: () => stage.dismissUpload(),
          paint: { symbol: 'close', ink: light.dim },
        }),
      );
    }
    return node('LinearLayout', bounds, { id: stage.id('container') }, [
      node(
        'LinearLayout',
        row,
        {
          id: stage.id('row_pending_container'),
          clickable: true,
          focusable: true,
          onTap: () => {
            if (upload.is === 'failed') stage.showSheet({ is: 'upload-options' });
          },
        },
        [
          node('FrameLayout', thumb, { id: stage.id('row_pending_media_imageview_container') }, [
            image(thumb, { id: stage.id('row_pending_media_imageview'), paint: { pictureSeed: 'upload' } }),
          ]),
          ...parts,
        ],
      ),
      node('View', { ...bounds, top: row.bottom }, { id: stage.id('divider'), paint: { fill: light.line } }),
    ]);
  };
  return [{ height, make }];
}
