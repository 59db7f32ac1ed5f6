import { CommandError } from '../command.ts';

export type Row = Readonly<Record<string, string | number | null>>;

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|("(?:[^"]|"")*")|(-?\d+(?:\.\d+)?)|(<>|<=|>=|!=|==|[=<>(),])|([A-Za-z_]\w*))/y;

type Value = string | number | null;
type Test = (row: Row) => boolean;

/**
 * The part of SQLite's WHERE that people type after `content query --where`: comparisons, LIKE, IN, IS NULL, AND, OR, NOT,
 * parentheses. A double-quoted word that is no column is a text, as in SQLite.
 */
export function parseWhere(text: string, columns: readonly string[]): Test {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (!match) throw syntaxError(text.slice(at).trim().split(/\s/)[0] ?? '', text);
    tokens.push(match[0].trim());
  }
  let at = 0;
  const isNext = (word: string) => tokens[at]?.toUpperCase() === word;
  const take = (word: string) => {
    if (!isNext(word)) return false;
    at++;
    return true;
  };
  const expect = (word: string) => {
    if (!take(word)) throw syntaxError(tokens[at] ?? '', text);
  };
  const value = (): ((row: Row) => Value) => {
    const token = tokens[at++];
    if (token === undefined) throw syntaxError('', text);
    if (token.startsWith("'")) return () => token.slice(1, -1).replace(/''/g, "'");
    if (/^-?\d/.test(token)) return () => Number(token);
    const name = token.startsWith('"') ? token.slice(1, -1).replace(/""/g, '"') : token;
    if (columns.includes(name)) return (row) => row[name] ?? null;
    if (token.startsWith('"')) return () => name;
    if (token.toUpperCase() === 'NULL') return () => null;
    throw new CommandError(`android.database.sqlite.SQLiteException: no such column: ${token}`);
  };
  const comparison = (): Test => {
    if (take('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    if (take('NOT')) {
      const inner = comparison();
      return (row) => !inner(row);
    }
    const left = value();
    if (take('IS')) {
      const isNot = take('NOT');
      expect('NULL');
      return (row) => (left(row) === null) !== isNot;
    }
    const isNot = take('NOT');
    if (take('LIKE')) {
      const pattern = value();
      return (row) => like(left(row), pattern(row)) !== isNot;
    }
    if (take('IN')) {
      expect('(');
      const values = [value()];
      while (take(',')) values.push(value());
      expect(')');
      return (row) => values.some((one) => isEqual(left(row), one(row))) !== isNot;
    }
    const operator = tokens[at++] ?? '';
    const compare = comparers[operator];
    if (!compare) throw syntaxError(operator, text);
    const right = value();
    return (row) => compare(left(row), right(row));
  };
  const both = (): Test => {
    const tests = [comparison()];
    while (take('AND')) tests.push(comparison());
    return (row) => tests.every((test) => test(row));
  };
  const either = (): Test => {
    const tests = [both()];
    while (take('OR')) tests.push(both());
    return (row) => tests.some((test) => test(row));
  };
  const test = either();
  if (at < tokens.length) throw syntaxError(tokens[at] ?? '', text);
  return test;
}

const syntaxError = (near: string, text: string): CommandError =>
  new CommandError(
    `android.database.sqlite.SQLiteException: near "${near}": syntax error (code 1 SQLITE_ERROR): , while compiling: ${text}`,
  );

/** Columns here have numeric or text affinity as their value has; a number in quotes still equals the number. */
function isEqual(a: Value, b: Value): boolean {
  return a !== null && b !== null && String(a) === String(b);
}

function order(a: Value, b: Value): number | undefined {
  if (a === null || b === null) return undefined;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return a < b ? -1 : Number(a > b);
}

const comparers: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '=': isEqual,
  '==': isEqual,
  '!=': (a, b) => a !== null && b !== null && !isEqual(a, b),
  '<>': (a, b) => a !== null && b !== null && !isEqual(a, b),
  '<': (a, b) => (order(a, b) ?? 0) < 0,
  '<=': (a, b) => (order(a, b) ?? 1) <= 0,
  '>': (a, b) => (order(a, b) ?? 0) > 0,
  '>=': (a, b) => (order(a, b) ?? -1) >= 0,
};

function like(value: Value, pattern: Value): boolean {
  if (value === null || pattern === null) return false;
  const source = String(pattern)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${source}$`, 'is').test(String(value));
}
