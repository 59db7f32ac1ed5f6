import type { Rect, UiNode, UiWindow } from '../parts.ts';
import { columns, type Frame, inset, node, rows } from '../screen.ts';
import { systemText } from './texts.ts';

const pkg = 'com.google.android.inputmethod.latin';

export interface KeyboardActions {
  type(text: string): void;
  erase(): void;
  enter(): void;
}

/** Where the keyboard lies while it is open: above the navigation bar, a good third of the screen. */
export function keyboardArea(frame: Frame): Rect {
  const height = Math.min(frame.dp(290), Math.round(frame.height * 0.42));
  return { ...frame.content, top: frame.content.bottom - height };
}

/** A keyboard with a node per key, as real ones have: half of a page source can be keys. */
export function keyboard(
  frame: Frame,
  language: string,
  { hasAction }: { hasAction: boolean },
  actions: KeyboardActions,
): UiWindow {
  const area = keyboardArea(frame);
  const letters = language.toLowerCase().startsWith('fr')
    ? ['azertyuiop', 'qsdfghjklm', 'wxcvbn']
    : ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
  const { dp } = frame;
  const lines = rows(inset(area, dp(4), dp(6)), [dp(38), 'rest', 'rest', 'rest', 'rest'], dp(4));
  const key = (bounds: Rect, id: string, desc: string, shown: string, onTap: () => void, fill = '#ffffff'): UiNode =>
    node(
      'FrameLayout',
      inset(bounds, dp(2), 0),
      {
        id: `${pkg}:id/${id}`,
        desc,
        clickable: true,
        longClickable: true,
        onTap,
        paint: { fill, radiusPx: dp(6) },
      },
      [
        node('TextView', inset(bounds, dp(2), 0), {
          text: shown,
          id: `${pkg}:id/label`,
          paint: { ink: '#202124', textPx: dp(18), align: 'center' },
        }),
      ],
    );

  const letterRow = (text: string, row: number, bounds: Rect): UiNode[] =>
    columns(
      bounds,
      [...text].map(() => 'rest' as const),
    ).map((cell, index) => {
      const letter = text[index] ?? '';
      return key(cell, `key_pos_${row}_${index}`, letter, letter, () => actions.type(letter));
    });

  const [strip, first, second, third, last] = lines as [Rect, Rect, Rect, Rect, Rect];
  const [thirdLetters, erase] = columns(third, ['rest', dp(54)]) as [Rect, Rect];
  const [symbols, comma, space, dot, enter] = columns(last, [dp(58), dp(36), 'rest', dp(36), dp(58)]) as [
    Rect,
    Rect,
    Rect,
    Rect,
    Rect,
  ];
  return {
    package: pkg,
    kind: 'input-method',
    title: 'InputMethod',
    modal: false,
    root: node('FrameLayout', area, { id: 'android:id/inputArea', clickable: true, paint: { fill: '#e8eaed' } }, [
      node('FrameLayout', strip, { id: `${pkg}:id/keyboard_header_view_holder` }),
      node('FrameLayout', { ...area, top: first.top }, { id: `${pkg}:id/keyboard_area` }, [
        ...letterRow(letters[0] ?? '', 0, first),
        ...letterRow(letters[1] ?? '', 1, inset(second, language.startsWith('fr') ? 0 : dp(16), 0)),
        ...letterRow(letters[2] ?? '', 2, thirdLetters),
        key(erase, 'key_pos_del', systemText(language, 'delete'), '⌫', actions.erase, '#c6cbd2'),
        key(symbols, 'key_pos_bottom_0', systemText(language, 'symbols'), '?123', () => {}, '#c6cbd2'),
        key(comma, 'key_pos_bottom_1', ',', ',', () => actions.type(',')),
        key(space, 'key_pos_space', systemText(language, 'space'), '', () => actions.type(' ')),
        key(dot, 'key_pos_bottom_2', '.', '.', () => actions.type('.')),
        key(
          enter,
          'key_pos_ime_action',
          systemText(language, hasAction ? 'search' : 'enter'),
          hasAction ? '→' : '↵',
          actions.enter,
          '#a8c7fa',
        ),
      ]),
    ]),
  };
}
