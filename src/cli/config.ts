import {
  type ConfigKey,
  type ConfigOrigin,
  configKeys,
  describeKey,
  envName,
  isSecretKey,
  loadConfig,
} from '../config.ts';

export interface ShowConfigFlags {
  json?: boolean;
}

/** `drover config show`: what `drover serve` would start with, given the same flags, environment and file. */
export function showConfig({ json = false, ...flags }: ShowConfigFlags & Readonly<Record<string, unknown>>): void {
  const { config, origins, file, unknownVariables } = loadConfig(flags);
  const shown = (key: ConfigKey): unknown => (isSecretKey(key) && config[key] !== '' ? '***' : config[key]);
  if (json) {
    const values = Object.fromEntries(
      configKeys.map((key) => [
        key,
        { value: shown(key), origin: origins[key], variable: envName(key), description: describeKey(key) },
      ]),
    );
    say(JSON.stringify({ file: file ?? null, values, unknown_variables: unknownVariables }));
    return;
  }
  const rows = configKeys.map((key) => [key, textOf(shown(key)), sourceOf(key, origins[key], file)] as const);
  const widths = [0, 1].map((column) => Math.min(40, Math.max(...rows.map((row) => row[column]?.length ?? 0))));
  for (const [key, value, source] of rows) {
    say(`${key.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${source}`);
  }
  say('\nWhat can change while the server runs (limits, retention, time zone) are settings: GET /api/v1/settings.');
  if (unknownVariables.length > 0) say(`Not known, so without effect: ${unknownVariables.join(', ')}`);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ');
  return value === '' ? '–' : String(value);
}

function sourceOf(key: ConfigKey, origin: ConfigOrigin, file: string | undefined): string {
  switch (origin) {
    case 'flag':
      return `flag --${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    case 'environment':
      return `environment ${envName(key)}`;
    case 'file':
      return `file ${file}`;
    default:
      return 'default';
  }
}
