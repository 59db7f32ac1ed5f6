import type { View } from '../hierarchy.ts';
import { AgentError } from './errors.ts';
import { javaRegExp } from './xpath.ts';

/** A parsed `new UiSelector()…`. */
export interface UiSelector {
  matches(view: View): boolean;
  instance: number;
  child?: UiSelector;
  fromParent?: UiSelector;
}

/** A parsed `new UiScrollable(…).scrollIntoView(…)`. */
export interface UiScrollable {
  container: UiSelector;
  target: UiSelector;
  isHorizontal?: boolean;
  maxSwipes?: number;
}

type Argument = string | number | boolean | UiSelector;
type Check = (view: View) => boolean;

const fail = (expression: string, why: string): AgentError =>
  new AgentError('invalid selector', `Could not parse selector expression \`${expression}\`: ${why}`);

/** One expression of `-android uiautomator`. Throws `invalid selector` as the server words it. */
export function parseUiAutomator(expression: string): UiSelector | UiScrollable {
  const reader = new Reader(expression.trim().replace(/;$/, ''));
  const parsed = /^(new\s+)?UiScrollable/.test(reader.source) ? reader.scrollable() : reader.selector();
  reader.end();
  return parsed;
}

export const isScrollable = (parsed: UiSelector | UiScrollable): parsed is UiScrollable => 'target' in parsed;

/** All views below (and including) `roots` that match, in tree order; `instance` picks one of them. */
export function selectViews(selector: UiSelector, roots: readonly View[], { all = true } = {}): View[] {
  let found = withDescendants(roots).filter((view) => selector.matches(view));
  if (selector.instance >= 0) found = found.slice(selector.instance, selector.instance + 1);
  if (selector.child) {
    const child = selector.child;
    found = unique(found.flatMap((view) => selectViews(child, view.children)));
  }
  if (selector.fromParent) {
    const from = selector.fromParent;
    found = unique(found.flatMap((view) => (view.parent ? selectViews(from, view.parent.children) : [])));
  }
  return all ? found : found.slice(0, 1);
}

export const withDescendants = (views: readonly View[]): View[] =>
  views.flatMap((view) => [view, ...withDescendants(view.children)]);

const unique = (views: readonly View[]): View[] => [...new Set(views)];

const folded = (text: string | undefined): string => (text ?? '').toLowerCase();

/** Methods of UiSelector. Exact where Android compares exactly, without case where it does (UiSelector.isMatchFor). */
const checks: Readonly<Record<string, (argument: Argument) => Check>> = {
  text: text((view) => view.text, equals),
  textContains: text((view) => view.text, contains),
  textStartsWith: text((view) => view.text, startsWith),
  textMatches: text((view) => view.text, matches),
  description: text((view) => view.node.desc, equals),
  descriptionContains: text((view) => view.node.desc, contains),
  descriptionStartsWith: text((view) => view.node.desc, startsWith),
  descriptionMatches: text((view) => view.node.desc, matches),
  resourceId: text((view) => view.node.id, equals),
  resourceIdMatches: text((view) => view.node.id, matches),
  className: text((view) => view.node.class, equals),
  classNameMatches: text((view) => view.node.class, matches),
  packageName: text((view) => view.package, equals),
  packageNameMatches: text((view) => view.package, matches),
  checkable: flag((view) => view.node.checkable),
  checked: flag((view) => view.node.checked),
  clickable: flag((view) => view.node.clickable),
  enabled: flag((view) => view.node.enabled ?? true),
  focusable: flag((view) => view.node.focusable ?? view.node.onText !== undefined),
  focused: flag((view) => view.node.focused),
  longClickable: flag((view) => view.node.longClickable),
  scrollable: flag((view) => view.node.scrollable),
  selected: flag((view) => view.node.selected),
  index: (argument) => {
    if (typeof argument !== 'number') throw new TypeError(`${String(argument)} is not a integer`);
    return (view) => view.index === argument;
  },
};

function text(read: (view: View) => string | undefined, compare: (wanted: string) => (seen: string) => boolean) {
  return (argument: Argument): Check => {
    if (typeof argument !== 'string') throw new TypeError(`${String(argument)} is not a string`);
    const test = compare(argument);
    return (view) => {
      const seen = read(view);
      return seen !== undefined && test(seen);
    };
  };
}

function equals(wanted: string) {
  return (seen: string) => seen === wanted;
}

function contains(wanted: string) {
  return (seen: string) => folded(seen).includes(folded(wanted));
}

function startsWith(wanted: string) {
  return (seen: string) => folded(seen).startsWith(folded(wanted));
}

function matches(wanted: string) {
  const pattern = javaRegExp(wanted, true, 's');
  return (seen: string) => pattern.test(seen);
}

function flag(read: (view: View) => boolean | undefined) {
  return (argument: Argument): Check => {
    if (typeof argument !== 'boolean') throw new TypeError(`${String(argument)} is not a boolean`);
    return (view) => (read(view) ?? false) === argument;
  };
}

class Reader {
  readonly source: string;
  #at = 0;

  constructor(source: string) {
    this.source = source;
  }

  end(): void {
    this.#space();
    if (this.#at < this.source.length) throw fail(this.source, `Expected "." at position ${this.#at}`);
  }

  selector(): UiSelector {
    let isFirst = this.#begin('UiSelector');
    const all: Check[] = [];
    const selector: UiSelector = { matches: (view) => all.every((check) => check(view)), instance: -1 };
    while (isFirst || this.#take('.')) {
      isFirst = false;
      const { name, args } = this.#method();
      const [argument] = args;
      if (args.length !== 1 || argument === undefined) {
        throw fail(this.source, `Invalid arguments count. Actual: ${args.length}. Expected: 1.`);
      }
      if (name === 'instance' && typeof argument === 'number') selector.instance = argument;
      else if (name === 'childSelector' && typeof argument === 'object') selector.child = argument;
      else if (name === 'fromParent' && typeof argument === 'object') selector.fromParent = argument;
      else {
        const make = checks[name];
        if (!make) throw fail(this.source, `UiSelector has no \`${name}\` method`);
        try {
          all.push(make(argument));
        } catch (error) {
          if (error instanceof TypeError) throw fail(this.source, error.message);
          throw error;
        }
      }
    }
    return selector;
  }

  scrollable(): UiScrollable {
    this.#word('new');
    if (!this.#word('UiScrollable')) throw fail(this.source, 'Expected UiScrollable');
    const [container] = this.#arguments();
    if (typeof container !== 'object') throw fail(this.source, 'UiScrollable has no suitable constructor');
    let target: UiSelector | undefined;
    let isHorizontal = false;
    let maxSwipes: number | undefined;
    while (this.#take('.')) {
      const { name, args } = this.#method();
      const [argument] = args;
      if (name === 'scrollIntoView' && typeof argument === 'object') target = argument;
      else if (name === 'scrollTextIntoView' && typeof argument === 'string') {
        target = { matches: (view) => view.text === argument, instance: -1 };
      } else if (name === 'scrollDescriptionIntoView' && typeof argument === 'string') {
        target = { matches: (view) => view.node.desc === argument, instance: -1 };
      } else if (name === 'setMaxSearchSwipes' && typeof argument === 'number') {
        maxSwipes = argument;
      } else if (name === 'setAsHorizontalList' || name === 'setAsVerticalList') {
        isHorizontal = name === 'setAsHorizontalList';
      } else {
        throw fail(this.source, `UiScrollable has no \`${name}\` method that is supported here`);
      }
    }
    if (!target) throw fail(this.source, 'Unsupported return value type');
    return { container, target, isHorizontal, ...(maxSwipes === undefined ? {} : { maxSwipes }) };
  }

  /** `new UiSelector()`, `UiSelector()`, `.text(…)` or bare `text(…)`, as the server allows. True: a method comes first. */
  #begin(name: string): boolean {
    this.#word('new');
    if (this.#word(name)) {
      this.#arguments();
      return false;
    }
    this.#space();
    const rest = this.source.slice(this.#at);
    if (rest.startsWith('.')) return false;
    if (/^[a-z][a-zA-Z]*\s*\(/.test(rest)) return true;
    throw fail(
      this.source,
      `Was trying to parse as ${name}, but didn't start with an acceptable prefix. Acceptable prefixes are: \`new ${name}\` or \`${name}\``,
    );
  }

  #method(): { name: string; args: Argument[] } {
    this.#space();
    const name = /^[a-zA-Z]+/.exec(this.source.slice(this.#at))?.[0];
    if (!name) throw fail(this.source, `Missing method name at position ${this.#at}`);
    this.#at += name.length;
    this.#space();
    if (this.source[this.#at] !== '(') {
      throw fail(this.source, `No opening parenthesis after method name at position ${this.#at}`);
    }
    return { name, args: this.#arguments() };
  }

  #arguments(): Argument[] {
    if (!this.#take('(')) throw fail(this.source, `Expected "(" at position ${this.#at}`);
    const args: Argument[] = [];
    if (this.#take(')')) return args;
    for (;;) {
      args.push(this.#argument());
      if (this.#take(')')) return args;
      if (!this.#take(',')) throw fail(this.source, 'Unclosed paren in expression');
    }
  }

  #argument(): Argument {
    this.#space();
    const rest = this.source.slice(this.#at);
    const quoted = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (quoted) {
      this.#at += quoted[0].length;
      return (quoted[1] ?? '').replace(/\\"/g, '"');
    }
    const number = /^-?\d+/.exec(rest);
    if (number) {
      this.#at += number[0].length;
      return Number(number[0]);
    }
    const word = /^(true|false)\b/.exec(rest);
    if (word) {
      this.#at += word[0].length;
      return word[0] === 'true';
    }
    if (/^(new\s+)?UiSelector/.test(rest) || rest.startsWith('.')) return this.selector();
    throw fail(this.source, `${rest.split(/[,)]/)[0] ?? ''} is not a string`);
  }

  #space(): void {
    while (/\s/.test(this.source[this.#at] ?? '')) this.#at++;
  }

  #take(symbol: string): boolean {
    this.#space();
    if (this.source[this.#at] !== symbol) return false;
    this.#at++;
    return true;
  }

  #word(word: string): boolean {
    this.#space();
    if (!this.source.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }
}
