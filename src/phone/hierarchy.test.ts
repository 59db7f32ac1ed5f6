import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCovered } from './cover.ts';
import { middleOf, parseHierarchy } from './hierarchy.ts';

const pageSource = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<hierarchy index="0" class="hierarchy" rotation="1" width="1080" height="2400">
  <android.widget.FrameLayout index="0" package="com.example" class="android.widget.FrameLayout" text="" clickable="false" enabled="true" bounds="[0,0][1080,2400]" displayed="true" drawing-order="0">
    <X.122f index="0" package="com.example" class="X.122f" text="Don’t &amp; &quot;won’t&quot;&#10;ever" content-desc="d" resource-id="com.example:id/title" hint="h" checkable="true" checked="true" clickable="true" long-clickable="true" enabled="false" focusable="true" focused="true" password="true" scrollable="true" selected="true" bounds="[-5,10][105,60]" displayed="false" drawing-order="3" />
  </android.widget.FrameLayout>
  <android.widget.FrameLayout index="1" package="com.android.systemui" class="" bounds="[0,0][1080,66]" />
</hierarchy>`;

test("the automation server's page source is read whole", () => {
  const hierarchy = parseHierarchy(pageSource, 42);
  expect(hierarchy).toMatchObject({ width: 1080, height: 2400, rotation: 1, roots: [0, 2], at: 42, xml: pageSource });
  expect([...hierarchy.packages]).toEqual(['com.example', 'com.android.systemui']);
  expect(hierarchy.nodes[1]).toEqual({
    index: 1,
    parent: 0,
    depth: 1,
    children: [],
    className: 'X.122f',
    package: 'com.example',
    text: 'Don’t & "won’t"\never',
    desc: 'd',
    id: 'com.example:id/title',
    hint: 'h',
    bounds: { left: -5, top: 10, right: 105, bottom: 60 },
    clickable: true,
    longClickable: true,
    checkable: true,
    checked: true,
    enabled: false,
    focusable: true,
    focused: true,
    password: true,
    scrollable: true,
    selected: true,
    displayed: false,
    drawingOrder: 3,
  });
  expect(hierarchy.nodes[0]?.children).toEqual([1]);
  expect(hierarchy.nodes[2]).toMatchObject({ className: '', parent: -1, drawingOrder: -1, displayed: true });
  expect(middleOf({ left: -5, top: 10, right: 105, bottom: 60 })).toEqual({ x: 50, y: 35 });
});

test('a plain dump is read, and the sentence behind it is left alone', () => {
  const hierarchy = parseHierarchy(
    '<?xml version="1.0"?><hierarchy rotation="0"><node class="a.B" text="x" visible-to-user="false" bounds="[0,0][7,9]"/></hierarchy>UI hierchary dumped to: /dev/tty\n',
  );
  expect(hierarchy).toMatchObject({ width: 7, height: 9 });
  expect(hierarchy.nodes).toMatchObject([{ className: 'a.B', text: 'x', displayed: false }]);
});

test.each([
  ['an emoji as one reference', '&#128512;', '😀'],
  ['an emoji as two halves', '&#55357;&#56832;', '😀'],
  ['characters XML forbids', '&#0;a', '&#0;a'],
  ['a reference that is none', '&nbsp;a', '&nbsp;a'],
])('%s does not spoil the screen', (_, written, read) => {
  expect(parseHierarchy(`<hierarchy><node text="${written}"/></hierarchy>`).nodes[0]?.text).toBe(read);
});

describe('what is no hierarchy is told as malformed', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['words', 'ERROR: null root node returned by UiTestAutomationBridge.'],
    ['a cut stream', pageSource.slice(0, 700)],
    ['bytes missing in the middle', pageSource.slice(0, 300) + pageSource.slice(700)],
    ['an element that never ends', '<hierarchy><node></hierarchy>'],
  ])('%s', (_, xml) => {
    expect(() => parseHierarchy(xml)).toThrow(
      expect.objectContaining({
        code: 'phone.screen-malformed',
        details: expect.objectContaining({ chars: xml.length }),
      }),
    );
  });

  test('at every cut, and with any bytes', () => {
    const end = pageSource.lastIndexOf('</hierarchy>');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end }), (cut) => {
        expect(() => parseHierarchy(pageSource.slice(0, cut))).toThrow(
          expect.objectContaining({ code: 'phone.screen-malformed' }),
        );
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        try {
          parseHierarchy(`<hierarchy>${text}</hierarchy>`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'phone.screen-malformed' });
        }
      }),
    );
  });
});

interface Tree {
  text: string;
  bounds: [number, number, number, number];
  children: Tree[];
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    text: fc.string({ unit: 'grapheme', maxLength: 12 }),
    bounds: fc.tuple(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000), fc.nat(2_000)),
    children: fc.oneof({ maxDepth: 4 }, fc.constant<Tree[]>([]), fc.array(tie('tree'), { maxLength: 3 })),
  }),
}));

const escaped = (text: string): string =>
  text.replace(/[<>&"'\n\r\t]/g, (char) => `&#${char.codePointAt(0)};`).replace(/\p{Cc}/gu, '');
const write = ({ text, bounds: [l, t, r, b], children }: Tree): string =>
  `<node text="${escaped(text)}" clickable="true" bounds="[${l},${t}][${r},${b}]">${children.map(write).join('')}</node>`;
const flat = (node: Tree): Tree[] => [node, ...node.children.flatMap(flat)];

test('any tree comes back in document order, with parents, children and depths that fit', () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 3 }), (windows) => {
      const { nodes, roots } = parseHierarchy(`<hierarchy rotation="0">${windows.map(write).join('')}</hierarchy>`);
      const texts = windows
        .flatMap(flat)
        .map(({ text }) => text.replace(/\p{Cc}/gu, (char) => ('\n\r\t'.includes(char) ? char : '')));
      expect(nodes.map(({ text }) => text)).toEqual(texts);
      expect(roots).toEqual(nodes.filter(({ parent }) => parent < 0).map(({ index }) => index));
      for (const node of nodes) {
        expect(nodes[node.index]).toBe(node);
        expect(node.children.map((index) => nodes[index]?.parent)).toEqual(node.children.map(() => node.index));
        expect(node.depth).toBe(node.parent < 0 ? 0 : (nodes[node.parent]?.depth ?? 0) + 1);
      }
    }),
  );
});

describe('what is covered', () => {
  const layer = (order: number, inner: string) => `<L drawing-order="${order}" bounds="[0,0][1000,2000]">${inner}</L>`;
  const label = (text: string, bounds = '[100,100][300,200]') =>
    `<T drawing-order="1" text="${text}" bounds="${bounds}"/>`;
  const dimmer = '<D drawing-order="1" clickable="true" bounds="[0,0][1000,2000]"/>';
  const coveredTexts = (xml: string) => {
    const hierarchy = parseHierarchy(
      `<hierarchy width="1000" height="2000"><R bounds="[0,0][1000,2000]">${xml}</R></hierarchy>`,
    );
    return hierarchy.nodes.filter((node) => node.text !== '' && isCovered(hierarchy, node)).map(({ text }) => text);
  };

  test('a screen below a full layer that takes taps and shows something', () => {
    expect(coveredTexts(layer(1, label('below')) + layer(2, dimmer + label('sheet')))).toEqual(['below']);
  });

  test('whichever is drawn first, whatever stands first', () => {
    expect(coveredTexts(layer(2, dimmer + label('sheet')) + layer(1, label('below')))).toEqual(['below']);
  });

  test('nothing below a bare touch catcher, a layer that lets taps through, or a small one', () => {
    expect(coveredTexts(layer(1, label('below')) + layer(2, dimmer))).toEqual([]);
    expect(coveredTexts(layer(1, label('below')) + layer(2, label('toast')))).toEqual([]);
    const button = '<B drawing-order="2" text="Follow" clickable="true" bounds="[90,90][400,300]"/>';
    expect(coveredTexts(label('below') + button)).toEqual([]);
  });

  test('what sticks out of the layer is still there', () => {
    const half = `<L drawing-order="2" bounds="[0,500][1000,2000]"><D drawing-order="1" clickable="true" text="sheet" bounds="[0,500][1000,2000]"/></L>`;
    expect(coveredTexts(layer(1, label('above') + label('below', '[100,600][300,700]')) + half)).toEqual(['below']);
  });

  test('without a drawing order nothing is', () => {
    const xml = layer(1, label('below')) + layer(2, dimmer + label('sheet'));
    expect(coveredTexts(xml.replaceAll(/ drawing-order="\d"/g, ''))).toEqual([]);
  });

  test('what a smaller window lies on', () => {
    const hierarchy = parseHierarchy(
      `<hierarchy><K bounds="[0,1000][1000,2000]"><T text="key" bounds="[0,1000][50,1050]"/></K><A bounds="[0,0][1000,2000]">${label('shown')}${label('under', '[10,1500][90,1600]')}</A></hierarchy>`,
    );
    const covered = hierarchy.nodes.filter((node) => isCovered(hierarchy, node)).map(({ text }) => text);
    expect(covered).toEqual(['under']);
  });
});
