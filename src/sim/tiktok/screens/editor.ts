import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import { published } from '../../sounds.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { toolRail } from './camera.ts';
import { backButton, dark, subPage } from './frame.ts';
import { openSounds } from './sounds.ts';

type EditorPage = Extract<Page, { is: 'editor' }>;

/** After picking: first "Loading...", then the clip with its tools, "Your Story" and "Next". */
export function drawEditor(stage: Stage, page: EditorPage, sheet: readonly UiNode[]): UiNode {
  const { board, t } = stage;
  if (page.failed) {
    return subPage(
      stage,
      [
        label(board.top(140, 1000, 940, 1070), t.editor.cannotLoad, { paint: { ink: dark.ink, align: 'center' } }),
        button(board.top(390, 1120, 690, 1246), t.ok, () => void stage.leave(), {
          paint: { fill: '#fe2c55', ink: dark.ink, align: 'center', radiusPx: board.px(12) },
        }),
      ],
      dark.paper,
    );
  }
  const picture = node('android.view.SurfaceView', board.between(0, 161, 1080, 2081), {
    paint: { pictureSeed: page.media[0]?.sha256 ?? 'empty' },
  });
  if (page.isLoading) {
    return subPage(
      stage,
      [
        node('FrameLayout', board.app, { id: stage.id('editor-frame') }, [
          node(
            'LinearLayout',
            board.top(390, 1060, 690, 1260),
            { paint: { fill: '#3a3a3c', radiusPx: board.px(16) } },
            [label(board.top(420, 1180, 660, 1240), t.loading, { paint: { ink: dark.ink, align: 'center' } })],
          ),
        ]),
      ],
      dark.paper,
    );
  }
  return subPage(
    stage,
    [
      node('FrameLayout', board.app, { id: stage.id('editor-frame') }, [
        picture,
        ...soundPill(stage, page),
        backButton(stage, board.top(32, 193, 137, 298), dark.ink),
        ...tools(stage),
        ...buttons(stage, page),
      ]),
      ...sheet,
    ],
    dark.paper,
  );
}

/** The title of the sound and the cross that takes it off; without one, the invitation to add one. */
function soundPill(stage: Stage, page: EditorPage): UiNode[] {
  const { board, t } = stage;
  const { sound } = page;
  const pill = node('LinearLayout', board.top(349, 198, 730, 314), { id: stage.id('sound-pill') }, [
    node(
      'LinearLayout',
      board.top(349, 198, 730, 314),
      {
        id: stage.id('sound-pill-button'),
        clickable: true,
        focusable: true,
        onTap: () => openSounds(stage),
        paint: { fill: '#3a3a3c', radiusPx: board.px(58) },
      },
      [
        node('LinearLayout', board.top(354, 198, 725, 314), { id: stage.id('sound-pill-inner'), focusable: true }, [
          node('ImageView', board.top(391, 232, 433, 274), {
            desc: t.camera.music,
            paint: { symbol: 'music', ink: dark.ink },
          }),
          label(board.top(433, 198, sound === undefined ? 720 : 627, 314), sound?.title ?? t.camera.addSound, {
            id: stage.id('sound-text'),
            focusable: true,
            paint: { ink: dark.ink },
          }),
        ]),
      ],
    ),
  ]);
  if (sound === undefined) return [pill];
  return [
    pill,
    node(
      'LinearLayout',
      board.top(632, 198, 730, 314),
      {
        id: stage.id('sound-remove'),
        desc: stage.loose('sound-remove', t.editor.removeSound),
        clickable: true,
        focusable: true,
        onTap: () => stage.chooseSound(undefined),
      },
      [node('ImageView', board.top(635, 229, 730, 282), { desc: t.close, paint: { symbol: 'close', ink: dark.ink } })],
    ),
  ];
}

function tools(stage: Stage): UiNode[] {
  const { editor } = stage.t;
  const templates = stage.release.templatesLabel === 'Templates' ? editor.templates : editor.videoTemplates;
  return toolRail(
    stage,
    [editor.settings, editor.share],
    [editor.edit, templates, editor.text, editor.stickers, editor.effects, editor.filters, editor.voice],
  );
}

function buttons(stage: Stage, page: EditorPage): UiNode[] {
  const { board, t } = stage;
  const story = () =>
    stage.publish({
      account: stage.actor.account,
      media: page.media,
      caption: '',
      ...published(page.sound, { hasOwnSound: page.media[0]?.kind === 'video' }),
      placement: 'story',
      productLink: null,
      aiLabel: false,
    });
  const next = () => {
    const { media, sound } = page;
    stage.open({ is: 'post', media, caption: '', title: '', aiLabel: false, step: 'editing', ...(sound && { sound }) });
  };
  return [
    node(
      'FrameLayout',
      board.bottom(32, 2123, 534, 2239),
      {
        id: stage.id('editor-story'),
        clickable: true,
        focusable: true,
        onTap: story,
        paint: { fill: '#3a3a3c', radiusPx: board.px(58) },
      },
      [
        node('LinearLayout', board.bottom(135, 2137, 430, 2224), {}, [
          label(board.bottom(238, 2154, 430, 2207), t.editor.yourStory, {
            id: stage.id('editor-story-text'),
            paint: { ink: dark.ink, bold: true },
          }),
        ]),
      ],
    ),
    // the text cannot be tapped; the box around it can
    node(
      'LinearLayout',
      board.bottom(545, 2123, 1048, 2239),
      {
        id: stage.id('editor-next'),
        clickable: true,
        focusable: true,
        onTap: next,
        paint: { fill: '#fe2c55', radiusPx: board.px(58) },
      },
      [
        label(board.bottom(720, 2154, 880, 2207), t.editor.next, {
          id: stage.id('editor-next-text'),
          paint: { ink: dark.ink, align: 'center', bold: true },
        }),
      ],
    ),
  ];
}
