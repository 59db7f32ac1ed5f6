import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { activeWindow, pageSource, toTag, uiautomatorDump, type View, viewTrees } from './hierarchy.ts';
import type { UiNode, UiWindow } from './parts.ts';
import { label, node, rect, scroller, textField } from './screen.ts';
import { TestScreen } from './test-screen.ts';

const size = { width: 1080, height: 2400 };
const display = { rotation: 0, size };

interface Element {
  name: string;
  attributes: Record<string, string>;
}

/** All elements in document order. Throws where the XML is not well-formed. */
function parse(xml: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', (tag) => elements.push({ name: tag.name, attributes: { ...tag.attributes } }));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}

const windowOf = (root: UiNode): UiWindow => ({ package: 'com.example.notes', root });
const flatten = (views: readonly View[]): View[] => views.flatMap((view) => [view, ...flatten(view.children)]);

describe('page source', () => {
  test('names classes as tags and lists every visible node with its bounds', () => {
    const phone = new TestScreen();
    phone.open();
    const active = activeWindow(phone.ui.windows());
    const roots = viewTrees(active ? [active] : [], { size });
    const elements = parse(pageSource(roots, display));

    expect(elements[0]).toEqual({
      name: 'hierarchy',
      attributes: { index: '0', class: 'hierarchy', rotation: '0', width: '1080', height: '2400' },
    });
    expect(elements.slice(1).map((element) => element.attributes.bounds)).toEqual(
      flatten(roots).map(({ bounds }) => `[${bounds.left},${bounds.top}][${bounds.right},${bounds.bottom}]`),
    );
    const save = elements.find((element) => element.attributes.text === 'Save');
    expect(save).toMatchObject({
      name: 'android.widget.Button',
      attributes: {
        package: 'com.example.notes',
        'resource-id': 'com.example.notes:id/save',
        clickable: 'true',
        enabled: 'true',
        bounds: '[0,200][400,300]',
        displayed: 'true',
      },
    });
    expect(elements.find((element) => element.attributes.text === 'Off')?.attributes.enabled).toBe('false');
  });

  test('shows the hint of an empty field as its text', () => {
    const field = (text: string) => textField(rect(0, 0, 100, 50), { text, hint: 'Say it', onText: () => {} });
    const [empty] = parse(pageSource(viewTrees([windowOf(field(''))], { size }), display)).slice(1);
    expect(empty?.attributes).toMatchObject({ text: 'Say it', hint: 'Say it', 'showing-hint': 'true' });
    const [full] = parse(pageSource(viewTrees([windowOf(field('hello'))], { size }), display)).slice(1);
    expect(full?.attributes).toMatchObject({ text: 'hello', hint: 'Say it', 'showing-hint': 'false' });
  });

  test('cuts what a list has scrolled away and leaves out what is outside', () => {
    const root = scroller(rect(0, 100, 1080, 200), () => {}, [
      label(rect(0, 0, 1080, 90), 'above'),
      label(rect(0, 50, 1080, 100), 'half'),
      label(rect(0, 150, 1080, 100), 'inside'),
    ]);
    const elements = parse(pageSource(viewTrees([windowOf(root)], { size }), display)).slice(1);
    expect(elements.map(({ attributes }) => [attributes.text, attributes.bounds, attributes.index])).toEqual([
      ['', '[0,100][1080,300]', '0'],
      ['half', '[0,100][1080,150]', '1'],
      ['inside', '[0,150][1080,250]', '2'],
    ]);
  });

  test('leaves out what is drawn only', () => {
    const root = node('FrameLayout', rect(0, 0, 500, 500), {}, [
      node('View', rect(0, 0, 100, 100), { drawnOnly: true, text: 'unseen' }),
      label(rect(0, 0, 100, 100), 'seen'),
    ]);
    expect(parse(pageSource(viewTrees([windowOf(root)], { size }), display)).map((e) => e.attributes.text)).toEqual([
      undefined,
      '',
      'seen',
    ]);
  });

  test.each([
    ['android.widget.TextView', 'android.widget.TextView'],
    ['', 'android.view.View'],
    ['com.example.Outer$Inner', 'com.example.Outer.Inner'],
    ['X.122f', 'X.122f'],
    ['0ab', 'ab'],
    ['a b#c', 'a_b.c'],
    ['$$', 'android.view.View'],
  ])('makes a tag of the class %j', (className, tag) => {
    expect(toTag(className)).toBe(tag);
  });

  test('stays well-formed whatever an app writes into its nodes', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 20 });
    const lone = fc.constantFrom('\ud83d', '\u0000', '\u001b[31m', '"><x>', '\u202e', '\n\t', '😀', '\ufffe');
    const hostile = fc.array(fc.oneof(anyText, lone), { maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, hostile, (text, desc, className) => {
        const root = node('FrameLayout', rect(0, 0, 500, 500), {}, [
          { class: className, bounds: rect(0, 0, 10, 10), text, desc },
        ]);
        for (const xml of [
          pageSource(viewTrees([windowOf(root)], { size }), display),
          uiautomatorDump([windowOf(root)], display),
        ]) {
          const last = parse(xml).at(-1);
          // what XML can hold comes back as it was
          if (/^[\t\n\r\x20-\ud7ff\ue000-\ufffd]*$/.test(text)) expect(last?.attributes.text).toBe(text);
        }
      }),
    );
  });
});

describe('uiautomator dump', () => {
  test('shows the active window alone, as nodes', () => {
    const phone = new TestScreen();
    phone.open();
    phone.ui.requestPermission('com.example.notes', ['android.permission.CAMERA']);
    const elements = parse(uiautomatorDump(phone.ui.windows(), display));
    expect(new Set(elements.map((element) => element.name))).toEqual(new Set(['hierarchy', 'node']));
    expect(new Set(elements.slice(1).map((element) => element.attributes.package))).toEqual(
      new Set(['com.google.android.permissioncontroller']),
    );
  });
});
