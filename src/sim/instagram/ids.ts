import { seededRandom } from '../../base/random.ts';

export const packageName = 'com.instagram.android';

/** Instagram names its views for what they are, and keeps the names from release to release. */
export const idOf = (name: string): string => `${packageName}:id/${name}`;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** The same id as a build that shrinks resource names would have it (fault `renamed-ids`). */
export function renamedIdOf(name: string): string {
  const random = seededRandom(`renamed instagram:${name}`);
  const short = Array.from({ length: 4 }, () => letters[random.int(0, letters.length - 1)]).join('');
  return idOf(`x${short}`);
}
