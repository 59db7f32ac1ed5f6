import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { MediaFile } from '../../../script/seams.ts';
import { captionFor, type PostInput, soundWordsFor, wantOf } from '../../post-input.ts';
import { openOwnProfile } from '../account.ts';
import { type Destination, holdsCaption, leaveEditor, openPicker, pickMedia, typeCaption } from '../compose.ts';
import { addAudio, labelAsAi, writeOnStory } from '../finish.ts';
import { isBaseline, PublishedLook, readBaseline, readFeed } from '../published.ts';
import { storyEditor } from '../screens/create.ts';
import { limitedReach, postScreen } from '../screens/share.ts';

const effectKey = 'post';
/** Beyond `upload_wait_time`: the profile has to be opened and loaded to see a finished upload. */
const proofMs = 15_000;
/** The warning comes at once or not at all; the time to act is short. */
const mostLooks = 4;
const uploadMostMs = 15 * 60_000;

/**
 * Publishes one reel, one story, or a post of images. What was there before is read from the own profile first; the caption
 * is typed and read back before the effect; Share is tapped once; and it counts as done when the profile has one more post
 * whose words are ours, a story when the app says so or a ring has come around the own picture. The caption
 * of a story is written on its picture, which no look can read back afterwards.
 */
export const post = defineScript('post', publish, {
  async prepare(ctx, input) {
    // posted by an attempt that died: what has become of the file since does not matter
    if (await isPublished(ctx)) return;
    refuseUnbuilt(ctx, input);
    await ctx.choose(wantOf(ctx, input, imagesOf(input)));
  },
  recalls: {
    // the kit asks again and again while it is unknown, each time anew: what was seen before is in the baseline alone
    post: async (ctx, { baseline }) =>
      isBaseline(baseline) ? await new PublishedLook(ctx, baseline).look() : 'unknown',
  },
});

async function publish(ctx: ScriptContext, input: PostInput): Promise<void> {
  if (await isPublished(ctx)) return;
  const profile = await ctx.step('read the own profile', () => openOwnProfile(ctx, { mayRestart: true }));
  const username = profile.textOf('username') ?? '';
  const media = await ctx.media(wantOf(ctx, input, imagesOf(input)));
  const [first] = media;
  if (!first) return ctx.fail('media.none-left');
  const { placement } = input;
  const destination: Destination = placement === 'story' ? 'story' : input.content_type === 1 ? 'post' : 'reel';
  const caption = captionFor(ctx, input, first);
  const before = await ctx.step('read the top of the feed', () => readFeed(ctx));
  const baseline = readBaseline(profile, { caption: placement === 'story' ? '' : caption, placement, ...before });

  await openPicker(ctx, destination);
  await pickMedia(ctx, media, destination);
  if (destination === 'story') {
    if (caption.trim() !== '') await writeOnStory(ctx, caption);
  } else {
    const waitMs = input.sound_wait_time * 1_000;
    const sound = soundOf(input, first);
    if (sound) await addAudio(ctx, { ...sound, waitMs });
    await leaveEditor(ctx);
    await typeCaption(ctx, caption);
    if (input.ai_label) await labelAsAi(ctx);
  }

  const published = new PublishedLook(ctx, baseline);
  await ctx.effect(
    {
      kind: 'post',
      target: username === '' ? '@me' : `@${username}`,
      key: effectKey,
      text: caption,
      baseline,
      lookFirst: false,
      deadline: {
        withoutProgressMs: Math.max(input.upload_wait_time * 1_000, proofMs),
        totalMs: uploadMostMs,
        progress: published.progress,
      },
    },
    {
      look: () => published.look(),
      isFinal: () => published.isFinal,
      act: () => (destination === 'story' ? ctx.tap(storyEditor.post) : tapShare(ctx, caption)),
    },
  );
}

const isPublished = (ctx: ScriptContext) => ctx.isDone({ kind: 'post', target: '@me', key: effectKey });

/** The one public tap; where the app warns that few will see it, its own Share, which only then publishes. */
async function tapShare(ctx: ScriptContext, caption: string): Promise<void> {
  await ctx.tap(postScreen.post, { given: (seen) => holdsCaption(seen, caption) });
  for (let looks = 0; looks < mostLooks; looks++) {
    const seen = await ctx.see(limitedReach);
    if (seen.is) return await ctx.tap(limitedReach.accept);
    if (!seen.of(postScreen).is) return;
  }
}

/** A story is one picture. */
const imagesOf = ({ placement, image_count }: PostInput) => ({ images: placement === 'story' ? 1 : image_count });

/** Instagram takes no more in one post. */
const mostImages = 20;

/** What is to be added; `words` undefined: what the app proposes. */
function soundOf(input: PostInput, media?: MediaFile): { words: string | undefined } | undefined {
  const isNamed = input.post_way === 'useSound' || input.add_sound === 'custom';
  if (isNamed) return { words: soundWordsFor(input, media, { takesLinks: false }) };
  return input.add_sound === '1' ? { words: undefined } : undefined;
}

/** Rather no post than another one than was asked for. `share` and `addButton` are the same here: the app's own picker. */
function refuseUnbuilt(ctx: ScriptContext, input: PostInput): void {
  if (input.content_type === 1 && input.image_count > mostImages) {
    ctx.fail('input.invalid', `image_count is ${input.image_count}; Instagram takes ${mostImages} images at most`);
  }
  const isReel = input.placement === 'reel' && input.content_type === 0;
  const sound = soundOf(input);
  if (sound && /^https?:\/\//i.test(sound.words ?? '')) {
    ctx.fail('input.invalid', `Instagram finds music by its name; give that instead of ${sound.words}`);
  }
  const hasVolume = input.origin_sound_volume !== 50 || input.add_sound_volume !== 50;
  const unbuilt =
    (sound && !isReel && 'a sound on anything but a reel') ||
    (sound && hasVolume && 'volumes of a sound') ||
    (input.ai_label && input.placement === 'story' && 'ai_label on a story');
  if (unbuilt) ctx.fail('app.missing-script', `post on Instagram does not know ${unbuilt} yet`, { unbuilt });
}
