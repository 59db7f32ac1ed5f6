import type { ScriptContext } from '../../script/kit.ts';
import type { PhoneMedia } from '../../script/media.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { asOneReads, labelsOn } from '../shapes.ts';
import { openOwnProfile } from './account.ts';
import { durationPattern } from './places.ts';
import { bar } from './screens/bar.ts';
import { chosenGallery, createSheet, editor, gallery, storyEditor } from './screens/create.ts';
import { ownProfile } from './screens/profile.ts';
import { postScreen, typingPost } from './screens/share.ts';

/** Loading a video, or decoding it for the editor, takes long on old phones. */
const slowMs = 40_000;
const pageMs = 20_000;
/** Media that has just been pushed shows up, with its length, a moment after the picker has opened. */
const indexMs = 15_000;
/** For one photo. */
const mostScrolls = 4;
/** Every picker shows two rows of three, one of which may be the camera. */
const fewestShown = 5;

export type Destination = 'reel' | 'post' | 'story';

const rowFor = { reel: createSheet.createReel, post: createSheet.createPost, story: createSheet.createStory } as const;
const tabFor = {
  reel: 'destinationReel',
  post: 'destinationPost',
  story: 'destinationStory',
} as const satisfies Record<Destination, keyof typeof gallery.controls>;

const pickers = [gallery, chosenGallery] as const;
const pickerOn = (seen: Pick<Seen, 'of'>) => pickers.find((picker) => seen.of(picker).is);

/** From the own profile to the picker of this kind of post: over the sheet Create, or over the tab Create of older bars. */
export async function openPicker(ctx: ScriptContext, destination: Destination): Promise<void> {
  await ctx.step('open the picker', async () => {
    const profile = await openOwnProfile(ctx);
    const isNew = profile.of(ownProfile).has('createNew');
    await ctx.tap(isNew ? ownProfile.createNew : bar.navCreate);
    const seen = await ctx.waitFor<string>([createSheet, ...pickers], { timeoutMs: pageMs });
    if (seen.of(createSheet).is) {
      await ctx.tap(rowFor[destination]);
      await ctx.waitFor<string>(pickers, { timeoutMs: pageMs });
    }
    await choose(ctx, destination);
  });
}

/** The picker says in its title what it picks for; another kind is chosen in the strip at its lower end. */
async function choose(ctx: ScriptContext, destination: Destination): Promise<void> {
  const isRight = (seen: Seen<string>) => destinationOf(seen) === destination;
  const seen = await ctx.see();
  const picker = pickerOn(seen);
  if (!picker || isRight(seen.of(picker as typeof gallery))) return;
  await ctx.tap(picker[tabFor[destination]]);
  await ctx.waitFor<string>(pickers, { timeoutMs: pageMs, until: isRight });
}

const destinationOf = (seen: Seen<string>): string | undefined => {
  const picker = pickerOn(seen);
  const state = picker?.rules.state?.(seen.of(picker as typeof gallery) as never);
  return typeof state?.destination === 'string' ? state.destination : undefined;
};

/** One video or photo, or several photos in their order, and on to where they are edited. */
export async function pickMedia(
  ctx: ScriptContext,
  media: readonly PhoneMedia[],
  destination: Destination,
): Promise<void> {
  await ctx.step('choose our media', async () => {
    if (media.length > 1) await chooseSeveral(ctx, media);
    else await chooseOne(ctx, media, destination);
  });
}

async function chooseOne(ctx: ScriptContext, media: readonly PhoneMedia[], destination: Destination): Promise<void> {
  const [only] = media;
  if (!only) return;
  await waitForOurs(ctx, [only]);
  const picker = pickerOn(await ctx.see()) ?? gallery;
  const after = destination === 'story' ? [storyEditor] : [editor, postScreen, typingPost];
  // a post's picker has the newest chosen from the start, and it stands enlarged above the grid
  if (!(destination === 'post' && picker === chosenGallery)) {
    await ctx.tap(picker.firstItem, { given: (seen) => areOurs(seen, [only]) });
    const next = await ctx.waitFor<string>([...after, chosenGallery], { timeoutMs: slowMs });
    if (!next.of(chosenGallery).is) return;
  }
  await ctx.tap(chosenGallery.next, { given: (seen) => areOurs(seen, [only]) });
  await ctx.waitFor<string>(after, { timeoutMs: slowMs });
}

async function chooseSeveral(ctx: ScriptContext, media: readonly PhoneMedia[]): Promise<void> {
  await waitForOurs(ctx, media);
  const picker = pickerOn(await ctx.see()) ?? gallery;
  await ctx.tap(picker.selectMultiple);
  await ctx.waitFor<string>(pickers, { timeoutMs: pageMs });
  // what was chosen before several could be stays chosen, and would come first
  const chosen = (await ctx.see(chosenGallery)).allOf('selectedItems').length;
  for (let left = chosen; left > 0; left--) await toggle(ctx, (seen) => seen.allOf('selectedItems')[0], -1);
  for (let count = 0; count < media.length; count++) await toggle(ctx, (seen) => cellBehind(seen, count), 1);
  await ctx.tap(chosenGallery.next);
  await ctx.waitFor<string>([editor, postScreen, typingPost], { timeoutMs: slowMs });
}

type Picker = Seen<'items' | 'selectedItems' | (typeof tabFor)[Destination]>;
type Cell = ReturnType<Picker['allOf']>[number];

/** The cells that can be tapped: those that the strip of destinations hides in part are left out. */
function freeCells(seen: Picker): Cell[] {
  const strip = Object.values(tabFor).flatMap((key) => seen.allOf(key));
  const foot = Math.min(seen.hierarchy.height, ...strip.map(({ bounds }) => bounds.top));
  return asOneReads(seen.allOf('items')).filter(({ bounds }) => bounds.bottom <= foot);
}

/** The one after the last that is chosen: `count` are, one after the other from the first cell on. */
function cellBehind(seen: Picker, count: number): Cell | undefined {
  const cells = freeCells(seen);
  if (count === 0) return cells[0];
  const last = asOneReads(seen.allOf('selectedItems')).at(-1);
  const place = cells.findIndex(({ bounds }) => bounds.top === last?.bounds.top && bounds.left === last.bounds.left);
  return place < 0 ? undefined : cells[place + 1];
}

/** Taps a cell with a photo, which is scrolled to if need be; `by` is how many more are chosen of those in view then. */
async function toggle(ctx: ScriptContext, find: (seen: Picker) => Cell | undefined, by: 1 | -1): Promise<void> {
  for (let scrolls = 0; scrolls <= mostScrolls; scrolls++) {
    const picker = pickerOn(await ctx.waitFor<string>(pickers, { timeoutMs: pageMs })) ?? gallery;
    const seen = await ctx.see(picker);
    const cell = find(seen);
    if (!cell) {
      await showNextRows(ctx, seen);
      continue;
    }
    const { left, top } = cell.bounds;
    const chosen = seen.allOf('selectedItems').length;
    await ctx.tap(by > 0 ? picker.items : picker.selectedItems, {
      where: ({ bounds }) => bounds.left === left && bounds.top === top,
      given: ({ hierarchy }) => lengthOn(hierarchy, cell) === undefined || by < 0,
    });
    await ctx.waitFor<string>(pickers, {
      timeoutMs: pageMs,
      until: (now) => (pickerOn(now) ? now.allOf('selectedItems').length : -1) === chosen + by,
    });
    return;
  }
  ctx.fail('phone.control-missing', 'the picker shows no further photo');
}

/** Slowly, so that the grid moves as far as the finger: the last row in view becomes the first. */
async function showNextRows(ctx: ScriptContext, seen: Picker): Promise<void> {
  const cells = freeCells(seen);
  const [first, last] = [cells[0], cells.at(-1)];
  if (!first || !last) return ctx.fail('phone.control-missing', 'the picker shows no item');
  const { height } = seen.hierarchy;
  const middle = ({ bounds }: Cell) => (bounds.top + bounds.bottom) / 2 / height;
  await ctx.swipe({ x: 0.5, y: middle(last) }, { x: 0.5, y: middle(first) }, 1_200);
}

/** The newest items stand first, and ours are the newest, in their order; what is told of them must fit. */
async function waitForOurs(ctx: ScriptContext, media: readonly PhoneMedia[]): Promise<void> {
  const look = async () => {
    const seen = await ctx.see();
    return pickerOn(seen) && areOurs(seen.of((pickerOn(seen) ?? gallery) as typeof gallery) as Seen<string>, media)
      ? true
      : undefined;
  };
  await ctx.waitUntil('our media stands first in the gallery', look, { timeoutMs: indexMs });
}

/** A video shows its length, which apps round up or down; a photo shows none. */
export function areOurs(seen: Seen<string>, media: readonly Pick<PhoneMedia, 'kind' | 'durationMs'>[]): boolean {
  const picker = pickerOn(seen);
  if (!picker) return false;
  const cells = asOneReads(seen.of(picker as typeof gallery).allOf('items'));
  // several photos may be more than are in view
  return media.every((item, index) => {
    const cell = cells[index];
    if (!cell) return index >= fewestShown;
    const length = lengthOn(seen.hierarchy, cell);
    if (item.kind === 'image') return length === undefined;
    if (length === undefined) return false;
    const seconds = length.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    return item.durationMs === undefined ? seconds > 0 : Math.abs(seconds - item.durationMs / 1_000) <= 1;
  });
}

const lengthOn = (hierarchy: Seen['hierarchy'], cell: Cell): string | undefined =>
  labelsOn(hierarchy, cell).find((label) => durationPattern.test(label));

/** From the editor to the last screen before publishing. */
export async function leaveEditor(ctx: ScriptContext): Promise<void> {
  await ctx.step('leave the editor', async () => {
    const seen = await ctx.see();
    if (seen.of(postScreen).is || seen.of(typingPost).is) return;
    await ctx.tap(editor.next, { timeoutMs: slowMs });
    await ctx.waitFor<string>([postScreen, typingPost], { timeoutMs: slowMs });
  });
}

/** Typed and read back, with OK tapped so that Share is there again. */
export async function typeCaption(ctx: ScriptContext, caption: string): Promise<void> {
  await ctx.step('type the caption', async () => {
    if (caption.trim() !== '') {
      const isTyping = (await ctx.see(typingPost)).is;
      await ctx.type(isTyping ? typingPost.caption : postScreen.caption, caption);
    }
    if ((await ctx.see(typingPost)).is) await ctx.tap(typingPost.captionDone);
    await ctx.waitFor(postScreen, { timeoutMs: pageMs, until: (seen) => holdsCaption(seen, caption) });
  });
}

export const holdsCaption = (seen: Seen<'caption'>, caption: string): boolean =>
  caption.trim() === '' || showsText(seen.textOf('caption') ?? '', caption);
