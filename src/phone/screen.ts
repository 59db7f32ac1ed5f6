import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { type Hierarchy, parseHierarchy } from './hierarchy.ts';
import { inHand, type Phone } from './phone.ts';

/** What is on the screen now. Throws `phone.screen-malformed` when the phone gives no tree. */
export async function readHierarchy(ctx: Ctx, phone: Phone, { timeoutMs = 15_000 } = {}): Promise<Hierarchy> {
  const xml = await inHand(ctx, phone, (bound) => phone.agent.call(bound, 'GET', '/source', { timeoutMs }));
  if (typeof xml !== 'string') {
    throw new DroverError('phone.screen-malformed', {
      message: 'the phone gave no hierarchy of its screen',
      details: { why: 'no text' },
    });
  }
  return parseHierarchy(xml, ctx.clock.now());
}
