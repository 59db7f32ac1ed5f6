import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  captionLimit,
  cutText,
  type GalleryPage,
  nextGallery,
  nextPost,
  type PostInput,
  type PostPage,
  titleLimit,
} from './page.ts';

const gallery: GalleryPage = { is: 'gallery', tab: 'all', picked: [], isMultiple: false, scrolledRows: 0 };
const post: PostPage = { is: 'post', media: [], caption: '', title: '', aiLabel: false, step: 'editing' };

describe('gallery', () => {
  test('one item at a time, and a second tap takes it back', () => {
    const first = nextGallery(gallery, { is: 'item', id: 1 });
    expect(first.picked).toEqual([1]);
    expect(nextGallery(first, { is: 'item', id: 2 }).picked).toEqual([2]);
    expect(nextGallery(first, { is: 'item', id: 1 }).picked).toEqual([]);
  });

  test('several in the order they were picked, up to 35', () => {
    let page = nextGallery(gallery, { is: 'multiple' });
    for (let id = 40; id > 0; id--) page = nextGallery(page, { is: 'item', id });
    expect(page.picked).toEqual(Array.from({ length: 35 }, (_, index) => 40 - index));
    expect(nextGallery(page, { is: 'multiple' }).picked).toEqual([40]);
  });

  test('never scrolls out of its rows', () => {
    expect(nextGallery(gallery, { is: 'scroll', rows: -3, rowCount: 5 }).scrolledRows).toBe(0);
    expect(nextGallery(gallery, { is: 'scroll', rows: 9, rowCount: 5 }).scrolledRows).toBe(4);
    expect(nextGallery(gallery, { is: 'scroll', rows: 1, rowCount: 0 }).scrolledRows).toBe(0);
  });
});

describe('post screen', () => {
  const inputs: readonly PostInput[] = [
    { is: 'caption', text: 'c' },
    { is: 'title', text: 't' },
    { is: 'post', needsConfirmation: false },
    { is: 'post', needsConfirmation: true },
    { is: 'confirm' },
    { is: 'cancel' },
  ];
  const outcome = (step: PostPage['step']) =>
    inputs.map((input) => {
      const next = nextPost({ ...post, step }, input);
      return [next.step, next.caption + next.title].filter((word) => word !== '').join(' ');
    });

  test.each<[PostPage['step'], string[]]>([
    ['editing', ['editing c', 'editing t', 'leaving', 'confirming', 'editing', 'editing']],
    ['confirming', ['confirming', 'confirming', 'confirming', 'confirming', 'leaving', 'editing']],
    ['leaving', ['leaving', 'leaving', 'leaving', 'leaving', 'leaving', 'leaving']],
  ])('%s', (step, expected) => {
    expect(outcome(step)).toEqual(expected);
  });

  test('is left at most once, whatever is tapped', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inputs), { maxLength: 30 }), (taps) => {
        let page = post;
        let left = 0;
        for (const tap of taps) {
          const next = nextPost(page, tap);
          if (next !== page && next.step === 'leaving') left++;
          page = next;
        }
        expect(left).toBeLessThanOrEqual(1);
        if (page.step === 'leaving') expect(left).toBe(1);
      }),
    );
  });

  test('captions end at 4000, titles at 90 and on one line', () => {
    expect(nextPost(post, { is: 'caption', text: 'x'.repeat(4_100) }).caption).toHaveLength(captionLimit);
    const { title } = nextPost(post, { is: 'title', text: `a\nb${'x'.repeat(200)}` });
    expect(title).toHaveLength(titleLimit);
    expect(title.startsWith('a bx')).toBe(true);
  });

  test('a limit leaves no half of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const cut = cutText(text, limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(text.slice(0, cut.length).isWellFormed());
        if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
