import type { Rect, UiNode } from '../../parts.ts';
import { fromTop, image, inset, label, node, textField } from '../../screen.ts';
import { chosen, findSound, recommendedSounds, type Sound, searchSounds } from '../../sounds.ts';
import type { Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { bottomSheet, centerOf, light, noop, recycler } from './frame.ts';

/*
 * Music for a reel. No tree of it is known; ids and the sentence of a row are those that public automations use: rows
 * called `track_container` that say title, artist, use and length in one description, `select_button_tap_target` in the
 * one that plays, then a page to choose the part with "Done".
 */

type Of<Is extends Sheet['is']> = Extract<Sheet, { is: Is }>;

/** Opens the list, or searches it: both take a moment. */
export function loadAudio(stage: Stage, words: string): void {
  stage.host.ui.blur();
  stage.showSheet({ is: 'audio', text: words, submitted: words, isLoading: true });
  stage.later(stage.soundMs, () => {
    const { sheet } = stage;
    if (sheet?.is === 'audio' && sheet.submitted === words) stage.showSheet({ ...sheet, isLoading: false });
  });
}

export function drawAudio(stage: Stage, sheet: Of<'audio'>): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  return bottomSheet(stage, {
    height: 'full',
    children: (content) => {
      const field = { ...inset(fromTop(content, dp(52)), dp(16), dp(6)) };
      const tabs = { ...fromTop({ ...content, top: field.bottom }, dp(44)) };
      const area = { ...content, top: tabs.bottom };
      return [
        textField(field, {
          id: stage.id('row_search_edit_text'),
          text: sheet.text,
          hint: t.audio.search,
          onText: (text) => stage.showSheet({ ...sheet, text: text.replaceAll('\n', '') }),
          onEnter: () => loadAudio(stage, sheet.text.trim()),
          paint: { fill: light.soft, ink: light.ink, textPx: dp(16), radiusPx: dp(10) },
        }),
        ...(sheet.submitted === '' ? [tab(stage, tabs, 0, t.audio.forYou), tab(stage, tabs, 1, t.audio.trending)] : []),
        ...found(stage, sheet, area),
      ];
    },
  });
}

function tab(stage: Stage, row: Rect, index: number, text: string): UiNode {
  const { dp } = stage.board;
  const left = row.left + dp(16 + index * 110);
  return node(
    'LinearLayout',
    { ...row, left, right: left + dp(100) },
    { clickable: true, focusable: true, selected: index === 0, onTap: noop },
    [
      label({ ...inset(row, 0, dp(10)), left: left + dp(8), right: left + dp(92) }, text, {
        selected: index === 0,
        paint: { ink: index === 0 ? light.ink : light.dim, textPx: dp(14) },
      }),
    ],
  );
}

function found(stage: Stage, sheet: Of<'audio'>, area: Rect): UiNode[] {
  const { t } = stage;
  const { dp } = stage.board;
  if (sheet.isLoading) return [node('ProgressBar', centerOf(area, dp(32)), { desc: t.editor.loading })];
  const sounds = sheet.submitted === '' ? recommendedSounds : searchSounds(sheet.submitted);
  if (sounds.length === 0) {
    return [
      label(inset(fromTop(area, dp(60)), dp(16), dp(16)), t.audio.none, { paint: { ink: light.dim, align: 'center' } }),
    ];
  }
  const rows = sounds.map((sound, index) => {
    const top = area.top + index * dp(64);
    return track(stage, sheet, sound, { ...area, top, bottom: top + dp(64) });
  });
  return [node(recycler, area, { id: stage.id('content_list'), focusable: true, scrollable: true }, rows)];
}

function track(stage: Stage, sheet: Of<'audio'>, sound: Sound, bounds: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const isMarked = sheet.marked === sound.id;
  const words = {
    left: bounds.left + dp(80),
    right: bounds.right - dp(72),
    top: bounds.top + dp(12),
    bottom: bounds.bottom - dp(12),
  };
  const select = centerOf({ ...bounds, left: bounds.right - dp(64) }, dp(44));
  return node(
    'ViewGroup',
    bounds,
    {
      id: stage.id('track_container'),
      desc: t.audio.track(sound.title, sound.artist, t.count(sound.uses), lengthText(sound.seconds)),
      clickable: true,
      focusable: true,
      selected: isMarked,
      onTap: () => stage.showSheet({ ...sheet, marked: sound.id }),
      key: `sound:${sound.id}`,
    },
    [
      image(centerOf({ ...bounds, right: bounds.left + dp(72) }, dp(44)), {
        paint: { pictureSeed: `sound:${sound.id}`, radiusPx: dp(4) },
      }),
      // what the row shows; to a reader of the screen it is the one sentence of its description
      label({ ...words, bottom: words.top + dp(20) }, sound.title, {
        drawnOnly: true,
        paint: { ink: light.ink, textPx: dp(15) },
      }),
      label({ ...words, top: words.top + dp(22) }, sound.artist, {
        drawnOnly: true,
        paint: { ink: light.dim, textPx: dp(13) },
      }),
      ...(isMarked
        ? [
            node('ImageView', select, {
              id: stage.id('select_button_tap_target'),
              desc: t.audio.select,
              clickable: true,
              focusable: true,
              onTap: () => {
                stage.host.ui.blur();
                stage.showSheet({ is: 'audio-trim', sound: sound.id });
              },
              paint: { symbol: 'check', ink: light.accent },
            }),
          ]
        : []),
    ],
  );
}

const lengthText = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Which part of it is heard. "Done" puts it under the reel. */
export function drawAudioTrim(stage: Stage, sheet: Of<'audio-trim'>): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const sound = findSound(sheet.sound);
  const done = () => {
    const { page } = stage;
    if (page?.is === 'editor' && sound) stage.become({ ...page, sound: chosen(sound) });
    stage.showSheet(undefined);
  };
  return bottomSheet(stage, {
    height: dp(300),
    children: (content) => [
      label(inset(fromTop(content, dp(48)), dp(72), dp(12)), sound?.title ?? '', {
        id: stage.id('track_title'),
        paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(16) },
      }),
      node(
        'Button',
        { ...fromTop(content, dp(48)), left: content.right - dp(80) },
        {
          id: stage.id('done_button'),
          text: t.audio.done,
          clickable: true,
          focusable: true,
          onTap: done,
          paint: { ink: light.accent, bold: true, align: 'center', textPx: dp(16) },
        },
      ),
      node(
        recycler,
        { ...content, top: content.bottom - dp(120), bottom: content.bottom - dp(60) },
        { id: stage.id('scrubber_recycler_view'), scrollable: true, focusable: true, onSwipe: noop },
      ),
    ],
  });
}
