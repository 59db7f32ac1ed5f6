import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromBottom, fromTop, image, label, node, textField } from '../../screen.ts';
import type { Comment, Post } from '../../world.ts';
import { fitText, lineCount, textWidth } from '../board.ts';
import { type CommentsSheet, commentLimit, cutText } from '../page.ts';
import type { Stage } from '../stage.ts';
import { bottomSheet, centerOf, light, noop } from './frame.ts';
import { type Item, list } from './list.ts';
import { emptyState } from './profile-parts.ts';

const reactions = ['❤️', '🙌', '🔥', '👏', '😢', '😍', '😮', '😂'];

/** The comments over the page. "Post" exists only while there is text; the sheet has no close button, Back closes it. */
export function drawComments(stage: Stage, sheet: CommentsSheet): UiNode {
  const { board, t, world } = stage;
  const { ui } = stage.host;
  const post = world.post(sheet.post);
  return bottomSheet(stage, {
    title: t.comments.title,
    // it grows to the top while somebody types
    height: ui.isKeyboardShown ? 'full' : Math.round((board.area.bottom - board.area.top) * 0.72),
    children: (content) =>
      post ? [body(stage, sheet, post, { ...content, bottom: Math.min(content.bottom, ui.keyboardTop) })] : [],
  });
}

function body(stage: Stage, sheet: CommentsSheet, post: Post, area: Rect): UiNode {
  const { dp } = stage.board;
  if (post.commentsOff) {
    return node('LinearLayout', area, {}, [
      emptyState(stage, area, { id: 'comment_empty_state_view', title: stage.t.comments.off, text: '' }),
    ]);
  }
  const composer = fromBottom(area, dp(47));
  const emojis = { ...area, top: composer.top - dp(43), bottom: composer.top };
  const rows = { ...area, bottom: emojis.top - 1 };
  return node('LinearLayout', area, {}, [
    node('FrameLayout', rows, { id: stage.id('list_view_container') }, [
      node('ViewGroup', rows, { id: stage.id('main_list_view') }, [comments(stage, sheet, post, rows)]),
    ]),
    node('View', { ...emojis, top: rows.bottom, bottom: emojis.top }, { paint: { fill: light.line } }),
    reactionRow(stage, sheet, emojis),
    composerRow(stage, sheet, post, composer),
  ]);
}

function comments(stage: Stage, sheet: CommentsSheet, post: Post, area: Rect): UiNode {
  const { t, world, actor } = stage;
  const all = world.commentsOn(post.id);
  const pending = stage.pendingComment(post.id);
  if (all.length === 0 && pending === undefined) {
    return emptyState(stage, area, {
      id: 'comment_empty_state_view',
      title: t.comments.none,
      text: t.comments.noneNote,
    });
  }
  const { dp } = stage.board;
  const hasMore = all.length > sheet.loaded;
  const items: Item[] = [
    ...(pending === undefined ? [] : [commentRow(stage, { author: actor.account, text: pending, key: 'pending' })]),
    ...all.slice(0, sheet.loaded).map((comment) => commentRow(stage, { ...comment, key: comment.id, comment })),
    ...(hasMore || sheet.isLoadingMore
      ? [
          {
            height: dp(56),
            make: (bounds: Rect) =>
              node('FrameLayout', bounds, {}, [
                sheet.isLoadingMore
                  ? node('ProgressBar', centerOf(bounds, dp(24)))
                  : node('Button', centerOf(bounds, dp(44)), {
                      id: stage.id('row_load_more_button'),
                      desc: t.comments.loadMore,
                      clickable: true,
                      focusable: true,
                      onTap: () => stage.loadMoreComments(sheet),
                      paint: { symbol: 'plus', ink: light.ink },
                    }),
              ]),
          },
        ]
      : []),
  ];
  return node('ViewGroup', area, { id: stage.id('recycler_view_container_id'), enabled: false }, [
    list(area, items, {
      id: stage.id('sticky_header_list'),
      offset: sheet.offset,
      onScroll: (offset) => stage.showSheet({ ...sheet, offset }),
      onEnd: () => {
        if (hasMore) stage.loadMoreComments(sheet);
      },
    }),
  ]);
}

interface Shown {
  author: string;
  text: string;
  key: string;
  /** Undefined while it is on its way. */
  comment?: Comment;
}

function commentRow(stage: Stage, { author, text, key, comment }: Shown): Item {
  const { board, t, release } = stage;
  const { dp } = board;
  const width = board.width - dp(112);
  const textHeight = dp(18) + dp(17) * lineCount(text, width, dp(14));
  return {
    height: dp(12) + textHeight + dp(31),
    make: (bounds) => {
      const block = { left: dp(56), top: bounds.top, right: board.width - dp(56), bottom: bounds.bottom };
      const words = { ...block, top: bounds.top + dp(12), bottom: bounds.top + dp(12) + textHeight };
      const name = fitText({ ...words, left: words.left + dp(9), bottom: words.top + dp(16) }, author, dp(13));
      const under = { ...block, top: words.bottom, bottom: words.bottom + dp(31) };
      const avatar = { left: dp(16), top: bounds.top + dp(16), right: dp(52), bottom: bounds.top + dp(52) };
      const likeBox = {
        left: board.width - dp(56),
        top: bounds.top,
        right: board.width,
        bottom: Math.min(bounds.bottom, bounds.top + dp(64)),
      };
      const openAuthor = () => {
        stage.showSheet(undefined);
        stage.openProfile(author);
      };
      const replyText = comment ? t.comments.reply : t.comments.posting;
      const reply = {
        ...under,
        left: under.left + dp(9),
        right: under.left + dp(9) + textWidth(replyText, dp(12)) + dp(12),
      };
      // newer trees tell who wrote it and nothing of what; the words are drawn all the same
      const shown = release.hasCommentText ? `${author} ${text}` : `${author} `;
      return node('ViewGroup', bounds, { key: `comment:${key}` }, [
        node('ViewGroup', bounds, {}, [
          image(avatar, {
            desc: t.comments.profileOf(author),
            clickable: true,
            focusable: true,
            onTap: openAuthor,
            paint: { pictureSeed: `avatar:${author}`, radiusPx: dp(18) },
          }),
          node('ViewGroup', block, {}, [
            node(
              'ViewGroup',
              words,
              {
                ...(release.hasCommentText ? { id: stage.id('row_comment_textview_comment') } : {}),
                text: shown,
                desc: shown,
                paint: { ink: '#00000000', textPx: 6 },
              },
              [
                node('Button', name, {
                  text: author,
                  clickable: true,
                  focusable: true,
                  onTap: openAuthor,
                  paint: { ink: light.ink, bold: true, align: 'left', textPx: dp(13) },
                }),
                label({ ...words, top: name.bottom, left: name.left }, text, {
                  drawnOnly: true,
                  paint: { ink: light.ink, textPx: dp(14) },
                }),
              ],
            ),
            comment
              ? node('Button', reply, {
                  text: replyText,
                  desc: replyText,
                  clickable: true,
                  focusable: true,
                  onTap: noop,
                  paint: { ink: light.dim, textPx: dp(12) },
                })
              : label(reply, replyText, { paint: { ink: light.dim, textPx: dp(12) } }),
          ]),
          ...(comment ? [likeButton(stage, comment, likeBox)] : []),
        ]),
      ]);
    },
  };
}

function likeButton(stage: Stage, comment: Comment, bounds: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const props = { clickable: true, focusable: true, onTap: noop };
  if (comment.likes > 0) {
    const words = t.comments.likes(t.count(comment.likes));
    return node('Button', bounds, {
      ...props,
      longClickable: true,
      onLongPress: noop,
      text: words,
      desc: words,
      paint: { ink: '#00000000' },
    });
  }
  return node('Button', bounds, { ...props, desc: t.comments.tapToLike }, [
    image({ ...bounds, bottom: bounds.bottom - dp(16) }, { desc: t.comments.like }),
  ]);
}

function reactionRow(stage: Stage, sheet: CommentsSheet, bounds: Rect): UiNode {
  const { dp } = stage.board;
  const cells = columns(
    bounds,
    reactions.map(() => 'rest' as const),
  );
  return node(
    'ViewGroup',
    bounds,
    {
      id: stage.id('above_composer_views'),
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { fill: light.paper },
    },
    [
      node('ViewGroup', fromTop(bounds, 1)),
      node(
        'ViewGroup',
        { ...bounds, top: bounds.top + 1 },
        {},
        reactions.map((emoji, index) => {
          const box = centerOf(cells[index] ?? bounds, dp(36));
          return node('FrameLayout', box, {}, [
            image(box, {
              id: stage.id('item_emoji'),
              desc: emoji,
              clickable: true,
              focusable: true,
              onTap: () => stage.showSheet({ ...sheet, text: cutText(sheet.text + emoji, commentLimit) }),
            }),
            label(box, emoji, { drawnOnly: true, paint: { align: 'center', textPx: dp(22) } }),
          ]);
        }),
      ),
    ],
  );
}

/** A composer that is empty offers a sticker; one that holds words offers to post them. */
function composerRow(stage: Stage, sheet: CommentsSheet, post: Post, bounds: Rect): UiNode {
  const { board, t, release, world } = stage;
  const { dp } = board;
  const hasText = sheet.text.trim() !== '';
  const isFirst = world.commentsOn(post.id).length === 0;
  const boxed = { left: dp(56), top: bounds.top, right: board.width - dp(14), bottom: bounds.top + dp(36) };
  const field = { ...boxed, right: hasText ? board.width - dp(76) : board.width - dp(94) };
  const input = textField(field, {
    id: stage.id('layout_comment_thread_edittext'),
    text: sheet.text,
    hint: isFirst ? t.comments.firstHint(post.author) : t.comments.hint,
    onText: (text) => stage.showSheet({ ...sheet, text: cutText(text, commentLimit) }),
    paint: { ink: light.ink, textPx: dp(14) },
  });
  const autoComplete: UiNode = { ...input, class: 'android.widget.AutoCompleteTextView' };
  const send = () => {
    stage.host.ui.blur();
    stage.comment(post, sheet.text.trim());
  };
  const postButton = image(
    { left: field.right, top: bounds.top + dp(4), right: field.right + dp(46), bottom: bounds.top + dp(32) },
    {
      id: stage.id('layout_comment_thread_post_button_icon'),
      desc: t.comments.post,
      clickable: true,
      focusable: true,
      onTap: send,
      paint: { fill: light.accent, radiusPx: dp(14) },
    },
  );
  const sticker = node(
    'Button',
    { left: field.right, top: bounds.top + dp(6), right: field.right + dp(40), bottom: bounds.top + dp(30) },
    {
      id: stage.id('comment_composer_animated_image_picker_button'),
      desc: t.comments.sticker,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { symbol: 'heart', ink: light.dim },
    },
  );
  const right = hasText ? postButton : sticker;
  return node(
    'ViewGroup',
    bounds,
    {
      id: stage.id(release.hasBoxedComposer ? 'comment_composer_parent_updated' : 'comment_composer_parent'),
      onTap: noop,
      paint: { fill: light.paper },
    },
    [
      image(
        { left: dp(12), top: bounds.top, right: dp(48), bottom: bounds.top + dp(36) },
        {
          id: stage.id('comment_composer_left_image_view'),
          desc: t.comments.ownPicture,
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { pictureSeed: `avatar:${stage.actor.account}`, radiusPx: dp(18) },
        },
      ),
      ...(release.hasBoxedComposer
        ? [
            node(
              'ViewGroup',
              boxed,
              { id: stage.id('comment_composer_text_parent'), paint: { fill: light.soft, radiusPx: dp(18) } },
              [autoComplete, right],
            ),
          ]
        : [autoComplete, right]),
      node('View', fromBottom(bounds, dp(8)), { id: stage.id('comments_composer_bottom_padding') }),
    ],
  );
}
