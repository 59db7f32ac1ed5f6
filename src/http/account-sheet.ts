/** Tables of accounts as files: CSV and XLSX, there and back. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { DroverError } from '../base/error.ts';
import type { AccountValues } from '../contract/account-fields.ts';
import { importColumns } from '../contract/account-import.ts';
import type { Platform } from '../contract/script-names.ts';
import { type ImportRows, rowsOfTable } from '../fleet/account-rows.ts';
import { refuseHugeSheets } from './sheet-size.ts';

export type ExportRow = Required<AccountValues> & { platform: Platform };

/** What a spreadsheet takes for the start of a formula when it opens a file of texts, and the mark that says it is none. */
const formulaStart = /^['=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** The writer of workbooks keeps its texts under their own names in a plain object, where these stand already. */
const isInherited = (text: string): boolean => text in Object.prototype;

const needsMark = (text: string): boolean => formulaStart.test(text) || isInherited(text);

/** Text that no spreadsheet runs. Reversed by `plainCell`. */
export const harmlessCell = (text: string): string => (needsMark(text) ? `'${text}` : text);

export const plainCell = (text: string): string =>
  text.startsWith("'") && needsMark(text.slice(1)) ? text.slice(1) : text;

export const writeCsv = (rows: readonly ExportRow[]): string =>
  // The mark at the start lets Excel read it as UTF-8.
  stringify([[...importColumns], ...rows.map(cellsOf)], { bom: true, record_delimiter: 'windows' });

export async function writeXlsx(rows: readonly ExportRow[]): Promise<Buffer> {
  const header = importColumns.map((column) => ({ value: column, fontWeight: 'bold' as const }));
  const body = rows.map((row) => cellsOf(row).map((cell) => ({ type: String, value: workbookText(cell) })));
  return writeExcelFile([header, ...body]).toBuffer();
}

/**
 * In a workbook `_x0041_` means the letter A, unless its first underscore is spelled like that itself; what XML cannot or
 * should not hold is spelled so too, a UTF-16 unit each (ECMA-376, 22.9.2.19).
 */
const workbookText = (text: string): string =>
  text
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/gu, (char) =>
      char
        .split('')
        .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
        .join(''),
    );

const cellsOf = (row: ExportRow): string[] =>
  importColumns.map((column) => {
    const value = row[column];
    return harmlessCell(Array.isArray(value) ? value.join(', ') : String(value ?? ''));
  });

/** Throws `input.invalid` saying which line cannot be read. */
export function readCsv(bytes: Buffer): ImportRows {
  const text = decode(bytes);
  let table: string[][];
  try {
    table = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: false });
  } catch (cause) {
    throw invalid(`the file is not valid CSV: ${cause instanceof Error ? cause.message : 'it cannot be read'}`);
  }
  return rowsOfTable(table.map((row) => row.map(plainCell)));
}

/** Throws `input.invalid` for what is no workbook, or one that would not fit into memory. */
export async function readXlsx(bytes: Buffer): Promise<ImportRows> {
  await refuseHugeSheets(bytes);
  let table: readonly (readonly unknown[])[];
  try {
    table = await readSheet(bytes);
  } catch (cause) {
    throw invalid(`the file is not a valid XLSX workbook: ${cause instanceof Error ? cause.message : 'unreadable'}`);
  }
  return rowsOfTable(table.map((row) => row.map((cell) => (typeof cell === 'string' ? plainCell(cell) : cell))));
}

/** UTF-8, or UTF-16 with its mark, as "Unicode text" of a spreadsheet is. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('the file is not UTF-8; save it as "CSV UTF-8"');
  }
}

/** Spreadsheets write a semicolon where a comma marks decimals; pasted cells have tabs between them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

const invalid = (message: string): DroverError => new DroverError('input.invalid', { message, details: { path: '' } });
