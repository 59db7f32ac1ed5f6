import type { Random } from '../base/random.ts';

/** A new list in an order that chance decides. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  const mixed: T[] = [];
  while (left.length > 0) mixed.push(...left.splice(random.int(0, left.length - 1), 1));
  return mixed;
}
