import { describe, expect, test } from 'vitest';
import { AppHouse } from './app-house.ts';

const openHouse = (sim: Record<string, unknown> = {}) => AppHouse.open({ platform: 'instagram', sim });

describe('on one phone', () => {
  test.each([
    ['410.0.0', 'en'],
    ['410.0.0', 'fr'],
    ['390.0.0', 'en'],
    ['390.0.0', 'fr'],
  ])('Instagram %s in %s: follow, request, find, and end it', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const ends = async (script: 'follow' | 'unfollow', target: string, access_method = 'direct') => {
      house.nextTask();
      return await house.endOf(script, { target_users: [target], access_method });
    };
    const deeds = () => {
      const { follows, unfollows } = house.simPhone.actions();
      return [...follows.map(({ target }) => `+${target}`), ...unfollows.map(({ target }) => `-${target}`)];
    };
    expect(await ends('follow', '@harbor.kiln'), house.story).toBe('completed');
    expect(await ends('follow', '@private.ida'), house.story).toBe('completed');
    expect(await ends('follow', 'tinytrainyard', 'search'), house.story).toBe('completed');
    expect(deeds()).toEqual(['+harbor.kiln', '+private.ida', '+tinytrainyard']);
    // so already: nothing more happens, and nothing is written down
    const rows = house.journal.rows.length;
    expect(await ends('follow', '@Harbor.Kiln'), house.story).toBe('completed');
    expect(await ends('follow', '@private.ida'), house.story).toBe('completed');
    expect(await ends('unfollow', '@noor_repairs'), house.story).toBe('completed');
    expect(deeds()).toEqual(['+harbor.kiln', '+private.ida', '+tinytrainyard']);
    expect(house.journal.rows).toHaveLength(rows);
    // and back
    expect(await ends('unfollow', 'harbor.kiln', 'search'), house.story).toBe('completed');
    expect(await ends('unfollow', '@private.ida'), house.story).toBe('completed');
    expect(await ends('unfollow', '@tinytrainyard'), house.story).toBe('completed');
    expect(deeds().slice(3)).toEqual(['-harbor.kiln', '-private.ida', '-tinytrainyard']);
    expect(house.journal.rows.map(({ kind, target, state }) => `${kind} ${target} ${state}`)).toEqual([
      'follow @harbor.kiln done',
      'follow @private.ida done',
      'follow @tinytrainyard done',
      'unfollow @harbor.kiln done',
      'unfollow @private.ida done',
      'unfollow @tinytrainyard done',
    ]);
  });
});

describe('who is not the one', () => {
  test('a namesake in the search, nobody, and the account itself: nothing is followed', async () => {
    await using house = await openHouse();
    house.world.addProfile({ app: 'instagram', username: 'mira.second', name: 'mira', followers: 9_000_000 });
    const ends = (target: string, access_method: string) =>
      house.endOf('follow', { target_users: [target], access_method });
    expect(await ends('mira', 'search'), house.story).toBe('app.target-missing');
    expect(await ends('nobody.has.this', 'search'), house.story).toBe('app.target-missing');
    expect(await ends('nobody.has.this', 'direct'), house.story).toBe('app.target-missing');
    expect(await ends('lena.paints', 'direct'), house.story).toBe('input.invalid');
    expect(await ends('lena.paints', 'search'), house.story).toBe('input.invalid');
    expect(house.simPhone.actions().follows).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});

describe.concurrent('what goes wrong around the tap', () => {
  const config = { target_users: ['@harbor.kiln'] };
  const followed = (house: AppHouse) => house.simPhone.actions().follows.map(({ target }) => target);

  test('a tap that the app never saw is no follow, and the next attempt follows once', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Follow' });
    expect(await house.endOf('follow', config), house.story).toBe('task.effect-not-done');
    expect(followed(house)).toEqual([]);
    expect(await house.endOf('follow', config), house.story).toBe('completed');
    expect(followed(house)).toEqual(['harbor.kiln']);
  });

  test('the platform refuses: the code says so, and nothing was followed', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'rate-limited' });
    expect(await house.endOf('follow', config), house.story).toBe('app.limited');
    expect(followed(house)).toEqual([]);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['not-done']);
  });

  test('one that dies right after the tap is found to have done it', async () => {
    await using house = await openHouse();
    house.interruptAfterTap('instagram.profile-other.follow');
    expect(await house.endOf('follow', config)).toBe('server.stopping');
    expect(await house.endOf('follow', config), house.story).toBe('completed');
    expect(followed(house)).toEqual(['harbor.kiln']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });

  test('between the sheet and its last row nothing was ended yet', async () => {
    await using house = await openHouse();
    house.world.addFollow('instagram', 'lena.paints', 'harbor.kiln');
    house.interruptAfterTap('instagram.profile-other.followed');
    expect(await house.endOf('unfollow', config)).toBe('server.stopping');
    expect(await house.endOf('unfollow', config), house.story).toBe('completed');
    expect(house.simPhone.actions().unfollows.map(({ target }) => target)).toEqual(['harbor.kiln']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['not-done', 'done']);
  });
});

describe.concurrent('what ends an attempt before anything is public', () => {
  test.each([
    ['logged-out', undefined, 'app.logged-out'],
    ['unknown-dialog', 'Profile', 'app.unexpected-screen'],
  ] as const)('%s at %s: %s', async (kind, at, code) => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind, at });
    expect(await house.endOf('follow', { target_user: 'harbor.kiln' }), house.story).toBe(code);
    expect(house.simPhone.actions().follows).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});

describe.concurrent('the account of the task', () => {
  test('is made the active one first, and one that the phone does not have is not acted for', async () => {
    await using house = await openHouse();
    const others = house.world.accountsOn(house.simPhone.serial, 'instagram').map(({ username }) => username);
    const other = others.find((name) => name !== 'lena.paints') ?? '';
    expect(await house.endOf('follow', { target_user: 'harbor.kiln' }, { account: other }), house.story).toBe(
      'completed',
    );
    expect(house.simPhone.actions().follows.map(({ account, target }) => `${account} ${target}`)).toEqual([
      `${other} harbor.kiln`,
    ]);
    house.nextTask();
    expect(await house.endOf('follow', { target_user: 'sable.dance' }, { account: 'who.is.that' }), house.story).toBe(
      'app.wrong-account',
    );
    expect(house.simPhone.actions().follows).toHaveLength(1);
  });
});
