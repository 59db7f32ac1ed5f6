import type { Rect, UiNode } from '../../parts.ts';
import { fromTop, heightOf, image, inset, label, node, row } from '../../screen.ts';
import type { Post } from '../../world.ts';
import { dps, fitText, lineCount, textWidth } from '../board.ts';
import { isSponsored } from '../neighbours.ts';
import type { Stage } from '../stage.ts';
import { centerOf, dark, light, nest, noop } from './frame.ts';
import type { Item } from './list.ts';

const textView = 'com.instagram.ui.widget.textview.IgTextLayoutView';

/** One post of a feed or a list: header, picture or film, buttons, caption. Over a film the header lies on the picture. */
export function postItems(stage: Stage, post: Post, { isInFeed }: { isInFeed: boolean }): Item[] {
  const { board } = stage;
  const isVideo = post.mediaType === 'video';
  const mediaHeight = Math.round(board.width * (isVideo ? (isInFeed ? 1.3 : 1) : 1.25));
  const header: Item = {
    height: board.dp(dps.postHeader),
    make: (bounds) => postHeader(stage, post, bounds, isInFeed),
  };
  const media: Item = {
    height: mediaHeight,
    make: (bounds) =>
      node('ViewGroup', bounds, { key: `media:${post.id}` }, [
        postMedia(stage, post, bounds),
        ...(isVideo && isInFeed
          ? [
              node('ViewGroup', fromTop(bounds, board.dp(126))),
              postHeader(stage, post, fromTop(bounds, board.dp(dps.postHeader)), isInFeed),
            ]
          : []),
      ]),
  };
  return [
    ...(isVideo && isInFeed ? [] : [header]),
    media,
    ...(isSponsored(post) ? [adButton(stage, post)] : []),
    footer(stage, post),
    ...(stage.isAsking(post) ? [adQuestion(stage, post)] : []),
  ];
}

function postHeader(stage: Stage, post: Post, bounds: Rect, isInFeed: boolean): UiNode {
  const { board, t, world, actor } = stage;
  const { dp } = board;
  const profile = world.profile(actor.app, post.author);
  const isOwn = post.author === actor.account;
  const relation = world.relation(actor.app, actor.account, post.author);
  const hasFollow = isInFeed && !isOwn && relation === 'none';
  const ink = isInFeed && post.mediaType === 'video' ? dark.ink : light.ink;
  const ago = t.ago(stage.host.clock.now() - post.at, post.at);
  const right = hasFollow ? dp(323) - dp(443) + board.width : board.width - dp(44);
  const names = { ...bounds, left: dp(49), right };
  const open = () => stage.openProfile(post.author);
  const avatar = centerOf({ ...bounds, right: dp(49), left: dp(10) }, dp(30));
  const second = isSponsored(post)
    ? t.feed.sponsored
    : post.mediaType === 'video'
      ? t.feed.originalAudio(post.author)
      : ago;
  const name = `${post.author}${profile?.isVerified ? '  ' : ''}`;
  const follow = centerOf({ ...bounds, left: right, right: board.width - dp(44) }, dp(76), dp(32));
  const options = { ...inset(bounds, 0, dp(2)), left: board.width - dp(44), right: board.width };
  return node(
    'ViewGroup',
    bounds,
    { id: stage.id('row_feed_profile_header'), desc: t.feed.posted(post.author, post.mediaType, ago) },
    [
      node('Button', { ...bounds, right: dp(49) }, { clickable: true, focusable: true, onTap: open }, [
        image(avatar, {
          id: stage.id('row_feed_photo_profile_imageview'),
          desc: t.feed.picture(post.author),
          paint: { pictureSeed: `avatar:${post.author}`, radiusPx: dp(15) },
        }),
      ]),
      node('Button', fromTop(names, Math.round(heightOf(bounds) * 0.48)), {
        id: stage.id('row_feed_photo_profile_name'),
        text: name,
        desc: name,
        clickable: true,
        focusable: true,
        onTap: open,
        paint: { ink, bold: true, align: 'left', textPx: dp(14) },
      }),
      node(
        'Button',
        { ...names, top: bounds.top + Math.round(heightOf(bounds) * 0.48) },
        {
          id: stage.id('secondary_label'),
          text: second,
          desc: second,
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { ink, align: 'left', textPx: dp(12) },
        },
      ),
      ...(hasFollow
        ? [
            node('Button', follow, {
              id: stage.id('inline_follow_button'),
              text: t.feed.follow,
              desc: t.feed.followName(profile?.name ?? post.author),
              clickable: true,
              focusable: true,
              selected: true,
              onTap: () => stage.follow(post.author),
              paint: { ink, align: 'center', textPx: dp(13), bold: true },
            }),
          ]
        : []),
      image(options, {
        id: stage.id('media_option_button'),
        desc: t.feed.moreActions,
        clickable: true,
        focusable: true,
        onTap: noop,
        paint: { symbol: 'menu', ink },
      }),
    ],
  );
}

function postMedia(stage: Stage, post: Post, bounds: Rect): UiNode {
  const { t, world, actor } = stage;
  const name = world.profile(actor.app, post.author)?.name ?? post.author;
  const ago = t.ago(stage.host.clock.now() - post.at, post.at);
  const likes = t.count(world.likesOf(post));
  const desc = isSponsored(post)
    ? t.feed.sponsoredVideo(name, likes, ago)
    : t.feed.mediaBy(post.mediaType, name, likes, t.count(world.commentCount(post)), ago);
  const isVideo = post.mediaType === 'video';
  const id = stage.id(isVideo ? 'video_container' : 'row_feed_photo_imageview');
  const tap = () => {
    if (stage.isDoubleTap(`media:${post.id}`)) stage.likeOnce(post);
  };
  return node('ViewGroup', bounds, { id }, [
    nest(bounds, [['ViewGroup', id], ['ViewGroup'], ['FrameLayout']], [node('FrameLayout', bounds)]),
    node('FrameLayout', bounds, { id }, [
      node('FrameLayout', bounds, { id: stage.id('media_group'), clickable: true, focusable: true, onTap: tap }, [
        node('FrameLayout', bounds, { id: stage.id('row_feed_photo_imageview'), desc }, [
          image(bounds, { paint: { pictureSeed: `post:${post.id}` } }),
        ]),
      ]),
    ]),
    ...(stage.isCovered(post) ? [cover(stage, post, bounds)] : isVideo ? [soundButton(stage, bounds)] : []),
  ]);
}

function soundButton(stage: Stage, bounds: Rect): UiNode {
  const { dp } = stage.board;
  const box = { ...bounds, left: bounds.right - dp(57), top: bounds.bottom - dp(43) };
  const inner = { left: box.left + dp(14), top: box.top, right: box.right - dp(14), bottom: box.top + dp(28) };
  return node('ViewGroup', box, { clickable: true, focusable: true, onTap: noop }, [
    node('LinearLayout', inner, { desc: stage.t.feed.soundOn }, [
      image(centerOf(inner, dp(14)), {
        id: stage.id('slideout_iconview_icon'),
        paint: { symbol: 'music', ink: dark.ink },
      }),
    ]),
  ]);
}

/** The picture is blurred until somebody wants to see it; it takes every touch. */
function cover(stage: Stage, post: Post, bounds: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const middle = Math.round((bounds.top + bounds.bottom) / 2);
  const line = (top: number, height: number) => ({
    ...inset(bounds, dp(12), 0),
    top: middle + dp(top),
    bottom: middle + dp(top + height),
  });
  const buttonBox = centerOf(
    { ...bounds, top: bounds.bottom - dp(64), bottom: bounds.bottom - dp(16) },
    dp(90),
    dp(32),
  );
  return node('FrameLayout', bounds, { id: stage.id('video_container') }, [
    node(
      'FrameLayout',
      bounds,
      { id: stage.id('blurred_image_view_overlay'), clickable: true, focusable: true, onTap: noop },
      [image(bounds, { paint: { fill: '#2a2f36' } })],
    ),
    node('LinearLayout', bounds, { id: stage.id('info_container') }, [
      node('LinearLayout', inset(bounds, dp(12), dp(8)), { id: stage.id('center_info_container') }, [
        image(centerOf(line(-50, 32), dp(32)), {
          id: stage.id('icon_imageview'),
          paint: { symbol: 'close', ink: dark.ink },
        }),
        label(line(-18, 40), t.feed.sensitive, {
          id: stage.id('restricted_media_title'),
          paint: { ink: dark.ink, bold: true, align: 'center', textPx: dp(15) },
        }),
        label(line(22, 46), t.feed.sensitiveNote, {
          id: stage.id('restricted_media_subtitle'),
          desc: t.feed.sensitiveNote,
          focusable: true,
          paint: { ink: dark.ink, align: 'center', textPx: dp(13) },
        }),
      ]),
      node(
        'Button',
        buttonBox,
        {
          id: stage.id('bottom_button'),
          desc: t.feed.seePost,
          clickable: true,
          focusable: true,
          onTap: () => stage.uncover(post),
        },
        [label(buttonBox, t.feed.seePost, { paint: { ink: dark.ink, align: 'center', textPx: dp(14) } })],
      ),
    ]),
  ]);
}

function footer(stage: Stage, post: Post): Item {
  const { board, t } = stage;
  const { dp } = board;
  const caption = `${post.author} ${post.caption}`;
  const lines = post.caption === '' ? 0 : lineCount(caption, board.width - dp(28), dp(14));
  const captionHeight = lines * dp(dps.textLine);
  const dateHeight = dp(20);
  return {
    height: dp(dps.postButtons) + captionHeight + dateHeight + dp(16),
    make: (bounds) => {
      const buttons = fromTop(bounds, dp(dps.postButtons));
      const captionBox = { ...bounds, left: dp(14), top: buttons.bottom, bottom: buttons.bottom + captionHeight };
      const dateBox = { ...bounds, top: captionBox.bottom + dp(4), bottom: captionBox.bottom + dp(4) + dateHeight };
      const date = t.ago(stage.host.clock.now() - post.at, post.at);
      const nameBox = fitText({ ...captionBox, bottom: captionBox.top + dp(dps.textLine) }, post.author, dp(14));
      return node('ViewGroup', bounds, { key: `footer:${post.id}` }, [
        buttonRow(stage, post, buttons),
        ...(lines === 0
          ? []
          : [
              node(
                textView,
                captionBox,
                { text: caption, focusable: true, paint: { ink: light.ink, textPx: dp(14) } },
                [
                  node('Button', nameBox, {
                    desc: post.author,
                    clickable: true,
                    focusable: true,
                    onTap: () => stage.openProfile(post.author),
                  }),
                ],
              ),
            ]),
        label(dateBox, date, { desc: date, focusable: true, paint: { ink: light.dim, textPx: dp(12) } }),
      ]);
    },
  };
}

/** The icons are Buttons that take no tap; the boxes around them do. A count stands beside its icon when there is one. */
function buttonRow(stage: Stage, post: Post, bounds: Rect): UiNode {
  const { board, t, world, actor, release } = stage;
  const { dp } = board;
  const isLiked = world.isLiked(actor.app, actor.account, post.id);
  const isSaved = world.isFavorite(actor.app, actor.account, post.id);
  const likedDesc = release.likedLabel === 'liked' ? t.feed.liked : t.feed.unlike;
  const cell = (width: number, onTap: () => void, icon: (box: Rect) => UiNode) => ({
    width,
    make: (box: Rect) => node('ViewGroup', box, { clickable: true, focusable: true, onTap }, [icon(box)]),
  });
  const count = (value: number, onTap: () => void) => {
    const text = t.count(value);
    return value === 0
      ? []
      : [
          {
            width: textWidth(text, dp(14)) + dp(4),
            make: (box: Rect) =>
              node('Button', box, {
                text,
                clickable: true,
                focusable: true,
                onTap,
                paint: { ink: light.ink, textPx: dp(13), align: 'left' },
              }),
          },
        ];
  };
  const icon =
    (id: string, desc: string, symbol: 'heart' | 'comment' | 'share', isOn = false) =>
    (box: Rect) =>
      node('Button', centerOf(box, dp(24), heightOf(box)), {
        id: stage.id(id),
        desc,
        selected: isOn,
        paint: { symbol, ink: isOn ? '#ff3040' : light.ink },
      });
  const comments = () => stage.openComments(post);
  const cells = row({ ...bounds, left: dp(12), right: bounds.right - dp(52) }, [
    cell(
      dp(33),
      () => stage.like(post),
      icon('row_feed_button_like', isLiked ? likedDesc : t.feed.like, 'heart', isLiked),
    ),
    ...count(world.likesOf(post), noop),
    cell(dp(41), comments, icon('row_feed_button_comment', t.feed.comment, 'comment')),
    ...count(world.commentCount(post), comments),
    ...(isSponsored(post)
      ? []
      : [
          cell(dp(45), noop, (box) =>
            image(centerOf(box, dp(28), heightOf(box)), { paint: { symbol: 'plus', ink: light.ink } }),
          ),
        ]),
    cell(dp(35), noop, icon('row_feed_button_share', t.feed.send, 'share')),
  ]);
  const save = { ...bounds, left: bounds.right - dp(51), right: bounds.right - dp(7), bottom: bounds.top + dp(42) };
  return node('ViewGroup', bounds, { id: stage.id('row_feed_view_group_buttons') }, [
    ...cells.filter((made) => made.bounds.right <= save.left),
    node('Button', save, {
      id: stage.id('row_feed_button_save'),
      desc: isSaved ? t.feed.unsave : t.feed.save,
      clickable: true,
      longClickable: true,
      focusable: true,
      selected: isSaved,
      onTap: () => stage.favorite(post),
      onLongPress: noop,
      paint: { symbol: 'bookmark', ink: light.ink },
    }),
  ]);
}

function adButton(stage: Stage, post: Post): Item {
  const { t } = stage;
  return {
    height: stage.board.dp(44),
    make: (bounds) =>
      node('ViewGroup', bounds, { id: stage.id('cta_container'), paint: { fill: light.soft } }, [
        node('ViewGroup', bounds, {
          text: t.feed.visitProfile,
          desc: t.feed.visitProfile,
          onTap: () => stage.openProfile(post.author),
          paint: { ink: light.ink, bold: true, textPx: stage.board.dp(14) },
        }),
      ]),
  };
}

/** What people think of the advertisement. It lies between the posts and takes no touch from them. */
function adQuestion(stage: Stage, post: Post): Item {
  const { t } = stage;
  const { dp } = stage.board;
  return {
    height: dp(126),
    make: (bounds) => {
      const card = { ...inset(bounds, dp(16), dp(8)) };
      const line = (top: number, height: number) => ({
        ...inset(card, dp(16), 0),
        top: card.top + dp(top),
        bottom: card.top + dp(top + height),
      });
      const half = Math.round((card.left + card.right) / 2);
      const pill = (box: Rect, id: string, text: string) =>
        node('LinearLayout', box, { id: stage.id(id) }, [
          node(
            'FrameLayout',
            inset(box, dp(8), dp(8)),
            { clickable: true, focusable: true, onTap: () => stage.answerAd(post) },
            [
              nest(
                inset(box, dp(8), dp(8)),
                [['FrameLayout'], ['FrameLayout', stage.id('igds_pill_layout')]],
                [
                  label(inset(box, dp(12), dp(12)), text, {
                    id: stage.id('igds_pill_label'),
                    paint: { ink: light.ink, align: 'center', textPx: dp(14) },
                  }),
                ],
              ),
            ],
          ),
        ]);
      const bottom = { ...card, top: card.bottom - dp(54) };
      const close = { ...card, left: card.right - dp(44), bottom: card.top + dp(44) };
      return node('RelativeLayout', bounds, { clickable: true, focusable: true, onTap: noop }, [
        node('ViewGroup', card, { id: stage.id('afi_view_container'), paint: { fill: light.soft, radiusPx: dp(12) } }, [
          label(line(8, 22), t.feed.adQuestion, {
            id: stage.id('afi_view_question'),
            paint: { ink: light.ink, bold: true, textPx: dp(14) },
          }),
          label(line(30, 20), t.feed.adQuestionNote, {
            id: stage.id('afi_view_question_description'),
            paint: { ink: light.dim, textPx: dp(12) },
          }),
          image(close, {
            id: stage.id('afi_view_close_button'),
            clickable: true,
            focusable: true,
            onTap: () => stage.answerAd(post),
            paint: { symbol: 'close', ink: light.dim },
          }),
          pill({ ...bottom, right: half }, 'afi_left_button_container', t.feed.notInterested),
          pill({ ...bottom, left: half }, 'afi_right_button_container', t.feed.interested),
        ]),
      ]);
    },
  };
}
