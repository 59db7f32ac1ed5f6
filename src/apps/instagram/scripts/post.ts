import { defineScript, type Script } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { MediaFile } from '../../../script/seams.ts';
import { captionInTurn } from '../../caption.ts';
import { openOwnProfile } from '../account.ts';
import { type Destination, holdsCaption, leaveEditor, openPicker, pickMedia, typeCaption } from '../compose.ts';
import { hasStory, isBaseline, PublishedLook, readBaseline } from '../published.ts';
import { storyEditor } from '../screens/create.ts';
import { limitedReach, postScreen } from '../screens/share.ts';

type Input = Parameters<Script<'post'>['run']>[1];

const effectKey = 'post';
/** Beyond `upload_wait_time`: the profile has to be opened and loaded to see a finished upload. */
const proofMs = 15_000;
/** The warning comes at once or not at all; the time to act is short. */
const mostLooks = 4;
const uploadMostMs = 15 * 60_000;

/**
 * Publishes one reel, one story, or a post of images. What was there before is read from the own profile first; the caption
 * is typed and read back before the effect; Share is tapped once; and it counts as done when the profile has one more post
 * whose words are ours, a story when the app says so or a ring has come around the own picture. A story carries no caption.
 */
export const post = defineScript('post', publish, {
  async prepare(ctx, input) {
    // posted by an attempt that died: what has become of the file since does not matter
    if (await isPublished(ctx)) return;
    refuseUnbuilt(ctx, input);
    await ctx.choose(wantOf(ctx, input));
  },
  recalls: {
    // the kit asks again and again while it is unknown, each time anew: what was seen before is in the baseline alone
    post: async (ctx, { baseline }) =>
      isBaseline(baseline) ? await new PublishedLook(ctx, baseline).look() : 'unknown',
  },
});

async function publish(ctx: ScriptContext, input: Input): Promise<void> {
  if (await isPublished(ctx)) return;
  const profile = await ctx.step('read the own profile', () => openOwnProfile(ctx, { mayRestart: true }));
  const username = profile.textOf('username') ?? '';
  const media = await ctx.media(wantOf(ctx, input));
  const [first] = media;
  if (!first) return ctx.fail('media.none-left');
  const { placement } = input;
  const destination: Destination = placement === 'story' ? 'story' : input.content_type === 1 ? 'post' : 'reel';
  const caption = placement === 'story' ? '' : captionFor(ctx, input, first);
  const hadStory = placement === 'story' && (await ctx.step('look for a story of ours', () => hasStory(ctx)));
  const baseline = readBaseline(profile, { caption, placement, hadStory });

  await openPicker(ctx, destination);
  await pickMedia(ctx, media, destination);
  if (destination !== 'story') {
    await leaveEditor(ctx);
    await typeCaption(ctx, caption);
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

/** A folder's or a library item's own words come before those of the request. */
function captionFor(ctx: ScriptContext, input: Input, { caption, isSpintax }: MediaFile): string {
  if (caption !== undefined) return isSpintax ? ctx.spin(caption) : caption;
  return input.caption_format === 'multiline' ? captionInTurn(input.captions, ctx.position) : ctx.spin(input.captions);
}

function wantOf(ctx: ScriptContext, input: Input): Parameters<ScriptContext['choose']>[0] {
  const isImages = input.content_type === 1;
  return {
    kind: isImages ? 'image' : 'video',
    count: isImages && input.placement !== 'story' ? input.image_count : 1,
    list: input.material_list,
    source: input.material_source,
    folder: input.material_path,
    tags: input.materials_tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    ...(ctx.account && { account: ctx.account.username }),
  };
}

/** Instagram takes no more in one post. */
const mostImages = 20;

/** Rather no post than another one than was asked for. `share` and `addButton` are the same here: the app's own picker. */
function refuseUnbuilt(ctx: ScriptContext, input: Input): void {
  if (input.content_type === 1 && input.image_count > mostImages) {
    ctx.fail('input.invalid', `image_count is ${input.image_count}; Instagram takes ${mostImages} images at most`);
  }
  const unbuilt =
    (input.post_way === 'useSound' && 'post_way useSound') ||
    (['1', 'custom'].includes(input.add_sound) && `add_sound ${input.add_sound}`) ||
    (input.ai_label && 'ai_label');
  if (unbuilt) ctx.fail('app.missing-script', `post on Instagram does not know ${unbuilt} yet`, { unbuilt });
}
