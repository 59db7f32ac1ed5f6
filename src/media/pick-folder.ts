import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { countUses, listUsedBy } from '../store/media-uses.ts';
import type { Reader } from '../store/store.ts';
import { type Choice, type ChosenMedia, kindWord, type MediaWish } from './choice.ts';
import { type FolderContent, type FolderFile, readMediaFolder } from './folder.ts';
import { type ProbedMedia, probeMedia } from './probe.ts';
import { type MediaRoots, resolveMedia } from './roots.ts';
import { shuffled } from './shuffle.ts';

export interface FolderParts {
  read: Reader;
  log: Log;
  roots: MediaRoots;
  maxBytes: number;
  allowReuse: boolean;
  random: Random;
  actor: string;
}

/**
 * A video at random, or the first images by number, that this account has not posted yet: neither this file nor, under
 * another name, its content. Files that cannot be used are passed over; when nothing else is there, the first of them is
 * the reason. Throws `media.none-left`, and what `readMediaFolder` and `probeMedia` throw.
 */
export async function pickFromFolder(wish: MediaWish, parts: FolderParts): Promise<Choice[]> {
  const { kind } = wish;
  const content = await readMediaFolder(wish.folder, { kind, username: wish.account }, parts.roots);
  const count = kind === 'video' ? 1 : wish.count;
  const used = await listUsedBy(parts.read, parts.actor, { mark: content.files.map(({ mark }) => mark) });
  const ordered = inOrder(content.files, kind, used, parts);
  const words = wordsOf(content, Math.floor(used.size / count));
  const choices: Choice[] = [];
  const seen = new Set<string>();
  let problem: DroverError | undefined;
  for (const file of ordered) {
    if (choices.length === count) break;
    const probed = await probe(file, kind, parts).catch((thrown: unknown) => {
      if (!(thrown instanceof DroverError)) throw thrown;
      problem ??= thrown;
      parts.log.warn({ path: file.path, code: thrown.code }, 'a file of a media folder was passed over');
      return undefined;
    });
    if (!probed || seen.has(probed.sha256)) continue;
    seen.add(probed.sha256);
    const isUsed = (await listUsedBy(parts.read, parts.actor, { sha256: [probed.sha256] })).size > 0;
    if (isUsed && !parts.allowReuse) continue;
    choices.push({
      media: { ...probed, ...words },
      use: { source: 'folder', mark: file.mark, again: parts.allowReuse },
      uses: await countUses(parts.read, probed.sha256),
    });
  }
  if (choices.length === count) return choices;
  throw choices.length === 0 && problem
    ? problem
    : noneLeft(wish, { folder: content.folder, left: choices.length, all: content.files.length });
}

/** What the folder says beside its files, for the post after `posts` others of this account. */
function wordsOf({ caption, soundLinks, soundNames }: FolderContent, posts: number): Partial<ChosenMedia> {
  const inTurn = (lines: readonly string[]): string | undefined => lines[posts % Math.max(1, lines.length)];
  const [soundLink, soundName] = [inTurn(soundLinks), inTurn(soundNames)];
  return {
    ...(caption !== undefined && { caption, isSpintax: true }),
    ...(soundLink !== undefined && { soundLink }),
    ...(soundName !== undefined && { soundName }),
  };
}

/** What this account has not posted comes first, or alone; videos by chance, images as they are numbered. */
function inOrder(
  files: readonly FolderFile[],
  kind: MediaWish['kind'],
  used: ReadonlySet<string>,
  { allowReuse, random }: FolderParts,
): FolderFile[] {
  const fresh = files.filter(({ mark }) => !used.has(mark));
  const again = allowReuse ? files.filter(({ mark }) => used.has(mark)) : [];
  return kind === 'image' ? [...fresh, ...again] : [...shuffled(fresh, random), ...shuffled(again, random)];
}

async function probe(
  file: FolderFile,
  kind: MediaWish['kind'],
  { roots, maxBytes }: FolderParts,
): Promise<ProbedMedia> {
  // the folder may be allowed and a link in it lead out of it
  const real = await resolveMedia(file.path, roots);
  return { ...(await probeMedia(real, { kind, maxBytes, called: file.path })), name: file.name };
}

function noneLeft(
  { kind, count, account }: MediaWish,
  { folder, left, all }: { folder: string; left: number; all: number },
): DroverError {
  const who = account === undefined ? 'this phone' : `@${account.replace(/^@/, '')}`;
  const finding =
    all === 0
      ? `there is no ${kindWord(kind, 1)} in it`
      : left === 0
        ? `${who} has posted ${all === 1 ? `the one ${kindWord(kind, 1)}` : `all ${all} ${kindWord(kind, all)}`} in it`
        : `image_count asks for ${count} images, and ${left} of ${all} are left that ${who} has not posted`;
  return new DroverError('media.none-left', {
    message: `${folder}: ${finding}; add files, or allow used ones again (media.allow_reuse in the settings)`,
    details: { path: folder },
  });
}
