import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DroverError } from './base/error.ts';

/**
 * What must be known before start. Everything that can change while the server runs is a setting
 * (contract/settings.ts) instead. A value comes from, weakest first: default, file, environment, flag.
 * This file is the sole reader of process.env.
 */
export const Config = Type.Object({
  host: Type.String({ default: '127.0.0.1', description: 'Address to listen on; localhost means 127.0.0.1 and ::1' }),
  port: Type.Integer({
    default: 50809,
    minimum: 0,
    maximum: 65535,
    description: 'Port of the API; 0 takes a free one',
  }),
  hostName: Type.Array(Type.String(), {
    default: [],
    description: 'Names beside its addresses by which the server is called, as drover.example or drover.example:8443',
  }),
  tlsCert: Type.String({
    default: '',
    description: 'PEM file of the certificate (with its chain); makes the API https',
  }),
  tlsKey: Type.String({ default: '', description: 'PEM file of the key that belongs to tlsCert' }),
  trustedProxy: Type.Array(Type.String(), {
    default: [],
    description: 'Addresses or networks of proxies that speak TLS for this server; hostName says by which name',
  }),
  vendorKey: Type.String({
    default: '',
    description: 'PEM file of the public key that licences must be signed with; without one the plan is Self-hosted',
  }),
  data: Type.String({ default: '', description: 'Folder of database, media and traces; made when missing' }),
  sealKey: Type.String({
    default: '',
    pattern: '^$|^[A-Za-z0-9+/]{43}=$',
    secret: true,
    description:
      'Key that stored secrets are sealed with: 32 bytes in base64. Without one, the file seal.key in the data folder, made when missing',
  }),
  mediaRoot: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description:
      'Folders that media named by a request must be in; without any, all that the user of the server can read',
  }),
  adb: Type.Array(Type.String({ pattern: '^[^\\s:]+:\\d{1,5}$' }), {
    default: [],
    description: 'adb servers as HOST:PORT. Default: 127.0.0.1:5037, or with virtual phones the built-in one',
  }),
  adbPath: Type.String({
    default: 'adb',
    description: 'The adb program, used only to start a local adb server that does not run',
  }),
  connect: Type.Array(Type.String({ pattern: '^[^\\s:]+:\\d{1,5}$' }), {
    default: [],
    description: 'Phones reached over TCP, as HOST:PORT; they are connected at start and again when lost',
  }),
  sim: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 1000,
    description: 'How many virtual phones to run inside the server',
  }),
  simControl: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: "Port of the virtual phones' control routes on loopback; 0 = none",
  }),
  simPortBase: Type.Integer({
    default: 21_000,
    minimum: 0,
    maximum: 64_000,
    description:
      'Port of the first virtual phone, the others follow; 0 = free ports, so their serials change with each start',
  }),
  simSeed: Type.String({ default: 'drover', description: 'Seed of everything random in the virtual phones' }),
  logLevel: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'Least level that is logged',
  }),
});
export type Config = Static<typeof Config>;
export type ConfigKey = keyof Config;
export type ConfigOrigin = 'default' | 'file' | 'environment' | 'flag';

export interface LoadedConfig {
  config: Config;
  origins: Readonly<Record<ConfigKey, ConfigOrigin>>;
  /** The file that was read, if any. */
  file: string | undefined;
  /** Variables that look as if they were meant for us, and are not. */
  unknownVariables: readonly string[];
}

export const configKeys = Object.keys(Config.properties) as ConfigKey[];

/** Whose values may stand in no command line: every user of the machine can read those. */
export const isSecretKey = (key: ConfigKey): boolean => annotation(key, 'secret') === true;

export const envName = (key: string): string =>
  `DROVER_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Where data lives when nobody says: the place the operating system has for it. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Drover');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Drover');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'drover');
}

/** `flags` holds only what was given. Throws `input.invalid` naming the source, the key and what would be right. */
export function loadConfig(
  flags: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = process.env,
): LoadedConfig {
  const fileName = typeof flags.config === 'string' ? flags.config : env.DROVER_CONFIG;
  const fromFile = fileName ? readConfigFile(resolve(fileName)) : {};
  const values: Record<string, unknown> = {};
  const origins = {} as Record<ConfigKey, ConfigOrigin>;
  for (const key of configKeys) {
    const envText = env[envName(key)];
    const sources: [ConfigOrigin, unknown][] = [
      ['flag', flags[key]],
      ['environment', envText === undefined ? undefined : parseText(envText, annotation(key, 'type'))],
      ['file', fromFile[key]],
      ['default', annotation(key, 'default')],
    ];
    const [origin, value] = sources.find(([, given]) => given !== undefined) ?? ['default', undefined];
    const fault = [...Value.Errors(Config.properties[key], value)][0];
    if (fault) {
      const where = origin === 'environment' ? envName(key) : origin === 'file' ? `${fileName}: ${key}` : `--${key}`;
      throw new DroverError('input.invalid', {
        message: `${where}: ${isSecretKey(key) ? 'the value' : JSON.stringify(value)} ${fault.message}; it is: ${describeKey(key)}`,
      });
    }
    values[key] = value;
    origins[key] = origin;
  }
  const config = values as unknown as Config;
  if (config.data === '') config.data = defaultDataFolder(env);
  config.data = resolve(config.data);
  return { config, origins, file: fileName, unknownVariables: unknownVariables(env) };
}

/** Ours that configure no server: set by the starter of the command, read by tests. */
const otherVariables = ['DROVER_CONFIG', 'DROVER_STARTED_AT', 'DROVER_CAPTURES'];

function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = new Set([...otherVariables, ...configKeys.map(envName)]);
  return Object.keys(env).filter((name) => name.startsWith('DROVER_') && !known.has(name));
}

export const describeKey = (key: ConfigKey): string => String(annotation(key, 'description'));

/** A word of the schema beside its type; TypeBox keeps them out of the static type. */
const annotation = (key: ConfigKey, word: 'default' | 'type' | 'description' | 'secret'): unknown =>
  Reflect.get(Config.properties[key], word);

function readConfigFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) throw new DroverError('input.invalid', { message: `--config: ${file} does not exist` });
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new DroverError('input.invalid', { message: `${file} is not JSON: ${(cause as Error).message}`, cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new DroverError('input.invalid', { message: `${file}: a JSON object is needed, with keys such as "port"` });
  }
  const unknown = Object.keys(parsed).filter((key) => !(configKeys as string[]).includes(key));
  if (unknown.length > 0)
    throw new DroverError('input.invalid', {
      message: `${file}: unknown keys ${unknown.join(', ')}; known are ${configKeys.join(', ')}`,
    });
  return parsed as Record<string, unknown>;
}

/** Environment values are text: numbers as digits, lists with commas. What does not parse is left for the schema to refuse. */
function parseText(text: string, type: unknown): unknown {
  if (type === 'integer') return /^\d+$/.test(text) ? Number(text) : text;
  if (type === 'array') return text === '' ? [] : text.split(',').map((entry) => entry.trim());
  return text;
}

/** What commands that call a running server send along; a flag would show it to every user of the machine. */
export const tokenFromEnvironment = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.DROVER_TOKEN?.trim() || undefined;

/** Milliseconds since the command was typed, as the bootstrap noted it; undefined when it did not start us. */
export function startedAt(env: NodeJS.ProcessEnv = process.env): number | undefined {
  const text = env.DROVER_STARTED_AT;
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What a service inherits from whoever installs it. */
export const serviceEnvironment = (env: NodeJS.ProcessEnv = process.env): { path: string; configHome: string } => ({
  path: env.PATH ?? '',
  configHome: env.XDG_CONFIG_HOME ?? '',
});
