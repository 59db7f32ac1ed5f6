import type { ScriptContext } from '../script/kit.ts';
import type { Seen } from '../script/seen.ts';

/** What `sound_wait_time` is for: looks until `isThere`. Throws `phone.timeout`, which names `what` has not loaded. */
export async function waitForSounds(
  ctx: ScriptContext,
  what: string,
  waitMs: number,
  isThere: (seen: Seen) => boolean,
): Promise<Seen> {
  const look = async () => {
    const seen = await ctx.see();
    return isThere(seen) ? seen : undefined;
  };
  return await ctx.waitUntil(`${what} has loaded`, look, { timeoutMs: waitMs });
}
