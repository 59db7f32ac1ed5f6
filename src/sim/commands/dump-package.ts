import type { ShellPhone } from '../command.ts';

const stamp = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');

/** Permissions a user is asked for, without `android.permission.` (protection level `dangerous`). */
const runtime = new Set(
  `ACCEPT_HANDOVER ACCESS_BACKGROUND_LOCATION ACCESS_COARSE_LOCATION ACCESS_FINE_LOCATION ACCESS_MEDIA_LOCATION
  ACTIVITY_RECOGNITION ADD_VOICEMAIL ANSWER_PHONE_CALLS BLUETOOTH_ADVERTISE BLUETOOTH_CONNECT BLUETOOTH_SCAN
  BODY_SENSORS BODY_SENSORS_BACKGROUND CALL_PHONE CAMERA GET_ACCOUNTS NEARBY_WIFI_DEVICES POST_NOTIFICATIONS
  PROCESS_OUTGOING_CALLS READ_CALENDAR READ_CALL_LOG READ_CONTACTS READ_EXTERNAL_STORAGE READ_MEDIA_AUDIO
  READ_MEDIA_IMAGES READ_MEDIA_VIDEO READ_MEDIA_VISUAL_USER_SELECTED READ_PHONE_NUMBERS READ_PHONE_STATE READ_SMS
  RECEIVE_MMS RECEIVE_SMS RECEIVE_WAP_PUSH RECORD_AUDIO SEND_SMS USE_SIP UWB_RANGING WRITE_CALENDAR WRITE_CALL_LOG
  WRITE_CONTACTS WRITE_EXTERNAL_STORAGE`
    .split(/\s+/)
    .map((name) => `android.permission.${name}`),
);

/** Given to the system's own apps, or by `pm grant` and `install -g` (levels `signature` and `development`). */
const reserved = new Set(
  `ACCESS_MOCK_LOCATION CHANGE_CONFIGURATION DUMP PACKAGE_USAGE_STATS READ_LOGS SET_ANIMATION_SCALE SET_DEBUG_APP
  SYSTEM_ALERT_WINDOW WRITE_SECURE_SETTINGS WRITE_SETTINGS`
    .split(/\s+/)
    .map((name) => `android.permission.${name}`),
);

/** `dumpsys package NAME`: the lines that tools read, in Android's places. */
export function dumpPackage({ host }: Pick<ShellPhone, 'host'>, name: string): string {
  const entry = host.packages.find(name);
  if (!entry) return `Unable to find package: ${name}\n`;
  const all = [...entry.permissions];
  const requested = all.map(([permission]) => `      ${permission}\n`).join('');
  // Whatever is neither asked for nor reserved was granted with the installation.
  const atInstall = all
    .filter(([permission, isGranted]) => !runtime.has(permission) && (isGranted || !reserved.has(permission)))
    .map(([permission]) => `      ${permission}: granted=true\n`)
    .join('');
  const atRuntime = all
    .filter(([permission]) => runtime.has(permission))
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
    (atInstall ? `    install permissions:\n${atInstall}` : '') +
    '    User 0: ceDataInode=1234 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=0 instant=false virtual=false\n' +
    `      gids=[3003]\n      runtime permissions:\n${atRuntime}`
  );
}
