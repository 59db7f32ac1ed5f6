/** Codes of choosing media for a task, and of taking media away. */
import { MediaHouse } from '../support/media-house.ts';
import { type Ended, failureOf, type Provocations } from './ended.ts';

async function inHouse(work: (house: MediaHouse) => Promise<Ended>): Promise<Ended> {
  const house = await MediaHouse.open();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

export const ofMedia = {
  'media.none-left': () => inHouse(async (house) => failureOf(house.take(await house.attempt('account:1')))),
  'media.wrong-kind': () =>
    inHouse(async (house) => {
      const list = [await house.picture('still.png')];
      return failureOf(house.take(await house.attempt('account:1'), { list }));
    }),
  'media.in-use': () =>
    inHouse(async (house) => {
      const { id } = await house.add(house.film('a.mp4'));
      const taker = await house.attempt('account:1');
      await house.take(taker);
      await house.effect(taker, 'intended');
      return failureOf(house.library.remove(id, 'anna'));
    }),
} satisfies Provocations<void>;
