import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hierarchy, parseHierarchy } from './hierarchy.ts';
import {
  above,
  anything,
  below,
  both,
  byClass,
  byDesc,
  byHint,
  byId,
  byText,
  clickableAround,
  either,
  leftOf,
  normalText,
  rightOf,
  type Selector,
  where,
  within,
} from './selector.ts';

const screen: Hierarchy = parseHierarchy(`<hierarchy width="1000" height="2000">
<F class="android.widget.FrameLayout" bounds="[0,0][1000,2000]">
  <T class="android.widget.TextView" text="Title" resource-id="com.example:id/title" bounds="[0,0][1000,100]"/>
  <L class="android.widget.LinearLayout" clickable="true" bounds="[0,200][500,300]">
    <F class="android.widget.FrameLayout" bounds="[0,200][500,300]">
      <T class="android.widget.TextView" text="Follow" bounds="[10,210][490,290]"/>
    </F>
  </L>
  <T class="android.widget.TextView" text="Followers" resource-id="follow" bounds="[500,200][1000,300]"/>
  <E class="android.widget.EditText" text="" hint="Say something" content-desc="@2131888269" clickable="true" bounds="[0,400][800,500]"/>
  <I class="android.widget.ImageView" content-desc="Post comment" clickable="true" bounds="[800,400][1000,500]"/>
  <T class="android.widget.TextView" text="Hidden" displayed="false" bounds="[0,600][10,610]"/>
  <T class="android.widget.TextView" text="Empty" bounds="[5,5][5,5]"/>
  <T class="android.widget.TextView" text="‎3 comments" bounds="[0,700][1000,800]"/>
  <T class="android.widget.TextView" text="Don’t  allow…  " bounds="[0,900][1000,1000]"/>
</F></hierarchy>`);

const found = (selector: Selector): string[] =>
  selector.find(screen).map((node) => node.text || node.desc || node.hint || node.className.replace(/^.*\./, ''));

test.each<[string, Selector, string[]]>([
  ['a whole text, not its beginning', byText('Follow'), ['Follow']],
  ['one of several texts', byText(['Suivre', 'Followers']), ['Followers']],
  ['a text with its case', byText('follow'), []],
  ['a pattern', byText(/^Follow/), ['Follow', 'Followers']],
  ['a pattern that would remember where it was', byText(/Follow/g), ['Follow', 'Followers']],
  ['a text behind a bidi mark', byText(/^\d+ comments$/), ['‎3 comments']],
  ['curly apostrophe, dots and blanks', byText("Don't allow..."), ['Don’t  allow…  ']],
  ['curly ones on our side too', byText('Don’t allow…'), ['Don’t  allow…  ']],
  ['a description', byDesc('Post comment'), ['Post comment']],
  ['no unresolved label', byDesc(/./), ['Post comment']],
  ['a hint', byHint('Say something'), ['@2131888269']],
  ['an id by its end', byId('title'), ['Title']],
  ['an id without a package', byId(['nothing', 'follow']), ['Followers']],
  ['no part of an id', byId('itle'), []],
  ['a class by its end', byClass('EditText'), ['@2131888269']],
  ['a whole class', byClass('android.widget.EditText'), ['@2131888269']],
  ['nothing hidden', byText('Hidden'), []],
  ['nothing without a size', byText('Empty'), []],
  ['the clickable one around a label', clickableAround(byText('Follow')), ['LinearLayout']],
  ['the node itself when it is clickable', clickableAround(byDesc('Post comment')), ['Post comment']],
  ['nothing when nobody takes the tap', clickableAround(byText('Title')), []],
  ['inside a place', within(byText(/Follow/), { left: 0, top: 0, right: 500, bottom: 2000 }), ['Follow']],
  ['inside what another selector finds', within(anything, byId('title')), ['Title']],
  ['nothing inside what is not there', within(anything, byId('absent')), []],
  ['to the right of', rightOf(byClass('ImageView'), byClass('EditText')), ['Post comment']],
  ['to the left of', leftOf(byClass('EditText'), byDesc('Post comment')), ['@2131888269']],
  ['below, nearest first', below(byClass('TextView'), byClass('EditText')), ['‎3 comments', 'Don’t  allow…  ']],
  ['above, nearest first', above(byText(/./), byClass('EditText')), ['Followers', 'Follow', 'Title']],
  ['both', both(byText(/Follow/), byId('follow')), ['Followers']],
  ['either, in document order', either(byText('Followers'), byText('Title'), byId('title')), ['Title', 'Followers']],
  ['where', where(byClass('TextView'), (node) => node.bounds.top > 600, 'low'), ['‎3 comments', 'Don’t  allow…  ']],
])('finds %s', (_, selector, expected) => {
  expect(found(selector)).toEqual(expected);
});

test('names say what was looked for', () => {
  const selector = within(both(byText(['Follow', 'Suivre']), byDesc(/x/i)), byId('bar'));
  expect(selector.name).toBe('text "Follow"|"Suivre" and desc /x/i within id "bar"');
});

describe('normal text', () => {
  test.each([
    ['hodgetwins\u00a0\u00a0', 'hodgetwins'],
    ['\u2068Name\u2069\u200e', 'Name'],
    ['a\u200b\ufeffb', 'ab'],
    ['“quoted”', '"quoted"'],
    ['line\none', 'line one'],
    ['@2131823293', ''],
    ['@user21', '@user21'],
    ['Family 👨‍👩‍👧', 'Family 👨‍👩‍👧'],
    ['é', 'é'],
  ])('of %j is %j', (text, normal) => {
    expect(normalText(text)).toBe(normal);
  });

  test('of normal text is itself, without blanks at its ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const once = normalText(text);
        expect(normalText(once)).toBe(once);
        expect(once.trim()).toBe(once);
      }),
    );
  });
});

test('whatever a selector finds is on the screen once, and is shown', () => {
  const words = fc.constantFrom('Follow', 'Title', 'Post comment', 'Hidden', 'Empty', 'x');
  const { selector } = fc.letrec<{ selector: Selector }>((tie) => ({
    selector: fc.oneof(
      { maxDepth: 3 },
      words.map((word) => byText(word)),
      words.map((word) => byDesc(word)),
      fc.constant(anything),
      tie('selector').map(clickableAround),
      fc.tuple(tie('selector'), tie('selector')).map(([a, b]) => both(a, b)),
      fc.tuple(tie('selector'), tie('selector')).map(([a, b]) => either(a, b)),
      fc.tuple(tie('selector'), tie('selector')).map(([a, b]) => within(a, b)),
      fc.tuple(tie('selector'), tie('selector')).map(([a, b]) => below(a, b)),
      fc.tuple(tie('selector'), tie('selector')).map(([a, b]) => rightOf(a, b)),
    ),
  }));
  fc.assert(
    fc.property(selector, (chosen) => {
      const nodes = chosen.find(screen);
      expect(new Set(nodes).size).toBe(nodes.length);
      for (const node of nodes) {
        expect(screen.nodes[node.index]).toBe(node);
        expect(node.displayed).toBe(true);
      }
    }),
  );
});
