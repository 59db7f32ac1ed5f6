import type { ByteQueue } from './byte-queue.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { PhoneAgent, PhoneHost } from './parts.ts';
import type { PhoneSettings } from './phone-settings.ts';
import type { StreamRegistry } from './registry.ts';

/** The standard streams of a running command. */
export interface CommandIo {
  readonly stdin: ByteQueue;
  out(text: string | Uint8Array): void;
  err(text: string | Uint8Array): void;
}

/** What commands can reach of the phone they run on. */
export interface ShellPhone {
  readonly host: PhoneHost;
  readonly agent: PhoneAgent;
  readonly registry: StreamRegistry;
  readonly settings: PhoneSettings;
  readonly log: LogBuffer;
  /** What `setprop` changed. */
  readonly setProps: Map<string, string>;
  /** Every program there is. */
  readonly commandTable: CommandTable;
  /** clock.monotonic() at boot. */
  readonly bootedAt: number;
  readonly reboot: () => void;
  /** `pm clear`: the app forgets everything, its account too. */
  readonly clearData: (packageName: string) => void;
  /** Commands that run now, for `ps`. */
  readonly running: Map<number, string>;
  nextPid: number;
}

export interface Call {
  /** Without the command's own name. */
  readonly args: readonly string[];
  readonly io: CommandIo;
  readonly phone: ShellPhone;
  /** Aborted when the host hung up or the command's reader went away. */
  readonly signal: AbortSignal;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** Notes something real phones know and this one does not. */
  unknown(what: string): void;
}

/** Returns the exit code. What it throws is printed and ends it with 1. */
export type Command = (call: Call) => number | Promise<number>;
export type CommandTable = Readonly<Record<string, Command>>;

/** An error whose text is printed as it is, after the command's name. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** `path` seen from the command's folder. */
export function absolute(call: Pick<Call, 'cwd'>, path: string): string {
  return path.startsWith('/') ? path : `${call.cwd === '/' ? '' : call.cwd}/${path}`;
}

export interface Options {
  flags: Set<string>;
  values: Map<string, string>;
  rest: string[];
}

/**
 * Splits arguments into flags (`-p`, `-la` as `-l -a`, `--brief`), options with a value (those in `withValue`, also
 * `--name=value`) and the rest. `--` ends them.
 */
export function parseOptions(args: readonly string[], withValue: readonly string[] = []): Options {
  const options: Options = { flags: new Set(), values: new Map(), rest: [] };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, longName, longValue] = /^(--[\w-]+)=(.*)$/s.exec(arg) ?? [];
    if (arg === '--') {
      options.rest.push(...args.slice(at + 1));
      break;
    }
    if (longName !== undefined && longValue !== undefined) options.values.set(longName, longValue);
    else if (withValue.includes(arg)) options.values.set(arg, args[++at] ?? '');
    else if (/^--\w/.test(arg)) options.flags.add(arg);
    else if (/^-[a-zA-Z0-9]+$/.test(arg)) for (const letter of arg.slice(1)) options.flags.add(`-${letter}`);
    else options.rest.push(arg);
  }
  return options;
}
