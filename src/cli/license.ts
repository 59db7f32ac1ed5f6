import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { hostId, machineId } from '../base/machine-id.ts';
import { readNamedFile } from '../base/named-file.ts';
import { loadConfig } from '../config.ts';
import type { PlanName } from '../contract/license.ts';
import { localCaller } from '../http/caller.ts';
import { Licence } from '../rules/licence.ts';
import { importSigningKey, importVendorKey, issueLicence } from '../rules/licence-key.ts';
import { type DataFlags, withStore } from './token.ts';

export interface IssueFlags {
  key: string;
  plan: PlanName;
  holder: string;
  days?: number;
  machine?: string;
}

/** `drover license issue`: the key alone on standard output, what it says on standard error. */
export async function issueLicense({ key, plan, holder, days, machine }: IssueFlags): Promise<void> {
  const signingKey = await importSigningKey(readNamedFile('--key', key), `--key: ${key}`);
  if (machine !== undefined && !/^[0-9a-f]{32}$/.test(machine)) {
    throw new DroverError('input.invalid', {
      message: `--machine: "${machine}" is no machine id; "drover license show" on that machine prints it`,
    });
  }
  const issuedAt = systemClock.now();
  const expiresAt = days === undefined ? null : issuedAt + days * 86_400_000;
  const id = randomUUID();
  const text = await issueLicence({ id, holder, plan, issuedAt, expiresAt, machineId: machine ?? null }, signingKey);
  process.stdout.write(`${text}\n`);
  process.stderr.write(
    `Licence ${id}: plan ${plan} for ${holder}, ${expiresAt === null ? 'for ever' : `until ${day(expiresAt)}`}, on ${machine === undefined ? 'any machine' : `the machine ${machine} alone`}.\n`,
  );
}

/** `drover license keys FOLDER`: what a vendor signs with, and what customers check with. Never overwrites. */
export async function makeVendorKeys(folder: string): Promise<void> {
  const files = { secret: join(folder, 'vendor-private.pem'), open: join(folder, 'vendor-public.pem') };
  for (const file of Object.values(files)) {
    if (existsSync(file)) {
      throw new DroverError('input.invalid', {
        message: `${file} exists already; whoever has a licence of it would lose it with another key`,
      });
    }
  }
  mkdirSync(folder, { recursive: true });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(files.secret, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(files.open, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' });
  process.stdout.write(
    `${files.secret}  signs licences: keep it to yourself\n${files.open}  goes with the server: drover serve --vendor-key ${files.open}\n`,
  );
}

export interface LicenseFlags extends DataFlags {
  vendorKey?: string;
}

/** `drover license install KEY`: the key itself, or a file that holds it. A running server takes it up within seconds. */
export async function installLicense(keyOrFile: string, flags: LicenseFlags): Promise<void> {
  const key = existsSync(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile;
  await withLicence(flags, async (licence) => {
    await licence.install(key, localCaller.name);
    describe(licence);
  });
}

/** `drover license show` */
export async function showLicense(flags: LicenseFlags): Promise<void> {
  await withLicence(flags, async (licence) => describe(licence));
}

async function withLicence(flags: LicenseFlags, work: (licence: Licence) => Promise<void>): Promise<void> {
  const { config } = loadConfig({ ...flags });
  const { vendorKey: file } = config;
  const vendorKey =
    file === '' ? undefined : await importVendorKey(readNamedFile('--vendor-key', file), `--vendor-key: ${file}`);
  await withStore(flags, async (store, dataFolder) => {
    const licence = new Licence({
      store,
      clock: systemClock,
      log: silentLog,
      vendorKey,
      machineId: machineId(() => hostId(dataFolder)),
      deviceLimit: () => 0, // the plan of a server without a vendor is told in words below
    });
    await licence.refresh();
    await work(licence);
  });
}

function describe(licence: Licence): void {
  const { plan_name: plan, device_limit: limit, message } = licence.check();
  const installed = licence.installed();
  const claims = installed?.claims;
  const lines = [
    ['plan', plan],
    ['phones', plan === 'Self-hosted' ? 'the setting license.device_limit' : `${limit} at work at the same time`],
    ['API', message],
    ...(claims
      ? [
          ['licence', `${claims.id} of ${claims.holder}, plan ${claims.plan}`],
          ['holds', claims.expiresAt === null ? 'for ever' : `until ${day(claims.expiresAt)}`],
          ['on', claims.machineId === null ? 'any machine' : `the machine ${claims.machineId} alone`],
        ]
      : []),
    ['machine', `${licence.machineId} (this one)`],
  ];
  process.stdout.write(`${lines.map(([name = '', text = '']) => `${name.padEnd(9)}${text}`).join('\n')}\n`);
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
