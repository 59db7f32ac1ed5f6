import type { UiNode } from '../../parts.ts';
import { label, node, textField } from '../../screen.ts';
import { seekBar } from '../../seek-bar.ts';
import { type ChosenSound, chosen, recommendedSounds, type Sound, searchSounds } from '../../sounds.ts';
import type { Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light, sheetFrame } from './frame.ts';

/*
 * The sounds over camera and editor. No tree of them is known; what is drawn is what public automations tap: a magnifier,
 * a field and "Search", rows that play when they are tapped and then show a box at their right end that takes the sound,
 * "Volume" with one SeekBar for the video's own sound and one for the added, and "Done".
 */

type Of<Is extends Sheet['is']> = Extract<Sheet, { is: Is }>;

const noop = () => {};
/** The middle of a bar is a sound as it was recorded; its end is twice as loud. */
const barMax = 200;
const mostRows = 7;

export function openSounds(stage: Stage): void {
  stage.showSheet({ is: 'sounds', isLoading: true });
  stage.later(stage.soundMs, () => {
    if (stage.sheet?.is === 'sounds') stage.showSheet({ is: 'sounds', isLoading: false });
  });
}

const soundOf = (stage: Stage): ChosenSound | undefined =>
  stage.page?.is === 'camera' || stage.page?.is === 'editor' ? stage.page.sound : undefined;

/** The recommended ones; a tap puts one under the video, another tap takes it off. */
export function drawSounds(stage: Stage, { isLoading }: Of<'sounds'>): UiNode[] {
  const { board, t } = stage;
  const current = soundOf(stage);
  const tab = (left: number, right: number, text: string, selected: boolean) =>
    node('FrameLayout', board.bottom(left, 1180, right, 1290), { clickable: !selected, selected, onTap: noop }, [
      label(board.bottom(left + 20, 1200, right - 20, 1270), text, {
        id: stage.id('sounds-tab'),
        selected,
        paint: { ink: selected ? light.ink : light.dim, align: 'center', bold: selected },
      }),
    ]);
  const pick = (sound: Sound) => {
    stage.chooseSound(sound.id === current?.id ? undefined : chosen(sound));
    // the camera has its own way back, the editor stays with the list
    if (stage.page?.is === 'camera') stage.showSheet(undefined);
  };
  return sheetFrame(stage, 1_177, [
    node('ImageView', board.bottom(950, 1190, 1050, 1280), {
      id: stage.id('sounds-search'),
      desc: t.search,
      clickable: true,
      focusable: true,
      onTap: () => stage.showSheet({ is: 'sound-search', text: '', isLoading: false }),
      paint: { symbol: 'search', ink: light.ink },
    }),
    tab(30, 330, t.sounds.recommended, true),
    tab(330, 600, t.sounds.favorites, false),
    ...(isLoading
      ? [spinner(stage, 1_600)]
      : [list(stage, 1_310, recommendedSounds, { current: current?.id, pick, from: 'bottom' })]),
    ...(stage.page?.is === 'editor' ? [volumeButton(stage, current)] : []),
  ]);
}

const spinner = (stage: Stage, top: number): UiNode =>
  node('ProgressBar', stage.board.bottom(500, top, 580, top + 80), { id: stage.id('loading-spinner') });

function volumeButton(stage: Stage, current: ChosenSound | undefined): UiNode {
  const { board, t } = stage;
  const open = () => {
    if (!current) return;
    const { originVolume, addVolume } = current;
    stage.showSheet({ is: 'volume', originVolume, addVolume });
  };
  return node(
    'LinearLayout',
    board.bottom(700, 2220, 1040, 2320),
    { id: stage.id('sounds-volume'), clickable: true, focusable: true, onTap: open },
    [
      node('ImageView', board.bottom(720, 2240, 780, 2300), { paint: { symbol: 'music', ink: light.ink } }),
      label(board.bottom(790, 2240, 1020, 2300), t.sounds.volume, {
        paint: { ink: current ? light.ink : light.dim },
      }),
    ],
  );
}

interface Rows {
  current: string | undefined;
  pick: (sound: Sound) => void;
  /** What the box at the right end of the current one does. */
  use?: (sound: Sound) => void;
  /** To which edge the rows keep their distance. */
  from: 'top' | 'bottom';
}

function list(stage: Stage, top: number, sounds: readonly Sound[], { current, pick, use, from: edge }: Rows): UiNode {
  const { board } = stage;
  const place = board[edge];
  const height = 150;
  const rows = sounds.slice(0, mostRows).map((sound, index) => {
    const from = top + index * height;
    const isCurrent = sound.id === current;
    return node(
      'LinearLayout',
      place(0, from, 1080, from + height),
      {
        id: stage.id('sounds-row'),
        clickable: true,
        focusable: true,
        selected: isCurrent,
        onTap: () => pick(sound),
        key: `sound:${sound.id}`,
      },
      [
        node('ImageView', place(42, from + 20, 152, from + 130), {
          paint: { pictureSeed: `sound:${sound.id}`, radiusPx: board.px(8) },
        }),
        label(place(180, from + 22, 760, from + 78), sound.title, {
          id: stage.id('sounds-row-title'),
          paint: { ink: isCurrent ? light.accent : light.ink },
        }),
        label(place(180, from + 84, 760, from + 130), `${sound.artist} · ${lengthText(sound.seconds)}`, {
          id: stage.id('sounds-row-artist'),
          paint: { ink: light.dim },
        }),
        node('ImageView', place(800, from + 35, 880, from + 115), {
          id: stage.id('sounds-row-favorite'),
          desc: stage.t.sounds.favorite,
          clickable: true,
          onTap: noop,
          paint: { symbol: 'bookmark', ink: light.ink },
        }),
        ...(isCurrent && use
          ? [
              node('LinearLayout', place(910, from + 25, 1050, from + 125), {
                id: stage.id('sounds-row-use'),
                clickable: true,
                focusable: true,
                onTap: () => use(sound),
                paint: { fill: light.accent, radiusPx: board.px(12), symbol: 'check', ink: '#ffffff' },
              }),
            ]
          : []),
      ],
    );
  });
  return node(
    'androidx.recyclerview.widget.RecyclerView',
    { ...place(0, top, 1080, top), bottom: board.bottom(0, 2210, 1080, 2210).top },
    { id: stage.id('sounds-list'), scrollable: true, onSwipe: noop },
    rows,
  );
}

const lengthText = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

export function drawSoundSearch(stage: Stage, sheet: Of<'sound-search'>): UiNode[] {
  const { board, t, host } = stage;
  const submit = () => {
    const words = sheet.text.trim();
    if (words === '') return;
    host.ui.blur();
    stage.showSheet({ is: 'sound-search', text: sheet.text, submitted: words, isLoading: true });
    stage.later(stage.soundMs, () => {
      const now = stage.sheet;
      if (now?.is === 'sound-search' && now.submitted === words) stage.showSheet({ ...now, isLoading: false });
    });
  };
  const use = (sound: Sound) => {
    stage.chooseSound(chosen(sound));
    stage.showSheet(stage.page?.is === 'camera' ? undefined : { is: 'sounds', isLoading: false });
  };
  const found = sheet.submitted === undefined ? [] : searchSounds(sheet.submitted);
  return sheetFrame(stage, 2_201, [
    node('ImageView', board.top(16, 157, 126, 267), {
      id: stage.id('search-back'),
      desc: stage.loose('back', t.back),
      clickable: true,
      focusable: true,
      onTap: () => {
        host.ui.blur();
        stage.showSheet({ is: 'sounds', isLoading: false });
      },
      paint: { symbol: 'back', ink: light.ink },
    }),
    textField(board.top(140, 162, 850, 262), {
      id: stage.id('search-input'),
      text: sheet.text,
      hint: t.search,
      autoFocus: sheet.submitted === undefined,
      onText: (text) => stage.showSheet({ is: 'sound-search', text: text.replaceAll('\n', ''), isLoading: false }),
      onEnter: submit,
      paint: { fill: '#f0f0f0', ink: light.ink },
    }),
    node('TextView', board.top(870, 162, 1060, 262), {
      id: stage.id('search-submit'),
      text: t.search,
      clickable: true,
      focusable: true,
      onTap: submit,
      paint: { ink: light.accent, align: 'center', bold: true },
    }),
    ...results(stage, sheet, found, use),
  ]);
}

function results(
  stage: Stage,
  sheet: Of<'sound-search'>,
  found: readonly Sound[],
  use: (sound: Sound) => void,
): UiNode[] {
  const { board, t } = stage;
  if (sheet.submitted === undefined) return [];
  if (sheet.isLoading) return [spinner(stage, 1_100)];
  if (found.length === 0) {
    return [
      label(board.top(100, 900, 980, 960), t.results.none(sheet.submitted), {
        paint: { ink: light.dim, align: 'center' },
      }),
    ];
  }
  const pick = ({ id }: Sound) => stage.showSheet({ ...sheet, marked: id });
  return [list(stage, 320, found, { current: sheet.marked, pick, use, from: 'top' })];
}

export function drawVolume(stage: Stage, sheet: Of<'volume'>): UiNode[] {
  const { board, t } = stage;
  const { page } = stage;
  const sound = soundOf(stage);
  const hasOwnSound = page?.is === 'editor' && page.media[0]?.kind === 'video';
  const done = () => {
    const { originVolume, addVolume } = sheet;
    if (sound) stage.chooseSound({ ...sound, originVolume, addVolume });
    stage.showSheet({ is: 'sounds', isLoading: false });
  };
  const bar = (top: number, name: string, volume: number, change: (volume: number) => void) => [
    label(board.bottom(42, top, 600, top + 60), name, { paint: { ink: light.ink } }),
    seekBar(
      board.bottom(42, top + 70, 1038, top + 170),
      {
        id: stage.id('volume-bar'),
        current: Math.round((volume / 100) * barMax),
        max: barMax,
        density: stage.host.ui.density,
        paint: { fill: '#e3e3e4', radiusPx: board.px(50) },
      },
      (value) => change((value / barMax) * 100),
    ),
  ];
  return sheetFrame(stage, 760, [
    label(board.bottom(380, 1610, 700, 1680), t.sounds.volume, {
      paint: { ink: light.ink, align: 'center', bold: true },
    }),
    ...(hasOwnSound
      ? bar(1_720, t.sounds.original, sheet.originVolume, (originVolume) => stage.showSheet({ ...sheet, originVolume }))
      : []),
    ...bar(1_940, t.sounds.added, sheet.addVolume, (addVolume) => stage.showSheet({ ...sheet, addVolume })),
    node('TextView', board.bottom(820, 1610, 1050, 1690), {
      id: stage.id('volume-done'),
      text: t.sounds.done,
      clickable: true,
      focusable: true,
      onTap: done,
      paint: { ink: light.accent, align: 'center', bold: true },
    }),
  ]);
}
