import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromBottom, fromTop, image, inset, label, node } from '../../screen.ts';
import type { Post } from '../../world.ts';
import { dps, fitText, lineCount, textWidth } from '../board.ts';
import { isSponsored } from '../neighbours.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, dark, light, nest, noop, pageArea, recycler, tabFrame } from './frame.ts';

type ReelsPage = Extract<Page, { is: 'reels' }>;
type ReelPage = Extract<Page, { is: 'reel' }>;

/** The Reels tab: one after the other, a swipe up brings the next. */
export function drawReels(stage: Stage, page: ReelsPage, sheet: readonly UiNode[]): UiNode {
  const post = stage.world.post(stage.reels[page.index] ?? '');
  return viewer(stage, {
    post,
    isLoading: page.isLoading,
    hasTabBar: true,
    bar: tabTitles(stage),
    sheet,
    move: (by) => stage.nextReel(by),
  });
}

/** One reel that a link, a grid or a profile led to. */
export function drawReel(stage: Stage, page: ReelPage, sheet: readonly UiNode[]): UiNode {
  const post = stage.world.post(page.post);
  return viewer(stage, {
    post,
    isLoading: page.isLoading,
    hasTabBar: true,
    bar: backTitle(stage),
    sheet,
    move: noop,
  });
}

interface Viewer {
  post: Post | undefined;
  isLoading: boolean;
  hasTabBar: boolean;
  bar: UiNode[];
  sheet: readonly UiNode[];
  move: (by: 1 | -1) => void;
}

function viewer(stage: Stage, { post, isLoading, hasTabBar, bar, sheet, move }: Viewer): UiNode {
  const { board, t } = stage;
  const area = pageArea(stage, { hasTabBar });
  const barBox = fromTop(area, board.dp(dps.actionBar));
  const page = !post
    ? [
        node('ViewGroup', area, {
          text: t.reels.unavailable,
          desc: t.reels.unavailable,
          paint: { ink: dark.ink, align: 'center', textPx: board.dp(16) },
        }),
      ]
    : isLoading
      ? [skeleton(stage, area)]
      : [reel(stage, post, area)];
  const swipe = ({ dy }: { dy: number }) => move(dy < 0 ? 1 : -1);
  const content = nest(
    area,
    [
      ['FrameLayout', stage.id('root_clips_layout')],
      ['LinearLayout', stage.id('clips_linear_layout_container')],
    ],
    [
      node('FrameLayout', area, { id: stage.id('gesture_manager'), focusable: true }, [
        nest(
          area,
          [
            ['FrameLayout', stage.id('clips_viewer_container')],
            ['ViewGroup', stage.id('clips_swipe_refresh_container')],
          ],
          [
            node(
              'androidx.viewpager.widget.ViewPager',
              area,
              { id: stage.id('clips_viewer_view_pager'), scrollable: true, onSwipe: swipe },
              [
                node(recycler, area, { focusable: true, scrollable: true, onSwipe: swipe }, [
                  node('FrameLayout', area, { key: `reel:${post?.id ?? ''}` }, page),
                ]),
              ],
            ),
          ],
        ),
        node('RelativeLayout', barBox, { id: stage.id('clips_viewer_action_bar') }, bar),
      ]),
    ],
  );
  return tabFrame(stage, [content], { hasTabBar, sheet, overlay: snackbar(stage, area), fill: dark.paper });
}

function tabTitles(stage: Stage): UiNode[] {
  const { board, t } = stage;
  const { dp } = board;
  const bar = fromTop(stage.board.area, dp(dps.actionBar));
  const create = { ...bar, top: bar.top + dp(9), right: dp(47) };
  const middle = { ...bar, left: dp(106), right: board.width - dp(88) };
  const strip = inset(middle, 0, dp(12));
  const [first = strip, second = strip] = columns({ ...strip, left: strip.left + dp(12) }, [dp(90), 'rest']);
  const tab = (box: Rect, text: string, isSelected: boolean) =>
    node(
      'LinearLayout',
      box,
      {
        desc: text,
        longClickable: true,
        focusable: true,
        selected: isSelected,
        onLongPress: noop,
        ...(isSelected ? {} : { clickable: true, onTap: noop }),
      },
      [
        node('LinearLayout', box, { selected: isSelected }, [
          label(fitText(box, text, dp(18)), text, {
            id: 'android:id/text1',
            selected: isSelected,
            paint: { ink: isSelected ? dark.ink : dark.dim, bold: true, textPx: dp(18) },
          }),
        ]),
      ],
    );
  return [
    node('LinearLayout', { ...create, top: bar.top }, { id: stage.id('clips_action_bar_start_action_buttons') }, [
      image(create, {
        desc: t.reels.create,
        clickable: true,
        focusable: true,
        onTap: () => stage.openGallery('reel'),
        paint: { symbol: 'plus', ink: dark.ink },
      }),
    ]),
    node('LinearLayout', middle, { id: stage.id('clips_viewer_action_bar_title_container') }, [
      node('HorizontalScrollView', strip, { id: stage.id('action_bar_tab_layout'), focusable: true }, [
        node('LinearLayout', strip, {}, [tab(first, t.reels.title, true), tab(second, t.reels.friends, false)]),
      ]),
    ]),
  ];
}

function backTitle(stage: Stage): UiNode[] {
  const { board, t } = stage;
  const { dp } = board;
  const bar = fromTop(board.area, dp(dps.actionBar));
  const back = { ...bar, right: dp(56) };
  const title = { ...inset(bar, 0, dp(12)), left: back.right, right: back.right + dp(110) };
  return [
    node('LinearLayout', back, { id: stage.id('clips_action_bar_start_action_buttons') }, [
      image(back, {
        id: stage.id('action_bar_button_back'),
        desc: t.back,
        clickable: true,
        focusable: true,
        onTap: () => void stage.leave(),
        paint: { symbol: 'back', ink: dark.ink },
      }),
    ]),
    node('LinearLayout', title, { id: stage.id('clips_viewer_action_bar_title_container') }, [
      node('Button', title, {
        id: stage.id('clips_viewer_action_bar_title'),
        text: t.reels.title,
        clickable: true,
        focusable: true,
        onTap: noop,
        paint: { ink: dark.ink, bold: true, align: 'left', textPx: dp(18) },
      }),
    ]),
  ];
}

/** Bars and buttons are there, the reel itself is not. */
function skeleton(stage: Stage, area: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const film = { ...area, top: area.top + dp(153), bottom: area.bottom - dp(153) };
  return node('ViewGroup', area, {}, [
    node('ViewGroup', area, { id: stage.id('clips_media_component'), desc: t.reels.media(''), focusable: true }, [
      nest(
        area,
        [
          ['ViewGroup', stage.id('clips_single_media_component')],
          ['ViewGroup'],
          ['FrameLayout'],
          ['FrameLayout', stage.id('clips_viewer_video_layout')],
        ],
        [
          image(film),
          node('FrameLayout', film, { id: stage.id('clips_video_container'), desc: t.reels.media('null') }),
        ],
      ),
    ]),
  ]);
}

function reel(stage: Stage, post: Post, area: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const desc = t.reels.media(post.author);
  const isOwn = post.author === stage.actor.account;
  const foot = { ...fromBottom(area, isOwn ? dp(57) : dp(10)) };
  const tap = () => {
    if (stage.isDoubleTap(`reel:${post.id}`)) stage.likeOnce(post);
  };
  return node('ViewGroup', area, {}, [
    node('ViewGroup', area, { id: stage.id('clips_media_component'), desc, focusable: true, onTap: tap }, [
      nest(
        area,
        [
          ['ViewGroup', stage.id('clips_single_media_component')],
          ['ViewGroup'],
          ['FrameLayout'],
          ['FrameLayout', stage.id('clips_viewer_video_layout')],
        ],
        [
          node('FrameLayout', area, { id: stage.id('clips_video_container'), desc }, [
            node('View', area, { paint: { pictureSeed: `post:${post.id}` } }),
          ]),
        ],
      ),
    ]),
    node('ViewGroup', area, {}, [
      node('ViewGroup', area, { id: stage.id('clips_item_overlay_component') }, [
        nest(area, [['FrameLayout'], ['FrameLayout', stage.id('interactive_sticker_container')]], []),
      ]),
      node('ViewGroup', area, {}, [
        info(stage, post, { ...area, bottom: foot.top }),
        rail(stage, post, { ...area, bottom: foot.top }),
        ...(isOwn ? [ownRow(stage, foot)] : []),
      ]),
      nest(
        { ...area, top: area.bottom - dp(402) },
        [['ViewGroup'], ['FrameLayout']],
        [
          node('FrameLayout', fromBottom(area, dp(10)), { id: stage.id('clips_attached_scrubber_container') }, [
            node('SeekBar', fromBottom(area, dp(10)), {
              id: stage.id('scrubber'),
              text: `${Math.floor(post.durationMs / 3)}.0`,
              desc: stage.release.scrubberLabel,
              focusable: true,
            }),
          ]),
        ],
      ),
    ]),
  ]);
}

function ownRow(stage: Stage, foot: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const row = { ...inset(foot, dp(16), 0), bottom: foot.top + dp(31) };
  const [left = row, right = row] = columns(row, ['rest', 'rest']);
  const half = (box: Rect, text: string) =>
    node('ViewGroup', box, {
      text,
      desc: text,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { ink: dark.ink, bold: true, textPx: dp(14) },
    });
  return node('ViewGroup', foot, {}, [
    node('View', row),
    node('ViewGroup', row, {}, [half(left, t.reels.insights), half(right, t.reels.boost)]),
  ]);
}

function info(stage: Stage, post: Post, area: Rect): UiNode {
  const { board, t, world, actor } = stage;
  const { dp } = board;
  const profile = world.profile(actor.app, post.author);
  const width = board.width - dp(52);
  const lines = Math.min(2, lineCount(post.caption, width - dp(16), dp(14)));
  const captionHeight = post.caption === '' ? 0 : dp(10) + lines * dp(18);
  const authorHeight = dp(50);
  const box = { left: 0, right: width, top: area.bottom - authorHeight - captionHeight - dp(16), bottom: area.bottom };
  const authorRow = { ...box, left: dp(16), bottom: box.top + authorHeight };
  const caption = { ...box, left: dp(16), top: authorRow.bottom, bottom: authorRow.bottom + captionHeight };
  if (isSponsored(post)) {
    const line = { ...box, left: dp(16), top: box.bottom - dp(30), bottom: box.bottom - dp(12) };
    return node('ViewGroup', line, { id: stage.id('clips_media_info_component') }, [
      node('ViewGroup', line, {}, [
        node('ViewGroup', line, {
          text: t.feed.sponsored,
          desc: t.feed.sponsored,
          clickable: true,
          focusable: true,
          onTap: () => stage.openProfile(post.author),
          paint: { ink: dark.ink, textPx: dp(14) },
        }),
      ]),
    ]);
  }
  const open = () => stage.openProfile(post.author);
  const name = `${post.author}${profile?.isVerified ? '  ' : ''}`;
  const nameBox = centerOf(
    { ...authorRow, left: dp(52), right: dp(52) + textWidth(name, dp(14)) + dp(8) },
    textWidth(name, dp(14)) + dp(8),
    dp(18),
  );
  const relation = world.relation(actor.app, actor.account, post.author);
  const hasFollow = post.author !== actor.account && relation === 'none';
  const followText = t.profile.follow;
  const followBox = { ...authorRow, left: nameBox.right, right: nameBox.right + dp(89) };
  return node('ViewGroup', box, { id: stage.id('clips_media_info_component') }, [
    nest(
      { ...box, bottom: caption.bottom },
      [['ViewGroup'], ['ViewGroup'], ['ViewGroup']],
      [
        node('ViewGroup', authorRow, {}, [
          node(
            'ViewGroup',
            { ...authorRow, right: nameBox.right },
            { id: stage.id('clips_author_info_component'), clickable: true, focusable: true, onTap: open },
            [
              image(
                { ...centerOf({ ...authorRow, right: dp(52) }, dp(36)) },
                {
                  id: stage.id('clips_author_profile_pic'),
                  desc: t.feed.picture(post.author),
                  clickable: true,
                  focusable: true,
                  onTap: open,
                  paint: { pictureSeed: `avatar:${post.author}`, radiusPx: dp(18) },
                },
              ),
              node('ViewGroup', nameBox, { clickable: true, focusable: true, onTap: open }, [
                node('Button', nameBox, {
                  id: stage.id('clips_author_username'),
                  text: name,
                  desc: name,
                  clickable: true,
                  focusable: true,
                  onTap: open,
                  paint: { ink: dark.ink, bold: true, align: 'left', textPx: dp(14) },
                }),
              ]),
            ],
          ),
          ...(hasFollow
            ? [
                node(
                  'ViewGroup',
                  followBox,
                  { clickable: true, focusable: true, onTap: () => stage.follow(post.author) },
                  [
                    node('Button', inset(followBox, dp(8), dp(10)), {
                      id: stage.id('inline_follow_button'),
                      text: followText,
                      desc: t.feed.followName(profile?.name ?? post.author),
                      clickable: true,
                      focusable: true,
                      selected: true,
                      onTap: () => stage.follow(post.author),
                      paint: { ink: dark.ink, align: 'center', bold: true, textPx: dp(13) },
                    }),
                  ],
                ),
              ]
            : []),
        ]),
        ...(captionHeight === 0
          ? []
          : [
              node('ViewGroup', caption, { id: stage.id('clips_caption_component') }, [
                node('ScrollView', caption, { focusable: true }, [
                  node('ViewGroup', { ...caption, top: caption.top + dp(4) }, {}, [
                    // the words are only its description
                    node(
                      'ViewGroup',
                      { ...caption, top: caption.top + dp(4) },
                      { desc: `${post.caption} …`, clickable: true, focusable: true, onTap: noop },
                      [
                        label({ ...caption, top: caption.top + dp(4) }, post.caption, {
                          drawnOnly: true,
                          paint: { ink: dark.ink, textPx: dp(14) },
                        }),
                      ],
                    ),
                  ]),
                ]),
              ]),
            ]),
      ],
    ),
  ]);
}

/** Counts are texts of their own below the icons, and missing where there is nothing to count. */
function rail(stage: Stage, post: Post, area: Rect): UiNode {
  const { board, t, world, actor, release } = stage;
  const { dp } = board;
  const left = board.width - dp(52);
  const right = board.width - dp(8);
  const isLiked = world.isLiked(actor.app, actor.account, post.id);
  const likedDesc = release.likedLabel === 'liked' ? t.feed.liked : t.feed.unlike;
  const more = {
    height: dp(44),
    make: (box: Rect) =>
      image(box, {
        id: stage.id('clips_ufi_more_button_component'),
        desc: t.more,
        clickable: true,
        focusable: true,
        onTap: () => stage.showSheet({ is: 'reel-more', post: post.id }),
        paint: { symbol: 'menu', ink: dark.ink },
      }),
  };
  const icon = (
    id: string | undefined,
    desc: string,
    symbol: 'heart' | 'comment' | 'share' | 'plus',
    onTap: () => void,
    { isLong = false, isSelected = false } = {},
  ) => ({
    height: dp(44),
    make: (box: Rect) =>
      image(box, {
        ...(id === undefined ? {} : { id: stage.id(id) }),
        desc,
        clickable: true,
        focusable: true,
        selected: isSelected,
        onTap,
        ...(isLong ? { longClickable: true, onLongPress: noop } : {}),
        paint: { symbol, ink: isSelected ? '#ff3040' : dark.ink },
      }),
  });
  const count = (id: string, value: number, words: (count: string) => string, onTap: () => void) =>
    value === 0
      ? [{ height: dp(8), make: undefined }]
      : [
          {
            height: dp(24),
            make: (box: Rect) =>
              node(
                'Button',
                box,
                {
                  id: stage.id(id),
                  text: words(String(value)),
                  desc: words(String(value)),
                  clickable: true,
                  longClickable: true,
                  focusable: true,
                  onTap,
                  onLongPress: noop,
                  paint: { ink: '#00000000' },
                },
                [
                  label(box, t.count(value), {
                    drawnOnly: true,
                    paint: { ink: dark.ink, align: 'center', textPx: dp(12) },
                  }),
                ],
              ),
          },
        ];
  const comments = () => stage.openComments(post);
  const items: { height: number; make: ((box: Rect) => UiNode) | undefined }[] = isSponsored(post)
    ? [more]
    : [
        icon('like_button', isLiked ? likedDesc : t.feed.like, 'heart', () => stage.like(post), {
          isLong: true,
          isSelected: isLiked,
        }),
        ...count('like_count', world.likesOf(post), t.reels.likeCount, noop),
        icon('comment_button', t.feed.comment, 'comment', comments),
        ...count('comment_count', world.commentCount(post), t.reels.commentCount, comments),
        icon(undefined, t.reels.repost, 'plus', noop),
        { height: dp(8), make: undefined },
        icon('direct_share_button', t.reels.share, 'share', noop, { isLong: true }),
        ...count('ufi_text_component', post.shares, t.reels.shareCount, noop),
        more,
        {
          height: dp(38),
          make: (box: Rect) =>
            node('ViewGroup', centerOf(box, dp(30)), { clickable: true, focusable: true, onTap: noop }, [
              image(centerOf(box, dp(30)), {
                id: stage.id('media_album_art_button'),
                desc: t.reels.audio,
                clickable: true,
                focusable: true,
                onTap: noop,
                paint: { pictureSeed: `sound:${post.id}`, radiusPx: dp(6) },
              }),
            ]),
        },
      ];
  const height = items.reduce((sum, item) => sum + item.height, 0);
  let top = area.bottom - dp(16) - height;
  const start = top;
  const nodes = items.flatMap(({ height: itemHeight, make }) => {
    const box = { left, right, top, bottom: top + itemHeight };
    top += itemHeight;
    return make ? [make(box)] : [];
  });
  return node('ViewGroup', { left, right: board.width, top: start, bottom: area.bottom }, {}, [
    node('ViewGroup', { left, right, top: start, bottom: area.bottom - dp(16) }, {}, nodes),
  ]);
}

/** What the viewer shows of an upload: a strip above the tab bar. */
function snackbar(stage: Stage, area: Rect): UiNode[] {
  const { board, t, upload } = stage;
  if (!upload || upload.is === 'failed' || upload.placement !== 'reel') return [];
  const { dp } = board;
  const strip = fromBottom(area, dp(dps.snackbar));
  const box = inset(strip, dp(8), dp(8));
  const thumb = centerOf({ ...box, left: dp(24), right: dp(56) }, dp(32));
  const isRunning = upload.is === 'running';
  const words = isRunning ? t.upload.sharingReel : t.upload.reelDone;
  const send = centerOf({ ...box, left: box.right - dp(70), right: box.right - dp(4) }, dp(60), dp(50));
  const text = { ...box, left: dp(66), right: isRunning ? box.right - dp(10) : send.left - dp(8) };
  return [
    node('FrameLayout', { ...strip, bottom: board.area.bottom }, { focusable: true }, [
      node('FrameLayout', strip, { id: stage.id('igds_upload_snackbar') }, [
        node(
          'ViewGroup',
          box,
          {
            id: stage.id('upload_snackbar_container'),
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { fill: '#25292e', radiusPx: dp(10) },
          },
          [
            node('FrameLayout', thumb, { id: stage.id('media_thumbnail_container') }, [
              image(thumb, { id: stage.id('media_thumbnail'), paint: { pictureSeed: 'upload' } }),
              image(inset(thumb, dp(5)), { id: stage.id('media_thumbnail_overlay') }),
            ]),
            node('LinearLayout', text, { id: stage.id('upload_progress_bar_container') }, [
              label({ ...text, top: text.top + dp(14), bottom: text.top + dp(isRunning ? 32 : 50) }, words, {
                id: stage.id('status_text'),
                paint: { ink: dark.ink, textPx: dp(13) },
              }),
              ...(isRunning
                ? [
                    node(
                      'ProgressBar',
                      { ...text, top: text.bottom - dp(20), bottom: text.bottom - dp(18) },
                      { id: stage.id('progress_bar'), text: upload.percent.toFixed(1), paint: { fill: light.accent } },
                    ),
                  ]
                : []),
            ]),
            ...(isRunning
              ? []
              : [
                  node('Button', send, {
                    id: stage.id('upload_snackbar_button'),
                    text: t.upload.send,
                    clickable: true,
                    focusable: true,
                    onTap: noop,
                    paint: { ink: light.accent, align: 'center', bold: true, textPx: dp(14) },
                  }),
                ]),
          ],
        ),
      ]),
    ]),
  ];
}
