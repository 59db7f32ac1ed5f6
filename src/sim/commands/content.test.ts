import { expect, test } from 'vitest';
import { createBarePhone } from '../../../test/support/bare-phone.ts';
import { ManualClock } from '../../base/clock.ts';
import { parseWhere } from './where.ts';

const now = Date.UTC(2026, 4, 6);

async function shell(phone: ReturnType<typeof createBarePhone>, line: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of phone.openService(`exec:${line}`) ?? []) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('a pushed picture is in MediaStore only after a scan, and gone with its file', async () => {
  const phone = createBarePhone({ clock: new ManualClock(now) });
  phone.files.write('/sdcard/Pictures/a.png', await phone.host.ui.picture('png'));
  const query =
    'content query --uri content://media/external/images/media --projection _id:_display_name:width:height:date_added';
  expect(await shell(phone, query)).toBe('No result found.\n');

  expect(await shell(phone, 'content call --uri content://media --method scan_file --arg /sdcard/Pictures/a.png')).toBe(
    'Result: Bundle[{android.intent.extra.STREAM=content://media/external_primary/images/media/1000000033}]\n',
  );
  expect(await shell(phone, query)).toBe(
    `Row: 0 _id=1000000033, _display_name=a.png, width=108, height=240, date_added=${now / 1000}\n`,
  );
  expect(
    await shell(
      phone,
      `content query --uri content://media/external/images/media --projection _data --where "_size > 10 AND _display_name='a.png'"`,
    ),
  ).toBe('Row: 0 _data=/storage/emulated/0/Pictures/a.png\n');
  expect(await shell(phone, 'content query --uri content://media/external/video/media')).toBe('No result found.\n');

  await shell(phone, `content delete --uri content://media/external/images/media --where "_display_name='a.png'"`);
  expect(await shell(phone, query)).toBe('No result found.\n');
  expect(phone.files.stat('/sdcard/Pictures/a.png')).toBeUndefined();
});

test('the broadcast of old scans too', async () => {
  const phone = createBarePhone({ clock: new ManualClock(now) });
  phone.files.write('/sdcard/Movies/a b.mp4', Buffer.from('not really'));
  const answer = await shell(
    phone,
    'am broadcast -a android.intent.action.MEDIA_SCANNER_SCAN_FILE -d file:///sdcard/Movies/a%20b.mp4',
  );
  expect(answer).toContain('Broadcast completed: result=0\n');
  expect(phone.files.media('video').map((row) => row.name)).toEqual(['a b.mp4']);
});

test('unknown columns and providers fail as on a phone', async () => {
  const phone = createBarePhone({ clock: new ManualClock(now) });
  expect(await shell(phone, 'content query --uri content://media/external/video/media --projection nope')).toContain(
    'Invalid column nope',
  );
  expect(await shell(phone, 'content query --uri content://contacts/people')).toContain(
    'Could not find provider: contacts',
  );
  expect(phone.host.unknown).toEqual(['shell: content query --uri content://contacts/people']);
});

const row = { _id: 7, _display_name: "it's.mp4", _size: 100, duration: null };

test.each([
  ["_display_name='it''s.mp4'", true],
  ['_display_name="nope"', false],
  ["_id = '7'", true],
  ['_size>=100 and _size<101', true],
  ['_size<100 OR (_id=7 AND NOT _size=1)', true],
  ["_display_name LIKE '%.MP4'", true],
  ["_display_name NOT LIKE 'x%'", true],
  ['duration IS NULL', true],
  ['duration IS NOT NULL', false],
  ['duration > 0', false],
  ['_id IN (1, 7)', true],
  ['_id NOT IN (1,7)', false],
  ['_id != 7', false],
])('WHERE %s', (text, expected) => {
  expect(parseWhere(text, Object.keys(row))(row)).toBe(expected);
});

test.each(['', '_id =', '_id = 7 7', 'nope = 1', "_id = 'x", '(_id=7'])('WHERE %s is refused', (text) => {
  expect(() => parseWhere(text, Object.keys(row))).toThrow(/SQLiteException/);
});
