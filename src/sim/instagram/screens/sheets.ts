import type { Rect, UiNode } from '../../parts.ts';
import { fromTop, image, inset, label, node } from '../../screen.ts';
import { fitText } from '../board.ts';
import type { Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { drawAudio, drawAudioTrim } from './audio.ts';
import { drawComments } from './comments.ts';
import { bottomSheet, centerOf, light, noop, recycler } from './frame.ts';

/** What lies over the lower part of the page, in the same window. */
export function drawSheet(stage: Stage, sheet: Sheet | undefined): UiNode[] {
  switch (sheet?.is) {
    case 'comments':
      return [drawComments(stage, sheet)];
    case 'following':
      return [following(stage, sheet.username)];
    case 'create':
      return [create(stage)];
    case 'save-draft':
      return [saveDraft(stage)];
    case 'upload-options':
      return [
        actionSheet(stage, undefined, [
          [stage.t.upload.tryAgain, () => stage.retryUpload()],
          [stage.t.upload.discard, () => stage.dismissUpload()],
        ]),
      ];
    case 'reel-more':
      return [reelMore(stage, sheet.post)];
    case 'promo':
      return [promo(stage)];
    case 'audio':
      return [drawAudio(stage, sheet)];
    case 'audio-trim':
      return [drawAudioTrim(stage, sheet)];
    case undefined:
      return [];
  }
}

type Row = readonly [text: string, onTap: () => void];

/** Words one below the other, each a Button over the whole width. */
function actionSheet(stage: Stage, head: { title: string; text: string } | undefined, rows: readonly Row[]): UiNode {
  const { dp } = stage.board;
  const headHeight = head ? dp(60) : 0;
  return bottomSheet(stage, {
    height: dp(35) + headHeight + rows.length * dp(47) + dp(16),
    children: (content) => {
      const listArea = { ...content, top: content.top + headHeight };
      return [
        node('LinearLayout', content, { id: stage.id('action_sheet_container') }, [
          ...(head ? [sheetHead(stage, head, fromTop(content, headHeight))] : []),
          node(
            recycler,
            listArea,
            { id: stage.id('recycler_view'), focusable: true },
            rows.map(([text, onTap], index) =>
              node('Button', rowBox(listArea, index, dp(47)), {
                id: stage.id('action_sheet_row_text_view'),
                text,
                clickable: true,
                focusable: true,
                onTap,
                paint: { ink: light.ink, align: 'left', textPx: dp(16) },
              }),
            ),
          ),
        ]),
      ];
    },
  });
}

const rowBox = (area: Rect, index: number, height: number): Rect => ({
  ...area,
  top: area.top + index * height,
  bottom: area.top + (index + 1) * height,
});

function sheetHead(stage: Stage, { title, text }: { title: string; text: string }, bounds: Rect): UiNode {
  const { dp } = stage.board;
  const inner = inset(bounds, dp(16), dp(6));
  const upper = fromTop(inner, dp(20));
  return node('FrameLayout', bounds, { id: stage.id('action_sheet_simple_header') }, [
    node('LinearLayout', bounds, {}, [
      node('LinearLayout', inner, {}, [
        label(upper, title, {
          id: stage.id('action_sheet_header_text_view'),
          paint: { ink: light.ink, bold: true, textPx: dp(15) },
        }),
        label({ ...inner, top: upper.bottom }, text, {
          id: stage.id('action_sheet_subheader_text_view'),
          paint: { ink: light.dim, textPx: dp(13) },
        }),
      ]),
    ]),
    node('View', { ...bounds, top: bounds.bottom - 1 }, { id: stage.id('action_sheet_header_divider') }),
  ]);
}

/** What can be changed about somebody one follows; the last row ends it. */
function following(stage: Stage, username: string): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const rows: readonly (readonly [string, string, () => void])[] = [
    ['follow_sheet_close_friends_row', t.profile.closeFriends, noop],
    ['follow_sheet_feed_favorites_row', t.profile.favorites, noop],
    ['follow_sheet_mute_or_unmute_row', t.profile.mute, noop],
    ['follow_sheet_restrict_or_unrestrict_row', t.profile.restrict, noop],
    ['follow_sheet_unfollow_row', t.profile.unfollow, () => stage.askUnfollow(username)],
  ];
  return bottomSheet(stage, {
    title: username,
    height: dp(28 + 41) + rows.length * dp(54) + dp(24),
    children: (content) => [
      node(
        'LinearLayout',
        content,
        {},
        rows.map(([id, text, onTap], index) => {
          const bounds = rowBox(content, index, dp(54));
          return node('LinearLayout', bounds, { id: stage.id(id), clickable: true, focusable: true, onTap }, [
            label({ ...inset(bounds, dp(16), dp(14)) }, text, { paint: { ink: light.ink, textPx: dp(16) } }),
          ]);
        }),
      ),
    ],
  });
}

/** "Create" over the own profile, whose nodes stay in the tree. */
function create(stage: Stage): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const open = (kind: 'reel' | 'post' | 'story') => () => {
    stage.showSheet(undefined);
    stage.openGallery(kind);
  };
  const rows: readonly (readonly [desc: string, text: string, onTap: () => void])[] = [
    [t.create.newReel, t.create.reel, open('reel')],
    [t.create.edits, t.create.edits, noop],
    [t.create.newPost, t.create.post, open('post')],
    [t.create.newStory, t.create.story, open('story')],
    [t.create.highlight, t.create.highlight, noop],
    [t.create.ad, t.create.ad, noop],
    [t.create.newFundraiser, t.create.fundraiser, noop],
  ];
  return bottomSheet(stage, {
    title: t.create.title,
    height: dp(28 + 41) + rows.length * dp(54) + dp(54),
    children: (content) => [
      node(
        recycler,
        content,
        { id: stage.id('recycler_view'), focusable: true },
        rows.map(([desc, text, onTap], index) => {
          const bounds = rowBox(content, index, dp(54));
          const line = { ...bounds, left: dp(56), right: bounds.right - dp(16) };
          const words = fitText(centerOf(line, line.right - line.left, dp(20)), text, dp(16));
          return node('Button', bounds, { desc, clickable: true, focusable: true, onTap }, [
            image(centerOf({ ...bounds, left: dp(16), right: dp(40) }, dp(24)), {
              id: stage.id('image'),
              paint: { fill: light.soft, radiusPx: dp(6) },
            }),
            node('ViewGroup', line, { id: stage.id('label_container') }, [
              node('ViewGroup', words, { id: stage.id('labels_wrapper') }, [
                label(words, text, { id: stage.id('label'), paint: { ink: light.ink, textPx: dp(16) } }),
              ]),
              node('View', { ...line, top: line.bottom - 1 }, { id: stage.id('divider'), paint: { fill: light.line } }),
            ]),
          ]);
        }),
      ),
    ],
  });
}

function saveDraft(stage: Stage): UiNode {
  const { editor } = stage.t;
  return actionSheet(stage, { title: editor.draftTitle, text: editor.draftText }, [
    [editor.startOver, () => stage.dropDraft()],
    [editor.saveDraft, () => stage.keepDraft()],
    [editor.keepEditing, () => stage.showSheet(undefined)],
  ]);
}

/** A reel's rail has no room for saving; it is in here. */
function reelMore(stage: Stage, id: string): UiNode {
  const { t, world, actor } = stage;
  const post = world.post(id);
  const isSaved = world.isFavorite(actor.app, actor.account, id);
  return actionSheet(stage, undefined, [
    [
      isSaved ? t.reels.unsave : t.reels.save,
      () => {
        stage.showSheet(undefined);
        if (post) stage.favorite(post);
      },
    ],
    [t.feed.notInterested, () => stage.showSheet(undefined)],
    [t.reels.report, () => stage.showSheet(undefined)],
  ]);
}

/** Praise for something one could buy; only the dark area above it, or Back, refuses. */
function promo(stage: Stage): UiNode {
  const { reels } = stage.t;
  const { dp } = stage.board;
  return bottomSheet(stage, {
    height: dp(394),
    children: (content) => {
      const foot = { ...content, top: content.bottom - dp(70) };
      const buttonBox = inset(foot, dp(16), dp(13));
      const head = { ...content, bottom: foot.top };
      const line = (top: number, height: number) => ({
        ...inset(head, dp(32), 0),
        top: head.top + dp(top),
        bottom: head.top + dp(top + height),
      });
      return [
        node('FrameLayout', head, {}, [
          node('ViewGroup', head, { id: stage.id('promo_headline') }, [
            image(centerOf(line(32, 96), dp(96)), { paint: { fill: light.accent, radiusPx: dp(48) } }),
            label(line(153, 31), reels.promoTitle, {
              id: stage.id('igds_headline_emphasized_headline'),
              focusable: true,
              paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(20) },
            }),
            label(line(192, 50), reels.promoText, {
              id: stage.id('igds_headline_body'),
              focusable: true,
              paint: { ink: light.dim, align: 'center', textPx: dp(14) },
            }),
          ]),
        ]),
        node('FrameLayout', foot, { id: stage.id('bottom_sheet_button') }, [
          node('LinearLayout', foot, { id: stage.id('bottom_button') }, [
            node('View', fromTop(foot, 1), { id: stage.id('bb_divider') }),
            node(
              'Button',
              buttonBox,
              {
                id: stage.id('bb_primary_action_container'),
                desc: reels.promoButton,
                clickable: true,
                focusable: true,
                onTap: () => stage.showSheet(undefined),
                paint: { fill: light.accent, radiusPx: dp(12) },
              },
              [
                label(inset(buttonBox, dp(100), dp(12)), reels.promoButton, {
                  paint: { ink: '#ffffff', align: 'center', bold: true, textPx: dp(15) },
                }),
              ],
            ),
          ]),
        ]),
      ];
    },
  });
}
