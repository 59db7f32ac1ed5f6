import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { canonicalPath, SimFiles } from './files.ts';
import { probeMp4, probePicture } from './media-probe.ts';
import type { FaultKind } from './parts.ts';

const box = (type: string, ...bodies: Buffer[]): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + bodies.reduce((sum, body) => sum + body.length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...bodies]);
};

/** As small as an mp4 header can be: 2.5 s, one silent and one 720×1280 track. */
function sampleMp4(): Buffer {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(600, 12);
  mvhd.writeUInt32BE(1_500, 16);
  const track = (width: number, height: number) => {
    const tkhd = Buffer.alloc(84);
    tkhd.writeUInt32BE(width * 65_536, 76);
    tkhd.writeUInt32BE(height * 65_536, 80);
    return box('trak', box('tkhd', tkhd));
  };
  return Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('moov', box('mvhd', mvhd), track(0, 0), track(720, 1280)),
  ]);
}

function createFiles(): { files: SimFiles; faults: Set<FaultKind> } {
  const faults = new Set<FaultKind>();
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  return {
    files: new SimFiles({ clock, faults: { isOn: (kind) => faults.has(kind) }, capacityBytes: 1_000_000 }),
    faults,
  };
}

test('/sdcard and /storage/emulated/0 are one place', () => {
  const { files } = createFiles();
  files.write('/sdcard/DCIM/Camera/x.txt', Buffer.from('hi'), { mode: 0o644, mtime: 77 });
  expect(files.stat('/storage/emulated/0/DCIM/../DCIM/Camera//x.txt')).toMatchObject({
    bytes: 2,
    mtime: 77,
    mode: 0o100_644,
  });
  expect(files.list('/sdcard/DCIM/Camera')?.map((entry) => entry.path)).toEqual(['/sdcard/DCIM/Camera/x.txt']);
  expect(files.list('/')?.find((entry) => entry.kind === 'link')?.path).toBe('/sdcard');
  expect(files.list('/sdcard')?.map((entry) => entry.path)).toContain('/sdcard/Download');
});

test('a path is the same however often it is made canonical', () => {
  const segment = fc.constantFrom('sdcard', '..', '.', '', 'a', 'storage', 'emulated', '0', 'mnt');
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      const once = canonicalPath(`/${segments.join('/')}`);
      expect(canonicalPath(once)).toBe(once);
      expect(once).not.toContain('//');
    }),
  );
});

test('free space shrinks with files, comes back with their removal, and is gone under disk-full', () => {
  const { files, faults } = createFiles();
  const before = files.freeBytes;
  files.write('/sdcard/a', Buffer.alloc(400_000));
  files.write('/sdcard/a', Buffer.alloc(300_000));
  expect(files.freeBytes).toBe(before - 300_000);
  expect(() => files.write('/sdcard/b', Buffer.alloc(800_000))).toThrow('No space left on device');
  files.remove('/sdcard/a');
  expect(files.freeBytes).toBe(before);
  faults.add('disk-full');
  expect(() => files.write('/sdcard/b', Buffer.alloc(1))).toThrow('No space left on device');
});

test('folders are removed with what is in them only when asked to', () => {
  const { files } = createFiles();
  files.write('/sdcard/new/deep/a', Buffer.from('x'));
  expect(() => files.remove('/sdcard/new')).toThrow('Directory not empty');
  expect(files.remove('/sdcard/new', { recursive: true })).toBe(true);
  expect(files.remove('/sdcard/new')).toBe(false);
});

test.each([
  ['/system/bin/su', 'Read-only file system'],
  ['/a', 'Read-only file system'],
  ['/data/data/com.example.app/files/a', 'Permission denied'],
])('%s is not the shell’s to write: %s', (path, text) => {
  expect(() => createFiles().files.write(path, Buffer.from('x'))).toThrow(text);
});

describe('MediaStore', () => {
  test('knows a video after its scan: size, duration, bytes, sha256', () => {
    const { files } = createFiles();
    files.write('/sdcard/Movies/clip.mp4', sampleMp4());
    expect(files.media()).toEqual([]);
    const uri = files.scan('/sdcard/Movies/clip.mp4');
    expect(uri).toMatch(/^content:\/\/media\/external_primary\/video\/media\/\d+$/);
    const [row] = files.media('video');
    expect(row).toMatchObject({
      kind: 'video',
      path: '/storage/emulated/0/Movies/clip.mp4',
      mime: 'video/mp4',
      durationMs: 2_500,
      width: 720,
      height: 1_280,
      bytes: sampleMp4().length,
    });
    expect(row?.sha256).toHaveLength(64);
    expect(files.mediaRow(`content://media/external/video/media/${row?.id}`)).toBe(row);
    expect(files.mediaRow('file:///sdcard/Movies/clip.mp4')).toBe(row);
  });

  test('keeps a row’s id over a change, and the row until a scan sees that the file is gone', () => {
    const { files } = createFiles();
    files.write('/sdcard/Movies/clip.mp4', sampleMp4());
    const uri = files.scan('/sdcard/Movies/clip.mp4');
    files.write('/sdcard/Movies/clip.mp4', Buffer.from('changed'));
    expect(files.scan('/sdcard/Movies')).toBeUndefined();
    expect(files.mediaRow(uri ?? '')?.bytes).toBe(7);
    files.remove('/sdcard/Movies/clip.mp4');
    expect(files.media()).toHaveLength(1);
    files.scan('/sdcard/Movies/clip.mp4');
    expect(files.media()).toEqual([]);
  });

  test('leaves out what no gallery shows', () => {
    const { files } = createFiles();
    files.write('/sdcard/Movies/empty.mp4', Buffer.alloc(0));
    files.write('/sdcard/Movies/notes.txt', Buffer.from('x'));
    files.write('/sdcard/.hidden/a.mp4', sampleMp4());
    files.write('/sdcard/quiet/.nomedia', Buffer.alloc(0));
    files.write('/sdcard/quiet/a.mp4', sampleMp4());
    files.write('/data/local/tmp/a.mp4', sampleMp4());
    files.scan('/');
    expect(files.media()).toEqual([]);
  });
});

test('no bytes break the probes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom('moov', 'mvhd', 'trak', 'tkhd'), (bytes, type) => {
      const wrapped = box('moov', box(type, Buffer.from(bytes)));
      expect(probeMp4(wrapped).durationMs).toBeGreaterThanOrEqual(0);
      probeMp4(Buffer.from(bytes));
      probePicture(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(bytes)]));
    }),
  );
});
