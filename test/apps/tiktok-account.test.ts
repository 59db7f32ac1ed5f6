import { describe, expect, test } from 'vitest';
import { AppHouse } from './app-house.ts';

const [first, second] = ['lena.paints', 'the.paints.corner.lena'];
const follow = { target_user: 'harbor.kiln' };

describe('a task for another account of the phone', () => {
  test.each([
    ['46.4.3', 'en'],
    ['43.1.4', 'fr'],
  ])('TikTok %s in %s: it switches first, and back for the next', async (appVersion, language) => {
    await using house = await AppHouse.open({ sim: { appVersion, language } });
    const ends = async (account: string) => {
      house.nextTask();
      return await house.endOf('follow', follow, { account });
    };
    expect(await ends(second), house.story).toBe('completed');
    expect(await ends(`@${first.toUpperCase()}`), house.story).toBe('completed');
    expect(await ends(first), house.story).toBe('completed');
    expect(house.simPhone.actions().follows).toMatchObject([
      { account: second, target: 'harbor.kiln' },
      { account: first, target: 'harbor.kiln' },
    ]);
    expect(house.story).not.toContain('switch to');
  });

  test('one that is not on this phone: nothing is done, and the accounts that are there are named', async () => {
    await using house = await AppHouse.open();
    const run = house.run('follow', follow, { account: 'somebody.else' });
    await expect(run).rejects.toMatchObject({
      code: 'app.wrong-account',
      message: `@somebody.else is not logged in on this phone; it has ${first}, ${second}`,
    });
    expect(house.simPhone.actions().follows).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});

test('a clone is another app with another account', async () => {
  const packageName = 'com.zhiliaoapp.musicallz';
  await using house = await AppHouse.open({ sim: { clones: [packageName] } });
  const clone = { packageName, account: `second.${first}` };
  expect(await house.endOf('follow', follow, clone), house.story).toBe('completed');
  house.nextTask();
  expect(await house.endOf('unfollow', { ...follow, access_method: 'search' }, clone), house.story).toBe('completed');
  house.nextTask();
  expect(await house.endOf('follow', follow), house.story).toBe('completed');
  const { follows, unfollows } = house.simPhone.actions();
  expect(follows.map(({ account }) => account)).toEqual([`second.${first}`, first]);
  expect(unfollows.map(({ account }) => account)).toEqual([`second.${first}`]);
});

test('an app that insists on an update ends the attempt before anything', async () => {
  await using house = await AppHouse.open();
  house.simPhone.faults.add({ kind: 'update-required' });
  expect(await house.endOf('follow', follow), house.story).toBe('app.update-required');
  expect(house.simPhone.actions().follows).toEqual([]);
});
