import type { UiNode } from '../../parts.ts';
import { label, node } from '../../screen.ts';
import type { Post } from '../../world.ts';
import { fitText } from '../board.ts';
import type { Stage } from '../stage.ts';
import { dark } from './frame.ts';

const noop = () => {};

/**
 * One video with its rail (avatar, like, comments, favourite, share, sound) and its caption; the same on the feed, the
 * friends tab and a video's own page. Labels sit on the Button, and inner nodes are clickable too, as in real trees.
 * `isCovered`: a panel lies over it; the app then takes rail and caption out of the tree and leaves the player.
 */
export function videoPanel(stage: Stage, post: Post, { isCovered = false }: { isCovered?: boolean } = {}): UiNode {
  const { board } = stage;
  const area = board.bottom(0, 0, 1080, 2208);
  const full = { ...area, top: 0 };
  return node('FrameLayout', full, { id: stage.stableId('view_rootview'), key: post.id }, [
    node('LinearLayout', full, {}, [
      node('FrameLayout', full, { id: stage.stableId('player_view'), paint: { pictureSeed: post.id } }, [
        node('android.view.SurfaceView', full),
      ]),
    ]),
    node('View', { ...full, top: board.bottom(0, 1900, 1080, 2208).top }, { id: stage.stableId('gradual_bottom') }),
    node('View', full, {
      id: stage.stableId('long_press_layout'),
      desc: stage.t.video.label,
      clickable: true,
      focusable: true,
      onTap: noop, // pauses the video: the same tree
    }),
    ...(isCovered
      ? []
      : [
          node('X.13er', full, { id: stage.stableId('widget_container') }, [
            node('X.13er', full, { id: stage.id('widget-layer') }, [
              rail(stage, post),
              caption(stage, post),
              ...(post.isAd ? [adSign(stage)] : []),
            ]),
          ]),
        ]),
  ]);
}

function rail(stage: Stage, post: Post): UiNode {
  const { board, t, world, actor } = stage;
  const { app, account } = actor;
  const author = world.profile(app, post.author);
  const isOwn = post.author === account;
  const isFollowed = world.relation(app, account, post.author) !== 'none';
  const isLiked = world.isLiked(app, account, post.id);
  const isFavorite = world.isFavorite(app, account, post.id);
  const likes = t.count(world.likesOf(post));
  const ink = dark.ink;
  const cell = (top: number, bottom: number, child: UiNode, onTap: () => void) =>
    node(
      'FrameLayout',
      board.bottom(912, top, 1080, bottom),
      { id: stage.id('rail-cell'), clickable: true, focusable: true, onTap },
      [child],
    );
  const openProfile = () =>
    isOwn ? stage.showTab('profile') : stage.open({ is: 'profile', username: post.author, scrolledRows: 0 });
  const openComments = () => stage.showSheet({ is: 'comments', post: post.id, text: '', scrolledRows: 0 });
  const share = () => stage.showSheet({ is: 'share', post: post.id });
  const like = () => stage.like(post);
  const favorite = () => stage.favorite(post);
  const name = author?.name ?? post.author;
  const likeDesc = !isLiked
    ? t.video.likeWithCount(likes)
    : stage.release.likedLabel === 'bare'
      ? t.video.like
      : t.video.likedWithCount(likes);

  const followOverAvatar = node(
    'Button',
    board.bottom(921, 1231, 1080, 1320),
    {
      id: stage.id('follow-over-avatar'),
      desc: t.video.followName(name),
      clickable: true,
      focusable: true,
      onTap: () => stage.follow(post.author),
    },
    [
      node('ImageView', board.bottom(964, 1242, 1037, 1305), {
        id: stage.id('follow-over-avatar-icon'),
        paint: { symbol: 'plus', fill: '#fe2c55', ink, radiusPx: board.px(36) },
      }),
    ],
  );
  const avatar = node(
    'RelativeLayout',
    board.bottom(911, 1142, 1080, 1320),
    { id: stage.id('avatar-frame'), clickable: true, focusable: true, onTap: openProfile },
    [
      node(
        'RelativeLayout',
        board.bottom(921, 1142, 1080, 1296),
        { id: stage.id('avatar-box'), clickable: true, focusable: true, onTap: openProfile },
        [
          node('ImageView', board.bottom(942, 1160, 1059, 1277), {
            id: stage.id('avatar'),
            desc: t.video.profileOf(name),
            clickable: true,
            focusable: true,
            onTap: openProfile,
            paint: { pictureSeed: `avatar:${post.author}`, radiusPx: board.px(58) },
          }),
        ],
      ),
      ...(isOwn || isFollowed ? [] : [followOverAvatar]),
    ],
  );

  return node('LinearLayout', board.bottom(0, 1121, 1080, 2115), { id: stage.id('rail') }, [
    node(
      'FrameLayout',
      board.bottom(911, 1121, 1080, 1320),
      { id: stage.id('rail-cell'), clickable: true, focusable: true, onTap: openProfile },
      [avatar],
    ),
    cell(
      1320,
      1478,
      node(
        'Button',
        board.bottom(912, 1320, 1080, 1478),
        {
          id: stage.id('like-or-share-button'),
          desc: likeDesc,
          clickable: true,
          longClickable: true,
          focusable: true,
          selected: isLiked,
          onTap: like,
        },
        [
          node(
            'FrameLayout',
            board.bottom(912, 1320, 1080, 1437),
            { id: stage.id('like-frame'), clickable: true, onTap: like },
            [
              node('ImageView', board.bottom(942, 1320, 1060, 1437), {
                id: stage.id('like-icon'),
                desc: t.video.like,
                selected: isLiked,
                paint: { symbol: 'heart', ink: isLiked ? '#fe2c55' : ink },
              }),
            ],
          ),
          node('RelativeLayout', board.bottom(912, 1437, 1080, 1475), {}, [
            node('Button', board.bottom(912, 1437, 1080, 1475), {
              id: stage.id('like-count'),
              text: likes,
              clickable: true,
              onTap: like,
              paint: { ink, align: 'center' },
            }),
          ]),
        ],
      ),
      like,
    ),
    cell(
      1478,
      1636,
      node(
        'Button',
        board.bottom(912, 1478, 1080, 1636),
        {
          id: stage.id('comment-button'),
          desc: t.video.comments(t.count(world.commentCount(post))),
          clickable: true,
          focusable: true,
          onTap: openComments,
        },
        [
          node(
            'FrameLayout',
            board.bottom(912, 1478, 1080, 1595),
            { id: stage.id('comment-frame'), clickable: true, onTap: openComments },
            [
              node('ImageView', board.bottom(959, 1495, 1043, 1579), {
                id: stage.id('comment-icon'),
                paint: { symbol: 'comment', ink },
              }),
            ],
          ),
          node('Button', board.bottom(912, 1595, 1080, 1633), {
            id: stage.id('comment-count'),
            text: t.count(world.commentCount(post)),
            clickable: true,
            onTap: openComments,
            paint: { ink, align: 'center' },
          }),
        ],
      ),
      openComments,
    ),
    cell(
      1636,
      1794,
      node(
        'FrameLayout',
        board.bottom(912, 1636, 1080, 1794),
        { id: stage.id('favorite-frame'), clickable: true, focusable: true, onTap: favorite },
        [
          // the label is on a child that is not clickable itself, and reads the same in both states
          node(
            'Button',
            board.bottom(912, 1636, 1080, 1794),
            { id: stage.id('favorite-button'), desc: t.video.favorite, selected: isFavorite },
            [
              node('ImageView', board.bottom(942, 1636, 1060, 1753), {
                id: stage.id('favorite-icon'),
                selected: isFavorite,
                paint: { symbol: 'bookmark', ink: isFavorite ? '#fbc02d' : ink },
              }),
              label(board.bottom(912, 1753, 1080, 1791), t.count(world.favoritesOf(post)), {
                id: stage.id('favorite-count'),
                paint: { ink, align: 'center' },
              }),
            ],
          ),
        ],
      ),
      favorite,
    ),
    cell(
      1794,
      1952,
      node(
        'FrameLayout',
        board.bottom(912, 1794, 1080, 1952),
        { id: stage.id('share-frame'), clickable: true, focusable: true, onTap: share },
        [
          // the same id as the like button: real builds do that
          node(
            'Button',
            board.bottom(912, 1794, 1080, 1952),
            {
              id: stage.id('like-or-share-button'),
              desc: t.video.share(t.count(post.shares)),
              clickable: true,
              focusable: true,
              onTap: share,
            },
            [
              node('ImageView', board.bottom(959, 1810, 1043, 1894), {
                id: stage.id('share-icon'),
                paint: { symbol: 'share', ink },
              }),
              label(board.bottom(922, 1894, 1080, 1949), t.count(post.shares), {
                id: stage.id('share-count'),
                paint: { ink, align: 'center' },
              }),
            ],
          ),
        ],
      ),
      share,
    ),
    node('Button', board.bottom(912, 1955, 1080, 2115), {
      id: stage.id('sound-button'),
      desc: t.video.sound(post.sound ?? 'original sound', name),
      clickable: true,
      onTap: noop,
      paint: { symbol: 'music', ink },
    }),
  ]);
}

/** What a paid post carries more: the word, and the button that leads out of the app. */
function adSign(stage: Stage): UiNode {
  const { board, t } = stage;
  return node('FrameLayout', board.bottom(32, 1700, 870, 1850), {}, [
    label(board.bottom(32, 1700, 200, 1744), t.ad, { id: stage.id('ad-label'), paint: { ink: dark.ink } }),
    node('Button', board.bottom(32, 1756, 640, 1850), {
      id: stage.id('ad-button'),
      text: t.learnMore,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { fill: '#fe2c55', ink: dark.ink, align: 'center' },
    }),
  ]);
}

/** Name, age and text at the bottom left. The age ("· 2s ago") is what tells a fresh post from an old one. */
function caption(stage: Stage, post: Post): UiNode {
  const { board, t, world, actor } = stage;
  const name = world.profile(actor.app, post.author)?.name ?? post.author;
  const openProfile = () =>
    post.author === actor.account
      ? stage.showTab('profile')
      : stage.open({ is: 'profile', username: post.author, scrolledRows: 0 });
  const hasText = post.caption !== '';
  const nameRow = board.bottom(32, hasText ? 1871 : 2040, 870, hasText ? 1929 : 2098);
  const nameBox = fitText(nameRow, name, board.px(42));
  const age = `· ${t.ago(stage.host.clock.now() - post.at)}`;
  return node('FrameLayout', board.bottom(0, hasText ? 1861 : 2030, 870, 2115), { id: stage.id('caption-area') }, [
    node('LinearLayout', nameRow, { id: stage.id('author-row') }, [
      node('Button', nameBox, {
        id: stage.stableId('title'),
        text: name,
        clickable: true,
        focusable: true,
        onTap: openProfile,
        paint: { ink: dark.ink, bold: true },
      }),
      label(fitText({ ...nameRow, left: nameBox.right + board.px(12) }, age, board.px(38)), age, {
        id: stage.id('age-text'),
        paint: { ink: dark.dim },
      }),
    ]),
    ...(hasText
      ? [
          node('LinearLayout', board.bottom(32, 1940, 870, 2042), { clickable: true, focusable: true, onTap: noop }, [
            node('com.bytedance.tux.input.TuxTextLayoutView', board.bottom(32, 1940, 870, 2042), {
              id: stage.stableId('desc'),
              text: post.caption,
              clickable: true,
              focusable: true,
              onTap: noop,
              paint: { ink: dark.ink, textPx: board.px(38) },
            }),
          ]),
        ]
      : []),
  ]);
}
