import { expect, test } from 'vitest';
import { drover } from '../support/doctor-house.ts';
import { type ApiClient, postBody, ServerHouse } from '../support/server-house.ts';

/** A house whose phone no longer says that it is simulated, so that it counts as a real one. */
async function realPhone(): Promise<ServerHouse> {
  const house = await ServerHouse.open();
  await house.stop();
  Object.assign(house.phone.host.props, { 'ro.drover.simulated': '0' });
  await house.start();
  await house.api.until(async () => (await device(house.api, house.serial)).state === 'ready');
  return house;
}

interface Shown {
  state: string;
  virtual: boolean;
  owned: boolean;
}

const device = async (api: ApiClient, serial: string): Promise<Shown> =>
  (await api.call<Shown>('GET', `/devices/${serial}`)).data;

/** Until the post was put off because nobody has said whose phone it is. */
async function waits(house: ServerHouse): Promise<number> {
  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
  await house.api.until(async () => {
    const { status, waiting, attempts } = await house.api.task(id);
    if (status >= 2) throw new Error('it did not wait');
    return status === 0 && attempts === 1 && waiting?.reason === 'conduct';
  });
  const { waiting, retry_count: retries } = await house.api.task(id);
  expect(waiting?.text).toMatch(/^conduct: confirm that @[\w.]+ is yours; goes on at/);
  expect(retries).toBe(0);
  expect(house.phone.actions().posts).toEqual([]);
  return id;
}

test('on a real phone a post waits for the statement of ownership, and goes on by itself after it', async () => {
  await using house = await realPhone();
  expect(await device(house.api, house.serial)).toMatchObject({ virtual: false, owned: false });
  const id = await waits(house);

  const confirmed = await house.api.call('PATCH', `/devices/${house.serial}`, { owned: true });
  expect(confirmed).toMatchObject({ code: 0, data: { serial: house.serial, owned: true } });
  expect(await house.api.ended(id)).toMatchObject({ status: 2, attempts: 2, retry_count: 0 });
  expect(house.phone.actions().posts).toHaveLength(1);
});

test('drover confirm makes the statement, says what it did, and outlives the server', async () => {
  await using house = await realPhone();
  const id = await waits(house);
  const port = String(house.drover?.port);

  const { code, stdout } = await drover('confirm', house.serial, '--port', port);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `Noted: phone ${house.serial} (Pixel 7) and the accounts on it are yours, as you state.\n1 task waits for it; what waited for this statement goes on now.\n`,
  );
  expect(await house.api.ended(id)).toMatchObject({ status: 2 });

  const again = await drover('confirm', house.serial, '--port', port);
  expect(again).toMatchObject({
    code: 0,
    stdout: `${house.serial} was confirmed before: nothing had to be changed.\n`,
  });
  const stranger = await drover('confirm', 'nobody', '--port', port);
  expect(stranger).toMatchObject({ code: 1, stdout: '' });
  expect(stranger.stderr).toBe(
    `drover: there is no device nobody; check the id, the name or the path; the server knows ${house.serial}\n`,
  );

  await house.stop();
  expect(await drover('confirm', house.serial, '--port', port)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('start it with "drover serve"'),
  });
  await house.start();
  expect(await device(house.api, house.serial)).toMatchObject({ owned: true });
});
