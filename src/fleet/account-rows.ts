/** Rows of a table of accounts, read as forgivingly as people write tables. Pure. */
import { DroverError } from '../base/error.ts';
import { type AccountValues, tidyValues } from '../contract/account-fields.ts';
import { type ImportColumn, importColumns, maxImportRows } from '../contract/account-import.ts';
import { type Platform, platforms } from '../contract/script-names.ts';

/** What a row says. A column that is absent is absent here, too; an empty cell is null or an empty text. */
export interface ImportRow {
  /** As a person counts: the header of a file is row 1, the first entry of a list as well. */
  row: number;
  cells: Partial<Record<ImportColumn, unknown>>;
  /** It cannot even be read as a row. */
  fault?: string;
}

export interface ImportRows {
  rows: readonly ImportRow[];
  ignoredColumns: readonly string[];
}

/** A row that names an account, tidied. */
export interface NamedValues {
  platform: Platform;
  username: string;
  values: AccountValues;
}

/** Lists come from a program: each entry may have other keys. */
export function rowsOfList(list: readonly Readonly<Record<string, unknown>>[]): ImportRows {
  const ignored = new Set<string>();
  const rows = list.map((entry, index): ImportRow => {
    const cells: ImportRow['cells'] = {};
    for (const [key, value] of Object.entries(entry)) {
      const column = columnOf(key);
      if (column) cells[column] = value;
      else ignored.add(key);
    }
    return { row: index + 1, cells };
  });
  return { rows, ignoredColumns: [...ignored].slice(0, 100) };
}

/** The first row names the columns; rows of empty cells are passed over. Throws `input.invalid`. */
export function rowsOfTable(table: readonly (readonly unknown[])[]): ImportRows {
  const [header = [], ...body] = table;
  const names = header.map((cell) => String(cell ?? '').trim());
  const columns = names.map(columnOf);
  if (!columns.includes('username')) {
    throw invalid(`the first row must name the columns (${importColumns.join(', ')}), and username must be among them`);
  }
  const twice = columns.find((column, at) => column !== undefined && columns.indexOf(column) !== at);
  if (twice) throw invalid(`the first row names the column ${twice} twice`);
  const rows = body
    .map((cells, index) => ({ cells, row: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => !isEmpty(cell)));
  if (rows.length > maxImportRows) {
    throw invalid(`the table has ${rows.length} rows; ${maxImportRows} are the limit for one import`);
  }
  return {
    rows: rows.map(({ cells, row }) => rowOfCells(columns, cells, row)),
    ignoredColumns: names.filter((name, at) => name !== '' && columns[at] === undefined),
  };
}

function rowOfCells(columns: readonly (ImportColumn | undefined)[], given: readonly unknown[], row: number): ImportRow {
  const surplus = given.slice(columns.length).some((cell) => !isEmpty(cell));
  const cells: ImportRow['cells'] = {};
  columns.forEach((column, at) => {
    if (column) cells[column] = given[at] ?? '';
  });
  if (!surplus) return { row, cells };
  return { row, cells, fault: `has more cells than the header; a text with a comma has to stand in quotes` };
}

const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || String(cell).trim() === '';

function columnOf(name: string): ImportColumn | undefined {
  const plain = name.trim().toLowerCase();
  return plain === 'serial' ? 'device' : importColumns.find((column) => column === plain);
}

/** A sentence for what is wrong with the row. */
export function readRow({ cells, fault }: ImportRow): NamedValues | { problem: string } {
  if (fault) return { problem: fault };
  const platform = platformOf(cells.platform);
  if (!platform) return { problem: `platform must be one of ${platforms.join(', ')}` };
  const given: AccountValues = {};
  for (const column of importColumns) {
    if (column === 'platform' || cells[column] === undefined) continue;
    const problem = readCell(given, column, cells[column]);
    if (problem) return { problem: `${column} ${problem}` };
  }
  if (given.username === undefined) return { problem: 'username is missing' };
  const tidy = tidyValues(given);
  if (!('values' in tidy)) return { problem: `${tidy.field} ${tidy.complaint}` };
  const { username = '', ...values } = tidy.values;
  return { platform, username, values };
}

function platformOf(cell: unknown): Platform | undefined {
  if (isEmpty(cell)) return 'tiktok';
  const name = String(cell).trim().toLowerCase();
  return platforms.find((platform) => platform === name);
}

/** Puts the value where it belongs; returns the end of a sentence when it cannot be one. */
function readCell(into: AccountValues, column: Exclude<ImportColumn, 'platform'>, cell: unknown): string | undefined {
  switch (column) {
    case 'tags':
      if (Array.isArray(cell) && cell.every((tag) => typeof tag === 'string')) into.tags = cell;
      else if (isText(cell)) into.tags = textOf(cell).split(/[,;\n]/);
      else return 'must be texts separated by commas';
      return undefined;
    case 'owned':
    case 'status': {
      if (isEmpty(cell)) return undefined;
      const words = column === 'owned' ? ownedWords : statusWords;
      const value = words.get(isText(cell) || typeof cell === 'boolean' ? String(cell).trim().toLowerCase() : '');
      if (value === undefined) return `must be one of ${[...words.keys()].join(', ')}`;
      if (column === 'owned') into.owned = value === 1;
      else into.status = value;
      return undefined;
    }
    case 'username':
      if (!isText(cell) || isEmpty(cell)) return 'is missing';
      into.username = textOf(cell);
      return undefined;
    default:
      if (!isText(cell)) return 'must be a text';
      into[column] = textOf(cell);
      return undefined;
  }
}

const ownedWords: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['yes', 1],
  ['1', 1],
  ['false', 0],
  ['no', 0],
  ['0', 0],
]);
const statusWords: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['enabled', 0],
  ['1', 1],
  ['disabled', 1],
]);

/** A name of digits alone comes out of a spreadsheet as a number. */
const isText = (cell: unknown): boolean => typeof cell === 'string' || typeof cell === 'number' || cell === null;
const textOf = (cell: unknown): string => String(cell ?? '');

const invalid = (message: string): DroverError => new DroverError('input.invalid', { message, details: { path: '' } });
