/**
 * How a post stands in a list (feed, posts of a profile, a post alone): a header with picture, name and options, the
 * medium, then a row with the icons Like, Comment, (Repost,) Share and Save, each with its count behind it. Several posts may
 * be partly on the screen; the first row of icons and its own header count.
 */
import { byDesc, byId, byText, either, type Selector, where } from '../../phone/selector.ts';
import { clickable, firstOf, heightOf, isBeside, isNear, type Node, once, shared, widthOf } from '../shapes.ts';
import { holding, startingWith, t } from './texts.ts';

/** Icons of the first row, from left to right; counts stand between them and have a text. */
const icons = once('icons of the post', (hierarchy) => {
  const rows = new Map<number, Node[]>();
  for (const node of clickable.find(hierarchy)) {
    if (node.text !== '' || widthOf(node) > hierarchy.width * 0.15 || heightOf(node) < hierarchy.width * 0.06) continue;
    const key = [...rows.keys()].find((top) => isNear(top, node.bounds.top, 6)) ?? node.bounds.top;
    rows.set(key, [...(rows.get(key) ?? []), node]);
  }
  const isRow = (row: readonly Node[]) => {
    const [first, second] = row;
    const end = row.at(-1);
    return (
      row.length >= 4 &&
      row.length <= 6 &&
      first !== undefined &&
      second !== undefined &&
      end !== undefined &&
      first.bounds.left > 0 &&
      first.bounds.left < hierarchy.width * 0.06 &&
      end.bounds.right > hierarchy.width * 0.95 &&
      end.bounds.left > hierarchy.width * 0.8
    );
  };
  const found = [...rows.values()]
    .map((row) => row.toSorted((a, b) => a.bounds.left - b.bounds.left))
    .filter(isRow)
    .toSorted((a, b) => (a[0]?.bounds.top ?? 0) - (b[0]?.bounds.top ?? 0));
  return found[0] ?? [];
});

const icon = (index: number): Selector => ({
  name: `icon ${index} of the post`,
  find: (hierarchy) =>
    icons
      .find(hierarchy)
      .slice(index)
      .slice(0, index < 0 ? 1 : 1),
});

const ofId = (id: string) => shared(byId(id));
const rowAnchor = shared(
  firstOf(
    byId(['row_feed_button_comment', 'row_feed_button_like', 'row_feed_button_share', 'row_feed_button_save']),
    where(
      byDesc(t('comment', 'save', 'saved')),
      ({ bounds }, { width }) => bounds.right - bounds.left < width * 0.15,
      'small',
    ),
  ),
);

/** What lies in the first row of icons: a heart beside a comment or a Share elsewhere does not count. */
const inRow = (selector: Selector): Selector => ({
  name: `${selector.name} in the row of the post`,
  find(hierarchy) {
    const [anchor] = rowAnchor.find(hierarchy).toSorted((a, b) => a.bounds.top - b.bounds.top);
    if (!anchor) return [];
    return selector
      .find(hierarchy)
      .filter((node) => isNear(node.bounds.top, anchor.bounds.top, 10) && node.text === '')
      .slice(0, 1);
  },
});

export const likeSignals = [inRow(ofId('row_feed_button_like')), inRow(byDesc(t('like', 'liked'))), icon(0)];
export const commentSignals = [inRow(ofId('row_feed_button_comment')), inRow(byDesc(t('comment'))), icon(1)];
export const shareSignals = [inRow(ofId('row_feed_button_share')), inRow(byDesc(t('send-post'))), icon(-2)];
export const saveSignals = [inRow(ofId('row_feed_button_save')), inRow(byDesc(t('save', 'saved'))), icon(-1)];

/** The picture of an author at the left edge; the name stands right of it. */
const isAvatar = (node: Node, width: number): boolean =>
  node.text === '' &&
  isNear(node.bounds.left, 0) &&
  widthOf(node) > width * 0.08 &&
  widthOf(node) < width * 0.15 &&
  heightOf(node) > 0;

/** Names of authors in the headers, from the top. */
const authors = once('authors in headers', (hierarchy) => {
  const nodes = clickable.find(hierarchy);
  const avatars = nodes.filter((node) => isAvatar(node, hierarchy.width));
  return avatars
    .flatMap((avatar) =>
      nodes.filter(
        ({ bounds, text }) =>
          text !== '' && isNear(bounds.left, avatar.bounds.right, 6) && isNear(bounds.top, avatar.bounds.top, 6),
      ),
    )
    .toSorted((a, b) => a.bounds.top - b.bounds.top);
});

const firstIconTop = (hierarchy: Parameters<Selector['find']>[0]): number | undefined => {
  const tops = [...icons.find(hierarchy), ...rowAnchor.find(hierarchy)].map(({ bounds }) => bounds.top);
  return tops.length === 0 ? undefined : Math.min(...tops);
};

/** Of several headers the one whose post the first row of icons belongs to; without such a row the first. */
const ofMainPost = (selector: Selector): Selector => ({
  name: `${selector.name} of the main post`,
  find(hierarchy) {
    const found = selector.find(hierarchy).toSorted((a, b) => a.bounds.top - b.bounds.top);
    const end = firstIconTop(hierarchy);
    return (end === undefined ? found : found.filter(({ bounds }) => bounds.top < end)).slice(0, 1);
  },
});

/** The name at the beginning of the caption, where the header has been scrolled away. */
const captionAuthor: Selector = {
  name: 'name before the caption',
  find(hierarchy) {
    const end = firstIconTop(hierarchy);
    if (end === undefined || ofMainPost(nameSelector).find(hierarchy).length > 0) return [];
    const below = clickable
      .find(hierarchy)
      .filter(
        ({ bounds, desc, text }) =>
          bounds.top > end + hierarchy.width * 0.05 &&
          bounds.left < hierarchy.width * 0.06 &&
          text === '' &&
          /^[\p{L}\p{N}._]{2,30}$/u.test(desc),
      );
    return below.slice(0, 1);
  },
};

const nameSelector = shared(either(byId('row_feed_photo_profile_name'), authors));

export const authorSignals = [
  firstOf(ofMainPost(ofId('row_feed_photo_profile_name')), captionAuthor),
  firstOf(ofMainPost(authors), captionAuthor),
];

/** The box of the main header, from the name to the options. */
const besideAuthor = (selector: Selector): Selector => ({
  name: `${selector.name} beside the author`,
  find(hierarchy) {
    const [author] = ofMainPost(nameSelector).find(hierarchy);
    if (!author) return [];
    const height = Math.max(heightOf(author), hierarchy.width * 0.1);
    return selector
      .find(hierarchy)
      .filter(
        ({ bounds }) =>
          bounds.left >= author.bounds.right - 4 &&
          (bounds.top + bounds.bottom) / 2 > author.bounds.top &&
          (bounds.top + bounds.bottom) / 2 < author.bounds.top + height,
      );
  },
});

const followWords = new Set(t('follow', 'follow-back'));
const followedWords = new Set(t('following', 'requested'));

/**
 * Buttons to follow are `selected` as long as one does not, in every language; where the words are known they decide.
 * [captures: all with such a button]
 */
export const offersFollow = (node: Node): boolean =>
  followWords.has(node.text.trim()) || (node.selected && !followedWords.has(node.text.trim()) && node.text !== '');
export const saysFollowed = (node: Node): boolean =>
  followedWords.has(node.text.trim()) || (!node.selected && !followWords.has(node.text.trim()) && node.text !== '');

export const followSignals = [
  besideAuthor(where(ofId('inline_follow_button'), offersFollow, 'that offers to follow')),
  besideAuthor(where(byText(t('follow', 'follow-back')), (node) => node.clickable, 'clickable')),
];
export const followedSignals = [
  besideAuthor(where(ofId('inline_follow_button'), saysFollowed, 'that says so')),
  besideAuthor(where(byText(t('following', 'requested')), (node) => node.clickable, 'clickable')),
];

/** The line below the name, where it names a sound: "name • Original audio". */
export const soundSignals = [
  ofMainPost(where(ofId('secondary_label'), ({ text }) => text.includes('•'), 'with a sound')),
  {
    name: 'line with a sound below the author',
    find(hierarchy) {
      const [author] = ofMainPost(nameSelector).find(hierarchy);
      if (!author) return [];
      return clickable
        .find(hierarchy)
        .filter(
          ({ bounds, text }) =>
            text.includes('•') &&
            isNear(bounds.left, author.bounds.left, 6) &&
            isNear(bounds.top, author.bounds.bottom, 6),
        );
    },
  } satisfies Selector,
];

export const optionsOfPost: Selector = shared(either(byId('media_option_button'), byDesc(t('post-options'))));

/** What marks a list of posts as such. */
export const postSigns: readonly Selector[] = [
  shared(byId(['row_feed_photo_profile_name', 'row_feed_profile_header'])),
  optionsOfPost,
  shared(either(byId(['row_feed_button_comment', 'row_feed_view_group_buttons']), icons)),
];

export const sensitiveCover = shared(either(byId('restricted_media_title'), byText(holding('sensitive-cover'))));
export const isAd = shared(
  where(
    either(
      byText(t('sponsored')),
      byDesc(t('sponsored')),
      where(
        byDesc(startingWith('sponsored')),
        (node, { width }) => widthOf(node) > width * 0.9,
        'as wide as the screen',
      ),
    ),
    (node, hierarchy) => {
      const [author] = ofMainPost(nameSelector).find(hierarchy);
      return (
        author === undefined ||
        isBeside({ ...author, bounds: { ...author.bounds, bottom: author.bounds.bottom + heightOf(author) * 2 } }, node)
      );
    },
    'of this post',
  ),
);
