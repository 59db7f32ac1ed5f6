import type { Device } from '../../src/contract/device.ts';

/** What the operator sorts phones by in passing: working, idle, in need of somebody. */
export const standings = ['working', 'idle', 'held', 'attention', 'disabled'] as const;
export type Standing = (typeof standings)[number];

export function standingOf({ state, running_task_id, held_by }: Device): Standing {
  if (state === 'disabled') return 'disabled';
  if (running_task_id !== null) return 'working';
  if (held_by !== null) return 'held';
  return state === 'ready' ? 'idle' : 'attention';
}

export const sorts = ['name', 'serial', 'standing', 'proof', 'queue', 'battery', 'storage'] as const;
export type Sort = (typeof sorts)[number];

export const groupings = ['none', 'standing', 'group', 'tag', 'model', 'host'] as const;
export type Grouping = (typeof groupings)[number];

export interface WallView {
  text: string;
  standing: Standing | undefined;
  sort: Sort;
  grouping: Grouping;
}

export function filterDevices(devices: readonly Device[], { text, standing }: WallView): readonly Device[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return devices.filter(
    (device) =>
      (standing === undefined || standingOf(device) === standing) &&
      (words.length === 0 || hasWords(searchText(device), words)),
  );
}

const hasWords = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word));

const searchText = ({ serial, name, model, tags, groups, state, host }: Device): string =>
  [serial, name, model ?? '', state, host ?? '', ...tags, ...groups].join('\n').toLowerCase();

export function countStandings(devices: readonly Device[]): Readonly<Record<Standing, number>> {
  const counts = { working: 0, idle: 0, held: 0, attention: 0, disabled: 0 };
  for (const device of devices) counts[standingOf(device)]++;
  return counts;
}

const byText = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Unknown values come last. */
const low = (value: number | null | undefined): number => value ?? Number.POSITIVE_INFINITY;

const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

const urgency: Readonly<Record<Standing, number>> = { attention: 0, working: 1, held: 2, idle: 3, disabled: 4 };

const orders: Readonly<Record<Sort, (a: Device, b: Device) => number>> = {
  name: (a, b) => byText.compare(a.name || a.serial, b.name || b.serial),
  serial: (a, b) => byText.compare(a.serial, b.serial),
  standing: (a, b) => urgency[standingOf(a)] - urgency[standingOf(b)],
  // Oldest proof first: those are the ones to look at.
  proof: (a, b) => (a.last_proof_at ?? '').localeCompare(b.last_proof_at ?? ''),
  queue: (a, b) => b.queue_length - a.queue_length,
  battery: (a, b) => difference(low(a.battery?.level), low(b.battery?.level)),
  storage: (a, b) => difference(low(a.storage_free_mb), low(b.storage_free_mb)),
};

export function sortDevices(devices: readonly Device[], sort: Sort): readonly Device[] {
  const order = orders[sort];
  return [...devices].sort((a, b) => order(a, b) || byText.compare(a.serial, b.serial));
}

export interface WallGroup {
  /** '' for phones that have none; a standing when grouped by it. */
  key: string;
  devices: readonly Device[];
}

/** A phone in two groups stands in both. */
export function groupDevices(devices: readonly Device[], grouping: Grouping): readonly WallGroup[] {
  if (grouping === 'none') return [{ key: '', devices }];
  const groups = new Map<string, Device[]>();
  for (const device of devices) {
    for (const key of keysOf(device, grouping)) {
      const group = groups.get(key);
      if (group) group.push(device);
      else groups.set(key, [device]);
    }
  }
  const rank = (key: string) => (grouping === 'standing' ? urgency[key as Standing] : key === '' ? 1 : 0);
  return [...groups]
    .map(([key, members]) => ({ key, devices: members }))
    .sort((a, b) => rank(a.key) - rank(b.key) || byText.compare(a.key, b.key));
}

const orNone = (keys: readonly string[]): readonly string[] => (keys.length === 0 ? [''] : keys);

function keysOf(device: Device, grouping: Exclude<Grouping, 'none'>): readonly string[] {
  switch (grouping) {
    case 'standing':
      return [standingOf(device)];
    case 'group':
      return orNone(device.groups);
    case 'tag':
      return orNone(device.tags);
    case 'model':
      return [device.model ?? ''];
    case 'host':
      return [device.host ?? ''];
  }
}

export type WallRow = { kind: 'head'; group: WallGroup } | { kind: 'tiles'; devices: readonly Device[]; from: number };

/** Rows of tiles, and a heading before each group. `from` counts tiles from the top, for moving by keys. */
export function rowsOf(groups: readonly WallGroup[], columns: number, hasHeads: boolean): readonly WallRow[] {
  const rows: WallRow[] = [];
  let from = 0;
  for (const group of groups) {
    if (hasHeads) rows.push({ kind: 'head', group });
    for (let at = 0; at < group.devices.length; at += columns) {
      const devices = group.devices.slice(at, at + columns);
      rows.push({ kind: 'tiles', devices, from });
      from += devices.length;
    }
  }
  return rows;
}
