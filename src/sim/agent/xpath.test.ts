import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type View, viewTrees } from '../hierarchy.ts';
import type { UiNode } from '../parts.ts';
import { node, rect } from '../screen.ts';
import { AgentError } from './errors.ts';
import { isScrollable, parseUiAutomator, selectViews, withDescendants } from './ui-selector.ts';
import { documentBelow, documentOf } from './xml-tree.ts';
import { selectXPath } from './xpath.ts';

const size = { width: 1000, height: 2000 };
const box = rect(0, 0, 100, 100);
const views = (root: UiNode): View[] => viewTrees([{ package: 'com.example.notes', root }], { size });

const sample = views(
  node('FrameLayout', box, {}, [
    node('LinearLayout', box, { id: 'app:id/row', clickable: true }, [
      node('TextView', box, { text: 'Follow', id: 'app:id/follow' }),
      node('TextView', box, { text: "it's 5 > 3", desc: 'Odd' }),
    ]),
    node('LinearLayout', box, { id: 'app:id/row' }, [
      node('TextView', box, { text: 'Following', id: 'app:id/follow' }),
      node('ImageView', box, { desc: 'Heart', selected: true }),
    ]),
    node('com.example.Outer$Inner', box, { text: 'last' }),
  ]),
);
/** What an XPath finds, by text or else content-desc or id. */
const found = (xpath: string, roots = sample): string[] =>
  selectXPath(xpath, documentOf(roots)).map(
    ({ attributes, tag }) =>
      attributes.get('text') || attributes.get('content-desc') || attributes.get('resource-id') || tag,
  );

describe('xpath', () => {
  test.each([
    ['//android.widget.TextView', ['Follow', "it's 5 > 3", 'Following']],
    ["//*[@text='Follow']", ['Follow']],
    ['//*[@text="it\'s 5 > 3"]', ["it's 5 > 3"]],
    ["//android.widget.TextView[contains(@text,'Follow')]", ['Follow', 'Following']],
    ["//*[starts-with(@text, 'Follow') and not(@text='Follow')]", ['Following']],
    ["//*[@content-desc='Heart' or @text='last']", ['Heart', 'last']],
    ['(//android.widget.TextView)[2]', ["it's 5 > 3"]],
    ['//android.widget.TextView[1]', ['Follow', 'Following']],
    ['//android.widget.LinearLayout[2]/android.widget.TextView', ['Following']],
    ['//android.widget.TextView[last()]', ["it's 5 > 3", 'Following']],
    ["//*[@resource-id='app:id/row'][@clickable='true']/*[1]", ['Follow']],
    ["//*[@text='Follow']/..", ['app:id/row']],
    ["//*[@text='Follow']/following-sibling::*", ["it's 5 > 3"]],
    ["//*[@text='Following']/ancestor::android.widget.LinearLayout/android.widget.ImageView", ['Heart']],
    ["//android.widget.LinearLayout[.//*[@selected='true']]/android.widget.TextView", ['Following']],
    ['//com.example.Outer.Inner', ['last']],
    ['/hierarchy/android.widget.FrameLayout/com.example.Outer.Inner', ['last']],
    ["//*[@index='1' and @text]", ["it's 5 > 3", 'app:id/row', 'Heart']],
    ["//*[@text='Follow'] | //*[@text='last']", ['Follow', 'last']],
    ['//android.widget.TextView[position()=2]', ["it's 5 > 3"]],
    ['//*[string-length(@text) > 6]', ["it's 5 > 3", 'Following']],
    ["//*[lower-case(@text)='follow']", ['Follow']],
    ["//*[matches(@text, '^follow', 'i')]", ['Follow', 'Following']],
    ["//*[translate(@text, 'LAST', 'last')='last']", ['last']],
    ['//*[count(*)=2]', ['app:id/row', 'app:id/row']],
    ["//*[@text='nothing']", []],
  ])('%s', (xpath, expected) => {
    expect(found(xpath)).toEqual(expected);
  });

  test('below an element it sees that element alone', () => {
    const row = withDescendants(sample).filter((view) => view.node.id === 'app:id/row')[1];
    if (!row) throw new Error('no row');
    const texts = selectXPath('//android.widget.TextView', documentBelow(row)).map((each) =>
      each.attributes.get('text'),
    );
    expect(texts).toEqual(['Following']);
  });

  test.each(['//*[', '//', '//*[@text=]', 'not xpath at all!', "//*[foo('x')]", '//*[@a=1', 'count(//*)', ''])(
    '%j is an invalid selector',
    (xpath) => {
      expect(() => selectXPath(xpath, documentOf(sample))).toThrow(AgentError);
    },
  );

  const anyNode = (children: fc.Arbitrary<UiNode[]>): fc.Arbitrary<UiNode> =>
    fc.record({
      class: fc.constantFrom('android.widget.TextView', 'android.view.View', 'android.widget.Button'),
      bounds: fc.constant(box),
      text: fc.constantFrom('a', 'b', 'ab', 'Ab', ''),
      id: fc.constantFrom('x:id/one', 'x:id/two', ''),
      clickable: fc.boolean(),
      children,
    });
  const anyTree = anyNode(fc.array(anyNode(fc.array(anyNode(fc.constant([])), { maxLength: 3 })), { maxLength: 3 }));

  test('finds exactly the nodes that a walk through the tree finds, in its order', () => {
    const text = fc.constantFrom('a', 'b', 'ab');
    fc.assert(
      fc.property(
        anyTree,
        text,
        fc.constantFrom('android.widget.TextView', 'android.widget.Button'),
        (root, wanted, tag) => {
          const roots = views(root);
          const all = withDescendants(roots);
          const byXPath = (xpath: string) =>
            selectXPath(xpath, documentOf(roots)).map((element) => element.view?.identity);
          const byWalk = (matches: (view: View) => boolean) => all.filter(matches).map((view) => view.identity);
          expect(byXPath(`//${tag}[@text='${wanted}']`)).toEqual(
            byWalk((view) => view.node.class === tag && view.text === wanted),
          );
          expect(byXPath(`//*[contains(@text,'${wanted}') and @clickable='true']`)).toEqual(
            byWalk((view) => view.text.includes(wanted) && view.node.clickable === true),
          );
          expect(byXPath(`//*[@index='0']`)).toEqual([undefined, ...byWalk((view) => view.index === 0)]);
        },
      ),
    );
  });

  test('an UiSelector finds the same nodes as the XPath that says the same', () => {
    fc.assert(
      fc.property(anyTree, fc.constantFrom('a', 'ab', 'B'), fc.boolean(), (root, wanted, clickable) => {
        const roots = views(root);
        const byXPath = selectXPath(
          `//*[contains(lower-case(@text),'${wanted.toLowerCase()}') and @clickable='${clickable}']`,
          documentOf(roots),
        ).map((element) => element.view?.identity);
        const parsed = parseUiAutomator(`new UiSelector().textContains("${wanted}").clickable(${clickable})`);
        expect(isScrollable(parsed) ? [] : selectViews(parsed, roots).map((view) => view.identity)).toEqual(byXPath);
      }),
    );
  });
});

describe('-android uiautomator', () => {
  const texts = (expression: string): string[] => {
    const parsed = parseUiAutomator(expression);
    return isScrollable(parsed)
      ? ['scrollable']
      : selectViews(parsed, sample).map((view) => view.text || (view.node.desc ?? ''));
  };

  test.each([
    ['new UiSelector().text("Follow")', ['Follow']],
    ['UiSelector().text("Follow")', ['Follow']],
    ['.text("Follow")', ['Follow']],
    ['text("Follow");', ['Follow']],
    ['new UiSelector().textContains("FOLLOW")', ['Follow', 'Following']],
    ['new UiSelector().textStartsWith("foll")', ['Follow', 'Following']],
    ['new UiSelector().textMatches("(?i)follow(ing)?")', ['Follow', 'Following']],
    ['new UiSelector().textMatches("Follo")', []],
    ['new UiSelector().description("Heart")', ['Heart']],
    ['new UiSelector().descriptionContains("eart").selected(true)', ['Heart']],
    ['new UiSelector().resourceId("app:id/follow").instance(1)', ['Following']],
    ['new UiSelector().resourceIdMatches(".*follow")', ['Follow', 'Following']],
    ['new UiSelector().className("android.widget.TextView").index(1)', ["it's 5 > 3"]],
    ['new UiSelector().clickable(true).childSelector(new UiSelector().text("Follow"))', ['Follow']],
    [
      'new UiSelector().text("Following").fromParent(new UiSelector().className("android.widget.ImageView"))',
      ['Heart'],
    ],
    ['new UiSelector().text("say \\"x\\"")', []],
    ['new UiScrollable(new UiSelector().scrollable(true)).scrollIntoView(new UiSelector().text("x"))', ['scrollable']],
  ])('%s', (expression, expected) => {
    expect(texts(expression)).toEqual(expected);
  });

  test.each([
    'new UiSelector()text("x")',
    'new UiSelector().text(x)',
    'new UiSelector().text("x"',
    'new UiSelector().noSuch("x")',
    'new UiSelector().clickable("true")',
    'new UiSelector().text("x", "y")',
    'new Something()',
    '',
  ])('%j is an invalid selector', (expression) => {
    expect(() => parseUiAutomator(expression)).toThrow(AgentError);
  });
});
