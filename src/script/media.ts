import { toDroverError } from '../base/error.ts';
import { seededRandom } from '../base/random.ts';
import type { PushedFile } from './hands.ts';
import type { MediaFile, MediaWant } from './seams.ts';
import type { Session } from './session.ts';

/** A chosen file and where it lies on the phone. */
export type PhoneMedia = MediaFile & PushedFile;

/** How long cleaning up may take, also after an abort. */
const removeMs = 3_000;

/** The files of this attempt; chosen once, so that asking before and after costs no second item. */
export class MediaOfAttempt {
  readonly #session: Session;
  readonly #chosen = new Map<string, Promise<readonly MediaFile[]>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Throws `media.missing` and its kin; touches no phone. The same choice for the same seed. */
  async choose(want: MediaWant): Promise<readonly MediaFile[]> {
    this.#session.check();
    const key = JSON.stringify(want);
    const known = this.#chosen.get(key);
    if (known) return await known;
    const { parts, facts } = this.#session;
    const picking = parts.shelf.pick(want, seededRandom(`${facts.seed}:media`));
    this.#chosen.set(key, picking);
    return await picking;
  }

  /** Chooses, and puts the files on the phone until the attempt ends. */
  async push(want: MediaWant): Promise<readonly PhoneMedia[]> {
    const session = this.#session;
    const files = await this.choose(want);
    session.allow('push', 'push media');
    // files of a dead attempt would stand first in the app's gallery
    await session.touch('push', 'sweep media', (hands, ctx) => hands.sweepMedia(ctx));
    const media: PhoneMedia[] = [];
    for (const file of files) {
      await session.traced('push', file.name, async (entry) => {
        const { name, kind, bytes, sha256 } = file;
        entry.lookedFor = `${kind} ${name}`;
        const pushed = await session.touch('push', `push ${name}`, (hands, ctx) => {
          const pushing = hands.pushMedia(ctx, file);
          // registered before anything else can fail; a push that fails removes its own file
          void pushing.then((done) => session.pushed.push(done)).catch(() => {});
          return pushing;
        });
        entry.found = { bytes, sha256, path: pushed.remotePath, uri: pushed.uri };
        media.push({ ...file, ...pushed });
      });
    }
    return media;
  }

  /**
   * Removes what was pushed, whatever the attempt ended with, unless the phone is gone or an act that may use the file is
   * not settled: the next attempt sweeps then. A file that cannot be removed is logged, no failure.
   */
  async dispose(): Promise<void> {
    const session = this.#session;
    const { hands } = session.parts;
    if (session.pushed.length === 0 || session.keepsFiles || hands.signal.aborted) return;
    try {
      await session.afresh(removeMs, async (ctx) => {
        for (const pushed of session.pushed.splice(0)) await hands.removeMedia(ctx, pushed);
      });
    } catch (thrown) {
      const { taskId, serial } = session.facts;
      session.ctx.log.warn({ task: taskId, serial, code: toDroverError(thrown).code }, 'a pushed file was not removed');
    }
  }
}
