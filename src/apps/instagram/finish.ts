import { normalText } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { waitForSounds } from '../sound-loading.ts';
import { audioList, audioTrim, storyText } from './screens/audio.ts';
import { editor, storyEditor } from './screens/create.ts';
import { postScreen } from './screens/share.ts';

const pageMs = 20_000;
/** The share screen is about two screens long on small phones. */
const mostScrolls = 3;

/** From the reel's editor to the list of music and back, with the first track that was found or is proposed. */
export async function addAudio(
  ctx: ScriptContext,
  { words, waitMs }: { words: string | undefined; waitMs: number },
): Promise<void> {
  await ctx.step(words === undefined ? 'add the proposed sound' : 'add the sound', async () => {
    await ctx.tap(editor.addSound);
    const proposed = await waitForSounds(ctx, 'the list of music', waitMs, (seen) => seen.of(audioList).has('rows'));
    let list = proposed.of(audioList);
    if (words !== undefined) {
      await ctx.type(audioList.input, words);
      await ctx.enter(audioList.input);
      const before = list.textsOf('rows').join();
      const isAnswer = (seen: Seen) => {
        const now = seen.of(audioList);
        return now.has('none') || (now.has('rows') && now.textsOf('rows').join() !== before);
      };
      list = (await waitForSounds(ctx, 'what the search for music finds', waitMs, isAnswer)).of(audioList);
    }
    const [row] = list.allOf('rows');
    if (!row) {
      return ctx.fail('app.target-missing', `Instagram shows no music called "${words}"; check its name in the app`, {
        sound: words,
      });
    }
    const { desc } = row;
    await ctx.tap(audioList.rows, { where: (node) => node.bounds.top === row.bounds.top && node.desc === desc });
    await waitForSounds(ctx, 'the track', waitMs, (seen) => seen.of(audioList).has('use'));
    await ctx.tap(audioList.use);
    // the sentence of the row holds the title, which this page shows
    await ctx.waitFor(audioTrim, {
      timeoutMs: pageMs,
      until: ({ hierarchy }) =>
        hierarchy.nodes.some(({ text }) => text !== '' && normalText(desc).includes(normalText(text))),
    });
    await ctx.tap(audioTrim.done);
    await ctx.waitFor(editor, { timeoutMs: pageMs });
  });
}

/** Begins and ends on the share screen, with the caption in view. The switch is read back. */
export async function labelAsAi(ctx: ScriptContext): Promise<void> {
  await ctx.step('label it as made with AI', async () => {
    let scrolls = 0;
    for (; scrolls < mostScrolls && !(await ctx.waitFor(postScreen, { timeoutMs: pageMs })).has('aiLabel'); scrolls++) {
      await ctx.scroll('down');
    }
    if ((await ctx.see(postScreen)).isSelected('aiLabel') !== true) await ctx.tap(postScreen.aiLabel);
    await ctx.waitFor(postScreen, { timeoutMs: pageMs, until: (seen) => seen.isSelected('aiLabel') === true });
    for (; scrolls > 0; scrolls--) await ctx.scroll('up');
    await ctx.waitFor(postScreen, { timeoutMs: pageMs, until: (seen) => seen.has('caption') });
  });
}

/** Puts words on the picture of a story; read back before "Done", because the picture tells of none. */
export async function writeOnStory(ctx: ScriptContext, caption: string): Promise<void> {
  await ctx.step('write on the story', async () => {
    await ctx.tap(storyEditor.addText);
    await ctx.waitFor(storyText, { timeoutMs: pageMs });
    await ctx.type(storyText.input, caption);
    await ctx.tap(storyText.done);
    await ctx.waitFor(storyEditor, { timeoutMs: pageMs });
  });
}
