import type { MediaKind } from '../store/media.ts';
import type { MediaTaker, NewUse } from '../store/media-uses.ts';
import type { ProbedMedia } from './probe.ts';

/** What a task wants: the documented fields of the post script, in their order of precedence. */
export interface MediaWish {
  kind: MediaKind;
  /** Images: how many. */
  count: number;
  /** Absolute paths; wins over everything else. */
  list: readonly string[];
  /** Entries that are no whole paths lie below the allowed folders or the upload folder. */
  mayBeRelative?: true;
  source: 'materialLibrary' | 'localFolder';
  /** For `localFolder`. */
  folder: string;
  /** For `materialLibrary`: items with any of them; none: all. */
  tags: readonly string[];
  /** Position of the task in its create call. */
  position: number;
  /** Username of the account that posts, once it is known. */
  account?: string;
}

/** A file that was read to its end, and the words that belong to it. */
export interface ChosenMedia extends ProbedMedia {
  /** Overrides the caption of the request. */
  caption?: string;
  /** The caption is spintax: a folder's caption.txt. */
  isSpintax?: boolean;
  /** The folder's next sound, by its link and by its name. */
  soundLink?: string;
  soundName?: string;
}

/** A file, and what is written down when it is taken. */
export interface Choice {
  media: ChosenMedia;
  use: Omit<NewUse, keyof MediaTaker | 'sha256'>;
  /** Uses by whoever when it was chosen; undefined: does not matter, because the operator named the file. */
  uses?: number;
}

export const plainAccount = (name: string | undefined): string | undefined => {
  const plain = name?.trim().replace(/^@/, '').toLowerCase();
  return plain === '' ? undefined : plain;
};

export const kindWord = (kind: MediaKind, count: number): string =>
  count === 1 ? (kind === 'video' ? 'video' : 'image') : kind === 'video' ? 'videos' : 'images';
