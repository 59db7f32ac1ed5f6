import { sourceAttributes, toTag, type View } from '../hierarchy.ts';

/** One element of a page source, as XPath sees it. */
export interface XmlElement {
  readonly is: 'element';
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | XmlDocument;
  /** Place in document order. */
  readonly order: number;
  /** Absent on the `hierarchy` element. */
  readonly view: View | undefined;
}

export interface XmlDocument {
  readonly is: 'document';
  readonly children: readonly XmlElement[];
  readonly order: -1;
}

/** The document of a whole screen, with the `hierarchy` element around the windows. */
export function documentOf(roots: readonly View[]): XmlDocument {
  const children: XmlElement[] = [];
  const document: XmlDocument = { is: 'document', children, order: -1 };
  const counter = { last: 0 };
  const windows: XmlElement[] = [];
  const hierarchy: XmlElement = {
    is: 'element',
    tag: 'hierarchy',
    attributes: new Map([
      ['index', '0'],
      ['class', 'hierarchy'],
    ]),
    children: windows,
    parent: document,
    order: counter.last++,
    view: undefined,
  };
  children.push(hierarchy);
  roots.forEach((root, index) => {
    windows.push(elementOf(root, hierarchy, counter, index));
  });
  return document;
}

/** The document of one element and what it holds (setting `limitXPathContextScope`). */
export function documentBelow(view: View): XmlDocument {
  const children: XmlElement[] = [];
  const document: XmlDocument = { is: 'document', children, order: -1 };
  children.push(elementOf(view, document, { last: 0 }, view.index));
  return document;
}

function elementOf(view: View, parent: XmlElement | XmlDocument, counter: { last: number }, index: number): XmlElement {
  const attributes = new Map<string, string>();
  for (const [name, value] of sourceAttributes(view)) if (value !== undefined) attributes.set(name, value);
  attributes.set('index', String(index));
  const children: XmlElement[] = [];
  const element: XmlElement = {
    is: 'element',
    tag: toTag(view.node.class),
    attributes,
    children,
    parent,
    order: counter.last++,
    view,
  };
  for (const child of view.children) children.push(elementOf(child, element, counter, child.index));
  return element;
}
