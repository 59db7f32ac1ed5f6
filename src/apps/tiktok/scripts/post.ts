import { defineScript, type Script } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { MediaFile } from '../../../script/seams.ts';
import { captionInTurn } from '../../caption.ts';
import { openOwnProfile } from '../account.ts';
import {
  holdsCaption,
  leaveEditor,
  openByAddButton,
  openByShare,
  openImages,
  removeSound,
  typeCaption,
} from '../compose.ts';
import { type Baseline, isBaseline } from '../proof.ts';
import { PublishedLook } from '../published.ts';
import { postScreen, publishConfirm } from '../screens/post.ts';
import { gridOn } from '../screens/profile.ts';
import { upload } from '../screens/upload.ts';

type Input = Parameters<Script<'post'>['run']>[1];

const effectKey = 'post';
/** Beyond `upload_wait_time`: the profile has to be opened and loaded to see a finished upload. */
const proofMs = 15_000;
/** The question comes at once or not at all; the time to act is short. */
const mostLooks = 5;
/** As many as the gallery shows without scrolling. */
const mostImages = 9;
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

  // several images cannot be handed over one by one: each would be a post of its own
  if (files.length > 1 || (media.kind === 'image' && input.post_way !== 'share')) await openImages(ctx, files);
  else await (input.post_way === 'share' ? openByShare(ctx, media) : openByAddButton(ctx, media));
  if (input.add_sound === '0') await removeSound(ctx);
  await leaveEditor(ctx);
  await typeCaption(ctx, caption);

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

/** A folder's or a library item's own words come before those of the request. */
function captionFor(ctx: ScriptContext, input: Input, { caption, isSpintax }: MediaFile): string {
  if (caption === undefined) return captionOf(ctx, input);
  return isSpintax ? ctx.spin(caption) : caption;
}

function captionOf(ctx: ScriptContext, { captions, caption_format }: Input): string {
  return caption_format === 'multiline' ? captionInTurn(captions, ctx.position) : ctx.spin(captions);
}

function wantOf(ctx: ScriptContext, input: Input): Parameters<ScriptContext['choose']>[0] {
  return {
    kind: input.content_type === 1 ? 'image' : 'video',
    count: input.content_type === 1 ? input.image_count : 1,
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

/** Rather no post than another one than was asked for. */
function refuseUnbuilt(ctx: ScriptContext, input: Input): void {
  const unbuilt =
    (input.content_type === 1 && input.image_count > mostImages && `more than ${mostImages} images`) ||
    (input.post_way === 'useSound' && 'post_way useSound') ||
    (!['-1', '0'].includes(input.add_sound) && `add_sound ${input.add_sound}`) ||
    (input.add_product_link === 1 && 'add_product_link') ||
    (input.ai_label && 'ai_label');
  if (unbuilt) ctx.fail('app.missing-script', `post on TikTok does not know ${unbuilt} yet`, { unbuilt });
}
