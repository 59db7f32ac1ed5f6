import type { Clock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { openPictures } from '../phone/mjpeg.ts';
import { readHierarchy } from '../phone/screen.ts';
import { findLease } from '../store/leases.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';
import { notReady, shown } from './held.ts';
import { LiveScreen, type Viewer } from './live-screen.ts';

export interface ScreensOptions {
  fleet: Pick<Fleet, 'device' | 'phoneFor' | 'aside'>;
  store: Pick<Store, 'read'>;
  clock: Clock;
  random: Random;
  log: Log;
}

const pictureLimitMs = 10_000;
const hierarchyLimitMs = 10_000;

/**
 * Looks at phones for people. They read only and disturb nothing: pictures go past the automation server (`screencap`, and
 * its stream on a port of its own), and the hierarchy, which only that server can give, is refused while a task needs it.
 * Several who ask for the same at the same time get the same answer.
 */
export class Screens {
  readonly #options: ScreensOptions;
  readonly #over = new AbortController();
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly #live = new Map<string, LiveScreen>();

  constructor(options: ScreensOptions) {
    this.#options = options;
  }

  async stop(): Promise<void> {
    this.#over.abort(new DroverError('server.stopping'));
    await Promise.all([...this.#live.values()].map((screen) => screen.stop()));
  }

  /** PNG. Throws `device.not-ready`, also while a task runs never anything else than the reason why there is none. */
  picture(serial: string): Promise<Uint8Array> {
    return this.#once(`picture ${serial}`, serial, () => this.#capture(serial, this.#over.signal));
  }

  /** XML of what is on the screen. Throws `device.not-ready`, while a task works on the phone too. */
  hierarchy(serial: string): Promise<string> {
    return this.#once(`hierarchy ${serial}`, serial, async () => {
      const { fleet, store } = this.#options;
      const lease = await findLease(store.read, serial);
      if (lease?.holder === 'task') {
        throw refused(
          `phone ${serial} is at work on task ${lease.taskId}, and reading its screen would hold the task up: see the trace of the task, or take a screenshot`,
        );
      }
      const phone = fleet.phoneFor(serial);
      if (!phone) throw notReady(serial, fleet);
      return (await readHierarchy(this.#ctx(this.#over.signal), phone, { timeoutMs: hierarchyLimitMs })).xml;
    });
  }

  /** Throws `device.not-ready` when there is nothing to look at. Returns a function that ends it for this viewer. */
  watch(serial: string, viewer: Viewer): () => void {
    const { clock, log, fleet } = this.#options;
    if (!fleet.aside(serial)) throw notReady(serial, fleet);
    let screen = this.#live.get(serial);
    if (!screen || screen.isOver) {
      const opened = new LiveScreen({
        clock,
        log: log.with({ serial }),
        openPictures: async (signal) => {
          const phone = fleet.phoneFor(serial);
          return phone && (await openPictures(this.#ctx(signal), phone));
        },
        takePicture: (signal) => this.#capture(serial, signal),
        onOver: () => {
          if (this.#live.get(serial) === opened) this.#live.delete(serial);
        },
      });
      this.#live.set(serial, opened);
      screen = opened;
    }
    return screen.add(viewer);
  }

  async #capture(serial: string, signal: AbortSignal): Promise<Uint8Array> {
    const { fleet } = this.#options;
    const device = fleet.aside(serial);
    if (!device) throw notReady(serial, fleet);
    const image = await device.exec(this.#ctx(signal), ['screencap', '-p'], { timeoutMs: pictureLimitMs });
    if (image[0] === 0x89 && image[1] === 0x50) return image;
    const said = image.toString('utf8', 0, 200).trim();
    throw refused(`phone ${serial} gave no picture of its screen${said ? `: ${said}` : ''}`);
  }

  /** What a phone's silence is called towards HTTP clients: it is not ready, and why. */
  async #once<T>(key: string, serial: string, work: () => Promise<T>): Promise<T> {
    const running = this.#asked.get(key) as Promise<T> | undefined;
    const asked =
      running ??
      work()
        .catch((thrown) => {
          throw shown(serial, thrown);
        })
        .finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return await asked;
  }

  #ctx(signal: AbortSignal): Ctx {
    const { clock, random, log } = this.#options;
    return { signal, clock, random, log };
  }
}

const refused = (message: string): DroverError => new DroverError('device.not-ready', { message });
