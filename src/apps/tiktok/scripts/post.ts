import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { PhoneMedia } from '../../../script/media.ts';
import { captionFor, type PostInput, wantOf } from '../../post-input.ts';
import { openOwnProfile } from '../account.ts';
import {
  holdsCaption,
  leaveEditor,
  openByShare,
  openCamera,
  pickFromCamera,
  removeSound,
  typeCaption,
} from '../compose.ts';
import { addProductLink, labelAsAi } from '../post-more.ts';
import { type Baseline, isBaseline } from '../proof.ts';
import { PublishedLook } from '../published.ts';
import { camera } from '../screens/camera.ts';
import { editor } from '../screens/editor.ts';
import { postScreen, publishConfirm } from '../screens/post.ts';
import { gridOn } from '../screens/profile.ts';
import { upload } from '../screens/upload.ts';
import {
  addSound,
  checkSound,
  openCameraByLink,
  type SoundWish,
  setVolumes,
  soundWish,
  waitForSound,
} from '../sounds.ts';

const effectKey = 'post';
/** Beyond `upload_wait_time`: the profile has to be opened and loaded to see a finished upload. */
const proofMs = 15_000;
/** The question comes at once or not at all; the time to act is short. */
const mostLooks = 5;
const uploadMostMs = 15 * 60_000;

/**
 * Publishes one video, or one post of images. What was there before is read from the own profile first; the caption is typed and read back before
 * the effect; Post is tapped once; and it counts as done when the profile has one more video and that video carries our
 * caption.
 */
export const post = defineScript('post', publish, {
  async prepare(ctx, input) {
    // posted by an attempt that died: what has become of the file since does not matter
    if (await isPublished(ctx)) return;
    const [first] = await ctx.choose(wantOf(ctx, input));
    checkSound(ctx, soundWish(input, first));
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
  const username = (profile.textOf('username') ?? '').replace(/^@/, '');
  const target = username === '' ? '@me' : `@${username}`;

  const files = await ctx.media(wantOf(ctx, input));
  const [media] = files;
  if (!media) return ctx.fail('media.none-left');
  const caption = captionFor(ctx, input, media);
  const baseline: Baseline = {
    username,
    caption,
    grid: gridOn(profile),
    at: profile.hierarchy.at,
    hadFailure: profile.of(upload).has('failed'),
  };

  await openEditor(ctx, input, files);
  await leaveEditor(ctx);
  await typeCaption(ctx, caption);
  if (input.ai_label) await labelAsAi(ctx);
  if (input.add_product_link === 1) await addProductLink(ctx);

  const published = new PublishedLook(ctx, baseline);
  await ctx.effect(
    {
      kind: 'post',
      target,
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
      act: () => tapPost(ctx, caption),
    },
  );
}

/** With the media and the sound that were asked for; all of it read back. */
async function openEditor(ctx: ScriptContext, input: PostInput, media: readonly PhoneMedia[]): Promise<void> {
  const wish = soundWish(input, media[0]);
  const waitMs = input.sound_wait_time * 1_000;
  let title = await openMedia(ctx, wish, { media, way: input.post_way, waitMs });
  if (wish.is === 'off') return await removeSound(ctx);
  if (wish.is === 'as-is') return;
  if (wish.is === 'recommended') title = await addSound(ctx, editor, { words: undefined, waitMs });
  if (wish.is === 'named' && !wish.starts) title = await addSound(ctx, editor, { words: wish.words, waitMs });
  if (title !== undefined) await waitForSound(ctx, editor, title);
  const isVideo = media[0]?.kind === 'video';
  await setVolumes(ctx, { origin: isVideo ? input.origin_sound_volume : undefined, added: input.add_sound_volume });
}

/** Gives the title of the sound with which the camera was opened. */
async function openMedia(
  ctx: ScriptContext,
  wish: SoundWish,
  { media, way, waitMs }: { media: readonly PhoneMedia[]; way: PostInput['post_way']; waitMs: number },
): Promise<string | undefined> {
  const [first] = media;
  const startsWithSound = wish.is === 'linked' || (wish.is === 'named' && wish.starts);
  // several images cannot be handed over one by one: each would be a post of its own
  if (first && media.length === 1 && way === 'share' && !startsWithSound) {
    await openByShare(ctx, first);
    return undefined;
  }
  if (wish.is !== 'linked') await openCamera(ctx);
  const title =
    wish.is === 'linked'
      ? await openCameraByLink(ctx, wish.url, waitMs)
      : wish.is === 'named' && wish.starts
        ? await addSound(ctx, camera, { words: wish.words, waitMs })
        : undefined;
  await pickFromCamera(ctx, media);
  return title;
}

const isPublished = (ctx: ScriptContext) => ctx.isDone({ kind: 'post', target: '@me', key: effectKey });

/** The one public tap; where the app asks once more, its confirmation, which only then publishes. */
async function tapPost(ctx: ScriptContext, caption: string): Promise<void> {
  await ctx.tap(postScreen.post, { given: (seen) => holdsCaption(seen, caption) });
  let looks = 0;
  const isAsked = await ctx.waitUntil(
    'the composer has gone, or asks once more',
    async () => {
      const seen = await ctx.see();
      if (seen.of(publishConfirm).is) return true;
      return seen.of(postScreen).is && ++looks < mostLooks ? undefined : false;
    },
    { timeoutMs: 8_000 },
  );
  if (isAsked) await ctx.tap(publishConfirm.confirm);
}
