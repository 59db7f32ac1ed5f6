import { seededRandom } from '../../base/random.ts';

export const packageName = 'com.instagram.android';

/** Instagram names its views for what they are, and keeps the names from release to release. A clone's carry its package. */
export const idOf = (owner: string, name: string): string => `${owner}:id/${name}`;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** The same id as a build that shrinks resource names would have it (fault `renamed-ids`). */
export function renamedIdOf(owner: string, name: string): string {
  const random = seededRandom(`renamed instagram:${name}`);
  const short = Array.from({ length: 4 }, () => letters[random.int(0, letters.length - 1)]).join('');
  return idOf(owner, `x${short}`);
}
