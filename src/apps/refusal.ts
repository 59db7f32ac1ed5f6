import type { ScriptContext } from '../script/kit.ts';
import type { Screen } from '../script/screen.ts';
import type { Seen } from '../script/seen.ts';

/** One capture that is asked about several screens. */
export type Capture = Pick<Seen, 'of' | 'hierarchy'>;

/**
 * The platform's notice that it refuses what was just tapped. It hides what became of that, so looks close it and go on;
 * and they tell of it, because the account has to wait.
 */
export class Refusal {
  readonly #ctx: ScriptContext;
  readonly #notice: Screen<'close'>;
  readonly #platform: string;
  /** What was refused will not happen any more: no need to look until the deadline. */
  isTold = false;

  /** `notice` is the app's dialog that says so, `platform` who is to be named in the message. */
  constructor(ctx: ScriptContext, { notice, platform }: { notice: Screen<'close'>; platform: string }) {
    this.#ctx = ctx;
    this.#notice = notice;
    this.#platform = platform;
  }

  /** One capture without the notice in front. Throws `app.limited` right after the notice was closed. */
  async see(): Promise<Capture> {
    const ctx = this.#ctx;
    const seen = await ctx.see(this.#notice);
    if (!seen.is) return seen;
    if (seen.has('close')) await ctx.tap(this.#notice.close);
    this.isTold = true;
    return ctx.fail('app.limited', `${this.#platform} says that this account does too much and has to wait`);
  }
}
