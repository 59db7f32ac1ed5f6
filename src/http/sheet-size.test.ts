import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readXlsx } from './account-sheet.ts';

/** An archive of one deflated file (PKWARE APPNOTE, 4.3); sizes in its headers are those given. */
function zipOf(name: string, content: Buffer, claimedBytes = content.length): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimedBytes, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimedBytes, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

test('a file that unpacks to gigabytes is refused, also when it claims to be small', async () => {
  const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(100 * 1024 * 1024), 1_000);
  expect(bomb.length).toBeLessThan(200_000);
  await expect(readXlsx(bomb)).rejects.toMatchObject({
    code: 'input.invalid',
    message: expect.stringContaining('unpacks to more than 64 MiB'),
  });
});

test.each(['XFD1048576', 'A10002', 'ZZ2'])(
  'a cell in a far corner (%s) is refused before its emptiness is filled',
  async (at) => {
    const sheet = `<worksheet><sheetData><row r="1"><c r="${at}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`;
    await expect(readXlsx(zipOf('xl/worksheets/sheet1.xml', Buffer.from(sheet)))).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining(at),
    });
  },
);

test('the largest table that is taken is not refused', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => [`user.${index}`, 'tiktok']);
  const workbook = await writeExcelFile([['username', 'platform'], ...rows]).toBuffer();
  expect((await readXlsx(workbook)).rows).toHaveLength(10_000);
});
