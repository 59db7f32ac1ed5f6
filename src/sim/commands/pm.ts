import { absolute, type Call, type Command, CommandError, type CommandTable, parseOptions } from '../command.ts';
import type { InstalledPackage } from '../parts.ts';
import { dumpPackage } from './dump-package.ts';

type Sub = (call: Call, args: readonly string[]) => number | Promise<number>;

const valueOptions = [
  '-S',
  '-i',
  '--user',
  '--install-location',
  '--originating-uri',
  '--referrer',
  '--abi',
  '-p',
  '--install-reason',
  '--pkg',
  '--uid',
];

const listPackages: Sub = ({ io, phone }, args) => {
  const { flags, rest } = parseOptions(args, ['--user', '--uid']);
  const [filter] = rest;
  const isWanted = (entry: InstalledPackage) =>
    (!flags.has('-3') || !entry.isSystem) &&
    (!flags.has('-s') || entry.isSystem) &&
    !flags.has('-d') &&
    (filter === undefined || entry.name.includes(filter));
  for (const [at, entry] of phone.host.packages.list().entries()) {
    if (!isWanted(entry)) continue;
    const path = flags.has('-f') ? `${entry.path}=` : '';
    const version = flags.has('--show-versioncode') ? ` versionCode:${entry.versionCode}` : '';
    const uid = flags.has('-U') ? ` uid:${10_100 + at}` : '';
    io.out(`package:${path}${entry.name}${version}${uid}\n`);
  }
  return 0;
};

const list: Sub = (call, args) => {
  const [what = '', ...rest] = args;
  const { io, phone } = call;
  switch (what) {
    case 'package':
    case 'packages':
      return listPackages(call, rest);
    case 'instrumentation':
      for (const { instrumentation } of phone.host.packages.list()) {
        if (instrumentation)
          io.out(`instrumentation:${instrumentation.component} (target=${instrumentation.target})\n`);
      }
      return 0;
    case 'users':
      io.out('Users:\n\tUserInfo{0:Owner:c13} running\n');
      return 0;
    case 'features':
      io.out('feature:android.hardware.camera\nfeature:android.hardware.touchscreen\nfeature:android.hardware.wifi\n');
      return 0;
    case 'permissions':
      return 0;
    default:
      call.unknown(`pm list ${args.join(' ')}`);
      io.err(`Error: unknown list type '${what}'\n`);
      return 255;
  }
};

const installFlags = (args: readonly string[]) => {
  const { flags, values, rest } = parseOptions(args, valueOptions);
  return {
    rest,
    size: values.has('-S') ? Number(values.get('-S')) : undefined,
    // -r is the default since Android 9; -R asks for the old way (AOSP PackageManagerShellCommand).
    options: { replace: !flags.has('-R'), grantAll: flags.has('-g'), downgrade: flags.has('-d') },
  };
};

function installBytes(
  call: Call,
  apk: Uint8Array,
  options: Parameters<Call['phone']['host']['packages']['install']>[1],
): number {
  try {
    const { packages, ui } = call.phone.host;
    const earlier = new Set(packages.list().map((entry) => entry.name));
    const { name } = packages.install(apk, options);
    // An app that is replaced is stopped first, the agent included.
    if (earlier.has(name)) ui.forceStop(name);
    if (name.startsWith('io.appium.uiautomator2.server') && call.phone.agent.isRunning) call.phone.agent.stop('killed');
    call.io.out('Success\n');
    return 0;
  } catch (thrown) {
    call.io.out(`Failure [${thrown instanceof Error ? thrown.message : String(thrown)}]\n`);
    return 1;
  }
}

const install: Sub = async (call, args) => {
  const { rest, size, options } = installFlags(args);
  const [path] = rest;
  if (path !== undefined && path !== '-') {
    const apk = call.phone.host.files.read(absolute(call, path));
    if (apk) return installBytes(call, apk, options);
    call.io.err(
      `Error: Unable to open file: ${path}\nConsider using a file under /data/local/tmp/\nError: Can't open file: ${path}\n`,
    );
    return 255;
  }
  if (size === undefined) throw new CommandError('Error: must either specify a package size or an APK file');
  const apk = await call.io.stdin.read(size);
  call.signal.throwIfAborted();
  if (!apk) {
    call.io.out('Failure [INSTALL_FAILED_ABORTED: Session was abandoned]\n');
    return 1;
  }
  return installBytes(call, apk, options);
};

interface InstallSession {
  options: Parameters<Call['phone']['host']['packages']['install']>[1];
  apks: Uint8Array[];
}
/** Sessions of `install-create … install-commit`, by phone. */
const sessions = new WeakMap<Call['phone'], Map<number, InstallSession>>();

function sessionsOf(call: Call): Map<number, InstallSession> {
  const found = sessions.get(call.phone) ?? new Map<number, InstallSession>();
  sessions.set(call.phone, found);
  return found;
}

const installCreate: Sub = (call, args) => {
  const open = sessionsOf(call);
  const id = 1_000_001 + open.size;
  open.set(id, { options: installFlags(args).options, apks: [] });
  call.io.out(`Success: created install session [${id}]\n`);
  return 0;
};

const installWrite: Sub = async (call, args) => {
  const { rest, size } = installFlags(args);
  const [id, , path] = rest;
  const session = sessionsOf(call).get(Number(id));
  if (!session)
    throw new CommandError(`Error: java.lang.SecurityException: Caller has no access to session ${id}`, 255);
  const apk =
    path !== undefined && path !== '-'
      ? call.phone.host.files.read(absolute(call, path))
      : await call.io.stdin.read(size ?? 0);
  if (!apk) throw new CommandError(`Error: Can't open file: ${path}`, 255);
  session.apks.push(apk);
  call.io.out(`Success: streamed ${apk.length} bytes\n`);
  return 0;
};

const installCommit: Sub = (call, args) => {
  const id = Number(args[0]);
  const session = sessionsOf(call).get(id);
  const [base] = session?.apks ?? [];
  sessionsOf(call).delete(id);
  if (session && base) return installBytes(call, base, session.options);
  call.io.out('Failure [INSTALL_FAILED_INVALID_APK: No packages staged]\n');
  return 1;
};

const uninstall: Sub = ({ io, phone }, args) => {
  const [name = ''] = parseOptions(args, valueOptions).rest;
  const entry = phone.host.packages.find(name);
  if (!entry) {
    io.out('Failure [not installed for 0]\n');
    return 1;
  }
  phone.host.ui.forceStop(name);
  if (name.startsWith('io.appium.uiautomator2.server') && phone.agent.isRunning) phone.agent.stop('killed');
  if (!phone.host.packages.uninstall(name)) {
    io.out('Failure [DELETE_FAILED_INTERNAL_ERROR]\n');
    return 1;
  }
  io.out('Success\n');
  return 0;
};

const clear: Sub = ({ io, phone }, args) => {
  const name = parseOptions(args, ['--user']).rest[0] ?? '';
  if (!phone.host.packages.find(name)) {
    io.out('Failed\n');
    return 1;
  }
  phone.host.ui.forceStop(name);
  phone.clearData(name);
  io.out('Success\n');
  return 0;
};

const permission =
  (isGranted: boolean): Sub =>
  ({ io, phone }, args) => {
    const [name = '', wanted = ''] = parseOptions(args, ['--user']).rest;
    const entry = phone.host.packages.find(name);
    if (!entry) {
      io.err(
        `\nException occurred while executing '${isGranted ? 'grant' : 'revoke'}':\njava.lang.IllegalArgumentException: Unknown package: ${name}\n`,
      );
      return 255;
    }
    entry.permissions.set(wanted, isGranted);
    return 0;
  };

const path: Sub = ({ io, phone }, args) => {
  const entry = phone.host.packages.find(parseOptions(args, ['--user']).rest[0] ?? '');
  if (!entry) return 1;
  io.out(`package:${entry.path}\n`);
  return 0;
};

const dump: Sub = ({ io, phone }, args) => {
  io.out(dumpPackage(phone, args[0] ?? ''));
  return 0;
};

/** `resolve-activity --brief … PACKAGE`: who starts when its icon is tapped. */
const resolveActivity: Sub = ({ io, phone }, args) => {
  const { flags, rest } = parseOptions(args, ['--user', '-a', '-c', '-d', '-t', '-f', '-p', '-n']);
  const entry = phone.host.packages.find(rest.at(-1) ?? '');
  if (!entry?.launcherActivity) {
    io.out('No activity found\n');
    return 0;
  }
  if (flags.has('--brief') || flags.has('--components')) {
    io.out('priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n');
    io.out(`${entry.name}/${entry.launcherActivity}\n`);
  } else {
    io.out(`ActivityInfo:\n  name=${entry.launcherActivity}\n  packageName=${entry.name}\n`);
  }
  return 0;
};

const done: Sub = () => 0;

const enable =
  (state: string): Sub =>
  ({ io }, args) => {
    io.out(`Package ${args.at(-1)} new state: ${state}\n`);
    return 0;
  };

const subs: Readonly<Record<string, Sub>> = {
  list,
  path,
  install,
  'install-create': installCreate,
  'install-write': installWrite,
  'install-commit': installCommit,
  'install-abandon': ({ io }) => {
    io.out('Success\n');
    return 0;
  },
  uninstall,
  clear,
  grant: permission(true),
  revoke: permission(false),
  'reset-permissions': done,
  dump,
  'resolve-activity': resolveActivity,
  enable: enable('enabled'),
  disable: enable('disabled'),
  'disable-user': enable('disabled-user'),
  'trim-caches': done,
  'get-max-users': ({ io }) => {
    io.out('Maximum supported users: 4\n');
    return 0;
  },
};

export const pm: Command = (call) => {
  const [name = '', ...args] = call.args;
  const sub = Object.hasOwn(subs, name) ? subs[name] : undefined;
  if (sub) return sub(call, args);
  call.unknown(`pm ${call.args.join(' ')}`);
  call.io.err(`Unknown command: ${name}\n`);
  return 255;
};

export const pmCommands: CommandTable = { pm };
