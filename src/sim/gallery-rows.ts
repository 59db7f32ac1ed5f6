import type { MediaRow, PhoneFiles } from './parts.ts';
import type { PickedMedia } from './upload.ts';

/** Rows an app's picker shows: newest first, as MediaStore's DATE_ADDED says; the later row wins within a second. */
export function newestFirst(files: PhoneFiles, kind?: 'video' | 'image'): MediaRow[] {
  return [...files.media(kind)].sort((a, b) => b.dateAdded - a.dateAdded || b.id - a.id);
}

export const pickMedia = (row: MediaRow): PickedMedia => ({
  id: row.id,
  kind: row.kind,
  sha256: row.sha256,
  durationMs: row.durationMs,
  bytes: row.bytes,
  name: row.name,
});
