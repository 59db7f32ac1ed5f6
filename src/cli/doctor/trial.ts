/**
 * Runs in a process of its own, started by `runTrial`: native code that hangs or crashes (a damaged database, a library
 * that was built for another machine) takes nobody along. Prints one JSON line.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MediaTrial {
  /** Versions of what was tried, or what went wrong. */
  video: { version: string } | { error: string };
  image: { version: string } | { error: string };
}

export interface DatabaseTrial {
  /** Another process holds it. */
  isInUse: boolean;
  bytes: number;
  /** What SQLite's own check says; null: it was too large to be read through here. */
  integrity: string | null;
  /** Migrations that this version does not know. */
  newer: string[];
  /** Epoch ms of the newest entry of the event log. */
  newestAt: number | null;
  /** Setting `time_zone`. */
  timeZone: string | null;
}

/** Reading a larger one through would take longer than anybody wants to wait. */
const readThroughBytes = 256e6;

async function tryMedia(): Promise<MediaTrial> {
  const folder = mkdtempSync(join(tmpdir(), 'drover-doctor-'));
  try {
    return { video: await trial(() => tryVideo(folder)), image: await trial(() => tryImage(folder)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trial(work: () => Promise<string>): Promise<{ version: string } | { error: string }> {
  try {
    return { version: await work() };
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function tryVideo(folder: string): Promise<string> {
  const { probeMedia } = await import('../../media/probe.ts');
  const { createSampleVideo } = await import('../../sim/sample-video.ts');
  const path = join(folder, 'trial.mp4');
  writeFileSync(path, createSampleVideo({ seconds: 1 }));
  const { codec } = await probeMedia(path, { kind: 'video' });
  return codec;
}

async function tryImage(folder: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  const { probeMedia } = await import('../../media/probe.ts');
  const path = join(folder, 'trial.jpg');
  await sharp({ create: { width: 16, height: 16, channels: 3, background: '#808080' } })
    .jpeg()
    .toFile(path);
  await probeMedia(path, { kind: 'image' });
  return sharp.versions.vips;
}

/** Reads only, and takes the lock of a server for a moment to see whether one has it. */
async function tryDatabase(file: string): Promise<DatabaseTrial> {
  const { default: SqliteDatabase } = await import('better-sqlite3');
  const { migrations } = await import('../../store/migrate.ts');
  const isInUse = isLocked();
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: 1_000 });
  try {
    const { size: bytes } = statSync(file);
    const all = <Row>(text: string) => database.prepare<[], Row>(text).all();
    const known = new Set(migrations.map(({ name }) => name));
    const newer = all<{ name: string }>('select name from migration').filter(({ name }) => !known.has(name));
    const integrity =
      bytes > readThroughBytes ? null : (all<{ quick_check: string }>('pragma quick_check(1)')[0]?.quick_check ?? '');
    const [newest] = all<{ at: number }>('select at from event order by id desc limit 1');
    const [zone] = all<{ value: string }>(`select value from setting where key = 'time_zone'`);
    const timeZone: unknown = zone ? JSON.parse(zone.value) : null;
    return {
      isInUse,
      bytes,
      integrity,
      newer: newer.map(({ name }) => name),
      newestAt: newest?.at ?? null,
      timeZone: typeof timeZone === 'string' && timeZone !== '' ? timeZone : null,
    };
  } finally {
    database.close();
  }

  function isLocked(): boolean {
    let lock: InstanceType<typeof SqliteDatabase> | undefined;
    try {
      lock = new SqliteDatabase(`${file}.lock`, { timeout: 0, fileMustExist: true });
      lock.exec('begin immediate; rollback');
      return false;
    } catch (thrown) {
      return thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_BUSY';
    } finally {
      lock?.close();
    }
  }
}

const [what, file = ''] = process.argv.slice(2);
try {
  process.stdout.write(`${JSON.stringify(await (what === 'media' ? tryMedia() : tryDatabase(file)))}\n`);
} catch (thrown) {
  process.stdout.write(`${JSON.stringify({ error: thrown instanceof Error ? thrown.message : String(thrown) })}\n`);
}
