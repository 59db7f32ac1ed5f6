import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { countMedia, type MediaItem } from '../store/media.ts';
import { type Candidate, listCandidates } from '../store/media-uses.ts';
import type { Reader } from '../store/store.ts';
import { type Choice, kindWord, type MediaWish, plainAccount } from './choice.ts';
import { byNumberThenName, mediaTags } from './name.ts';
import { shuffled } from './shuffle.ts';

export interface LibraryShelfParts {
  read: Reader;
  log: Log;
  allowReuse: boolean;
  random: Random;
  actor: string;
  /** Where the bytes lie; throws `media.missing` when they are gone. */
  contentOf(id: number): Promise<{ item: MediaItem; path: string }>;
}

/**
 * Items that this account has not posted: those tagged with its username first, those tagged with another account's last; then
 * what nobody is posting at this moment; then what was posted least; chance decides among equals. So accounts post different
 * items as long as there are different ones, and only then the same. With reuse, what it has posted comes last, the longest ago
 * first. Images are put into the order of their numbers. Throws `media.none-left`.
 */
export async function pickFromLibrary(wish: MediaWish, parts: LibraryShelfParts): Promise<Choice[]> {
  const { kind } = wish;
  const { read, actor } = parts;
  const count = kind === 'video' ? 1 : wish.count;
  const username = plainAccount(wish.account);
  const tags = mediaTags(wish.tags);
  const all = await listCandidates(read, { kind, tags, actor, ...(username !== undefined && { username }) });
  const found: { item: MediaItem; path: string; candidate: Candidate }[] = [];
  for (const candidate of inOrder(all, parts)) {
    if (found.length === count) break;
    try {
      found.push({ ...(await parts.contentOf(candidate.id)), candidate });
    } catch (thrown) {
      // deleted a moment ago, or its bytes are gone: the next one will do
      if (!(thrown instanceof DroverError)) throw thrown;
      parts.log.warn({ media: candidate.id, code: thrown.code }, 'a media item was passed over');
    }
  }
  if (found.length < count) throw await noneLeft(wish, { read, tags, all: all.length, left: found.length });
  if (kind === 'image') found.sort((a, b) => byNumberThenName(a.item, b.item));
  return found.map(({ item, path, candidate }) => ({
    media: chosen(item, path),
    use: { source: 'library', again: parts.allowReuse || item.allowReuse },
    uses: candidate.uses,
  }));
}

function inOrder(all: readonly Candidate[], { allowReuse, random }: LibraryShelfParts): Candidate[] {
  const may = all.filter((candidate) => candidate.usedAt === null || allowReuse || candidate.allowReuse);
  const rank = (a: Candidate, b: Candidate): number =>
    Number(a.usedAt !== null) - Number(b.usedAt !== null) ||
    Number(b.isOwn) - Number(a.isOwn) ||
    (a.usedAt ?? 0) - (b.usedAt ?? 0) ||
    Number(a.isOthers) - Number(b.isOthers) ||
    Number(a.isOpen) - Number(b.isOpen) ||
    a.uses - b.uses;
  return shuffled(may, random).sort(rank); // sorting is stable: among equals chance has decided
}

function chosen(item: MediaItem, path: string): Choice['media'] {
  const { name, kind, mime, bytes, sha256, width, height, codec, durationMs, caption } = item;
  return {
    ...{ path, name, kind, mime, bytes, sha256, width, height, codec },
    ...(durationMs !== null && { durationMs }),
    ...(caption !== null && caption !== '' && { caption }),
  };
}

async function noneLeft(
  { kind, count, account }: MediaWish,
  { read, tags, all, left }: { read: Reader; tags: readonly string[]; all: number; left: number },
): Promise<DroverError> {
  const who = account === undefined ? 'this phone' : `@${plainAccount(account)}`;
  const tagged = tags.length === 0 ? '' : ` tagged ${tags.join(' or ')}`;
  const ofKind = await countMedia(read, { kind });
  const finding =
    ofKind === 0
      ? `the media library holds no ${kindWord(kind, 1)}`
      : all === 0
        ? `none of the ${ofKind} ${kindWord(kind, ofKind)} of the media library is${tagged}`
        : left === 0
          ? `${who} has posted ${all === 1 ? `the one ${kindWord(kind, 1)}` : `all ${all} ${kindWord(kind, all)}`}${tagged} of the media library`
          : `image_count asks for ${count} images, and the media library has ${left}${tagged} that ${who} has not posted`;
  const remedy =
    all === 0
      ? 'upload some, tag them, or list the files to post in material_list'
      : 'add some, or allow used ones again (media.allow_reuse in the settings, or allow_reuse of an item)';
  return new DroverError('media.none-left', { message: `${finding}; ${remedy}`, details: { tags, kind } });
}
