import { writeFileSync } from 'node:fs';
import { createSampleVideo } from '../../src/sim/sample-video.ts';

/** Writes a small valid MP4 of two seconds to `path` and gives its bytes; another seed is another film. */
export function writeFilm(path: string, seed: string): Uint8Array {
  const film = createSampleVideo({ seconds: 2, seed });
  writeFileSync(path, film);
  return film;
}

/** A small valid MP4 of one second; another seed is another film. */
export const filmBytes = (seed: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createSampleVideo({ seconds: 1, seed }));
