import type { UiNode } from '../../parts.ts';
import { label, node, textField } from '../../screen.ts';
import type { Comment } from '../../world.ts';
import { fitText } from '../board.ts';
import { clamp, type Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light } from './frame.ts';

type CommentsSheet = Extract<Sheet, { is: 'comments' }>;

const noop = () => {};

/** TikTok's limit for a comment. */
const commentLimit = 150;

/** The comments over the lower part of a video. The send button exists only while there is text to send. */
export function drawComments(stage: Stage, sheet: CommentsSheet): UiNode[] {
  const { board, t, world } = stage;
  const post = world.post(sheet.post);
  if (!post) return [];
  const close = () => stage.showSheet(undefined);
  const barBottom = stage.host.ui.isKeyboardShown ? stage.host.ui.keyboardTop : board.navigationBar.top;
  const barTop = barBottom - board.px(159);
  const panel = { ...board.between(0, 841, 1080, 2337), bottom: barBottom };
  const listArea = { ...panel, top: board.top(0, 957, 1080, 957).top, bottom: barTop };
  const comments = world.commentsOn(post.id);
  const rowHeight = board.px(213);
  return [
    node('FrameLayout', board.app, { id: stage.id('comments-frame') }, [
      node(
        'View',
        { ...board.app, bottom: panel.top },
        { id: stage.id('comments-shade'), clickable: true, focusable: true, onTap: close },
      ),
      node(
        'LinearLayout',
        panel,
        { id: stage.stableId('viewpager_container'), onTap: noop, onSwipe: noop, paint: { fill: light.paper } },
        [
          node('FrameLayout', board.top(0, 841, 1080, 957), {}, [
            node(
              'LinearLayout',
              board.top(0, 841, 1080, 957),
              { id: stage.id('comments-title-frame'), clickable: true, focusable: true, onTap: noop },
              [
                label(board.top(380, 841, 700, 957), t.comments.title(t.count(world.commentCount(post))), {
                  id: stage.id('comments-title'),
                  paint: { ink: light.ink, align: 'center', bold: true },
                }),
              ],
            ),
          ]),
          post.commentsOff
            ? label({ ...listArea, bottom: listArea.top + board.px(120) }, t.comments.off, {
                paint: { ink: light.dim, align: 'center' },
              })
            : comments.length === 0
              ? label({ ...listArea, bottom: listArea.top + board.px(120) }, t.comments.empty, {
                  paint: { ink: light.dim, align: 'center' },
                })
              : node(
                  'androidx.recyclerview.widget.RecyclerView',
                  listArea,
                  {
                    id: stage.id('comments-list'),
                    focusable: true,
                    scrollable: true,
                    onSwipe: ({ dy }) =>
                      stage.showSheet({
                        ...sheet,
                        scrolledRows: clamp(
                          sheet.scrolledRows + (Math.round(-dy / rowHeight) || (dy < 0 ? 1 : -1)),
                          comments.length,
                        ),
                      }),
                  },
                  comments
                    .slice(sheet.scrolledRows)
                    .slice(0, Math.max(0, Math.floor((listArea.bottom - listArea.top) / rowHeight)))
                    .map((comment, index) => row(stage, comment, 957 + index * 213)),
                ),
          ...(post.commentsOff ? [] : [bar(stage, sheet, barTop, barBottom)]),
          node('ImageView', board.top(842, 846, 958, 962), {
            id: stage.id('comments-sort'),
            desc: t.comments.sort,
            clickable: true,
            focusable: true,
            onTap: noop,
          }),
          node('ImageView', board.top(975, 867, 1048, 940), {
            id: stage.id('comments-close'),
            desc: t.close,
            clickable: true,
            focusable: true,
            onTap: close,
            paint: { symbol: 'close', ink: light.ink },
          }),
        ],
      ),
    ]),
  ];
}

function row(stage: Stage, comment: Comment, top: number): UiNode {
  const { board, t, world, actor } = stage;
  const name = world.profile(actor.app, comment.author)?.name ?? comment.author;
  return node(
    'FrameLayout',
    board.top(0, top, 1080, top + 213),
    { id: stage.id('comments-row'), key: `comment:${comment.id}` },
    [
      node('ViewGroup', board.top(0, top, 1080, top + 213), {}, [
        node('Button', fitText(board.top(155, top + 21, 900, top + 63), name, board.px(38)), {
          id: stage.stableId('title'),
          text: name,
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { ink: light.dim },
        }),
        label(board.top(155, top + 68, 1048, top + 129), comment.text, {
          id: stage.id('comments-text'),
          focusable: true,
          paint: { ink: light.ink },
        }),
        node(
          'Button',
          board.top(819, top + 129, 971, top + 192),
          { id: stage.id('comments-like'), desc: stage.loose('comment-like', t.comments.like), onTap: noop },
          [
            node('ImageView', board.top(845, top + 129, 898, top + 192), {
              paint: { symbol: 'heart', ink: light.dim },
            }),
            ...(comment.likes > 0
              ? [
                  label(board.top(903, top + 129, 971, top + 192), t.count(comment.likes), {
                    id: stage.id('comments-like-count'),
                    paint: { ink: light.dim },
                  }),
                ]
              : []),
          ],
        ),
        node(
          'Button',
          board.top(971, top + 129, 1075, top + 192),
          { id: stage.id('comments-dislike'), desc: stage.loose('comment-dislike', t.comments.dislike), onTap: noop },
          [node('ImageView', board.top(971, top + 129, 1075, top + 192), { desc: t.comments.thumbsUp })],
        ),
        node('ImageView', board.top(35, top + 34, 130, top + 129), {
          id: stage.id('comments-avatar'),
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { pictureSeed: `avatar:${comment.author}`, radiusPx: board.px(48) },
        }),
        label(board.top(155, top + 140, 230, top + 179), t.age(stage.host.clock.now() - comment.at), {
          id: stage.id('comments-age'),
          paint: { ink: light.dim },
        }),
        node('Button', board.top(242, top + 137, 380, top + 179), {
          id: stage.id('comments-reply'),
          text: t.comments.reply,
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { ink: light.dim },
        }),
      ]),
    ],
  );
}

function bar(stage: Stage, sheet: CommentsSheet, top: number, bottom: number): UiNode {
  const { board, t, world } = stage;
  const { px } = board;
  const box = (left: number, from: number, right: number, to: number) => ({
    left: px(left),
    top: top + px(from),
    right: px(right),
    bottom: top + px(to),
  });
  const post = world.post(sheet.post);
  const { image } = sheet;
  const hasText = sheet.text.trim() !== '' || image !== undefined;
  const send = () => {
    if (!post || !stage.comment(post, sheet.text, image?.sha256 ?? null)) return;
    stage.host.ui.blur();
    stage.showSheet({ ...sheet, text: '', image: undefined, scrolledRows: 0 });
  };
  const icons = [
    node('Button', box(732, 32, 832, 127), {
      id: stage.id('comments-photo'),
      desc: stage.loose('comment-photo', t.comments.photo),
      clickable: true,
      focusable: true,
      onTap: () => stage.openGallery({ post: sheet.post, text: sheet.text }),
    }),
    node('ImageView', box(837, 32, 932, 127), {
      id: stage.id('comments-sticker'),
      desc: t.comments.stickers,
      clickable: true,
      focusable: true,
      onTap: noop,
    }),
    node('ImageView', box(937, 32, 1032, 127), {
      id: stage.id('comments-mention'),
      desc: t.comments.mention,
      clickable: true,
      focusable: true,
      onTap: noop,
    }),
  ];
  return node(
    'FrameLayout',
    { ...board.app, top, bottom },
    { id: stage.id('comments-bar'), onTap: noop, paint: { fill: light.paper } },
    [
      node('ImageView', box(32, 35, 127, 130), {
        id: stage.id('comments-bar-avatar'),
        paint: { pictureSeed: `avatar:${stage.actor.account}`, radiusPx: px(48) },
      }),
      textField(box(189, 22, hasText ? 890 : 721, 104), {
        id: stage.id('comments-input'),
        text: sheet.text,
        hint: t.comments.hint,
        onText: (text) => stage.showSheet({ ...sheet, text: [...text].slice(0, commentLimit).join('') }),
        paint: { ink: sheet.text === '' ? light.dim : light.ink },
      }),
      ...(image
        ? [
            node('ImageView', box(32, -150, 162, -20), {
              id: stage.id('comments-image'),
              desc: t.comments.removePhoto,
              clickable: true,
              onTap: () => stage.showSheet({ ...sheet, image: undefined }),
              paint: { pictureSeed: image.sha256 },
            }),
          ]
        : []),
      ...(hasText
        ? [
            node('Button', box(911, 22, 1048, 106), {
              id: stage.id('comments-send'),
              desc: stage.loose('comment-send', t.comments.send),
              clickable: true,
              focusable: true,
              onTap: send,
              paint: { fill: light.accent, symbol: 'share', ink: '#ffffff', radiusPx: px(42) },
            }),
          ]
        : icons),
    ],
  );
}
