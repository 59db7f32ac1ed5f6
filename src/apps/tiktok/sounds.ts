import type { ScriptContext } from '../../script/kit.ts';
import type { MediaFile } from '../../script/seams.ts';
import type { Seen } from '../../script/seen.ts';
import { type PostInput, soundWordsFor } from '../post-input.ts';
import { waitForSounds } from '../sound-loading.ts';
import { labelsOn, soundOn } from './places.ts';
import { camera } from './screens/camera.ts';
import { editor } from './screens/editor.ts';
import { searchStart } from './screens/search-start.ts';
import { missingSound, soundPage, soundResults, sounds, volume } from './screens/sounds.ts';

const pageMs = 20_000;
/** A bar may not take the thumb exactly to where the finger leaves it. */
const mostDrags = 5;
/** Shares of the length of a bar: what is aimed at, and what nobody hears. */
const exact = 0.004;
const close = 0.02;

/** What a request wants to hear under a post. `starts`: the camera opens with the sound, before anything is picked. */
export type SoundWish =
  | { is: 'as-is' | 'off' | 'recommended' }
  | { is: 'named'; words: string; starts: boolean }
  | { is: 'linked'; url: string };

/** `post_way` useSound makes `add_sound` irrelevant; a link leads to the sound's own page, whichever of the two names it. */
export function soundWish(input: PostInput, media?: MediaFile): SoundWish {
  const { post_way, add_sound } = input;
  const starts = post_way === 'useSound';
  if (!starts && add_sound === '-1') return { is: 'as-is' };
  if (!starts && add_sound === '0') return { is: 'off' };
  if (!starts && add_sound === '1') return { is: 'recommended' };
  const words = soundWordsFor(input, media, { takesLinks: true });
  return /^https?:\/\//i.test(words) ? { is: 'linked', url: words } : { is: 'named', words, starts };
}

/** Throws `input.invalid` for a link that cannot be one of a sound. Touches nothing. */
export function checkSound(ctx: ScriptContext, wish: SoundWish): void {
  if (wish.is !== 'linked') return;
  const { hostname = '', pathname = '' } = URL.canParse(wish.url) ? new URL(wish.url) : {};
  const isShort = /^v[mt]\.tiktok\.com$/.test(hostname) || pathname.startsWith('/t/');
  if (/(?:^|\.)tiktok\.com$/.test(hostname) && (isShort || pathname.startsWith('/music/'))) return;
  ctx.fail(
    'input.invalid',
    `${wish.url} is no link to a sound of TikTok; copy it from the page of the sound, or give its name`,
    {
      url: wish.url,
    },
  );
}

type Page = typeof camera | typeof editor;

const titleOn = (seen: Seen<string>): string | undefined => soundOn(seen.hierarchy, seen.nodeOf('addSound'));

/** Long titles are cut, and some stand beside the name of the artist. */
function isSameTitle(shown: string | undefined, title: string): boolean {
  const [a, b] = [shown ?? '', title].map((text) =>
    text
      .replace(/(?:\.\.\.|…)$/, '')
      .trim()
      .toLowerCase(),
  );
  return a !== undefined && b !== undefined && a !== '' && b !== '' && (a.includes(b) || b.includes(a));
}

const noSound = (ctx: ScriptContext, sound: string): never =>
  ctx.fail(
    'app.target-missing',
    `TikTok shows no sound ${sound}; check its name in the app, or give the link of its page`,
    {
      sound,
    },
  );

/** Over the sound's own page to the camera with it. Throws `app.target-missing`. Gives the title, as far as the page tells. */
export async function openCameraByLink(ctx: ScriptContext, url: string, waitMs: number): Promise<string | undefined> {
  return await ctx.step('open the camera with the sound', async () => {
    await ctx.open(url);
    const page = await waitForSounds(
      ctx,
      'the page of the sound',
      waitMs,
      (now) => now.of(soundPage).is || now.of(missingSound).is,
    );
    if (page.of(missingSound).is) return noSound(ctx, url);
    const title = page.of(soundPage).textOf('title');
    await ctx.tap(soundPage.use);
    const seen = await ctx.waitFor(camera, {
      timeoutMs: pageMs,
      until: (now) => (title === undefined ? titleOn(now) !== undefined : isSameTitle(titleOn(now), title)),
    });
    return title ?? titleOn(seen);
  });
}

/**
 * From camera or editor into the list of sounds and back, with the first that was found or is recommended. Throws
 * `app.target-missing` where nothing is found. Gives the title, which camera or editor shows when this ends.
 */
export async function addSound(
  ctx: ScriptContext,
  page: Page,
  { words, waitMs }: { words: string | undefined; waitMs: number },
): Promise<string> {
  return await ctx.step(words === undefined ? 'add the recommended sound' : 'add the sound', async () => {
    await ctx.tap(page.addSound);
    await ctx.waitFor(sounds, { timeoutMs: pageMs });
    const title = words === undefined ? await takeFirst(ctx, waitMs) : await find(ctx, words, waitMs);
    if ((await ctx.see(sounds)).is) await ctx.key('back');
    await waitForSound(ctx, page, title);
    return title;
  });
}

/** Reads back that what is being made has this sound. */
export async function waitForSound(ctx: ScriptContext, page: Page, title: string): Promise<void> {
  await ctx.waitFor<string>(page, { timeoutMs: pageMs, until: (seen) => isSameTitle(titleOn(seen), title) });
}

async function takeFirst(ctx: ScriptContext, waitMs: number): Promise<string> {
  const seen = await waitForSounds(ctx, 'the list of sounds', waitMs, (now) => now.of(sounds).has('rows'));
  return await tapFirst(ctx, sounds, seen.of(sounds));
}

async function find(ctx: ScriptContext, words: string, waitMs: number): Promise<string> {
  await ctx.tap(sounds.search);
  await ctx.waitFor(searchStart, { timeoutMs: pageMs });
  await ctx.type(searchStart.searchInput, words);
  await ctx.enter(searchStart.searchInput);
  const found = await waitForSounds(
    ctx,
    'what the search for the sound finds',
    waitMs,
    (now) => now.of(soundResults).has('rows') || now.of(searchStart).has('none'),
  );
  if (!found.of(soundResults).is) return noSound(ctx, `called "${words}"`);
  const title = await tapFirst(ctx, soundResults, found.of(soundResults));
  // it plays first; only then it can be taken
  await waitForSounds(ctx, 'the sound', waitMs, (now) => now.of(soundResults).has('use'));
  await ctx.tap(soundResults.use);
  await ctx.waitFor<string>([sounds, camera, editor], { timeoutMs: pageMs });
  return title;
}

/** The topmost row; gives its title. */
async function tapFirst(
  ctx: ScriptContext,
  list: typeof sounds | typeof soundResults,
  seen: Seen<'rows'>,
): Promise<string> {
  const [row] = seen.allOf('rows').toSorted((a, b) => a.bounds.top - b.bounds.top);
  const title = row && labelsOn(seen.hierarchy, row, /./)[0];
  if (!row || title === undefined) return ctx.fail('phone.control-missing', 'the list of sounds shows no title');
  await ctx.tap(list.rows, { where: ({ bounds }) => bounds.top === row.bounds.top });
  return title;
}

/** Shares of their bars in %. A photo has no sound of its own, so `origin` is left out. */
export interface Volumes {
  origin: number | undefined;
  added: number;
}

/** From the editor to the two bars and back. Read back before "Done". */
export async function setVolumes(ctx: ScriptContext, { origin, added }: Volumes): Promise<void> {
  await ctx.step('set the volumes', async () => {
    await ctx.tap(editor.addSound);
    await ctx.waitFor(sounds, { timeoutMs: pageMs });
    await ctx.tap(sounds.volume);
    await ctx.waitFor(volume, { timeoutMs: pageMs });
    if (origin !== undefined) await setBar(ctx, 'original', origin / 100);
    await setBar(ctx, 'added', added / 100);
    await ctx.tap(volume.done);
    await ctx.waitFor<string>([sounds, editor], { timeoutMs: pageMs });
    if ((await ctx.see(sounds)).is) await ctx.key('back');
    await ctx.waitFor(editor, { timeoutMs: pageMs });
  });
}

type Bar = 'original' | 'added';

/**
 * Android tells where a bar stands and not how far it goes, so it is taken to its end first; and it is longer than the way
 * of its thumb, so what it says then corrects the next drag.
 */
async function setBar(ctx: ScriptContext, bar: Bar, share: number): Promise<void> {
  const max = await drag(ctx, bar, 0.5, 1);
  let at = max;
  let aim = share;
  const isWithin = (distance: number) => max > 0 && Math.abs(at / max - share) <= distance;
  for (let drags = 0; drags < mostDrags; drags++) {
    if (isWithin(exact)) return;
    at = await drag(ctx, bar, max > 0 ? at / max : 1, aim);
    aim = Math.min(1, Math.max(0, aim + share - at / max));
  }
  if (!isWithin(close))
    ctx.fail(
      'phone.text-mismatch',
      `the volume of the ${bar} sound stands at ${at} of ${max}, not at ${share * 100} %`,
    );
}

/** Gives where it stands afterwards. */
async function drag(ctx: ScriptContext, bar: Bar, from: number, to: number): Promise<number> {
  const seen = await ctx.waitFor(volume, { timeoutMs: pageMs, until: (now) => now.has(bar) });
  const { bounds } = seen.nodeOf(bar) ?? ctx.fail('phone.control-missing', `there is no bar for the ${bar} sound`);
  const { width, height } = seen.hierarchy;
  const at = (share: number) => ({
    x: (bounds.left + 1 + share * (bounds.right - bounds.left - 2)) / width,
    y: (bounds.top + bounds.bottom) / 2 / height,
  });
  await ctx.swipe(at(from), at(to), 600);
  return Number.parseFloat((await ctx.see(volume)).textOf(bar) ?? '');
}
