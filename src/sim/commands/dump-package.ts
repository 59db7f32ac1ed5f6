import type { ShellPhone } from '../command.ts';

const stamp = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');

/** `dumpsys package NAME`: the lines that tools read, in Android's places. */
export function dumpPackage({ host }: Pick<ShellPhone, 'host'>, name: string): string {
  const entry = host.packages.find(name);
  if (!entry) return `Unable to find package: ${name}\n`;
  const requested = [...entry.permissions.keys()].map((permission) => `      ${permission}\n`).join('');
  const granted = [...entry.permissions]
    .map(
      ([permission, isGranted]) =>
        `        ${permission}: granted=${isGranted}, flags=[ USER_SENSITIVE_WHEN_GRANTED ]\n`,
    )
    .join('');
  const folder = entry.path.slice(0, entry.path.lastIndexOf('/'));
  return (
    `Packages:\n  Package [${name}] (1f2e3d4):\n    userId=10189\n    codePath=${folder}\n    resourcePath=${folder}\n` +
    `    versionCode=${entry.versionCode} minSdk=26 targetSdk=34\n    versionName=${entry.versionName === '' ? 'null' : entry.versionName}\n` +
    `    flags=[ ${entry.isSystem ? 'SYSTEM ' : ''}HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP ]\n` +
    `    dataDir=/data/user/0/${name}\n    timeStamp=${stamp(entry.lastUpdate)}\n` +
    `    firstInstallTime=${stamp(entry.firstInstall)}\n    lastUpdateTime=${stamp(entry.lastUpdate)}\n` +
    (requested ? `    requested permissions:\n${requested}` : '') +
    '    User 0: ceDataInode=1234 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=0 instant=false virtual=false\n' +
    `      gids=[3003]\n      runtime permissions:\n${granted}`
  );
}
