import { type Ctx, raceSignal, withDeadline } from '../../base/context.ts';
import { type Check, failed, ok, trouble, warn } from './check.ts';

/** What a step saw. With `fix` it is worth knowing about. */
export interface Sight<T = void> {
  found: string;
  fix?: string;
  value: T;
}

/** Checks that build on each other, told one by one. */
export class Steps {
  readonly checks: Check[] = [];
  readonly #ctx: Ctx;
  readonly #tell: (check: Check) => void;

  constructor(ctx: Ctx, tell: (check: Check) => void) {
    this.#ctx = ctx;
    this.#tell = tell;
  }

  add(check: Check): void {
    this.checks.push(check);
    this.#tell(check);
  }

  /** Takes one step under a limit. Undefined when it failed: then the check says why. */
  async take<T>(name: string, limitMs: number, look: (ctx: Ctx) => Promise<Sight<T>>): Promise<Sight<T> | undefined> {
    const tooLong = () =>
      trouble(`did not end within ${limitMs / 1000} s`, 'Restart the phone and run the command once more.');
    using bound = withDeadline(this.#ctx, limitMs, tooLong);
    try {
      const sight = await raceSignal(bound.signal, look(bound));
      this.add(sight.fix === undefined ? ok(name, sight.found) : warn(name, sight.found, sight.fix));
      return sight;
    } catch (thrown) {
      this.add(failed(name, thrown));
      return undefined;
    }
  }
}

/** A sight without a value. */
export const sight = (found: string, fix?: string): Sight => ({
  found,
  value: undefined,
  ...(fix === undefined ? {} : { fix }),
});
