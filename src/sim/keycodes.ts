/** Android's KeyEvent codes, as far as a phone in this simulation reacts to them. */
export const keycodes = {
  home: 3,
  back: 4,
  power: 26,
  clear: 28,
  tab: 61,
  space: 62,
  enter: 66,
  del: 67,
  menu: 82,
  search: 84,
  escape: 111,
  numpadEnter: 160,
  overview: 187,
  sleep: 223,
  wakeup: 224,
  paste: 279,
} as const;

/** KeyEvent.META_…_ON. */
export const metaKeys = { shift: 1, alt: 2, control: 4_096, meta: 65_536 } as const;

const letters: ReadonlyMap<number, string> = new Map([
  ...Array.from({ length: 26 }, (_, index) => [29 + index, String.fromCharCode(97 + index)] as const),
  ...Array.from({ length: 10 }, (_, index) => [7 + index, String(index)] as const),
  [17, '*'],
  [18, '#'],
  [55, ','],
  [56, '.'],
  [62, ' '],
  [68, '`'],
  [69, '-'],
  [70, '='],
  [71, '['],
  [72, ']'],
  [73, '\\'],
  [74, ';'],
  [75, "'"],
  [76, '/'],
  [77, '@'],
  [81, '+'],
]);

/** A US keyboard's shifted characters; letters become capitals. */
const shifted: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1': '!',
    '2': '@',
    '3': '#',
    '4': '$',
    '5': '%',
    '6': '^',
    '7': '&',
    '8': '*',
    '9': '(',
    '0': ')',
    ',': '<',
    '.': '>',
    '-': '_',
    '=': '+',
    '[': '{',
    ']': '}',
    '\\': '|',
    ';': ':',
    "'": '"',
    '/': '?',
    '`': '~',
  }),
);

/** The character a key types without shift. */
export const characterOf = (keycode: number): string | undefined => letters.get(keycode);

/** What the key of this character types while Shift is held. */
export const shiftedOf = (character: string): string => shifted.get(character) ?? character.toUpperCase();

/**
 * Whether there is a key, or a key with Shift or Alt, for each character: only these can be sent as key events
 * (AOSP Virtual.kcm). Accents, other scripts and emoji need an input method.
 */
export const hasKeys = (text: string): boolean => /^[\x20-\x7e\n\tçÇß]*$/.test(text);
