import type { UiNode } from '../../parts.ts';
import { button, grid, label, node } from '../../screen.ts';
import { chosen, findSound } from '../../sounds.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { backButton, light, subPage } from './frame.ts';

type SoundPage = Extract<Page, { is: 'sound' }>;

const noop = () => {};

/**
 * A sound: its picture, title and artist, how many videos have it and what they look like, and at the lower edge the button
 * that opens the camera with it. No tree of it is known: the parts are those that the app's help names.
 */
export function drawSound(stage: Stage, page: SoundPage): UiNode {
  const { board, t } = stage;
  const sound = findSound(page.sound);
  if (page.isLoading || !sound) {
    return subPage(stage, [
      topBar(stage),
      node('ProgressBar', board.top(500, 1100, 580, 1180), { id: stage.id('loading-spinner') }),
    ]);
  }
  const posts = stage.world.posts(stage.actor.app).filter((post) => post.sound === sound.title);
  const area = board.between(0, 720, 1080, 2140);
  const cells = grid(area, {
    count: Math.min(9, posts.length),
    perRow: 3,
    cellHeight: board.px(460),
    gap: board.px(4),
  });
  return subPage(stage, [
    node('FrameLayout', board.app, { id: stage.id('sound-frame') }, [
      topBar(stage),
      node('ImageView', board.top(42, 300, 322, 580), {
        id: stage.id('sound-cover'),
        clickable: true,
        onTap: noop,
        paint: { pictureSeed: `sound:${sound.id}`, radiusPx: board.px(16) },
      }),
      label(board.top(364, 310, 1038, 375), sound.title, {
        id: stage.id('sound-title'),
        paint: { ink: light.ink, bold: true },
      }),
      label(board.top(364, 385, 1038, 435), sound.artist, {
        id: stage.id('sound-artist'),
        clickable: true,
        onTap: noop,
        paint: { ink: light.ink },
      }),
      label(board.top(364, 445, 1038, 495), t.sounds.videos(t.count(sound.uses)), {
        id: stage.id('sound-uses'),
        paint: { ink: light.dim },
      }),
      button(board.top(42, 610, 520, 690), t.sounds.favorite, noop, {
        id: stage.id('sound-favorite'),
        paint: { fill: '#f0f0f0', ink: light.ink, radiusPx: board.px(12), align: 'center' },
      }),
      ...cells.map((bounds, index) =>
        node('FrameLayout', bounds, { clickable: true, focusable: true, onTap: noop }, [
          node('ImageView', bounds, {
            id: stage.stableId('cover'),
            paint: { pictureSeed: posts[index]?.id ?? 'empty' },
          }),
        ]),
      ),
      node(
        'LinearLayout',
        board.bottom(290, 2160, 790, 2290),
        {
          id: stage.id('sound-use'),
          clickable: true,
          focusable: true,
          onTap: () => stage.openCamera(chosen(sound)),
          paint: { fill: light.accent, radiusPx: board.px(65) },
        },
        [
          label(board.bottom(380, 2195, 700, 2255), t.sounds[stage.release.useSoundLabel], {
            paint: { ink: '#ffffff', align: 'center', bold: true },
          }),
        ],
      ),
    ]),
  ]);
}

/** A link to a sound that does not exist, is not for this country, or was taken away. */
export function drawMissingSound(stage: Stage): UiNode {
  const { board, t } = stage;
  return subPage(stage, [
    topBar(stage),
    label(board.top(100, 1100, 980, 1170), t.sounds.missing, { paint: { ink: light.dim, align: 'center' } }),
  ]);
}

function topBar(stage: Stage): UiNode {
  const { board, t } = stage;
  return node('FrameLayout', board.top(0, 136, 1080, 288), {}, [
    backButton(stage, board.top(0, 138, 147, 285), light.ink),
    node('ImageView', board.top(933, 138, 1080, 285), {
      desc: t.editor.share,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { symbol: 'share', ink: light.ink },
    }),
  ]);
}
