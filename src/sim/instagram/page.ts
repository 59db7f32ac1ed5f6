import type { ChosenSound } from '../sounds.ts';
import type { PickedMedia } from '../upload.ts';
import type { ShareKind } from './entry.ts';

export type MainTab = 'feed' | 'reels' | 'direct' | 'explore' | 'profile';
export type ResultsTab = 'top' | 'accounts' | 'audio' | 'tags' | 'places' | 'reels';
export type ProfileTab = 'grid' | 'reels' | 'tagged';

/** What one screen of the app remembers. Scroll offsets are px of content above the top of its list. */
export type Page =
  | { is: 'splash' }
  | { is: 'login'; name: string; password: string }
  | { is: 'suspended' }
  | { is: 'checkpoint' }
  /** `isLoading`: the bars are there, no post yet. */
  | { is: 'feed'; offset: number; isLoading: boolean }
  | { is: 'reels'; index: number; isLoading: boolean }
  | { is: 'direct' }
  | { is: 'explore'; offset: number }
  | { is: 'search'; text: string; submitted: string | undefined; tab: ResultsTab; offset: number }
  | { is: 'own-profile'; tab: ProfileTab; offset: number }
  | { is: 'profile'; username: string; tab: ProfileTab; offset: number; isLoading: boolean }
  /** A post alone (`link`), or the posts of a profile from that one on (`grid`). */
  | { is: 'post'; post: string; from: 'link' | 'grid'; offset: number }
  | { is: 'reel'; post: string; isLoading: boolean }
  | { is: 'missing'; what: 'page' | 'reel' }
  | { is: 'story'; username: string }
  | GalleryPage
  | { is: 'editor'; media: readonly PickedMedia[]; isLoading: boolean; sound?: ChosenSound }
  /** `text`: what stands on the picture. */
  | { is: 'story-editor'; media: readonly PickedMedia[]; text: string; isTyping: boolean }
  | SharePage;

/** Reels and stories take the first thing tapped; a post shows it in the preview and goes on with Next. */
export interface GalleryPage {
  is: 'gallery';
  kind: ShareKind;
  picked: readonly number[];
  isMultiple: boolean;
  offset: number;
}

/** Instagram takes at most 20 items in one post. */
export const mostPicked = 20;

export function nextPicked(page: GalleryPage, id: number): readonly number[] {
  if (!page.isMultiple) return [id];
  if (page.picked.includes(id)) return page.picked.filter((other) => other !== id);
  return page.picked.length < mostPicked ? [...page.picked, id] : page.picked;
}

/** The last screen before publishing. `leaving`: Share took effect; whatever is tapped now is too late. */
export interface SharePage {
  is: 'share';
  kind: 'reel' | 'post';
  media: readonly PickedMedia[];
  sound?: ChosenSound;
  caption: string;
  /** Labelled as made with AI. */
  aiLabel: boolean;
  isEditing: boolean;
  step: 'editing' | 'leaving';
  offset: number;
}

export const storyPage = (media: readonly PickedMedia[]): Page => ({
  is: 'story-editor',
  media,
  text: '',
  isTyping: false,
});

export const sharePage = (kind: SharePage['kind'], media: readonly PickedMedia[], sound?: ChosenSound): Page => ({
  is: 'share',
  kind,
  media,
  ...(sound && { sound }),
  caption: '',
  aiLabel: false,
  isEditing: false,
  step: 'editing',
  offset: 0,
});

export const captionLimit = 2_200;
export const commentLimit = 2_200;

/** Half a screen over the page, in the same window. */
export type Sheet =
  | CommentsSheet
  | { is: 'following'; username: string }
  | { is: 'create' }
  | { is: 'save-draft' }
  | { is: 'upload-options' }
  | { is: 'reel-more'; post: string }
  | { is: 'promo' }
  /** Music for a reel; an empty `submitted` is what the app proposes. `marked`: it plays, and can be selected. */
  | { is: 'audio'; text: string; submitted: string; isLoading: boolean; marked?: string }
  | { is: 'audio-trim'; sound: string };

export interface CommentsSheet {
  is: 'comments';
  post: string;
  text: string;
  offset: number;
  /** How many comments were fetched. */
  loaded: number;
  isLoadingMore: boolean;
}

/** Comments come in portions of this size. */
export const commentsPerPortion = 15;

/** A window of its own over everything: nothing below can be touched until it is answered. */
export type Dialog =
  | 'switcher'
  | 'contacts'
  | 'notifications'
  | 'try-again-later'
  | 'save-login'
  | 'unfollow'
  | 'sticker-nux'
  | 'resume-draft'
  | 'limited-reach'
  | 'rate';

/** A main tab as it opens. */
export function tabPage(tab: MainTab): Page {
  switch (tab) {
    case 'feed':
      return { is: 'feed', offset: 0, isLoading: false };
    case 'reels':
      return { is: 'reels', index: 0, isLoading: false };
    case 'direct':
      return { is: 'direct' };
    case 'explore':
      return { is: 'explore', offset: 0 };
    case 'profile':
      return { is: 'own-profile', tab: 'grid', offset: 0 };
  }
}

/** Cuts at a limit of UTF-16 units, as Android's LengthFilter does, without leaving half a character behind. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? limit - 1 : limit);
}
