import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromBottom, image, inset, label, node, textField } from '../../screen.ts';
import { textWidth } from '../board.ts';
import { captionLimit, cutText, type Page, sharePage } from '../page.ts';
import type { Stage } from '../stage.ts';
import { loadAudio } from './audio.ts';
import { captureFrame, centerOf, dark, light, nest, noop } from './frame.ts';

type EditorPage = Extract<Page, { is: 'editor' }>;
type StoryPage = Extract<Page, { is: 'story-editor' }>;

/** A reel before it is described: tools, "Edit video" and "Next". */
export function drawEditor(stage: Stage, page: EditorPage, sheet: readonly UiNode[]): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const app = board.app;
  if (page.isLoading) {
    return captureFrame(stage, [
      node('FrameLayout', app, {}, [node('ProgressBar', centerOf(app, dp(32)), { desc: t.editor.loading })]),
    ]);
  }
  const bar = { left: dp(12), right: board.width - dp(12), top: app.bottom - dp(43), bottom: app.bottom };
  const preview = { ...app, bottom: bar.top - dp(8) };
  const next = () => stage.open(sharePage('reel', page.media, page.sound));
  const pill = (box: Rect, id: string, desc: string, text: string, onTap: () => void, fill: string) =>
    node(
      'Button',
      box,
      { id: stage.id(id), desc, clickable: true, focusable: true, onTap, paint: { fill, radiusPx: dp(22) } },
      [
        label(centerOf(box, Math.min(box.right - box.left, textWidth(text, dp(14))), dp(16)), text, {
          paint: { ink: '#ffffff', bold: true, align: 'center', textPx: dp(14) },
        }),
      ],
    );
  const left = { ...bar, right: bar.left + textWidth(t.editor.editVideo, dp(14)) + dp(32) };
  const right = { ...bar, left: bar.right - textWidth(t.next, dp(14)) - dp(36) };
  const controls = node('ViewGroup', app, { id: stage.id('post_capture_controls_container') }, [
    node('View', app, { id: stage.id('floating_stroke_width_indicator') }),
    node('FrameLayout', app, { id: stage.id('clips_post_capture_controls') }, [
      node('ViewGroup', app, { id: stage.id('clips_post_capture_controls_constraintlayout') }, [
        node('FrameLayout', preview, { id: stage.id('post_capture_preview_size_placeholder') }),
        node('ViewGroup', bar, { id: stage.id('clips_action_bar') }, [
          pill(left, 'clips_left_action_button', t.editor.editVideoLong, t.editor.editVideo, noop, '#25292e'),
          pill(right, 'clips_right_action_button', t.next, t.next, next, light.accent),
        ]),
      ]),
    ]),
    node('FrameLayout', app, { id: stage.id('layout_post_capture_button_config') }, [
      node('FrameLayout', preview, { id: stage.id('post_capture_preview_size_placeholder') }, [
        toolbar(stage, preview),
      ]),
      topToolbar(stage, { ...app, top: stage.board.area.top + dp(4), bottom: stage.board.area.top + dp(57) }),
    ]),
    node('FrameLayout', preview, { id: stage.id('post_capture_interactive_contents_container') }, [
      node('FrameLayout', preview, { id: stage.id('capture_interactive_drawable_container'), desc: t.editor.preview }),
    ]),
  ]);
  const picture = node('ViewGroup', preview, { id: stage.id('post_capture_texture_view_container') }, [
    node('View', preview, {
      id: stage.id('camera_video_preview_surface_view'),
      paint: { pictureSeed: page.media[0]?.sha256 ?? 'empty' },
    }),
  ]);
  return captureFrame(
    stage,
    [
      nest(
        app,
        [
          ['FrameLayout', stage.id('quick_capture_fragment_container')],
          ['FrameLayout', stage.id('quick_capture_root_container'), 'clickable'],
          ['FrameLayout', stage.id('quick_capture_outer_container')],
          ['FrameLayout', stage.id('quick_capture_drawer_content')],
        ],
        [
          node('FrameLayout', app, { id: stage.id('instructions_layout') }),
          { ...controls, elevation: 1 },
          picture,
          node('FrameLayout', app, { id: stage.id('pre_capture_controls_container') }),
          nest(
            app,
            [
              ['FrameLayout', stage.id('gallery_grid_parent_container')],
              ['ViewGroup', stage.id('gallery_root_container')],
              ['LinearLayout', stage.id('gallery_background')],
            ],
            [],
          ),
        ],
      ),
    ],
    sheet,
  );
}

function topToolbar(stage: Stage, bar: Rect): UiNode {
  const { t, board, release } = stage;
  const { dp } = board;
  const cancel = centerOf({ ...bar, left: dp(7), right: dp(52) }, dp(44));
  const more = centerOf({ ...bar, left: board.width - dp(52), right: board.width - dp(7) }, dp(44));
  return node('LinearLayout', bar, { id: stage.id('edit_buttons_toolbar') }, [
    node('Button', cancel, {
      id: stage.id('cancel_button'),
      desc: t.cancel,
      clickable: true,
      focusable: true,
      onTap: () => stage.showSheet({ is: 'save-draft' }),
      paint: { symbol: 'back', ink: dark.ink },
    }),
    node(
      'Button',
      more,
      { id: stage.id('overflow_button'), desc: release.overflowLabel, clickable: true, focusable: true, onTap: noop },
      [image(more, { id: stage.id('overflow_button_image'), paint: { symbol: 'menu', ink: dark.ink } })],
    ),
  ]);
}

function toolbar(stage: Stage, preview: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const { editor } = t;
  const bar = { ...fromBottom(preview, dp(115)), bottom: preview.bottom - dp(51) };
  const tools: readonly (readonly [string, string])[] = [
    ['clips_action_bar_volume_controls_button', editor.audio],
    ['clips_action_bar_add_text_button', editor.text],
    ['clips_action_bar_add_sticker_button', editor.sticker],
    ['clips_action_bar_ar_effects_button', editor.effects],
    ['clips_action_bar_overlay_button', editor.overlay],
    ['clips_action_bar_voiceover_button', editor.voiceover],
    ['clips_action_bar_add_clips_button', editor.clips],
    ['clips_action_bar_captions_button', editor.captions],
    ['clips_action_bar_volume_controls_button', editor.volume],
    ['clips_action_bar_save_button', editor.save],
  ];
  return node(
    'androidx.recyclerview.widget.RecyclerView',
    bar,
    { id: stage.id('creation_toolbar_recyclerview'), focusable: true, scrollable: true },
    tools.flatMap(([id, desc], index) => {
      const left = dp(7) + index * dp(51);
      const box = { left, right: left + dp(44), top: bar.bottom - dp(44), bottom: bar.bottom };
      if (left >= stage.board.width) return [];
      return [
        node(
          'Button',
          box,
          {
            id: stage.id(id),
            desc,
            clickable: true,
            focusable: true,
            onTap: desc === editor.audio ? () => loadAudio(stage, '') : noop,
            paint: { fill: '#25292eaa', radiusPx: dp(22) },
          },
          [image(centerOf(box, dp(24)))],
        ),
      ];
    }),
  );
}

/** A story before it is shared: its buttons publish at once. While text is put on it, they are gone. */
export function drawStoryEditor(stage: Stage, page: StoryPage): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const app = board.app;
  const preview = { ...board.area, bottom: app.bottom - dp(64) };
  const bar = { ...app, top: board.area.top + dp(12), bottom: board.area.top + dp(64) };
  const foot = { left: dp(12), right: board.width - dp(12), top: app.bottom - dp(56), bottom: app.bottom - dp(12) };
  const [mine = foot, friends = foot, more = foot] = columns(foot, ['rest', 'rest', dp(44)], dp(6));
  const icon = (index: number, id: string, desc: string, onTap: () => void = noop) =>
    image(
      {
        ...inset(bar, 0, dp(4)),
        left: board.width - dp(4 + 50 * (4 - index)),
        right: board.width - dp(4 + 50 * (4 - index)) + dp(44),
      },
      {
        id: stage.id(id),
        desc,
        clickable: true,
        focusable: true,
        onTap,
        paint: { fill: '#25292eaa', radiusPx: dp(22) },
      },
    );
  const share = (box: Rect, text: string, onTap: () => void) =>
    node(
      'Button',
      box,
      { desc: text, clickable: true, focusable: true, onTap, paint: { fill: '#25292e', radiusPx: dp(22) } },
      [
        label(inset(box, dp(24), dp(10)), text, {
          paint: { ink: dark.ink, bold: true, align: 'center', textPx: dp(13) },
        }),
      ],
    );
  if (page.isTyping) return drawStoryText(stage, page);
  const publish = () => stage.publish(storyOf(stage, page));
  const buttons = node(
    'LinearLayout',
    { ...app, top: foot.top },
    { id: stage.id('post_capture_button_root_container') },
    [
      node('LinearLayout', { ...app, top: foot.top }, { id: stage.id('post_capture_button_share_container') }, [
        node(
          'ViewGroup',
          foot,
          { id: stage.id('story_share_controls_action_bar'), clickable: true, focusable: true, onTap: noop },
          [
            share(mine, t.story.yourStory, publish),
            share(friends, t.story.closeFriends, noop),
            node(
              'Button',
              more,
              {
                desc: t.story.shareTo,
                clickable: true,
                focusable: true,
                onTap: noop,
                paint: { fill: light.accent, radiusPx: dp(22) },
              },
              [node('TextView', inset(more, dp(10)))],
            ),
          ],
        ),
      ]),
    ],
  );
  const toolbar = node('LinearLayout', bar, { id: stage.id('edit_buttons_toolbar') }, [
    image(
      { ...inset(bar, 0, dp(4)), left: dp(7), right: dp(51) },
      {
        id: stage.id('cancel_button'),
        desc: t.cancel,
        clickable: true,
        focusable: true,
        onTap: () => void stage.leave(),
        paint: { symbol: 'close', ink: dark.ink },
      },
    ),
    icon(0, 'add_text_button', t.editor.text, () => stage.become({ ...page, isTyping: true })),
    icon(1, 'asset_button', t.story.stickers),
    icon(2, 'music_button', t.story.music),
    icon(3, 'overflow_button', t.story.more),
  ]);
  return captureFrame(stage, [
    nest(
      app,
      [
        ['FrameLayout', stage.id('quick_capture_fragment_container')],
        ['FrameLayout', stage.id('quick_capture_root_container'), 'clickable'],
        ['FrameLayout', stage.id('quick_capture_outer_container')],
        ['FrameLayout', stage.id('quick_capture_drawer_content')],
      ],
      [
        node('ViewGroup', app, { id: stage.id('post_capture_controls_container') }, [
          node('ViewGroup', preview, { id: stage.id('post_capture_texture_view_container') }, [
            node('View', preview, {
              id: stage.id('camera_photo_texture_view'),
              paint: { pictureSeed: page.media[0]?.sha256 ?? 'empty' },
            }),
          ]),
          node('FrameLayout', app, { id: stage.id('layout_post_capture_button_config') }, [
            node('FrameLayout', preview, { id: stage.id('post_capture_preview_size_placeholder') }),
            toolbar,
            buttons,
          ]),
        ]),
      ],
    ),
  ]);
}

/** The field for what is to stand on the picture. No tree of it is known; the ids are those of public automations. */
function drawStoryText(stage: Stage, page: StoryPage): UiNode {
  const { board, t, host } = stage;
  const { dp } = board;
  const done = () => {
    host.ui.blur();
    stage.become({ ...page, isTyping: false });
  };
  const bar = { ...board.area, bottom: board.area.top + dp(64) };
  return captureFrame(stage, [
    node('FrameLayout', board.app, { id: stage.id('text_overlay_edit_text_container') }, [
      node('View', board.app, { paint: { pictureSeed: page.media[0]?.sha256 ?? 'empty' } }),
      textField(inset({ ...board.area, top: bar.bottom, bottom: bar.bottom + dp(200) }, dp(24), dp(8)), {
        id: stage.id('text_overlay_edit_text'),
        text: page.text,
        autoFocus: true,
        onText: (text) => stage.become({ ...page, text: cutText(text, captionLimit) }),
        paint: { ink: dark.ink, textPx: dp(20) },
      }),
      node('Button', inset({ ...bar, left: bar.right - dp(96) }, dp(8), dp(10)), {
        id: stage.id('done_button'),
        text: t.story.done,
        clickable: true,
        focusable: true,
        onTap: done,
        paint: { ink: dark.ink, bold: true, align: 'center', textPx: dp(16) },
      }),
    ]),
  ]);
}

const storyOf = (stage: Stage, { media, text }: StoryPage) => ({
  account: stage.actor.account,
  media,
  caption: text,
  sound: null,
  soundId: null,
  originSoundVolume: null,
  addSoundVolume: null,
  placement: 'story',
  productLink: null,
  aiLabel: false,
});
