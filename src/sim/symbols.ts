import type { Paint } from './parts.ts';

type SymbolName = NonNullable<Paint['symbol']>;

const line = (d: string): string =>
  `<path d="${d}" fill="none" stroke="currentInk" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Own simple drawings on a 24×24 grid. */
const drawings: Readonly<Record<SymbolName, string>> = {
  heart:
    '<path d="M12 21 C4 14.5 1.5 11 1.5 7.5 A5.2 5.2 0 0 1 12 5 A5.2 5.2 0 0 1 22.5 7.5 C22.5 11 20 14.5 12 21 Z"/>',
  comment:
    '<path d="M12 3 C6 3 1.5 6.6 1.5 11.2 C1.5 15.8 6 19.4 12 19.4 V22.5 C17 20.4 22.5 16.6 22.5 11.2 C22.5 6.6 18 3 12 3 Z"/>',
  share: '<path d="M13.5 4 L22.5 11.5 L13.5 19 V14.5 C8 14.5 4.5 16 1.5 20 C2.2 13.5 6 9 13.5 8.5 Z"/>',
  bookmark: '<path d="M5 2.5 H19 V21.5 L12 16.2 L5 21.5 Z"/>',
  plus: '<path d="M10.6 3 H13.4 V10.6 H21 V13.4 H13.4 V21 H10.6 V13.4 H3 V10.6 H10.6 Z"/>',
  check: line('M4 12.5 L9.5 18 L20 6.5'),
  back: line('M15 4 L7 12 L15 20'),
  close: line('M5 5 L19 19 M19 5 L5 19'),
  search: `<circle cx="10.5" cy="10.5" r="7" fill="none" stroke="currentInk" stroke-width="2.4"/>${line('M16 16 L21.5 21.5')}`,
  home: '<path d="M12 2.5 L22 11 H19 V21 H14 V15 H10 V21 H5 V11 H2 Z"/>',
  person: '<circle cx="12" cy="7.5" r="4.8"/><path d="M2.5 22 C3 16.6 6.8 14 12 14 C17.2 14 21 16.6 21.5 22 Z"/>',
  music: '<path d="M9 4 L20 2 V16.5 A3.2 3.2 0 1 1 17.6 13.4 V7.2 L11.4 8.4 V19 A3.2 3.2 0 1 1 9 15.9 Z"/>',
  menu: '<path d="M3 5 H21 V7.4 H3 Z M3 10.8 H21 V13.2 H3 Z M3 16.6 H21 V19 H3 Z"/>',
  play: '<path d="M6 3 L21 12 L6 21 Z"/>',
};

/** Filled shapes take the group's fill; drawn lines take `ink`. */
export const symbolPath = (name: SymbolName, ink = '#161823'): string => drawings[name].replaceAll('currentInk', ink);
