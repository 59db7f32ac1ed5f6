/**
 * Which room may import which: the third column of the table in ARCHITECTURE.md, as data. `npm run check` enforces it
 * (tools/check-rooms.ts). A new arrow is argued in ARCHITECTURE.md in the same commit.
 *
 * A room is a folder of `src`; an entry with a slash names one file of a room (`phone/selector`).
 * Files directly in `src` (main, cli, config) and `src/cli` may import any room.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  base: ['contract'],
  store: ['contract', 'base'],
  adb: ['base'],
  phone: ['base', 'adb'],
  script: ['contract', 'base', 'phone'],
  apps: ['script', 'phone/selector'],
  fleet: ['contract', 'base', 'store', 'adb', 'phone'],
  rules: ['contract', 'base', 'store'],
  media: ['contract', 'base', 'store'],
  trace: ['contract', 'base'],
  task: ['contract', 'base', 'store', 'fleet', 'script'],
  http: ['contract', 'base', 'store', 'fleet', 'rules', 'media', 'trace', 'task'],
  sim: ['base'],
};

/** Folders beside `src` that have a rule of their own; what is not listed here (test, bench, tools) may import anything. */
export const outside: Readonly<Record<string, readonly string[]>> = {
  console: ['contract'],
  client: ['contract'],
};
