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

const letters: ReadonlyMap<number, string> = new Map([
  ...Array.from({ length: 26 }, (_, index) => [29 + index, String.fromCharCode(97 + index)] as const),
  ...Array.from({ length: 10 }, (_, index) => [7 + index, String(index)] as const),
  [17, '*'],
  [18, '#'],
  [55, ','],
  [56, '.'],
  [62, ' '],
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

/** The character a key types without shift. */
export const characterOf = (keycode: number): string | undefined => letters.get(keycode);
