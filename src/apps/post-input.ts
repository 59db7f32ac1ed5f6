import type { Script } from '../script/define.ts';
import type { ScriptContext } from '../script/kit.ts';
import type { MediaFile } from '../script/seams.ts';
import { captionInTurn } from './caption.ts';

export type PostInput = Parameters<Script<'post'>['run']>[1];

/** A folder's or a library item's own words come before those of the request. */
export function captionFor(ctx: ScriptContext, input: PostInput, { caption, isSpintax }: MediaFile): string {
  if (caption !== undefined) return isSpintax ? ctx.spin(caption) : caption;
  return input.caption_format === 'multiline' ? captionInTurn(input.captions, ctx.position) : ctx.spin(input.captions);
}

/** The sound that is asked for by words: the folder's own comes before that of the request. */
export function soundWordsFor(
  { post_way, sound_name, custom_sound_keyword }: PostInput,
  media: MediaFile | undefined,
  { takesLinks }: { takesLinks: boolean },
): string {
  const own = (takesLinks ? media?.soundLink : undefined) ?? media?.soundName;
  return (own ?? (post_way === 'useSound' ? sound_name : custom_sound_keyword)).trim();
}

/** `images` is how many are wanted where `content_type` asks for images; of videos it is one. */
export function wantOf(
  ctx: ScriptContext,
  input: PostInput,
  { images = input.image_count }: { images?: number } = {},
): Parameters<ScriptContext['choose']>[0] {
  const isImages = input.content_type === 1;
  return {
    kind: isImages ? 'image' : 'video',
    count: isImages ? images : 1,
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
