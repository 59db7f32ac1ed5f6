import type { Ctx } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { waitFor } from '../base/wait.ts';
import { isRecord } from './agent.ts';
import { key, tap } from './gesture.ts';
import { middleOf, type Node } from './hierarchy.ts';
import { inHand, type Phone } from './phone.ts';
import { readHierarchy } from './screen.ts';

/** Room for JSON around the text and for its escapes, below the 64 KiB the automation server takes. */
const chunkBytes = 24 * 1024;

/**
 * Replaces what stands in `field` (default: the field that has the focus) by `text` and reads it back; emoji, right-to-left
 * text and line breaks arrive as they are. Throws `phone.control-missing` when no field has the focus,
 * `phone.text-mismatch` when the field holds something else afterwards. Returns what was read back.
 */
export async function typeText(
  ctx: Ctx,
  phone: Phone,
  text: string,
  { field, timeoutMs = 15_000 }: { field?: Node; timeoutMs?: number } = {},
): Promise<string> {
  return await inHand(ctx, phone, async (bound) => {
    const element = await focusedElement(bound, phone, field);
    const chunks = splitText(text);
    for (const [index, chunk] of chunks.entries()) {
      const body = { text: chunk, replace: index === 0 };
      await phone.agent.call(bound, 'POST', `/element/${element}/value`, { body, timeoutMs });
    }
    const read = await textOf(bound, phone, element);
    if (read !== text && !(text === '' && (await isEmptyField(bound, phone, field)))) {
      throw new DroverError('phone.text-mismatch', {
        message: `the field holds ${read.length} characters instead of the ${text.length} typed`,
        details: { typedChars: text.length, readChars: read.length, sameUntil: sameUntil(read, text) },
      });
    }
    return read;
  });
}

/** As many as a person types at once; each key of a phone takes some milliseconds. */
const mostKeys = 200;
/** What the keys of every phone have (`Virtual.kcm`). */
const keyable = /^[ -~]*$/;

/**
 * Types `text` into the field that has the focus, beside what stands there. What keys have is typed with keys, where the
 * cursor is, passwords too; anything else (other scripts, emoji, line breaks, long texts) is put behind what is there, and
 * read back. Throws `phone.control-missing` when no field has the focus, `phone.text-mismatch` when the field did not take
 * the text.
 */
export async function addText(ctx: Ctx, phone: Phone, text: string, { timeoutMs = 15_000 } = {}): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    const element = await focusedElement(bound, phone, undefined);
    if (text.length <= mostKeys && keyable.test(text)) {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      if (actions.length === 0) return;
      const body = { actions: [{ type: 'key', id: 'keys', actions }] };
      await phone.agent.call(bound, 'POST', '/actions', { body, timeoutMs });
      return;
    }
    for (const chunk of splitText(text)) {
      const body = { text: chunk, replace: false };
      await phone.agent.call(bound, 'POST', `/element/${element}/value`, { body, timeoutMs });
    }
    const read = await textOf(bound, phone, element);
    if (!read.endsWith(text)) {
      throw new DroverError('phone.text-mismatch', {
        message: `the field does not end with the ${text.length} characters typed`,
        details: { typedChars: text.length, readChars: read.length },
      });
    }
  });
}

/** KEYCODE_PASTE: a text field pastes as its menu would. [AOSP TextView.doKeyDown] */
const pasteKey = 279;

/**
 * The text in the clipboard, by way of `field`, an empty one of the app in front, which may read it on every Android: pasted
 * there, read, and taken away again. Undefined where the field takes no focus, shows another text then, or nothing arrives
 * within `timeoutMs`. Throws `phone.text-mismatch` when the field is not proven to be empty again within as long, and the
 * reason of an abort, which may leave the text there.
 */
export async function readByPasting(
  ctx: Ctx,
  phone: Phone,
  field: Node,
  limit = { timeoutMs: 3_000 },
): Promise<string | undefined> {
  return await inHand(ctx, phone, async (bound) => {
    const element = await unless('phone.control-missing', bound, focusedElement(bound, phone, field));
    if (element === undefined) return undefined;
    const empty = await textOf(bound, phone, element);
    // the focus may bring up a text from before, which is not ours to take away
    if (empty !== field.text && empty !== '' && !(await isEmptyField(bound, phone, undefined))) return undefined;
    const arrived = async () => {
      const text = await textOf(bound, phone, element);
      return text === empty ? undefined : text;
    };
    try {
      await key(bound, phone, pasteKey);
      return await unless('phone.timeout', bound, waitFor(bound, 'a pasted text', arrived, limit));
    } finally {
      await clearField(bound, phone, { element, empty }, limit);
    }
  });
}

/** `empty` is what the field says of itself when nothing stands in it: its hint. */
async function clearField(
  ctx: Ctx,
  phone: Phone,
  { element, empty }: { element: string; empty: string },
  limit: { timeoutMs: number },
): Promise<void> {
  await phone.agent.call(ctx, 'POST', `/element/${element}/value`, { body: { text: '', replace: true } });
  const isEmpty = async () => {
    const text = await textOf(ctx, phone, element);
    return text === '' || text === empty || (await isEmptyField(ctx, phone, undefined)) ? true : undefined;
  };
  if (await unless('phone.timeout', ctx, waitFor(ctx, 'the field to be empty', isEmpty, limit))) return;
  throw new DroverError('phone.text-mismatch', {
    message: 'the field still holds a text that was pasted to be read',
  });
}

/** What `work` gives; undefined where it fails with `code`, but for an abort. */
async function unless<T>(code: DroverError['code'], ctx: Ctx, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, code) && !ctx.signal.aborted) return undefined;
    throw error;
  }
}

/** What stands in the field that has the focus, or in `field` as the screen shows it now (its hint, when it is empty). */
export async function readText(ctx: Ctx, phone: Phone, field?: Node): Promise<string> {
  return await inHand(ctx, phone, async (bound) => {
    if (field === undefined || field.focused) {
      const element = await findFocused(bound, phone);
      if (element !== undefined) return await textOf(bound, phone, element);
    }
    const now = field && same(await readHierarchy(bound, phone), field);
    if (!now) throw noField();
    return now.text;
  });
}

/** Closes the on-screen keyboard if it is open. The field keeps its text. */
export async function hideKeyboard(ctx: Ctx, phone: Phone): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    if (!(await isKeyboardShown(bound, phone))) return;
    // Escape closes the keyboard of most phones and leaves no screen; Back is for the others.
    for (const code of [111, 4]) {
      await key(bound, phone, code);
      try {
        const limit = { timeoutMs: 1_000, delayMs: 50 };
        await waitFor(bound, 'the keyboard to close', () => isKeyboardHidden(bound, phone), limit);
        return;
      } catch (error) {
        if (!hasCode(error, 'phone.timeout')) throw error;
      }
    }
    throw new DroverError('phone.timeout', { message: 'the keyboard does not close' });
  });
}

export async function isKeyboardShown(ctx: Ctx, phone: Phone): Promise<boolean> {
  const { stdout } = await phone.device.shell(ctx, ['dumpsys', 'input_method']);
  return /mInputShown=true/.test(stdout);
}

const isKeyboardHidden = async (ctx: Ctx, phone: Phone): Promise<true | undefined> =>
  (await isKeyboardShown(ctx, phone)) ? undefined : true;

async function focusedElement(ctx: Ctx, phone: Phone, field: Node | undefined): Promise<string> {
  if (field && !field.focused) await tap(ctx, phone, middleOf(field.bounds));
  try {
    const limit = { timeoutMs: field ? 3_000 : 500, delayMs: 50 };
    return await waitFor(ctx, 'a text field to take the focus', () => findFocused(ctx, phone), limit);
  } catch (error) {
    if (hasCode(error, 'phone.timeout') && !ctx.signal.aborted) throw noField();
    throw error;
  }
}

/** Element ids are used at once and never kept: any new session makes them void. */
async function findFocused(ctx: Ctx, phone: Phone): Promise<string | undefined> {
  const body = {
    strategy: '-android uiautomator',
    selector: 'new UiSelector().focused(true)',
    context: '',
    multiple: false,
  };
  for (const ask of [
    () => phone.agent.call(ctx, 'GET', '/element/active'),
    () => phone.agent.call(ctx, 'POST', '/element', { body }),
  ]) {
    try {
      return elementId(await ask());
    } catch (error) {
      if (!hasCode(error, 'phone.control-missing')) throw error;
    }
  }
  return undefined;
}

function elementId(value: unknown): string {
  const id = isRecord(value) ? (value['element-6066-11e4-a52e-4f735466cecf'] ?? value.ELEMENT) : undefined;
  if (typeof id !== 'string') throw new DroverError('phone.control-missing', { message: 'no element came back' });
  return id;
}

async function textOf(ctx: Ctx, phone: Phone, element: string): Promise<string> {
  const value = await phone.agent.call(ctx, 'GET', `/element/${element}/attribute/text`);
  return typeof value === 'string' ? value : '';
}

/** An empty field shows its hint as text, and no attribute of older servers tells the two apart; so the hint is compared. */
async function isEmptyField(ctx: Ctx, phone: Phone, field: Node | undefined): Promise<boolean> {
  const hierarchy = await readHierarchy(ctx, phone);
  const now = field ? same(hierarchy, field) : hierarchy.nodes.find((node) => node.focused);
  return now !== undefined && (now.text === '' || now.text === now.hint);
}

function same(hierarchy: Awaited<ReturnType<typeof readHierarchy>>, field: Node): Node | undefined {
  const alike = hierarchy.nodes.filter((node) => node.className === field.className && node.id === field.id);
  const there = alike.find((node) => node.bounds.left === field.bounds.left && node.bounds.top === field.bounds.top);
  return there ?? (alike.length === 1 ? alike[0] : undefined);
}

/**
 * Pieces of at most `chunkBytes`, cut between graphemes. No piece ends with a backslash and an n: the automation server
 * takes these two as "press Enter", and Enter may publish.
 */
export function splitText(text: string, maxBytes = chunkBytes): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const more = Buffer.byteLength(segment, 'utf8');
    if (piece !== '' && (bytes + more > maxBytes || (piece.endsWith('\\') && segment === 'n'))) {
      pieces.push(piece);
      piece = '';
      bytes = 0;
    }
    piece += segment;
    bytes += more;
  }
  return [...pieces, piece];
}

function sameUntil(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

const noField = (): DroverError =>
  new DroverError('phone.control-missing', { message: 'no text field on the screen has the focus' });
