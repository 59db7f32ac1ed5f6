import type { AdbServer } from '../adb/server.ts';
import { sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { hasCode } from '../base/error.ts';

export interface RedialOptions {
  serial: string;
  /** The adb server that is to connect; undefined while none is known. */
  server(): AdbServer | undefined;
  /** Called after each try: what does adb say now? */
  look(): Promise<void>;
}

/** Pauses between two tries; after a long absence they are longer. */
const pauseMs = { first: 500, max: 4_000, growth: 1.1 };
/** A phone that accepts a connection and says nothing would hold `adb connect` up for 10 s. */
const connectLimitMs = 3_000;

/** Dials a TCP phone again and again. The very first try comes at once, the others after growing pauses. */
export class Redial {
  readonly #options: RedialOptions;
  #pauseMs = 0;

  constructor(options: RedialOptions) {
    this.#options = options;
  }

  /** The phone was there: the next absence begins with short pauses. */
  reset(): void {
    this.#pauseMs = pauseMs.first;
  }

  /** The next `run` dials at once. */
  hurry(): void {
    this.#pauseMs = 0;
  }

  /** Goes on until `ctx` ends, and then rejects with its reason. */
  async run(ctx: Ctx): Promise<void> {
    const { serial, server: current, look } = this.#options;
    for (;;) {
      await sleep(ctx.clock, this.#pauseMs, ctx.signal);
      this.#pauseMs = Math.min(pauseMs.max, Math.max(pauseMs.first, this.#pauseMs * pauseMs.growth));
      const server = current();
      if (!server) continue;
      try {
        // adb says "already connected" of a phone it lost, and would redial by itself only after about 10 s
        await server.disconnect(ctx, serial);
        await server.connect(ctx, serial, { timeoutMs: connectLimitMs });
      } catch (error) {
        ctx.signal.throwIfAborted();
        if (!hasCode(error, 'adb.unreachable', 'phone.timeout')) ctx.log.debug({ error }, 'could not dial the phone');
      }
      await look();
    }
  }
}
