import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import type { CryptoKey } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { type PlanName, plans } from '../contract/license.ts';
import { claimNext } from '../store/claim.ts';
import { Licence, type LicenceParts } from './licence.ts';
import { importSigningKey, importVendorKey, issueLicence, type LicenceClaims, readLicence } from './licence-key.ts';

const pems = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    open: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
};
const vendor = pems();
const here = 'a'.repeat(32);
const elsewhere = 'b'.repeat(32);
const start = Date.UTC(2026, 0, 2, 9);
const day = 86_400_000;

let vendorKey: CryptoKey;
let signingKey: CryptoKey;
beforeAll(async () => {
  vendorKey = await importVendorKey(vendor.open, 'test');
  signingKey = await importSigningKey(vendor.secret, 'test');
});

const claims = (change: Partial<LicenceClaims> = {}): LicenceClaims => ({
  id: 'L-1',
  holder: 'Example GmbH',
  plan: 'Pro',
  issuedAt: start,
  expiresAt: null,
  machineId: null,
  ...change,
});
const issue = (change: Partial<LicenceClaims> = {}) => issueLicence(claims(change), signingKey);

const licenceOver = (temp: TempStore, change: Partial<LicenceParts> = {}) =>
  new Licence({
    store: temp.store,
    clock: temp.clock,
    log: silentLog,
    vendorKey,
    machineId: here,
    deviceLimit: () => 1000,
    ...change,
  });

describe('without a vendor', () => {
  test('everything is open and the number of phones is a setting', async () => {
    await using temp = new TempStore();
    let limit = 1000;
    const licence = licenceOver(temp, { vendorKey: undefined, deviceLimit: () => limit });
    const open = { plan_name: 'Self-hosted', api_enabled: true, message: 'API access enabled' };
    expect(licence.check()).toEqual({ ...open, device_limit: 1000 });
    limit = 7;
    expect(licence.check()).toEqual({ ...open, device_limit: 7 });
    await expect(licence.install(await issue(), 'anna')).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('nothing to install'),
    });
  });
});

describe('with a vendor', () => {
  test('it is Free until a licence is installed', async () => {
    await using temp = new TempStore();
    const licence = licenceOver(temp);
    await licence.refresh();
    expect(licence.check()).toMatchObject({ plan_name: 'Free', api_enabled: false, device_limit: 0 });
    expect(licence.check().message).toContain('drover license install');
    expect(licence.installed()).toBeUndefined();
  });

  test.each<[PlanName, number, boolean]>([
    ['Free', 0, false],
    ['Starter', 5, false],
    ['Pro', 20, true],
    ['Team', 50, true],
    ['Business', 100, true],
  ])('%s: %d phones at once, API %s', async (plan, limit, hasApi) => {
    await using temp = new TempStore();
    const licence = licenceOver(temp);
    await licence.install(await issue({ plan }), 'anna');
    expect(licence.check()).toMatchObject({ plan_name: plan, api_enabled: hasApi, device_limit: limit });
    expect(licence.installed()).toMatchObject({ claims: claims({ plan }), person: 'anna', problem: undefined });

    // What counts is how many tasks really get a phone.
    const serials = Array.from({ length: 102 }, (_, n) => `S${n}`);
    await temp.submit(serials.map((serial) => ({ serial })));
    const claimed = await temp.store.write(async (tx) => {
      let n = 0;
      for (const serial of serials) {
        const want = { serial, hostId: 'h', bootId: 'b', leaseMs: 30_000, seed: 's' };
        if (await claimNext(tx, { ...want, maxRunning: licence.check().device_limit })) n++;
      }
      return n;
    });
    expect(claimed).toBe(limit);
  });

  test('from the second on in which it expires it is Free again, without a new start', async () => {
    const clock = new ManualClock(start);
    await using temp = new TempStore(clock);
    const licence = licenceOver(temp);
    await licence.install(await issue({ expiresAt: start + 30 * day }), 'anna');
    clock.setWall(start + 30 * day - 1);
    expect(licence.check().plan_name).toBe('Pro');
    clock.setWall(start + 30 * day);
    expect(licence.check()).toMatchObject({ plan_name: 'Free', api_enabled: false, device_limit: 0 });
    expect(licence.check().message).toContain('expired on 2026-02-01');
    expect(licence.installed()?.problem).toContain('expired');
  });

  test('a licence for one machine holds on that one alone, even when its database is carried away', async () => {
    await using temp = new TempStore();
    const licence = licenceOver(temp);
    await licence.install(await issue({ machineId: here }), 'anna');
    expect(licence.check().plan_name).toBe('Pro');
    await expect(licence.install(await issue({ machineId: elsewhere }), 'anna')).rejects.toThrow(
      `is for the machine ${elsewhere}, and this one is ${here}`,
    );
    expect(licence.check().plan_name).toBe('Pro');
    const carried = licenceOver(temp, { machineId: elsewhere });
    await carried.refresh();
    expect(carried.check()).toMatchObject({ plan_name: 'Free', message: expect.stringContaining(here) });
  });

  test('a key of another vendor is refused, and one that lies in the database counts for nothing', async () => {
    await using temp = new TempStore();
    const other = pems();
    const foreign = await issueLicence(claims(), await importSigningKey(other.secret, 'test'));
    const licence = licenceOver(temp);
    await licence.install(await issue({ plan: 'Team' }), 'anna');
    await expect(licence.install(foreign, 'anna')).rejects.toThrow('not signed with the key of the vendor');
    expect(licence.check().plan_name).toBe('Team');
    const moved = licenceOver(temp, { vendorKey: await importVendorKey(other.open, 'test') });
    await moved.refresh();
    expect(moved.check().plan_name).toBe('Free');
    expect(moved.installed()).toMatchObject({ claims: undefined, problem: expect.stringContaining('not signed') });
  });

  test('an installed licence outlasts a restart, and another process sees it', async () => {
    await using temp = new TempStore();
    const [first, second] = [licenceOver(temp), licenceOver(temp)];
    await first.install(`\n${await issue({ plan: 'Business' })}\n`, 'anna');
    await second.refresh();
    expect(second.check().plan_name).toBe('Business');
    await temp.reopen();
    const after = licenceOver(temp);
    await after.refresh();
    expect(after.check()).toMatchObject({ plan_name: 'Business', device_limit: plans.Business.deviceLimit });
  });
});

describe('what is taken for a licence', () => {
  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { jti: 'x', sub: 'x', plan: 'Business', iat: 1 };
  const header = { alg: 'EdDSA', typ: 'drover-licence' };
  const signed = (head: object, payload: unknown): string => {
    const text = `${b64(head)}.${b64(payload)}`;
    return `${text}.${sign(null, Buffer.from(text), vendor.secret).toString('base64url')}`;
  };

  test('a whole one is', async () => {
    expect(await readLicence(signed(header, body), vendorKey)).toMatchObject({ plan: 'Business', holder: 'x' });
  });

  test.each<[string, () => string]>([
    ['nothing', () => ''],
    ['a word', () => 'Business'],
    ['unsigned', () => `${b64({ ...header, alg: 'none' })}.${b64(body)}.`],
    [
      'signed with the public key as if it were a password',
      () => {
        const text = `${b64({ ...header, alg: 'HS256' })}.${b64(body)}`;
        return `${text}.${createHmac('sha256', vendor.open).update(text).digest('base64url')}`;
      },
    ],
    ['something else of the vendor', () => signed({ alg: 'EdDSA', typ: 'JWT' }, body)],
    ['a plan that does not exist', () => signed(header, { ...body, plan: 'Unlimited' })],
    ['no plan', () => signed(header, { ...body, plan: undefined })],
    ['an expiry that is no time', () => signed(header, { ...body, exp: 'never' })],
    ['signed, and not an object', () => signed(header, [body])],
  ])('%s is not', async (_, key) => {
    await expect(readLicence(key(), vendorKey)).rejects.toMatchObject({ code: 'input.invalid' });
  });

  test('any single changed letter breaks it', async () => {
    const key = await issue({ expiresAt: start + day, machineId: here });
    const last = key.length - 1; // its lowest bits are padding: another letter may mean the same bytes
    await fc.assert(
      fc.asyncProperty(fc.nat(last - 1), fc.constantFrom(...'AZaz09-_.'), async (at, letter) => {
        fc.pre(key[at] !== letter);
        const forged = key.slice(0, at) + letter + key.slice(at + 1);
        await expect(readLicence(forged, vendorKey)).rejects.toMatchObject({ code: 'input.invalid' });
      }),
      { numRuns: 300 },
    );
  });

  test('what was issued is what is read', async () => {
    const text = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((value) => value.trim() !== '');
    const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          id: fc.uuid(),
          holder: text.filter((value) => value.length <= 200),
          plan: fc.constantFrom<PlanName>('Free', 'Starter', 'Pro', 'Team', 'Business'),
          issuedAt: second,
          expiresAt: fc.option(second),
          machineId: fc.constantFrom(null, here, elsewhere),
        }),
        async (given) => {
          expect(await readLicence(await issueLicence(given, signingKey), vendorKey)).toEqual(given);
        },
      ),
      { numRuns: 100 },
    );
  });
});
