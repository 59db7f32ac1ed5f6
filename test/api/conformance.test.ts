import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../client/client.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { PlanName } from '../../src/contract/license.ts';
import { importSigningKey, issueLicence } from '../../src/rules/licence-key.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { ServerHouse } from '../support/server-house.ts';
import { ConformanceSuite, items, tableOf } from './conformance/suite.ts';

let pro: ServerHouse;
let starter: ServerHouse;

/** A server of a vendor, with the key of a customer installed. */
async function houseWith(plan: PlanName): Promise<ServerHouse> {
  const house = await ServerHouse.open({ phones: 0 });
  await house.stop();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const vendorKey = join(house.folder, 'vendor.pem');
  writeFileSync(vendorKey, publicKey.export({ type: 'spki', format: 'pem' }));
  await house.start({ vendorKey });
  const signing = await importSigningKey(String(privateKey.export({ type: 'pkcs8', format: 'pem' })), 'a test');
  const claims = {
    id: 'l1',
    holder: 'A workshop',
    plan,
    issuedAt: systemClock.now(),
    expiresAt: null,
    machineId: null,
  };
  await createClient({ base: house.api.base }).installLicense({ body: { key: await issueLicence(claims, signing) } });
  return house;
}

beforeAll(async () => {
  [pro, starter] = await Promise.all([houseWith('Pro'), houseWith('Starter')]);
});
afterAll(async () => {
  await pro?.[Symbol.asyncDispose]();
  await starter?.[Symbol.asyncDispose]();
});

test('every documented request is answered as documented, and as the OpenAPI document says', async () => {
  expect(items.map(({ n }) => n)).toEqual(Array.from({ length: 94 }, (_, index) => index + 1));
  const suite = new ConformanceSuite({ base: pro.api.base, starter: starter.api.base, fetch: checkedFetch });
  await suite.seed();
  const results = await suite.run();
  console.log(tableOf(results));
  const faults = results.filter(({ fault, isSkipped }) => fault !== undefined || isSkipped);
  expect(faults.map(({ item, fault }) => `${item.n}: ${fault}`)).toEqual([]);
  await suite.clear();
  expect((await pro.api.stats()).total).toBe(0);
});
