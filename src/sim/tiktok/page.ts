import type { ChosenSound } from '../sounds.ts';
import type { PickedMedia } from '../upload.ts';
import type { Product } from '../world.ts';

export type MainTab = 'feed' | 'friends' | 'inbox' | 'profile';
export type GalleryTab = 'all' | 'videos' | 'photos';
export type ResultsTab = 'top' | 'users' | 'videos' | 'shop' | 'photos';
export type ProfileTab = 'videos' | 'private' | 'favorites' | 'liked';

/** What one screen of the app remembers. The stack of them is where the user is; back goes down one. */
export type Page =
  | { is: 'splash' }
  | { is: 'login'; form: 'choice' | 'password'; name: string; password: string }
  /** `isLoading`: the bars are there, no video yet. */
  | { is: 'feed'; index: number; isLoading: boolean; hasSurvey: boolean }
  | { is: 'friends'; post: string | undefined }
  | { is: 'inbox' }
  | { is: 'own-profile'; tab: ProfileTab; scrolledRows: number }
  | { is: 'profile'; username: string; scrolledRows: number }
  /** `list`: it was opened from results, and a swipe brings the next of them. */
  | { is: 'video'; post: string; list?: readonly string[] }
  | { is: 'missing-video' }
  /** What is made with one sound, and the way to make more. */
  | { is: 'sound'; sound: string; isLoading: boolean }
  | { is: 'missing-sound' }
  | { is: 'search'; text: string; submitted: string | undefined; tab: ResultsTab; scrolledRows: number }
  | { is: 'camera'; mode: 'video' | 'photo'; sound?: ChosenSound }
  | GalleryPage
  | { is: 'editor'; media: readonly PickedMedia[]; sound?: ChosenSound; isLoading: boolean; failed: boolean }
  | PostPage;

/** What was written so far, and below which post. */
export interface CommentDraft {
  post: string;
  text: string;
}

/** Nothing picked → Next is dead; picked → Next (n). One at a time until "Select multiple" is on. */
export interface GalleryPage {
  is: 'gallery';
  /** A photo for this comment is chosen: the first tap on one is the choice. */
  forComment?: CommentDraft;
  tab: GalleryTab;
  picked: readonly number[];
  isMultiple: boolean;
  scrolledRows: number;
}

export type GalleryInput =
  | { is: 'tab'; tab: GalleryTab }
  | { is: 'item'; id: number }
  | { is: 'multiple' }
  | { is: 'scroll'; rows: number; rowCount: number };

/** TikTok takes at most 35 items in one post. */
const mostPicked = 35;

export function nextGallery(page: GalleryPage, input: GalleryInput): GalleryPage {
  switch (input.is) {
    case 'tab':
      return { ...page, tab: input.tab, scrolledRows: 0 };
    case 'multiple':
      return { ...page, isMultiple: !page.isMultiple, picked: page.picked.slice(0, 1) };
    case 'scroll':
      return { ...page, scrolledRows: clamp(page.scrolledRows + input.rows, input.rowCount) };
    case 'item': {
      if (page.picked.includes(input.id)) return { ...page, picked: page.picked.filter((id) => id !== input.id) };
      if (!page.isMultiple) return { ...page, picked: [input.id] };
      return page.picked.length < mostPicked ? { ...page, picked: [...page.picked, input.id] } : page;
    }
  }
}

/** A list never scrolls past its last row. */
export const clamp = (row: number, rowCount: number): number => Math.max(0, Math.min(row, rowCount - 1));

/** The last screen before publishing. `leaving`: Post took effect; whatever is tapped now is too late. */
export interface PostPage {
  is: 'post';
  media: readonly PickedMedia[];
  sound?: ChosenSound;
  caption: string;
  title: string;
  /** Labelled as made with AI. */
  aiLabel: boolean;
  product?: Product;
  step: 'editing' | 'confirming' | 'leaving';
}

export type PostInput =
  | { is: 'caption'; text: string }
  | { is: 'title'; text: string }
  | { is: 'ai-label' }
  | { is: 'product'; product: Product }
  | { is: 'post'; needsConfirmation: boolean }
  | { is: 'confirm' }
  | { is: 'cancel' };

export const captionLimit = 4_000;
export const titleLimit = 90;

/** Cuts at a limit of UTF-16 units, as Android's LengthFilter does, without leaving half a character behind. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? limit - 1 : limit);
}

/**
 * editing → confirming (post, when the app wants to be sure) → leaving (confirm) | editing (cancel)
 * editing → leaving (post)
 * leaving is final: a second tap on Post finds nothing to do.
 */
export function nextPost(page: PostPage, input: PostInput): PostPage {
  if (page.step === 'leaving') return page;
  if (page.step === 'confirming') {
    if (input.is === 'confirm') return { ...page, step: 'leaving' };
    return input.is === 'cancel' ? { ...page, step: 'editing' } : page;
  }
  switch (input.is) {
    case 'caption':
      return { ...page, caption: cutText(input.text, captionLimit) };
    case 'title':
      return { ...page, title: cutText(input.text.replaceAll('\n', ' '), titleLimit) };
    case 'ai-label':
      return { ...page, aiLabel: !page.aiLabel };
    case 'product':
      return { ...page, product: input.product };
    case 'post':
      return { ...page, step: input.needsConfirmation ? 'confirming' : 'leaving' };
    default:
      return page;
  }
}

/** Half a screen over the page, in the same window. */
export type Sheet =
  | { is: 'comments'; post: string; text: string; image?: PickedMedia | undefined; scrolledRows: number }
  | { is: 'share'; post: string }
  | { is: 'switcher' }
  | { is: 'unfollow'; username: string }
  /** Sounds for what is being made: those that the app recommends. */
  | { is: 'sounds'; isLoading: boolean }
  /** `marked`: it plays, and can be used. */
  | { is: 'sound-search'; text: string; submitted?: string; isLoading: boolean; marked?: string }
  | { is: 'volume'; originVolume: number; addVolume: number }
  /** More about the post that is being written. */
  | { is: 'post-options' }
  | { is: 'add-link' }
  | { is: 'products' }
  | { is: 'product-name'; product: Product; name: string };

/** Where Back leads from a sheet. */
export function sheetBelow(sheet: Sheet): Sheet | undefined {
  switch (sheet.is) {
    case 'sound-search':
    case 'volume':
      return { is: 'sounds', isLoading: false };
    case 'products':
      return { is: 'add-link' };
    case 'product-name':
      return { is: 'products' };
    default:
      return undefined;
  }
}

/** An entry of the feed that is no post: somebody on air. */
export const liveEntry = (username: string): string => `live:${username}`;
export const liveAuthor = (entry: string): string | undefined => /^live:(.+)$/.exec(entry)?.[1];

/** A window of its own over everything: nothing below can be touched until it is answered. */
export type Dialog =
  | 'update-required'
  | 'contacts'
  | 'notifications'
  | 'confirm-post'
  | 'too-fast'
  | 'blocked'
  | 'save-login';

/** A main tab as it opens. */
export function tabPage(tab: MainTab): Page {
  switch (tab) {
    case 'feed':
      return { is: 'feed', index: 0, isLoading: false, hasSurvey: false };
    case 'friends':
      return { is: 'friends', post: undefined };
    case 'inbox':
      return { is: 'inbox' };
    case 'profile':
      return { is: 'own-profile', tab: 'videos', scrolledRows: 0 };
  }
}
