import { AgentError } from './errors.ts';
import type { XmlDocument, XmlElement } from './xml-tree.ts';
import { type Axis, type Expression, parseXPath, type Step } from './xpath-parse.ts';

interface XmlAttribute {
  readonly is: 'attribute';
  readonly name: string;
  readonly value: string;
  readonly parent: XmlElement;
  readonly order: number;
}
type Item = XmlElement | XmlDocument | XmlAttribute;
type Value = Item[] | string | number | boolean;

interface Place {
  item: Item;
  position: number;
  size: number;
  document: XmlDocument;
}

/** The elements that `expression` selects, in document order. Throws `invalid selector`. */
export function selectXPath(expression: string, document: XmlDocument): XmlElement[] {
  const value = evaluate(parseXPath(expression), { item: document, position: 1, size: 1, document });
  if (!Array.isArray(value)) {
    throw new AgentError('invalid selector', `'${expression}' does not select nodes`);
  }
  return value.filter((item) => item.is === 'element');
}

function evaluate(expression: Expression, place: Place): Value {
  switch (expression.is) {
    case 'text':
      return expression.value;
    case 'number':
      return expression.value;
    case 'negate':
      return -toNumber(evaluate(expression.value, place));
    case 'call':
      return call(expression.name, expression.args, place);
    case 'binary':
      return binary(expression, place);
    case 'filter': {
      const items = toItems(evaluate(expression.base, place));
      return filter(items, expression.predicates, place.document);
    }
    case 'path': {
      const start = expression.from;
      let items: Item[];
      if (start === 'root') items = [place.document];
      else if (start === 'context') items = [place.item];
      else items = toItems(evaluate(start, place));
      for (const step of expression.steps) items = take(items, step, place.document);
      return items;
    }
  }
}

function take(items: readonly Item[], step: Step, document: XmlDocument): Item[] {
  const found = new Set<Item>();
  for (const item of items) {
    const candidates = along(item, step.axis).filter((candidate) => passes(candidate, step));
    for (const candidate of filter(candidates, step.predicates, document)) found.add(candidate);
  }
  return [...found].sort((a, b) => a.order - b.order);
}

function filter(items: readonly Item[], predicates: readonly Expression[], document: XmlDocument): Item[] {
  let kept = [...items];
  for (const predicate of predicates) {
    const size = kept.length;
    kept = kept.filter((item, index) => {
      const value = evaluate(predicate, { item, position: index + 1, size, document });
      return typeof value === 'number' ? value === index + 1 : toBoolean(value);
    });
  }
  return kept;
}

function passes(item: Item, { axis, test }: Step): boolean {
  if (test === 'node()') return true;
  if (test === 'text()') return false; // page sources hold no text nodes
  if (axis === 'attribute') return item.is === 'attribute' && (test === '*' || item.name === test);
  return item.is === 'element' && (test === '*' || item.tag === test);
}

/** In the order of the axis: reverse axes begin with what is nearest. */
function along(item: Item, axis: Axis): Item[] {
  if (axis === 'self') return [item];
  if (axis === 'attribute') return item.is === 'element' ? attributesOf(item) : [];
  if (axis === 'parent') return item.is === 'document' ? [] : [item.parent];
  if (axis === 'ancestor') return ancestors(item);
  if (axis === 'ancestor-or-self') return [item, ...ancestors(item)];
  if (item.is === 'attribute') return [];
  if (axis === 'child') return [...item.children];
  if (axis === 'descendant') return descendants(item);
  if (axis === 'descendant-or-self') return [item, ...descendants(item)];
  if (item.is === 'document') return [];
  const siblings = item.parent.children;
  const at = siblings.indexOf(item);
  if (axis === 'following-sibling') return siblings.slice(at + 1);
  if (axis === 'preceding-sibling') return siblings.slice(0, at).toReversed();
  const all = descendants(rootOf(item));
  const inside = new Set<Item>(descendants(item));
  const above = new Set<Item>(ancestors(item));
  return axis === 'following'
    ? all.filter((other) => other.order > item.order && !inside.has(other))
    : all.filter((other) => other.order < item.order && !above.has(other)).toReversed();
}

const attributesOf = (element: XmlElement): XmlAttribute[] =>
  [...element.attributes].map(([name, value], index) => ({
    is: 'attribute',
    name,
    value,
    parent: element,
    order: element.order + (index + 1) / 1_000,
  }));

function ancestors(item: Item): Item[] {
  const found: Item[] = [];
  for (let at: Item = item; at.is !== 'document'; at = at.parent) found.push(at.parent);
  return found;
}

function descendants(item: XmlElement | XmlDocument): XmlElement[] {
  return item.children.flatMap((child) => [child, ...descendants(child)]);
}

function rootOf(item: XmlElement): XmlDocument {
  let at: XmlElement | XmlDocument = item;
  while (at.is !== 'document') at = at.parent;
  return at;
}

function binary({ operator, left, right }: Extract<Expression, { is: 'binary' }>, place: Place): Value {
  if (operator === 'or') return toBoolean(evaluate(left, place)) || toBoolean(evaluate(right, place));
  if (operator === 'and') return toBoolean(evaluate(left, place)) && toBoolean(evaluate(right, place));
  const a = evaluate(left, place);
  const b = evaluate(right, place);
  switch (operator) {
    case '|':
      return [...new Set([...toItems(a), ...toItems(b)])].sort((one, other) => one.order - other.order);
    case '+':
      return toNumber(a) + toNumber(b);
    case '-':
      return toNumber(a) - toNumber(b);
    case '*':
      return toNumber(a) * toNumber(b);
    case 'div':
      return toNumber(a) / toNumber(b);
    case 'mod':
      return toNumber(a) % toNumber(b);
    default:
      return compare(operator, a, b);
  }
}

/** A node-set compares as soon as one of its members does. */
function compare(operator: string, a: Value, b: Value): boolean {
  if (Array.isArray(a)) return a.some((item) => compare(operator, stringOf(item), b));
  if (Array.isArray(b)) return b.some((item) => compare(operator, a, stringOf(item)));
  const isEquality = ['=', '!=', 'eq', 'ne'].includes(operator);
  if (isEquality) {
    let isEqual: boolean;
    if (typeof a === 'boolean' || typeof b === 'boolean') isEqual = toBoolean(a) === toBoolean(b);
    else if (typeof a === 'number' || typeof b === 'number') isEqual = toNumber(a) === toNumber(b);
    else isEqual = a === b;
    return operator === '=' || operator === 'eq' ? isEqual : !isEqual;
  }
  const [x, y] = [toNumber(a), toNumber(b)];
  if (operator === '<' || operator === 'lt') return x < y;
  if (operator === '<=' || operator === 'le') return x <= y;
  return operator === '>' || operator === 'gt' ? x > y : x >= y;
}

const stringOf = (item: Item): string => (item.is === 'attribute' ? item.value : '');
const toItems = (value: Value): Item[] => {
  if (Array.isArray(value)) return value;
  throw new AgentError('invalid selector', 'a node-set was expected');
};
const toText = (value: Value): string => {
  if (!Array.isArray(value)) return String(value);
  const [first] = value;
  return first ? stringOf(first) : '';
};
const toNumber = (value: Value): number => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value).trim();
  return text === '' ? Number.NaN : Number(text);
};
const toBoolean = (value: Value): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : typeof value === 'number'
      ? value !== 0 && !Number.isNaN(value)
      : Boolean(value);

function call(name: string, args: readonly Expression[], place: Place): Value {
  const values = args.map((arg) => evaluate(arg, place));
  const text = (index: number) => {
    const value = values[index];
    return value === undefined ? stringOf(place.item) : toText(value);
  };
  const number = (index: number) => toNumber(values[index] ?? Number.NaN);
  switch (name) {
    case 'last':
      return place.size;
    case 'position':
      return place.position;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'not':
      return !toBoolean(values[0] ?? false);
    case 'boolean':
      return toBoolean(values[0] ?? false);
    case 'number':
      return toNumber(text(0));
    case 'string':
      return text(0);
    case 'count':
      return toItems(values[0] ?? []).length;
    case 'contains':
      return text(0).includes(text(1));
    case 'starts-with':
      return text(0).startsWith(text(1));
    case 'ends-with':
      return text(0).endsWith(text(1));
    case 'matches':
      return javaRegExp(text(1), false, values[2] === undefined ? '' : text(2)).test(text(0));
    case 'string-length':
      return [...text(0)].length;
    case 'normalize-space':
      return text(0).trim().replace(/\s+/g, ' ');
    case 'lower-case':
      return text(0).toLowerCase();
    case 'upper-case':
      return text(0).toUpperCase();
    case 'concat':
      return values.map(toText).join('');
    case 'substring': {
      const from = Math.round(number(1));
      const length = values[2] === undefined ? Number.POSITIVE_INFINITY : Math.round(number(2));
      return [...text(0)].filter((_, index) => index + 1 >= from && index + 1 < from + length).join('');
    }
    case 'substring-before':
      return text(0).includes(text(1)) ? text(0).slice(0, text(0).indexOf(text(1))) : '';
    case 'substring-after':
      return text(0).includes(text(1)) ? text(0).slice(text(0).indexOf(text(1)) + text(1).length) : '';
    case 'translate': {
      const to = [...text(2)];
      const from = [...text(1)];
      return [...text(0)].map((letter) => (from.includes(letter) ? (to[from.indexOf(letter)] ?? '') : letter)).join('');
    }
    case 'name':
    case 'local-name': {
      const [first] = values[0] === undefined ? [place.item] : toItems(values[0]);
      if (first?.is === 'element') return first.tag;
      return first?.is === 'attribute' ? first.name : '';
    }
    default:
      throw new AgentError('invalid selector', `unknown function ${name}()`);
  }
}

/** A regular expression as Java writes it: leading `(?i)` and its like become flags. Throws `invalid selector`. */
export function javaRegExp(pattern: string, isWhole: boolean, flags = ''): RegExp {
  const inline = /^\(\?([imsu]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const all = [...new Set([...flags, ...(inline?.[1] ?? ''), 'u'])].filter((flag) => 'imsu'.includes(flag)).join('');
  const source = isWhole ? `^(?:${body})$` : body;
  try {
    return new RegExp(source, all);
  } catch {
    try {
      return new RegExp(source, all.replace('u', '')); // Java allows escapes that the u flag refuses
    } catch (error) {
      throw new AgentError('invalid selector', `java.util.regex.PatternSyntaxException: ${String(error)}`);
    }
  }
}
