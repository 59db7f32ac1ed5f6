import type { Clock } from '../base/clock.ts';
import { withSignal } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { followLog, type LogLevel, type LogLine } from '../phone/log.ts';
import type { Fleet } from './fleet.ts';
import { notReady } from './held.ts';

export interface LogsOptions {
  fleet: Pick<Fleet, 'device' | 'aside'>;
  clock: Clock;
  random: Random;
  log: Log;
}

export interface LogWish {
  /** The lowest that is shown. */
  level: LogLevel;
  /** Part of the tag, and of the text; case is ignored. */
  tag?: string;
  text?: string;
  /** How many of the newest lines of the phone to begin with, before the filters. */
  tail: number;
}

/** Android's logs for people: read past the automation server, so a task is not disturbed. Each reader has a stream of its own, which ends with it. */
export class Logs {
  readonly #options: LogsOptions;
  readonly #over = new AbortController();

  constructor(options: LogsOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#over.abort(new DroverError('server.stopping'));
  }

  /** Lines as they come, several at a time, until `signal` or the phone ends it. Throws `device.not-ready` at once when there is no phone. */
  follow(serial: string, wish: LogWish, signal: AbortSignal): AsyncGenerator<LogLine[], void, void> {
    const device = this.#options.fleet.aside(serial);
    if (!device) throw notReady(serial, this.#options.fleet);
    const { clock, random, log } = this.#options;
    const fits = filterOf(wish);
    const over = this.#over.signal;
    return (async function* () {
      using ctx = withSignal({ signal: over, clock, random, log }, signal);
      for await (const lines of followLog(ctx, device, wish)) {
        const shown = lines.filter(fits);
        if (shown.length > 0) yield shown;
      }
    })();
  }
}

function filterOf({ tag = '', text = '' }: LogWish): (line: LogLine) => boolean {
  const [tagPart, textPart] = [tag.toLowerCase(), text.toLowerCase()];
  return (line) => line.tag.toLowerCase().includes(tagPart) && line.text.toLowerCase().includes(textPart);
}
