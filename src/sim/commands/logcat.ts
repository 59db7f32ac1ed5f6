import { type Call, type Command, CommandError, type CommandTable, parseOptions } from '../command.ts';
import { type LogEntry, type LogLevel, logLevels } from '../log-buffer.ts';

/** Resolves when the host hangs up. */
const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What stands before each line, by `-v`; the time is given as printed (AOSP liblog, logprint.cpp). */
const prefixes: Readonly<Record<string, (entry: LogEntry, time: string) => string>> = {
  brief: ({ level, tag, pid }) => `${level}/${tag.padEnd(8)}(${number(pid)}): `,
  tag: ({ level, tag }) => `${level}/${tag.padEnd(8)}: `,
  process: ({ level, pid }) => `${level}(${number(pid)}) `,
  thread: ({ level, pid }) => `${level}(${number(pid)}:${number(pid)}) `,
  raw: () => '',
  time: ({ level, tag, pid }, time) => `${time} ${level}/${tag.padEnd(8)}(${number(pid)}): `,
  threadtime: ({ level, tag, pid }, time) => `${time} ${number(pid)} ${number(pid)} ${level} ${tag.padEnd(8)}: `,
};
/** `-v` takes these beside a format; the zone of these phones is UTC. */
const modifiers = new Set(['epoch', 'year', 'usec', 'UTC', 'printable', 'color', 'descriptive', 'uid']);

const number = (pid: number): string => String(pid).padStart(5);

function timeOf({ at }: LogEntry, shown: ReadonlySet<string>): string {
  const fraction = shown.has('usec') ? String((at % 1000) * 1000).padStart(6, '0') : String(at % 1000).padStart(3, '0');
  if (shown.has('epoch')) return `${String(Math.floor(at / 1000)).padStart(19)}.${fraction}`;
  const iso = new Date(at).toISOString();
  return `${iso.slice(shown.has('year') ? 0 : 5, 10)} ${iso.slice(11, 19)}.${fraction}`;
}

function format(entry: LogEntry, { name, shown }: Format): string {
  const { tag, text } = entry;
  if (name === 'long') {
    const pid = number(entry.pid);
    return `[ ${timeOf(entry, shown)} ${pid}:${pid} ${entry.level}/${tag.padEnd(8)} ]\n${text}\n\n`;
  }
  const before = prefixes[name]?.(entry, timeOf(entry, shown)) ?? '';
  const after = name === 'process' ? `  (${tag})` : '';
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => `${before}${line}${after}\n`).join('');
}

interface Format {
  name: string;
  shown: ReadonlySet<string>;
}

/** Every `-v` counts: the last format, and all modifiers. */
function formatOf(call: Call): Format {
  let name = 'threadtime';
  const shown = new Set<string>();
  for (const [at, arg] of call.args.entries()) {
    if (arg !== '-v') continue;
    const value = call.args[at + 1] ?? '';
    if (modifiers.has(value)) shown.add(value);
    else if (value === 'long' || Object.hasOwn(prefixes, value)) name = value;
    else throw new CommandError(`Invalid parameter "${value}" to -v`, 1);
  }
  return { name, shown };
}

/** `TAG:LEVEL`, `*:LEVEL` for all others; without one everything is shown. `S` shows nothing. */
function filterOf(specs: readonly string[]): (entry: LogEntry) => boolean {
  const lowest = new Map<string, number>();
  for (const spec of specs) {
    const [, tag = '', level = ''] = /^(.*?)(?::(\*|\w))?$/s.exec(spec) ?? [];
    lowest.set(tag, rankOf(level === '' ? (tag === '*' ? 'D' : 'V') : level));
  }
  return ({ tag, level }) => rankOf(level) >= (lowest.get(tag) ?? lowest.get('*') ?? 0);
}

const rankOf = (level: string): number => {
  const rank = logLevels.indexOf(level.toUpperCase() as LogLevel);
  return level.toUpperCase() === 'S' ? logLevels.length : Math.max(0, rank);
};

const withValue = ['-v', '-b', '-t', '-T', '-e', '-m', '--pid', '-f', '-r', '-n', '-G'];

/** Prints what is there and follows for ever, unless `-d` or `-t` says not to (AOSP logcat.cpp). */
const logcat: Command = async (call) => {
  const { args, io, phone, signal, env } = call;
  const { flags, values, rest } = parseOptions(args, withValue);
  const { log } = phone;
  if (flags.has('-c')) {
    log.clear();
    return 0;
  }
  if (flags.has('-S') || flags.has('-g') || values.has('-G')) return 0;
  const shape = formatOf(call);
  const tags = env.get('ANDROID_LOG_TAGS')?.replaceAll(/["']/g, '').split(/\s+/).filter(Boolean) ?? [];
  const specs = [...(flags.has('-s') ? ['*:S'] : []), ...(rest.length > 0 ? rest : tags)];
  const fits = filterOf(specs);
  const pid = values.get('--pid');
  const wanted = values.get('-e');
  const pattern = wanted === undefined ? undefined : new RegExp(wanted);
  let hasBegun = false;
  let left = Number(values.get('-m') ?? Number.POSITIVE_INFINITY);
  const print = (entry: LogEntry): void => {
    if (left <= 0 || !fits(entry)) return;
    if (pid !== undefined && Number(pid) !== entry.pid) return;
    if (pattern && !pattern.test(entry.text)) return;
    left--;
    // Told once a buffer, before the first line that is shown of it.
    io.out(`${hasBegun ? '' : '--------- beginning of main\n'}${format(entry, shape)}`);
    hasBegun = true;
  };
  const tail = values.get('-t') ?? values.get('-T');
  const count = tail !== undefined && /^\d+$/.test(tail) ? Math.max(1, Number(tail)) : undefined;
  const entries = log.entries();
  for (const entry of count === undefined ? entries : entries.slice(-count)) print(entry);
  if (flags.has('-d') || values.has('-t') || left <= 0) return 0;
  const end = log.follow(print);
  await untilAborted(signal);
  end();
  return 0;
};

/** `log [-p LEVEL] [-t TAG] TEXT…` writes a line (toybox log). */
const log: Command = ({ args, phone }) => {
  const { values, rest } = parseOptions(args, ['-p', '-t']);
  const level = (values.get('-p') ?? 'i').toUpperCase();
  if (!logLevels.includes(level as LogLevel)) throw new CommandError(`bad -p '${level.toLowerCase()}'`);
  phone.log.write({
    pid: phone.nextPid,
    level: level as LogLevel,
    tag: values.get('-t') ?? 'log',
    text: rest.join(' '),
  });
  return 0;
};

export const logCommands: CommandTable = { logcat, log };
