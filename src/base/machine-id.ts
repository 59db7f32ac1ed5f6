import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What tells this machine from others: the same after every start, for every program, and hashed, so that it gives away
 * nothing else. `otherwise` stands in where the system has no such name (a container, mostly).
 */
export function machineId(otherwise: () => string, platform: string = process.platform): string {
  return createHash('sha256')
    .update(`drover machine ${ofSystem(platform) ?? otherwise()}`)
    .digest('hex')
    .slice(0, 32);
}

/** Of a data folder, as long as that lives. */
export function hostId(dataFolder: string): string {
  const file = join(dataFolder, 'host-id');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const id = randomUUID();
  writeFileSync(file, `${id}\n`);
  return id;
}

function ofSystem(platform: string): string | undefined {
  if (platform === 'win32') {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said('reg', ['query', key, '/v', 'MachineGuid']))?.[1];
  }
  if (platform === 'darwin') {
    return /"IOPlatformUUID" = "([^"]+)"/.exec(said('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']))?.[1];
  }
  return [written('/etc/machine-id'), written('/var/lib/dbus/machine-id')].find((text) => /^[0-9a-f]{32}$/i.test(text));
}

function said(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', timeout: 5_000, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // then it has no name
  }
}

function written(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return ''; // as above
  }
}
