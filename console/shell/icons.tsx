/** Our few icons, drawn on a grid of 24. They decorate: what they mean stands beside them or in a label. */
const shapes = {
  wall: 'M4 5h5v14H4zM11 5h5v14h-5zM18 5h2v14h-2z',
  tasks: 'M9 6h11M9 12h11M9 18h11M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2',
  accounts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-3.500 3.600-6 8-6s8 2.500 8 6',
  media: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.500 9.500h.01',
  schedules: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  review: 'M4 5h16v11H9l-5 4zM9 10.500l2 2 4-4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  guide:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.700 9.500a2.400 2.400 0 1 1 3.300 2.300c-.7.3-1 .8-1 1.700M12 16.800h.01',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M18.400 5.600L17 7M7 17l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
  auto: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 8l6.500-1M12 13h9M12 18l6-1',
  battery: 'M3 8h15v8H3zM21 11v2',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  disk: 'M4 6h16v5H4zM4 13h16v5H4zM16.500 8.500h.01M16.500 15.500h.01',
  queue: 'M5 6h14M5 12h14M5 18h8',
  retry: 'M20 11a8 8 0 1 0-2.300 6.300M20 5v6h-6',
  stop: 'M6 6h12v12H6z',
  bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  plus: 'M12 5v14M5 12h14',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  check: 'M5 12.500l4.500 4.500L19 7',
  warn: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  back: 'M9 7l-5 5 5 5M4 12h11a5 5 0 0 1 0 10',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  recents: 'M6 6h12v12H6z',
  phone: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2',
  upload: 'M12 16V4M7 9l5-5 5 5M4 18v2h16v-2',
  download: 'M12 4v12M7 11l5 5 5-5M4 18v2h16v-2',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  play: 'M7 5l12 7-12 7z',
  pause: 'M8 5v14M16 5v14',
  rotate: 'M4 8a8 8 0 0 1 13-3l3 3M20 3v5h-5M20 16a8 8 0 0 1-13 3l-3-3M4 21v-5h5',
  folder: 'M3 6h6l2 2h10v11H3z',
  file: 'M6 3h9l4 4v14H6zM14 3v5h5',
  up: 'M6 14l6-6 6 6',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-5.500l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 5.500l1-1',
  hand: 'M8 12V6a1.500 1.500 0 0 1 3 0v5M11 11V4.500a1.500 1.500 0 0 1 3 0V11M14 11V6a1.500 1.500 0 0 1 3 0v8c0 4-2.500 7-6 7-3 0-4.500-1.500-6-5l-1.300-3a1.500 1.500 0 0 1 2.600-1.400L8 14',
  eye: 'M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  key: 'M15 12a4 4 0 1 0-3.900-5L4 14v3h3v-2h2v-2h2l1.100-1.100A4 4 0 0 0 15 12zM16 7.500h.01',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M9 12h9',
  log: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
} as const;

export type IconName = keyof typeof shapes;

/** Those that point along the line. */
const mirrored: ReadonlySet<IconName> = new Set(['left', 'right', 'back', 'leave']);

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      data-mirrored={mirrored.has(name) || undefined}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
