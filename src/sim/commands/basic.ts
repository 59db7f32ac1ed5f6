import { sleep } from '../../base/clock.ts';
import { absolute, type Command, CommandError, type CommandTable, parseOptions } from '../command.ts';

const echo: Command = ({ args, io }) => {
  const [first, ...rest] = args;
  const words = first === '-n' || first === '-e' || first === '-ne' || first === '-en' ? rest : args;
  const text = words.join(' ');
  const shown = first?.includes('e') && words !== args ? text.replace(/\\n/g, '\n').replace(/\\t/g, '\t') : text;
  io.out(first?.includes('n') && words !== args ? shown : `${shown}\n`);
  return 0;
};

const printf: Command = ({ args, io }) => {
  const [format = '', ...values] = args;
  const text = format.replace(/%[sd]/g, () => values.shift() ?? '').replace(/%%/g, '%');
  io.out(text.replace(/\\n/g, '\n').replace(/\\t/g, '\t'));
  return 0;
};

const test: Command = (call) => {
  const words = [...call.args];
  const isNegated = words[0] === '!';
  if (isNegated) words.shift();
  return Number(evaluate(words, call) === isNegated);
};

function evaluate(words: readonly string[], call: Parameters<Command>[0]): boolean {
  const [first = '', second = '', third = ''] = words;
  if (words.length <= 1) return first !== '';
  if (words.length === 2) {
    const entry = call.phone.host.files.stat(absolute(call, second));
    if (first === '-e' || first === '-r') return entry !== undefined;
    if (first === '-f') return entry?.kind === 'file';
    if (first === '-d') return entry?.kind === 'dir';
    if (first === '-s') return (entry?.bytes ?? 0) > 0;
    if (first === '-n') return second !== '';
    if (first === '-z') return second === '';
  }
  if (second === '=' || second === '==') return first === third;
  if (second === '!=') return first !== third;
  const numbers: Readonly<Record<string, (a: number, b: number) => boolean>> = {
    '-eq': (a, b) => a === b,
    '-ne': (a, b) => a !== b,
    '-gt': (a, b) => a > b,
    '-ge': (a, b) => a >= b,
    '-lt': (a, b) => a < b,
    '-le': (a, b) => a <= b,
  };
  const compare = numbers[second];
  if (!compare) {
    call.unknown(`[ ${words.join(' ')} ]`);
    throw new CommandError('syntax error', 2);
  }
  return compare(Number(first), Number(third));
}

const bracket: Command = (call) => {
  if (call.args.at(-1) !== ']') throw new CommandError("missing ']'", 2);
  return test({ ...call, args: call.args.slice(0, -1) });
};

const date: Command = ({ args, io, phone }) => {
  const { rest, values } = parseOptions(args, ['-d', '-D']);
  const given = values.get('-d');
  const at = given?.startsWith('@') ? Number(given.slice(1)) * 1000 : phone.host.clock.now();
  const when = new Date(at);
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const fields: Readonly<Record<string, string>> = {
    s: String(Math.floor(at / 1000)),
    N: `${pad(at % 1000, 3)}000000`,
    Y: String(when.getUTCFullYear()),
    m: pad(when.getUTCMonth() + 1),
    d: pad(when.getUTCDate()),
    e: String(when.getUTCDate()).padStart(2),
    H: pad(when.getUTCHours()),
    M: pad(when.getUTCMinutes()),
    S: pad(when.getUTCSeconds()),
    a: days[when.getUTCDay()] ?? '',
    b: months[when.getUTCMonth()] ?? '',
    z: '+0000',
    Z: 'GMT',
    '%': '%',
  };
  const format = (rest.find((word) => word.startsWith('+')) ?? '+%a %b %e %H:%M:%S %Z %Y')
    .slice(1)
    .replace(/%F/g, '%Y-%m-%d')
    .replace(/%T/g, '%H:%M:%S');
  io.out(`${format.replace(/%(.)/g, (whole, letter: string) => fields[letter] ?? whole)}\n`);
  return 0;
};

const uptime: Command = ({ io, phone }) => {
  const seconds = Math.floor((phone.host.clock.monotonic() - phone.bootedAt) / 1000) + 3_600;
  const time = new Date(phone.host.clock.now()).toISOString().slice(11, 19);
  const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
  io.out(` ${time} up ${Math.floor(seconds / 3600)}:${minutes},  0 users,  load average: 1.02, 1.10, 1.05\n`);
  return 0;
};

const sleepCommand: Command = async ({ args, phone, signal }) => {
  const [, count = '0', unit = 's'] = /^([\d.]+)([smh]?)$/.exec(args[0] ?? '') ?? [];
  const factor = unit === 'm' ? 60 : unit === 'h' ? 3_600 : 1;
  await sleep(phone.host.clock, Number(count) * factor * 1000, signal);
  return 0;
};

const getprop: Command = ({ args, io, phone }) => {
  const [name, fallback = ''] = args;
  const { props } = phone.host;
  if (name !== undefined) {
    io.out(`${phone.setProps.get(name) ?? props[name] ?? fallback}\n`);
    return 0;
  }
  const all = new Map([...Object.entries(props), ...phone.setProps]);
  for (const key of [...all.keys()].sort()) io.out(`[${key}]: [${all.get(key)}]\n`);
  return 0;
};

const setprop: Command = ({ args, io, phone }) => {
  const [name, value] = args;
  if (name === undefined || value === undefined) {
    io.err('usage: setprop NAME VALUE\n');
    return 1;
  }
  // What adbd's shell user may set (AOSP sepolicy, shell.te); everything else belongs to the system.
  if (!/^(debug|log|persist\.log|sys\.usb|service\.adb|shell\.|test\.)/.test(name)) {
    io.err(`Failed to set property '${name}' to '${value}'.\nSee dmesg for error reason.\n`);
    return 1;
  }
  phone.setProps.set(name, value);
  return 0;
};

const grep: Command = async ({ args, io }) => {
  const { flags, rest, values } = parseOptions(args, ['-e', '-m']);
  const pattern = values.get('-e') ?? rest.shift() ?? '';
  const source = flags.has('-F') ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern.replace(/\\\|/g, '|');
  const regex = new RegExp(source, flags.has('-i') ? 'i' : '');
  let count = 0;
  for (let line = await io.stdin.readLine(); line !== undefined; line = await io.stdin.readLine()) {
    if (regex.test(line) === flags.has('-v')) continue;
    count++;
    if (flags.has('-q')) return 0;
    if (!flags.has('-c')) io.out(flags.has('-o') ? `${regex.exec(line)?.[0] ?? ''}\n` : `${line}\n`);
    if (count >= Number(values.get('-m') ?? Number.POSITIVE_INFINITY)) break;
  }
  if (flags.has('-c')) io.out(`${count}\n`);
  return Number(count === 0);
};

const lineCount = (args: readonly string[]): number => {
  const { values } = parseOptions(args, ['-n']);
  return Number(values.get('-n') ?? args.find((arg) => /^-\d+$/.test(arg))?.slice(1) ?? 10);
};

const head: Command = async ({ args, io }) => {
  for (let left = lineCount(args); left > 0; left--) {
    const line = await io.stdin.readLine();
    if (line === undefined) break;
    io.out(`${line}\n`);
  }
  return 0;
};

const tail: Command = async ({ args, io }) => {
  const lines = (await io.stdin.readAll()).toString().split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines.slice(-lineCount(args))) io.out(`${line}\n`);
  return 0;
};

const wc: Command = async ({ args, io }) => {
  const bytes = await io.stdin.readAll();
  const text = bytes.toString();
  const lines = text.split('\n').length - 1;
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  const { flags } = parseOptions(args);
  if (flags.has('-l')) io.out(`${lines}\n`);
  else if (flags.has('-c')) io.out(`${bytes.length}\n`);
  else io.out(`${lines} ${words} ${bytes.length}\n`);
  return 0;
};

const which: Command = ({ args, io, phone }) => {
  const found = args.filter((name) => Object.hasOwn(phone.commandTable, name));
  for (const name of found) io.out(`/system/bin/${name}\n`);
  return Number(found.length < args.length || args.length === 0);
};

const id: Command = ({ args, io }) => {
  if (args[0] === '-u') io.out('2000\n');
  else {
    io.out(
      'uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),1078(ext_data_rw),1079(ext_obb_rw),3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid),3012(readtracefs) context=u:r:shell:s0\n',
    );
  }
  return 0;
};

export const basicCommands: CommandTable = {
  echo,
  printf,
  test,
  '[': bracket,
  true: () => 0,
  ':': () => 0,
  false: () => 1,
  sleep: sleepCommand,
  date,
  uptime,
  getprop,
  setprop,
  grep,
  head,
  tail,
  wc,
  which,
  id,
  whoami: ({ io }) => {
    io.out('shell\n');
    return 0;
  },
  uname: ({ args, io }) => {
    io.out(args[0] === '-m' ? 'aarch64\n' : args[0] === '-r' ? '5.10.198-android13-4\n' : 'Linux\n');
    return 0;
  },
  sync: () => 0,
};
