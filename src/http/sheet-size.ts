import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { DroverError } from '../base/error.ts';
import { maxImportRows } from '../contract/account-import.ts';

const inflate = promisify(inflateRaw);

/** What a workbook may unpack to: far more than the largest table that is taken. */
const mostBytes = 64 * 1024 * 1024;
const mostColumns = 200;

/**
 * A small file can unpack to gigabytes, or place one cell in the last corner of a sheet, whose emptiness a reader then
 * fills in. Throws `input.invalid` before either can happen.
 */
export async function refuseHugeSheets(zip: Buffer): Promise<void> {
  let left = mostBytes;
  for (const entry of entriesOf(zip)) {
    const content = await unpack(entry, left);
    left -= content.length;
    if (/^xl\/worksheets\/[^/]*\.xml$/i.test(entry.name)) refuseFarCells(content.toString('latin1'));
  }
}

interface Entry {
  name: string;
  isDeflated: boolean;
  packed: Buffer;
}

/** As the directory at the end of the archive lists them (PKWARE APPNOTE, 4.3). */
function entriesOf(zip: Buffer): Entry[] {
  try {
    const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    if (end < 0) throw notXlsx();
    const entries: Entry[] = [];
    let at = zip.readUInt32LE(end + 16);
    for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
      if (zip.readUInt32LE(at) !== 0x02014b50) throw notXlsx();
      const nameLength = zip.readUInt16LE(at + 28);
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      entries.push({
        name: zip.toString('latin1', at + 46, at + 46 + nameLength),
        isDeflated: zip.readUInt16LE(at + 10) === 8,
        packed: zip.subarray(start, start + zip.readUInt32LE(at + 20)),
      });
      at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return entries;
  } catch {
    throw notXlsx(); // it points beyond its own end
  }
}

async function unpack({ isDeflated, packed }: Entry, maxOutputLength: number): Promise<Buffer> {
  if (!isDeflated) return packed;
  if (maxOutputLength <= 0) throw tooLarge();
  try {
    return await inflate(packed, { maxOutputLength });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw notXlsx();
  }
}

function refuseFarCells(sheet: string): void {
  for (const [, column = '', row = ''] of sheet.matchAll(/\b(?:r|ref)\s*=\s*["'](?:[A-Z]+\d+:)?([A-Z]*)(\d+)["']/gi)) {
    if (Number(row) > maxImportRows + 1 || columnNumber(column) > mostColumns) {
      throw new DroverError('input.invalid', {
        message: `the sheet reaches to cell ${column}${row}; ${maxImportRows} rows and ${mostColumns} columns are the limit`,
        details: { path: '' },
      });
    }
  }
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const notXlsx = (): DroverError =>
  new DroverError('input.invalid', { message: 'the file is not an XLSX workbook', details: { path: '' } });
const tooLarge = (): DroverError =>
  new DroverError('input.invalid', {
    message: `the workbook unpacks to more than ${mostBytes / 1024 / 1024} MiB`,
    details: { path: '' },
  });
