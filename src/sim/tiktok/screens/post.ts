import type { UiNode } from '../../parts.ts';
import { button, label, node, textField } from '../../screen.ts';
import { published } from '../../sounds.ts';
import type { Draft } from '../../upload.ts';
import { productUrl } from '../links.ts';
import { captionLimit, nextPost, type PostInput, type PostPage } from '../page.ts';
import type { Stage } from '../stage.ts';
import { backButton, light, subPage } from './frame.ts';

/**
 * The last screen before publishing. With the keyboard down, "Drafts" and "Post" stand at the bottom; while the caption is
 * being typed they are gone, "Post" is in the title bar, and a counter and "Collapse" appear. An empty caption shows its
 * hint as its text. Photo posts have a title field above the caption; videos have their cover beside it.
 */
export function drawPost(stage: Stage, page: PostPage, sheet: readonly UiNode[]): UiNode {
  const { board, t } = stage;
  const isTyping = stage.host.ui.isKeyboardShown;
  const hasTitle = page.media.every((item) => item.kind === 'image');
  const body = [
    ...(hasTitle ? photoFields(stage, page, isTyping) : videoFields(stage, page, isTyping)),
    ...captionTools(stage, isTyping, hasTitle),
    ...options(stage, page, hasTitle ? 1_185 : 860, isTyping),
  ];
  return subPage(stage, [
    node('RelativeLayout', board.app, { id: stage.id('post-frame') }, [
      node('ScrollView', board.between(0, 253, 1080, 2147), { id: stage.id('post-scroll'), focusable: true }, [
        node('LinearLayout', board.between(0, 253, 1080, 2147), {}, body),
      ]),
      node('FrameLayout', board.top(0, 136, 1080, 252), { id: stage.id('post-title-bar') }, [
        backButton(stage, board.top(16, 136, 131, 252), light.ink, 'Button'),
        ...(isTyping
          ? [
              button(board.top(846, 152, 1038, 236), t.post.post, () => post(stage, page), {
                id: stage.id('post-post-top'),
                paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
              }),
            ]
          : []),
      ]),
      ...(isTyping ? [] : [bottomButtons(stage, page)]),
    ]),
    ...sheet,
  ]);
}

/** What would be published now. */
export const draftOf = (stage: Stage, page: PostPage): Draft => ({
  account: stage.actor.account,
  media: page.media,
  // a photo post's title is a line of its own above the description
  caption: page.title === '' ? page.caption : `${page.title}\n${page.caption}`,
  ...published(page.sound, { hasOwnSound: page.media[0]?.kind === 'video' }),
  placement: null,
  productLink: page.product ? productUrl(page.product) : null,
  aiLabel: page.aiLabel,
});

function post(stage: Stage, page: PostPage): void {
  step(stage, page, { is: 'post', needsConfirmation: stage.wantsConfirmation });
}

/** One input for the page: shows the dialog or lets the draft go, each exactly once. */
export function step(stage: Stage, page: PostPage, input: PostInput): void {
  const next = nextPost(page, input);
  if (next === page) return;
  stage.become(next);
  if (next.step === 'confirming') stage.showDialog('confirm-post');
  if (next.step === 'leaving') stage.publish(draftOf(stage, next));
}

function bottomButtons(stage: Stage, page: PostPage): UiNode {
  const { board, t } = stage;
  return node(
    'RelativeLayout',
    board.bottom(0, 2147, 1080, 2337),
    { id: stage.id('post-bottom'), onTap: () => {}, paint: { fill: light.paper } },
    [
      node('LinearLayout', board.bottom(32, 2179, 1048, 2305), { id: stage.id('post-buttons') }, [
        button(board.bottom(32, 2179, 529, 2305), t.post.drafts, () => stage.saveDraft(draftOf(stage, page)), {
          id: stage.id('post-drafts'),
          paint: { fill: '#f0f0f0', ink: light.ink, radiusPx: board.px(12), align: 'center' },
        }),
        button(board.bottom(550, 2179, 1048, 2305), t.post.post, () => post(stage, page), {
          id: stage.id('post-post'),
          paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
        }),
      ]),
    ],
  );
}

function videoFields(stage: Stage, page: PostPage, isTyping: boolean): UiNode[] {
  const { board, t } = stage;
  return [
    textField(board.top(42, 274, 673, isTyping ? 617 : 681), {
      id: stage.id('post-caption'),
      text: page.caption,
      hint: t.post.descriptionHint,
      onText: (text) => stage.become(nextPost(page, { is: 'caption', text })),
      paint: { ink: page.caption === '' ? light.dim : light.ink, textPx: board.px(42) },
    }),
    ...(isTyping ? [counter(stage, page, 42, 618)] : []),
    node('ImageView', board.top(715, 274, 1038, 665), {
      id: stage.id('post-cover'),
      desc: stage.loose('cover', t.post.cover),
      clickable: true,
      focusable: true,
      onTap: () => {},
      paint: { pictureSeed: page.media[0]?.sha256 ?? 'empty', radiusPx: board.px(12) },
    }),
    node(
      'FrameLayout',
      board.top(715, 579, 1038, 665),
      { id: stage.id('post-cover-text'), clickable: true, onTap: () => {} },
      [label(board.top(730, 590, 1023, 650), t.post.editCover, { paint: { ink: '#ffffff', align: 'center' } })],
    ),
  ];
}

function photoFields(stage: Stage, page: PostPage, isTyping: boolean): UiNode[] {
  const { board, t } = stage;
  const size = isTyping ? 111 : 278;
  const top = isTyping ? 417 : 584;
  const covers = page.media.slice(0, 3).map((item, index) =>
    node('FrameLayout', board.top(42 + index * (size + 12), 274, 42 + index * (size + 12) + size, 274 + size), {}, [
      node('ImageView', board.top(42 + index * (size + 12), 274, 42 + index * (size + 12) + size, 274 + size), {
        id: stage.id('post-cover'),
        clickable: true,
        longClickable: true,
        focusable: true,
        onTap: () => {},
        paint: { pictureSeed: item.sha256 },
      }),
      ...(index === 0 && !isTyping
        ? [
            label(board.top(42, 274, 190, 332), t.post.cover, {
              id: stage.id('post-cover-text'),
              paint: { ink: '#ffffff' },
            }),
          ]
        : []),
    ]),
  );
  return [
    node(
      'androidx.recyclerview.widget.RecyclerView',
      board.top(0, 274, 1080, 274 + size),
      { id: stage.id('post-cover-list'), focusable: true },
      covers,
    ),
    textField(board.top(42, top, 1038, top + 53), {
      id: stage.id('post-title'),
      text: page.title,
      hint: t.post.titleHint,
      onText: (text) => stage.become(nextPost(page, { is: 'title', text })),
      paint: { ink: page.title === '' ? light.dim : light.ink, bold: true },
    }),
    textField(board.top(42, top + 107, 1038, 1059), {
      id: stage.id('post-caption'),
      text: page.caption,
      hint: t.post.longDescriptionHint,
      onText: (text) => stage.become(nextPost(page, { is: 'caption', text })),
      paint: { ink: page.caption === '' ? light.dim : light.ink, textPx: board.px(42) },
    }),
    ...(isTyping ? [counter(stage, page, 42, 1059)] : []),
  ];
}

function counter(stage: Stage, page: PostPage, left: number, top: number): UiNode {
  return label(stage.board.top(left, top, left + 220, top + 63), `${page.caption.length}/${captionLimit}`, {
    id: stage.id('post-caption-counter'),
    paint: { ink: light.dim },
  });
}

function captionTools(stage: Stage, isTyping: boolean, hasTitle: boolean): UiNode[] {
  const { board, t } = stage;
  const top = hasTitle ? (isTyping ? 1_143 : 1_080) : 705;
  const tool = (left: number, right: number, id: 'post-hashtag' | 'post-mention' | 'post-ideas', text?: string) =>
    node('Button', board.top(left, top, right, top + 74), {
      id: stage.id(id),
      ...(text === undefined ? {} : { text }),
      clickable: true,
      focusable: true,
      onTap: () => {},
      paint: { fill: '#f0f0f0', ink: light.ink, radiusPx: board.px(12), align: 'center' },
    });
  return [
    node('LinearLayout', board.top(42, top, 964, top + 74), { id: stage.id('post-tools') }, [
      tool(42, 116, 'post-hashtag'),
      tool(137, 211, 'post-mention', t.post.mention),
      tool(232, isTyping ? 596 : 306, 'post-ideas', isTyping ? t.post.ideas : undefined),
    ]),
    ...(isTyping
      ? [
          node('Button', board.top(964, top, 1038, top + 74), {
            id: stage.id('post-collapse'),
            desc: t.post.collapse,
            clickable: true,
            focusable: true,
            onTap: () => stage.host.ui.blur(),
            paint: { symbol: 'back', ink: light.ink },
          }),
        ]
      : []),
  ];
}

function options(stage: Stage, page: PostPage, from: number, isTyping: boolean): UiNode[] {
  const { board, t } = stage;
  const { hasMoreOptionsNote } = stage.release;
  const { account, app } = stage.actor;
  const hasAddLink = stage.release.hasAddLink || stage.world.showcase(app, account).length > 0;
  let top = from + (isTyping ? 63 : 0);
  const nodes: UiNode[] = [];
  const row = (
    text: string,
    desc: string | undefined,
    className: string,
    {
      extra = [],
      height = 130,
      onTap = () => {},
    }: { extra?: readonly UiNode[]; height?: number; onTap?: () => void } = {},
  ) => {
    const at = top;
    nodes.push(
      node(
        className,
        board.top(0, at, 1080, at + height),
        {
          id: stage.id('post-row'),
          ...(desc === undefined ? {} : { desc }),
          clickable: true,
          focusable: true,
          onTap,
        },
        [
          node('ImageView', board.top(42, at + 44, 84, at + 86), { id: stage.id('post-row-icon') }),
          label(board.top(100, at + 40, 960, at + 90), text, {
            id: stage.id('post-row-text'),
            paint: { ink: light.ink },
          }),
          ...extra,
        ],
      ),
    );
    top += height;
  };
  row(t.post.location, undefined, 'ViewGroup', {
    extra: [
      node('ImageView', board.top(300, top + 38, 353, top + 91), {
        desc: t.post.moreInfo,
        clickable: true,
        focusable: true,
        onTap: () => {},
      }),
    ],
  });
  if (hasAddLink) {
    // what was added stands where the invitation to add it stood
    const link = page.product?.title ?? t.post.addLink;
    row(link, link, 'Button', { onTap: () => stage.showSheet({ is: 'add-link' }) });
  }
  row(t.post.everyone, t.post.everyone, 'Button');
  // the second line is part of the button's description in the releases that show it
  row(
    t.post.moreOptions,
    hasMoreOptionsNote ? `${t.post.moreOptions}, ${t.post.moreOptionsNote}` : t.post.moreOptions,
    'Button',
    { onTap: () => stage.showSheet({ is: 'post-options' }) },
  );
  nodes.push(
    node('LinearLayout', board.top(0, top, 1080, top + 127), { clickable: true, onTap: () => {} }, [
      label(board.top(100, top + 38, 400, top + 88), t.post.shareTo, { paint: { ink: light.ink } }),
      node('RadioGroup', board.top(784, top + 16, 1038, top + 111), {}, [
        node('RadioButton', board.top(816, top + 16, 911, top + 111), {
          desc: 'sms',
          clickable: true,
          checkable: true,
          onTap: () => {},
        }),
      ]),
    ]),
  );
  return nodes;
}
