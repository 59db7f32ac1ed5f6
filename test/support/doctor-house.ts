import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Check } from '../../src/cli/doctor/check.ts';
import { type SimFleet, type SimFleetOptions, startSimFleet } from '../../src/sim/fleet.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import { type AdbKind, adbKinds, type RunningAdb } from './adb-servers.ts';
import { testCtx } from './phone-house.ts';

export const nowhere = '/nowhere/adb';
const cli = join(import.meta.dirname, '../../src/cli.ts');

export interface Report {
  ok: boolean;
  phone?: string;
  checks: Check[];
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as a person types it. */
export function drover(...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Checks by name; the last one of a name that comes more than once. */
export async function doctor(
  ...args: string[]
): Promise<{ code: number | null; report: Report; by: (name: string) => Check }> {
  const { code, stdout, stderr } = await drover('doctor', '--json', ...args);
  if (stderr !== '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  const by = (name: string): Check => {
    const check = report.checks.findLast((one) => one.name === name);
    if (!check) throw new Error(`no check "${name}" in ${stdout}`);
    return check;
  };
  return { code, report, by };
}

export interface DoctorHouseOptions extends Partial<SimFleetOptions> {
  adb?: AdbKind | undefined;
  untrusting?: number;
}

/** Virtual phones connected to an adb server of the test's own, and no Drover. */
export class DoctorHouse implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-doctor-'));
  readonly adb: RunningAdb;
  readonly fleet: SimFleet;

  private constructor(adb: RunningAdb, fleet: SimFleet) {
    this.adb = adb;
    this.fleet = fleet;
  }

  /** `untrusting`: how many of the phones, from the first on, have not allowed the computer to debug them. */
  static async open({ adb = adbKinds.at(-1), untrusting = 0, ...sim }: DoctorHouseOptions = {}): Promise<DoctorHouse> {
    if (!adb) throw new Error('no adb server to run against');
    const running = await adb.start();
    const fleet = await startSimFleet({
      phones: 1,
      clock: systemClock,
      log: silentLog,
      agentVersion: '10.6.6',
      prompts: 'on-demand',
      hasPermissions: true,
      ...sim,
    });
    const house = new DoctorHouse(running, fleet);
    for (const phone of fleet.phones.slice(0, untrusting)) phone.faults.add({ kind: 'unauthorized' });
    for (const phone of fleet.phones) await running.server.connect(testCtx(), phone.serial, { timeoutMs: 15_000 });
    return house;
  }

  get phone(): SimPhone {
    const [phone] = this.fleet.phones;
    if (!phone) throw new Error('no phone');
    return phone;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  /** Flags that point at this house and at nothing else on the machine. */
  get flags(): string[] {
    return ['--adb', `127.0.0.1:${this.adb.port}`, '--data', this.data, '--port', '0'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fleet.stop();
    await this.adb[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
