import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import { textWidth } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { dark, subPage } from './frame.ts';
import { openSounds } from './sounds.ts';

type CameraPage = Extract<Page, { is: 'camera' }>;

export function drawCamera(stage: Stage, page: CameraPage, sheet: readonly UiNode[]): UiNode {
  return subPage(stage, [...cameraLayer(stage, page), ...sheet], dark.paper);
}

/** The camera's nodes. They stay in the tree below the gallery, texts and clickable buttons included. */
export function cameraLayer(stage: Stage, page: CameraPage): UiNode[] {
  const { board, t } = stage;
  const layer = node('FrameLayout', board.app, { id: stage.id('camera-frame') }, [
    node('android.view.SurfaceView', board.app, { paint: { fill: '#1c1c1e' } }),
    ...(stage.hasPermission('camera') && stage.hasPermission('audio') ? recording(stage) : [noAccess(stage)]),
    node(
      'FrameLayout',
      board.bottom(0, 2081, 210, 2239),
      { id: stage.id('camera-gallery'), clickable: true, focusable: true, onTap: () => stage.openGallery() },
      [
        node('ImageView', board.bottom(53, 2121, 158, 2226), {
          id: stage.id('camera-thumb'),
          paint: { pictureSeed: 'gallery', radiusPx: board.px(14) },
        }),
      ],
    ),
    soundPill(stage, page),
    node('ImageView', board.top(32, 193, 148, 309), {
      id: stage.id('camera-close'),
      desc: stage.loose('camera-close', t.close),
      clickable: true,
      focusable: true,
      onTap: () => void stage.leave(),
      paint: { symbol: 'close', ink: dark.ink },
    }),
    ...modes(stage, page),
    ...tools(stage),
  ]);
  return [layer];
}

function recording(stage: Stage): UiNode[] {
  const { board, t } = stage;
  const effects = [637, 831, 1025].map((left) =>
    node('View', board.bottom(left, 1797, Math.min(1080, left + 194), 1991), {
      clickable: true,
      focusable: true,
      onTap: () => {},
    }),
  );
  return [
    node('androidx.compose.ui.platform.ComposeView', board.bottom(0, 1781, 1080, 2007), {}, effects),
    node('Button', board.bottom(395, 1752, 684, 2041), {
      id: stage.id('camera-record'),
      desc: stage.loose('record', t.camera.record),
      clickable: true,
      focusable: true,
      onTap: () => {},
      paint: { fill: '#fe2c55', radiusPx: board.px(144) },
    }),
  ];
}

function noAccess(stage: Stage): UiNode {
  const { board, t } = stage;
  return node('LinearLayout', board.top(120, 800, 960, 1240), {}, [
    label(board.top(120, 800, 960, 1000), t.camera.needsAccess, { paint: { ink: dark.ink, align: 'center' } }),
    button(board.top(300, 1060, 780, 1186), t.camera.openSettings, () => stage.openCamera(), {
      paint: { fill: '#fe2c55', ink: dark.ink, radiusPx: board.px(12), align: 'center' },
    }),
  ]);
}

/** The sound that will lie under the video; without one, the invitation to add one. */
function soundPill(stage: Stage, { sound }: CameraPage): UiNode {
  const { board, t } = stage;
  const open = () => openSounds(stage);
  const title = sound?.title ?? t.camera.addSound;
  return node(
    'LinearLayout',
    board.top(372, 198, 707, 314),
    { id: stage.id('sound-pill'), clickable: true, focusable: true, onTap: open },
    [
      node(
        'Button',
        board.top(372, 198, 707, 314),
        {
          id: stage.id('sound-pill-button'),
          clickable: true,
          focusable: true,
          onTap: open,
          paint: { fill: '#3a3a3c', radiusPx: board.px(58) },
        },
        [
          node(
            'Button',
            board.top(377, 198, 702, 314),
            { id: stage.id('sound-pill-inner'), desc: title, focusable: true },
            [
              node('ImageView', board.top(414, 232, 456, 274), {
                desc: t.camera.music,
                paint: { symbol: 'music', ink: dark.ink },
              }),
              label(board.top(456, 198, 686, 314), title, {
                id: stage.id('sound-text'),
                focusable: true,
                selected: true,
                paint: { ink: dark.ink },
              }),
            ],
          ),
        ],
      ),
    ],
  );
}

function modes(stage: Stage, page: CameraPage): UiNode[] {
  const { board, t, release } = stage;
  const strip = (top: number, bottom: number, from: number, names: readonly string[], selected: string) => {
    let left = from;
    return names.map((name) => {
      const right = Math.min(1080, left + Math.round(textWidth(name, 42)) + 70);
      const bounds = board.bottom(left, top, right, bottom);
      left = right;
      const text = label(bounds, name, {
        id: stage.id('mode-text'),
        selected: name === selected,
        paint: { ink: name === selected ? dark.ink : dark.dim, align: 'center' },
      });
      return node('ViewGroup', bounds, {}, [node('ViewGroup', bounds, {}, [text])]);
    });
  };
  const lengths = strip(
    1655,
    1742,
    46,
    ['10m', '60s', '15s', t.camera.photo, t.camera.text],
    page.mode === 'photo' ? t.camera.photo : '15s',
  );
  const kinds = strip(
    2115,
    2233,
    430,
    [t.camera.post, t.camera.create, ...(release.hasLiveMode ? [t.live] : [])],
    t.camera.post,
  );
  return [
    node('FrameLayout', board.bottom(0, 1628, 1080, 1770), {}, lengths),
    node('FrameLayout', board.bottom(198, 2110, 1080, 2239), {}, kinds),
  ];
}

function tools(stage: Stage): UiNode[] {
  const { t } = stage;
  const { camera } = t;
  return toolRail(stage, [camera.flip, camera.flash], [camera.timer, camera.layout, camera.ratio, camera.retouch]);
}

/** The rail at the right of camera and editor: buttons with a description and no text, and an arrow that unfolds more. */
export function toolRail(stage: Stage, first: readonly string[], second: readonly string[]): UiNode[] {
  const { board, t } = stage;
  const step = 137;
  const tool = (top: number, desc: string) =>
    node(
      'Button',
      board.top(933, top, 1080, top + step),
      { desc, clickable: true, longClickable: true, focusable: true, onTap: () => {} },
      [
        node('FrameLayout', board.top(933, top, 1080, top + step), { id: stage.id('tool-frame') }, [
          node('ImageView', board.top(964, top + 26, 1048, top + 110), {
            id: stage.id('tool-icon'),
            focusable: true,
            paint: { fill: '#4a4a4c', radiusPx: board.px(42) },
          }),
        ]),
      ],
    );
  const secondTop = 193 + first.length * step + 35;
  const end = secondTop + second.length * step;
  return [
    node(
      'LinearLayout',
      board.top(933, 193, 1080, secondTop - 35),
      {},
      first.map((desc, index) => tool(193 + index * step, desc)),
    ),
    node(
      'ScrollView',
      board.top(933, secondTop, 1080, end),
      { focusable: true },
      second.map((desc, index) => tool(secondTop + index * step, desc)),
    ),
    node('ImageView', board.top(969, end + 26, 1043, end + 84), {
      id: stage.id('tool-more'),
      desc: t.camera.more,
      clickable: true,
      focusable: true,
      onTap: () => {},
    }),
  ];
}
