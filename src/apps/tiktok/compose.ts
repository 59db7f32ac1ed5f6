import type { ScriptContext } from '../../script/kit.ts';
import type { PhoneMedia } from '../../script/media.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { asOneReads } from '../shapes.ts';
import { durationPattern, labelsOn } from './places.ts';
import { bar } from './screens/bar.ts';
import { camera } from './screens/camera.ts';
import { editor } from './screens/editor.ts';
import { chosenGallery, gallery } from './screens/gallery.ts';
import { postScreen, typingPost } from './screens/post.ts';

/** Loading a video, or decoding it for the editor, takes long on old phones. */
const slowMs = 40_000;
const pageMs = 20_000;
/** For one image. */
const mostScrolls = 6;
/** Where the tray with what was chosen begins, as a share of the height. [captures: create-gallery-selected] */
const trayTop = 0.765;
/** Every gallery shows two rows. */
const fewestShown = 6;

/** Hands the pushed file to the app, which opens its editor with it. */
export async function openByShare(ctx: ScriptContext, media: PhoneMedia): Promise<void> {
  await ctx.step('share to TikTok', async () => {
    await ctx.share(media);
    await ctx.waitFor<string>([editor, postScreen, typingPost], { timeoutMs: slowMs });
  });
}

/** By the app's own button. Begins on a screen with the bottom bar. */
export async function openCamera(ctx: ScriptContext): Promise<void> {
  await ctx.step('open the camera', async () => {
    await ctx.tap(bar.navCreate);
    await ctx.waitFor(camera, { timeoutMs: pageMs });
  });
}

/** From the camera over the gallery to the editor: one video, or images in their order. */
export async function pickFromCamera(ctx: ScriptContext, media: readonly PhoneMedia[]): Promise<void> {
  await ctx.step('open the gallery', async () => {
    await ctx.tap(camera.gallery);
    await ctx.waitFor(gallery, { timeoutMs: pageMs });
  });
  const [first] = media;
  if (first?.kind === 'video') await chooseVideo(ctx, first);
  else await chooseImages(ctx, media);
}

async function chooseVideo(ctx: ScriptContext, media: PhoneMedia): Promise<void> {
  await ctx.step('choose our video', async () => {
    await showOurs(ctx, media);
    await ctx.tap(gallery.firstItem, { given: (seen) => isFirstOurs(seen as Seen<'firstItem'>, media) });
    const next = await ctx.waitFor<string>([chosenGallery, editor], { timeoutMs: slowMs });
    if (!next.of(chosenGallery).is) return;
    await ctx.tap(chosenGallery.next);
    await ctx.waitFor(editor, { timeoutMs: slowMs });
  });
}

/** The newest item stands first, and ours is the newest; its length must fit too. Photos are filtered out if they are in the way. */
async function showOurs(ctx: ScriptContext, media: PhoneMedia): Promise<void> {
  const isOurs = (seen: Seen<'firstItem'>) => isFirstOurs(seen, media);
  const wanted = media.durationMs === undefined ? 'a video' : `a video of ${Math.round(media.durationMs / 1_000)} s`;
  const look = async () => ((await ctx.see(gallery)).is && isOurs(await ctx.see(gallery)) ? true : undefined);
  const found = await ctx
    .waitUntil(`the first item of the gallery is ${wanted}`, look, { timeoutMs: 6_000 })
    .catch(() => undefined);
  if (found) return;
  await ctx.tap(gallery.tabVideos);
  await ctx.waitFor(gallery, { timeoutMs: pageMs, until: isOurs });
}

/** Apps round a length up or down. */
export function isFirstOurs(seen: Seen<'firstItem'>, { durationMs }: Pick<PhoneMedia, 'durationMs'>): boolean {
  const item = seen.nodeOf('firstItem');
  if (!item) return false;
  const [label] = labelsOn(seen.hierarchy, item, durationPattern);
  if (label === undefined) return false;
  if (durationMs === undefined) return true;
  const seconds = label.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.abs(seconds - durationMs / 1_000) <= 1;
}

/** In their order: ours are the newest, and stand in it from the first cell on. Those already chosen carry their number. */
async function chooseImages(ctx: ScriptContext, media: readonly PhoneMedia[]): Promise<void> {
  await ctx.step(`choose our ${media.length} images`, async () => {
    await ctx.tap(gallery.tabPhotos);
    await ctx.waitFor(gallery, { timeoutMs: pageMs, until: (seen) => arePhotos(seen, media.length) });
    await ctx.tap(gallery.selectMultiple);
    for (let count = 0; count < media.length; count++) {
      const { page, left, top } = await nextCell(ctx, count);
      await ctx.tap(page.items, { where: ({ bounds }) => bounds.left === left && bounds.top === top });
      await ctx.waitFor(chosenGallery, { timeoutMs: pageMs, until: (now) => chosenCount(now) === count + 1 });
    }
    await ctx.tap(chosenGallery.next);
    await ctx.waitFor(editor, { timeoutMs: slowMs });
  });
}

/** The cell behind the `count` that are chosen; the grid is scrolled until the last of them and this one are shown. */
async function nextCell(ctx: ScriptContext, count: number) {
  for (let scrolls = 0; scrolls <= mostScrolls; scrolls++) {
    const seen = await ctx.waitFor<'items'>([gallery, chosenGallery], { timeoutMs: pageMs });
    const cells = asOneReads(seen.allOf('items')).filter(
      ({ bounds }) => bounds.bottom <= seen.hierarchy.height * trayTop,
    );
    const last = cells.findIndex((cell) => labelsOn(seen.hierarchy, cell, /^\d{1,2}$/)[0] === String(count));
    const cell = count === 0 || last >= 0 ? cells[last + 1] : undefined;
    if (cell) return { page: seen.of(chosenGallery).is ? chosenGallery : gallery, ...cell.bounds };
    // slowly, so that the grid moves as far as the finger: less than what is shown of it
    const [from, to] = last >= 0 ? [0.62, 0.38] : [0.45, 0.55];
    await ctx.swipe({ x: 0.5, y: from }, { x: 0.5, y: to }, 1_200);
  }
  return ctx.fail('phone.control-missing', `the gallery shows no image behind the ${count} that are chosen`);
}

const chosenCount = (seen: Seen<'next'>): number => Number(/\d+/.exec(seen.textOf('next') ?? '')?.[0] ?? 0);

/** Photos alone: none of the first cells says how long it is. */
const arePhotos = (seen: Seen<'items'>, count: number): boolean => {
  const cells = asOneReads(seen.allOf('items')).slice(0, count);
  return (
    cells.length >= Math.min(count, fewestShown) &&
    cells.every((cell) => labelsOn(seen.hierarchy, cell, durationPattern).length === 0)
  );
};

/** The app puts a sound of its own choice on some posts. */
export async function removeSound(ctx: ScriptContext): Promise<void> {
  await ctx.step('take the sound off', async () => {
    const seen = await ctx.see(editor);
    if (!seen.is || !seen.has('removeSound')) return;
    await ctx.tap(editor.removeSound);
    await ctx.waitFor(editor, { timeoutMs: pageMs, until: (now) => !now.has('removeSound') });
  });
}

/** From the editor to the last screen before publishing. */
export async function leaveEditor(ctx: ScriptContext): Promise<void> {
  await ctx.step('leave the editor', async () => {
    const seen = await ctx.see();
    if (seen.of(postScreen).is || seen.of(typingPost).is) return;
    await ctx.tap(editor.next, { timeoutMs: slowMs });
    await ctx.waitFor<string>([postScreen, typingPost], { timeoutMs: slowMs });
  });
}

/** Typed and read back, with the keyboard away again so that Post stands at the bottom. */
export async function typeCaption(ctx: ScriptContext, caption: string): Promise<void> {
  await ctx.step('type the caption', async () => {
    if (caption.trim() !== '') {
      const isTyping = (await ctx.see(typingPost)).is;
      await ctx.type(isTyping ? typingPost.caption : postScreen.caption, caption);
    }
    await closeKeyboard(ctx);
    await ctx.waitFor(postScreen, { timeoutMs: pageMs, until: (seen) => holdsCaption(seen, caption) });
  });
}

export const holdsCaption = (seen: Seen<'caption'>, caption: string): boolean =>
  caption.trim() === '' || showsText(seen.textOf('caption') ?? '', caption);

async function closeKeyboard(ctx: ScriptContext): Promise<void> {
  if (!(await ctx.see(typingPost)).is) return;
  await ctx.hideKeyboard();
  const seen = await ctx.see(typingPost);
  if (seen.is && seen.has('captionDone')) await ctx.tap(typingPost.captionDone);
}
