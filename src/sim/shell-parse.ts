/** Syntax of the small `sh`: words with quotes and expansions, lists, pipelines, redirections, groups. No `if`, no loops. */

export type WordPart =
  | { is: 'text'; text: string; isQuoted: boolean }
  | { is: 'variable'; name: string; isQuoted: boolean }
  | { is: 'output'; command: string; isQuoted: boolean };
export type Word = WordPart[];

export interface Redirect {
  fd: 0 | 1 | 2;
  /** `>&1` and the like copy another descriptor. */
  to: { is: 'file'; word: Word; append: boolean } | { is: 'copy'; fd: 1 | 2 } | { is: 'input'; word: Word };
}
export interface SimpleCommand {
  is: 'simple';
  assignments: { name: string; value: Word }[];
  words: Word[];
  redirects: Redirect[];
}
export interface Group {
  is: 'group';
  body: List;
  redirects: Redirect[];
}
export interface Pipeline {
  isNegated: boolean;
  commands: (SimpleCommand | Group)[];
}
/** `after` says on which outcome of the step before this one runs. */
export type List = { after: 'always' | 'success' | 'failure'; pipeline: Pipeline }[];

export class ShellSyntaxError extends Error {}

type Token = { is: 'word'; word: Word } | { is: 'operator'; text: string } | { is: 'redirect'; redirect: Redirect };

const operators = ['&&', '||', ';;', ';', '|', '&', '(', ')', '\n'];

/** Throws ShellSyntaxError for what this shell does not speak. */
export function parseShell(line: string): List {
  const tokens = [...new Lexer(line).tokens()];
  const parser = new Parser(tokens);
  const list = parser.list();
  if (!parser.isAtEnd) throw new ShellSyntaxError(`unexpected '${parser.peekText()}'`);
  return list;
}

class Lexer {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  *tokens(): Generator<Token> {
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === ' ' || char === '\t' || char === '\r') {
        this.#at++;
      } else if (char === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else {
        yield this.#redirect() ?? this.#operator() ?? { is: 'word', word: this.#word() };
      }
    }
  }

  #redirect(): Token | undefined {
    const rest = this.#text.slice(this.#at);
    const both = /^&>[ \t]*/.exec(rest);
    const match = both ?? /^([012]?)(>>|>&|>|<)[ \t]*/.exec(rest);
    if (!match) return undefined;
    this.#at += match[0].length;
    const operator = both ? '>' : match[2];
    const fd = operator === '<' ? 0 : match[1] === '2' ? 2 : 1;
    if (operator === '>&') {
      const target = this.#text.charAt(this.#at++);
      if (target !== '1' && target !== '2') throw new ShellSyntaxError(`bad redirection to '${target}'`);
      return { is: 'redirect', redirect: { fd, to: { is: 'copy', fd: target === '1' ? 1 : 2 } } };
    }
    const word = this.#word();
    if (word.length === 0) throw new ShellSyntaxError('missing redirection target');
    if (operator === '<') return { is: 'redirect', redirect: { fd, to: { is: 'input', word } } };
    return { is: 'redirect', redirect: { fd, to: { is: 'file', word, append: operator === '>>' } } };
  }

  #operator(): Token | undefined {
    const text = operators.find((operator) => this.#text.startsWith(operator, this.#at));
    if (text === undefined) return undefined;
    this.#at += text.length;
    return { is: 'operator', text };
  }

  #word(): Word {
    const parts: Word = [];
    const add = (text: string, isQuoted: boolean) => {
      const last = parts.at(-1);
      if (last?.is === 'text' && last.isQuoted === isQuoted) last.text += text;
      else parts.push({ is: 'text', text, isQuoted });
    };
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (/[\s;|&()<>]/.test(char)) break;
      this.#at++;
      if (char === "'") {
        const end = this.#text.indexOf("'", this.#at);
        if (end < 0) throw new ShellSyntaxError('no closing quote');
        add(this.#text.slice(this.#at, end), true);
        this.#at = end + 1;
      } else if (char === '"') {
        this.#doubleQuoted(parts, add);
      } else if (char === '\\') {
        const next = this.#text.charAt(this.#at++);
        if (next !== '\n') add(next, true);
      } else if (char === '$' || char === '`') {
        this.#expansion(char, { parts, add, isQuoted: false });
      } else {
        add(char, false);
      }
    }
    return parts;
  }

  #doubleQuoted(parts: Word, add: (text: string, isQuoted: boolean) => void): void {
    add('', true); // "" alone is a word too
    for (;;) {
      if (this.#at >= this.#text.length) throw new ShellSyntaxError('no closing quote');
      const char = this.#text.charAt(this.#at++);
      if (char === '"') return;
      if (char === '$' || char === '`') {
        this.#expansion(char, { parts, add, isQuoted: true });
      } else if (char === '\\') {
        const next = this.#text.charAt(this.#at++);
        add('$`"\\'.includes(next) ? next : next === '\n' ? '' : `\\${next}`, true);
      } else {
        add(char, true);
      }
    }
  }

  #expansion(
    opener: string,
    to: { parts: Word; add: (text: string, isQuoted: boolean) => void; isQuoted: boolean },
  ): void {
    const { parts, add, isQuoted } = to;
    if (opener === '`') {
      const end = this.#text.indexOf('`', this.#at);
      if (end < 0) throw new ShellSyntaxError('no closing quote');
      parts.push({ is: 'output', command: this.#text.slice(this.#at, end), isQuoted });
      this.#at = end + 1;
      return;
    }
    const rest = this.#text.slice(this.#at);
    const name = /^(?:\{(\w+|[?$])\}|([A-Za-z_]\w*|[?$#\d]))/.exec(rest);
    if (name) {
      parts.push({ is: 'variable', name: name[1] ?? name[2] ?? '', isQuoted });
      this.#at += name[0].length;
    } else if (rest.startsWith('(')) {
      const end = closingParenthesis(rest);
      parts.push({ is: 'output', command: rest.slice(1, end), isQuoted });
      this.#at += end + 1;
    } else if (rest.startsWith('{')) {
      throw new ShellSyntaxError('bad substitution');
    } else {
      add('$', isQuoted);
    }
  }
}

function closingParenthesis(text: string): number {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '\\') at++;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  throw new ShellSyntaxError("no closing ')'");
}

const reserved = new Set(['if', 'then', 'else', 'elif', 'fi', 'while', 'until', 'for', 'do', 'done', 'case', 'esac']);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peekText(): string {
    const token = this.#tokens[this.#at];
    if (token?.is === 'operator') return token.text;
    return token?.is === 'word' ? (bareText(token.word) ?? 'word') : 'redirection';
  }

  list(end?: string): List {
    const list: List = [];
    let after: 'always' | 'success' | 'failure' = 'always';
    for (;;) {
      while (this.#takeOperator(';', '\n', '&')) after = 'always';
      if (this.isAtEnd || (end !== undefined && this.#isNext(end))) break;
      list.push({ after, pipeline: this.#pipeline() });
      const joined = this.#takeOperator('&&', '||', ';', '\n', '&');
      if (!joined) break;
      after = joined === '&&' ? 'success' : joined === '||' ? 'failure' : 'always';
      if (after !== 'always') while (this.#takeOperator('\n'));
      if (after !== 'always' && this.isAtEnd) throw new ShellSyntaxError(`unexpected end after '${joined}'`);
    }
    return list;
  }

  #pipeline(): Pipeline {
    const isNegated = this.#takeWord('!');
    const commands = [this.#command()];
    while (this.#takeOperator('|')) commands.push(this.#command());
    return { isNegated, commands };
  }

  #command(): SimpleCommand | Group {
    const close = this.#takeOperator('(') ? ')' : this.#takeWord('{') ? '}' : undefined;
    if (close) {
      const body = this.list(close);
      const isClosed = close === ')' ? this.#takeOperator(')') : this.#takeWord('}');
      if (!isClosed || body.length === 0) throw new ShellSyntaxError(`missing '${close}'`);
      return { is: 'group', body, redirects: this.#redirects() };
    }
    const command: SimpleCommand = { is: 'simple', assignments: [], words: [], redirects: [] };
    for (;;) {
      const token = this.#tokens[this.#at];
      if (!token || token.is === 'operator') break;
      this.#at++;
      if (token.is === 'redirect') command.redirects.push(token.redirect);
      else this.#addWord(command, token.word);
    }
    if (command.words.length + command.assignments.length + command.redirects.length === 0) {
      throw new ShellSyntaxError(`unexpected '${this.isAtEnd ? 'newline' : this.peekText()}'`);
    }
    return command;
  }

  #addWord(command: SimpleCommand, word: Word): void {
    const first = word[0];
    const [, name, value] =
      command.words.length === 0 && first?.is === 'text' && !first.isQuoted
        ? (/^([A-Za-z_]\w*)=(.*)$/s.exec(first.text) ?? [])
        : [];
    if (name !== undefined && value !== undefined) {
      const rest: Word = value === '' ? [] : [{ is: 'text', text: value, isQuoted: false }];
      command.assignments.push({ name, value: [...rest, ...word.slice(1)] });
      return;
    }
    if (command.words.length === 0 && reserved.has(bareText(word) ?? '')) {
      throw new ShellSyntaxError(`'${bareText(word)}' is beyond this shell`);
    }
    command.words.push(word);
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let token = this.#tokens[this.#at]; token?.is === 'redirect'; token = this.#tokens[++this.#at]) {
      redirects.push(token.redirect);
    }
    return redirects;
  }

  #isNext(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.is === 'operator') return token.text === text;
    return token?.is === 'word' && bareText(token.word) === text;
  }

  #takeOperator(...wanted: string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.is !== 'operator' || !wanted.includes(token.text)) return undefined;
    this.#at++;
    return token.text;
  }

  #takeWord(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.is !== 'word' || bareText(token.word) !== text) return false;
    this.#at++;
    return true;
  }
}

function bareText(word: Word): string | undefined {
  const [part] = word;
  return word.length === 1 && part?.is === 'text' && !part.isQuoted ? part.text : undefined;
}
