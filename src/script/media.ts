import { toDroverError } from '../base/error.ts';
import { seededRandom } from '../base/random.ts';
import type { PushedFile } from './hands.ts';
import type { MediaFile, MediaTaker, MediaWant } from './seams.ts';
import type { Session } from './session.ts';

/** A chosen file and where it lies on the phone. */
export type PhoneMedia = MediaFile & PushedFile;

/** How long cleaning up may take, also after an abort. */
const removeMs = 3_000;

/** The files of this attempt; taken once, so that asking again costs no second item. */
export class MediaOfAttempt {
  readonly #session: Session;
  readonly #taken = new Map<string, Promise<readonly MediaFile[]>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** What would be taken now. Throws `media.missing` and its kin; touches no phone and marks nothing as used. */
  async choose(want: MediaWant): Promise<readonly MediaFile[]> {
    this.#session.check();
    const { parts, facts } = this.#session;
    return await parts.shelf.pick(want, seededRandom(`${facts.seed}:media`), this.#taker);
  }

  /** The same choice for the same seed; the account is known by now, so it may differ from what was chosen before. */
  async #take(want: MediaWant): Promise<readonly MediaFile[]> {
    this.#session.check();
    const key = JSON.stringify(want);
    const known = this.#taken.get(key);
    if (known) return await known;
    const { parts, facts } = this.#session;
    const taking = parts.shelf.take(want, seededRandom(`${facts.seed}:media`), this.#taker);
    this.#taken.set(key, taking);
    return await taking;
  }

  get #taker(): MediaTaker {
    const { taskId, attemptId, actor } = this.#session.facts;
    return { taskId, attemptId, actor };
  }

  /** Takes, and puts the files on the phone until the attempt ends. */
  async push(want: MediaWant): Promise<readonly PhoneMedia[]> {
    const session = this.#session;
    session.allow('push', 'push media');
    const files = await this.#take(want);
    // files of a dead attempt would stand first in the app's gallery
    await session.touch('push', 'sweep media', (hands, ctx) => hands.sweepMedia(ctx));
    const media: PhoneMedia[] = [];
    // the last one first: galleries show the newest first, so that ours stand there in their order
    for (const file of files.toReversed()) {
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
        media.unshift({ ...file, ...pushed });
      });
    }
    return media;
  }

  /** The end of the attempt, whatever it ended with. Never throws: a later attempt makes good what fails here. */
  async dispose(): Promise<void> {
    await this.#settle();
    await this.#remove();
  }

  async #settle(): Promise<void> {
    if (this.#taken.size === 0) return;
    const { parts, ctx, facts } = this.#session;
    try {
      await parts.shelf.settle(this.#taker);
    } catch (thrown) {
      // the database is closing, or full: uses of attempts that are over are settled at the next start or the next take
      ctx.log.warn({ task: facts.taskId, code: toDroverError(thrown).code }, 'the use of media is not settled yet');
    }
  }

  /**
   * Removes what was pushed, unless the phone is gone or an act that may use the file is not settled: the next attempt
   * sweeps then. A file that cannot be removed is logged, no failure.
   */
  async #remove(): Promise<void> {
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
