import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DroverError } from '../base/error.ts';
import { type ConfigKey, configKeys, envName, isSecretKey, loadConfig, serviceEnvironment } from '../config.ts';
import { launchdAgent } from './service/launchd.ts';
import { type ServiceFile, type ServicePlan, type ServiceSystem, systemOf } from './service/system.ts';
import { systemdUnit } from './service/systemd.ts';
import { windowsTask } from './service/windows.ts';

export type ServiceFlags = Readonly<Record<string, unknown>> & {
  /** For which system; default: this one. */
  for?: ServiceSystem;
};

const makers: Readonly<Record<ServiceSystem, (plan: ServicePlan) => ServiceFile>> = {
  systemd: systemdUnit,
  launchd: launchdAgent,
  windows: windowsTask,
};

/**
 * `drover service install`: the server starts with the machine, or with its user. `--print` only says what would be
 * written. Exit code 1 when the file is written and the system did not take it.
 */
export function installService({ print, ...flags }: ServiceFlags & { print?: boolean }): void {
  const system = flags.for ?? systemOf(process.platform);
  const file = serviceFile(flags, system);
  if (print) {
    process.stdout.write(file.content);
    return;
  }
  if (system !== systemOf(process.platform)) {
    throw new DroverError('input.invalid', {
      message: `this machine has no ${system}: add --print to see the file, and install it where it belongs (${file.path})`,
    });
  }
  const before = existsSync(file.path);
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, bytesOf(file));
  say(`${before ? 'Replaced' : 'Written'}: ${file.path}`);
  for (const [program = '', ...args] of file.start) {
    const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (!error && status === 0) continue;
    const why = error ? error.message : stderr.trim() || `it ended with ${status}`;
    say(`Not started: ${[program, ...args].join(' ')}: ${why}`);
    say(`Where ${system} runs, these commands start it:`);
    for (const command of file.start) say(`  ${command.join(' ')}`);
    process.exitCode = 1;
    return;
  }
  tellEnvironment(flags);
  say('It runs now, and will again after a restart. Look at it with "drover doctor".');
  for (const hint of file.hints) say(`  ${hint}`);
}

/** `drover service show`: what is installed; else what would be. */
export function showService(flags: ServiceFlags): void {
  const system = flags.for ?? systemOf(process.platform);
  const file = serviceFile(flags, system);
  const isHere = system === systemOf(process.platform) && existsSync(file.path);
  say(isHere ? `Installed: ${file.path}` : `Not installed; "drover service install" would write ${file.path}`);
  say(`\n${isHere ? readFileSync(file.path, file.encoding).replace(/^\ufeff/, '') : file.content}`);
  for (const command of isHere ? [] : file.start) say(`  ${command.join(' ')}`);
  for (const hint of file.hints) say(`  ${hint}`);
}

/** A service has an environment of its own; a key must not stand in a file that others may read. */
function tellEnvironment(flags: ServiceFlags): void {
  const { origins } = loadConfig(flags);
  const lost = configKeys.filter((key) => origins[key] === 'environment').map(envName);
  if (lost.length === 0) return;
  say(
    `Not taken over from the environment: ${lost.join(', ')}. Give flags, or a file with --config, and install again.`,
  );
}

/** Paths become whole: a service has another working folder. */
function serviceFile({ for: _, ...flags }: ServiceFlags, system: ServiceSystem): ServiceFile {
  const { config, file } = loadConfig(flags); // what would not start is refused here
  const cli = resolve(import.meta.dirname, '..', 'cli.ts');
  const args = configKeys.flatMap((key) => argumentsOf(key, key in flags ? config[key] : undefined));
  const { path, configHome } = serviceEnvironment();
  return makers[system]({
    command: [process.execPath, cli, 'serve', ...args, ...(file ? ['--config', resolve(file)] : [])],
    workingFolder: resolve(dirname(cli), '..'),
    path,
    home: homedir(),
    configHome,
    user: userInfo().username,
    logFile: join(homedir(), 'Library', 'Logs', 'drover.log'),
  });
}

const pathKeys: readonly ConfigKey[] = ['tlsCert', 'tlsKey', 'vendorKey', 'mediaRoot'];

function argumentsOf(key: ConfigKey, value: unknown): string[] {
  if (value === undefined || isSecretKey(key)) return [];
  const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const whole = (one: unknown): string => (pathKeys.includes(key) && one !== '' ? resolve(String(one)) : String(one));
  return (Array.isArray(value) ? value : [value]).flatMap((one) => [flag, whole(one)]);
}

/** What Windows writes itself begins with a byte order mark. */
const bytesOf = ({ content, encoding }: ServiceFile): Buffer =>
  encoding === 'utf16le' ? Buffer.from(`\ufeff${content.replaceAll('\n', '\r\n')}`, 'utf16le') : Buffer.from(content);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
