import { AgentError } from './errors.ts';

export type Axis =
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'self'
  | 'parent'
  | 'ancestor'
  | 'ancestor-or-self'
  | 'following-sibling'
  | 'preceding-sibling'
  | 'following'
  | 'preceding'
  | 'attribute';

export interface Step {
  axis: Axis;
  /** A tag or attribute name, `*`, or `node()`. */
  test: string;
  predicates: Expression[];
}

export type Expression =
  | { is: 'path'; from: 'root' | 'context' | Expression; steps: Step[] }
  | { is: 'filter'; base: Expression; predicates: Expression[] }
  | { is: 'binary'; operator: string; left: Expression; right: Expression }
  | { is: 'negate'; value: Expression }
  | { is: 'call'; name: string; args: Expression[] }
  | { is: 'text'; value: string }
  | { is: 'number'; value: number };

const axes: ReadonlySet<string> = new Set([
  'child',
  'descendant',
  'descendant-or-self',
  'self',
  'parent',
  'ancestor',
  'ancestor-or-self',
  'following-sibling',
  'preceding-sibling',
  'following',
  'preceding',
  'attribute',
]);

type Token = { is: 'symbol' | 'name' | 'text' | 'number'; value: string };

/** Throws `invalid selector` for what is not XPath, or not of the part that is supported here. */
export function parseXPath(source: string): Expression {
  const parser = new Parser(tokenize(source), source);
  return parser.parse();
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|("[^"]*"|'[^']*')|(\d+(?:\.\d+)?|\.\d+)|(::|\/\/|\.\.|!=|<=|>=|[/@[\]().,*|+=<>-])|([\p{L}_][\p{L}\p{N}_\-.\u00b7]*(?::[\p{L}_][\p{L}\p{N}_\-.]*)?)/uy;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw invalid(source, `unexpected character at ${at}`);
    const [, text, number, symbol, name] = match;
    if (text !== undefined) tokens.push({ is: 'text', value: text.slice(1, -1) });
    else if (number !== undefined) tokens.push({ is: 'number', value: number });
    else if (symbol !== undefined) tokens.push({ is: 'symbol', value: symbol });
    else if (name !== undefined) tokens.push({ is: 'name', value: name });
  }
  return tokens;
}

const invalid = (source: string, why: string): AgentError =>
  new AgentError('invalid selector', `javax.xml.xpath.XPathExpressionException: ${why} in '${source}'`);

/** Lowest precedence first. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!=', 'eq', 'ne'],
  ['<', '<=', '>', '>=', 'lt', 'le', 'gt', 'ge'],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

class Parser {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  #at = 0;

  constructor(tokens: readonly Token[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  parse(): Expression {
    const expression = this.#binary(0);
    if (this.#peek()) throw this.#fail();
    return expression;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #is(value: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token?.is === 'symbol' && token.value === value;
  }

  #take(value: string): boolean {
    if (!this.#is(value)) return false;
    this.#at++;
    return true;
  }

  #expect(value: string): void {
    if (!this.#take(value)) throw this.#fail(`expected '${value}'`);
  }

  #fail(why = `unexpected '${this.#peek()?.value ?? 'end'}'`): AgentError {
    return invalid(this.#source, why);
  }

  #binary(level: number): Expression {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#peek();
      if (!token || (token.is !== 'symbol' && token.is !== 'name') || !operators.includes(token.value)) return left;
      this.#at++;
      left = { is: 'binary', operator: token.value, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expression {
    if (this.#take('-')) return { is: 'negate', value: this.#unary() };
    let left = this.#pathExpression();
    while (this.#take('|')) left = { is: 'binary', operator: '|', left, right: this.#pathExpression() };
    return left;
  }

  #pathExpression(): Expression {
    const token = this.#peek();
    if (!token) throw this.#fail();
    let base: Expression | undefined;
    if (token.is === 'text') {
      this.#at++;
      base = { is: 'text', value: token.value };
    } else if (token.is === 'number') {
      this.#at++;
      base = { is: 'number', value: Number(token.value) };
    } else if (this.#take('(')) {
      base = this.#binary(0);
      this.#expect(')');
    } else if (token.is === 'name' && this.#is('(', 1) && token.value !== 'node' && token.value !== 'text') {
      base = this.#call(token.value);
    }
    if (!base) return this.#path('context');
    const predicates = this.#predicates();
    if (predicates.length > 0) base = { is: 'filter', base, predicates };
    return this.#is('/') || this.#is('//') ? this.#path(base) : base;
  }

  #call(name: string): Expression {
    this.#at += 2;
    const args: Expression[] = [];
    if (!this.#take(')')) {
      do args.push(this.#binary(0));
      while (this.#take(','));
      this.#expect(')');
    }
    return { is: 'call', name: name.replace(/^fn:/, ''), args };
  }

  #path(from: 'context' | Expression): Expression {
    const steps: Step[] = [];
    let start: 'root' | 'context' | Expression = from;
    if (this.#is('/') || this.#is('//')) {
      if (from === 'context') start = 'root';
      if (this.#take('//')) steps.push(anyDepth());
      else this.#expect('/');
      if (start === 'root' && steps.length === 0 && !this.#startsStep()) return { is: 'path', from: start, steps };
    }
    do {
      if (this.#peek(-1)?.value === '//' && steps.at(-1)?.test !== 'node()') steps.push(anyDepth());
      steps.push(this.#step());
    } while (this.#take('/') || this.#take('//'));
    return { is: 'path', from: start, steps };
  }

  #startsStep(): boolean {
    const token = this.#peek();
    return token?.is === 'name' || this.#is('*') || this.#is('@') || this.#is('.') || this.#is('..');
  }

  #step(): Step {
    if (this.#take('..')) return { axis: 'parent', test: 'node()', predicates: this.#predicates() };
    if (this.#take('.')) return { axis: 'self', test: 'node()', predicates: this.#predicates() };
    let axis: Axis = 'child';
    if (this.#take('@')) axis = 'attribute';
    else if (this.#peek()?.is === 'name' && this.#is('::', 1)) {
      const name = this.#peek()?.value ?? '';
      if (!axes.has(name)) throw this.#fail(`unknown axis '${name}'`);
      axis = name as Axis;
      this.#at += 2;
    }
    const token = this.#peek();
    if (this.#take('*')) return { axis, test: '*', predicates: this.#predicates() };
    if (token?.is !== 'name') throw this.#fail();
    this.#at++;
    let test = token.value;
    if (this.#is('(') && (test === 'node' || test === 'text')) {
      this.#at++;
      this.#expect(')');
      test = `${test}()`;
    }
    return { axis, test, predicates: this.#predicates() };
  }

  #predicates(): Expression[] {
    const predicates: Expression[] = [];
    while (this.#take('[')) {
      predicates.push(this.#binary(0));
      this.#expect(']');
    }
    return predicates;
  }
}

const anyDepth = (): Step => ({ axis: 'descendant-or-self', test: 'node()', predicates: [] });
