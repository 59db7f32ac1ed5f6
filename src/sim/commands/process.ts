import { type Command, type CommandTable, parseOptions, type ShellPhone } from '../command.ts';

interface Process {
  pid: number;
  name: string;
  user: string;
}

/** Everything that runs: the system's few, the apps, and the shell's own commands. */
function processes({ host, agent, running }: ShellPhone): Process[] {
  const list: Process[] = [];
  for (const { pid, name } of host.ui.processes())
    list.push({ pid, name, user: name.includes('.') ? 'u0_a189' : 'root' });
  const server = 'io.appium.uiautomator2.server';
  if (agent.isRunning && !list.some((process) => process.name === server)) {
    list.push({ pid: 7_411, name: server, user: 'u0_a190' });
  }
  for (const [pid, name] of running) list.push({ pid, name, user: 'shell' });
  return list;
}

const ps: Command = ({ args, io, phone }) => {
  const { flags, values, rest } = parseOptions(args, ['-o', '-p']);
  if (flags.has('--help')) {
    // The lines of toybox that tools look for: a selection by `-A` means that bare `ps` shows the caller's own.
    io.out(
      'usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-t TTY,] [-uU USER,]\n\n' +
        '-A\tAll\n-a\tHas terminal not session leader\n-d\tNot session leader\n-e\tSynonym for -A\n',
    );
    return 0;
  }
  const showsAll = flags.has('-A') || flags.has('-e') || flags.has('-a') || values.has('-p') || rest.length > 0;
  const wanted = processes(phone).filter(
    ({ pid, name, user }) =>
      (showsAll || user === 'shell') &&
      (!values.has('-p') || String(pid) === values.get('-p')) &&
      (rest.length === 0 || rest.includes(String(pid)) || rest.includes(name)),
  );
  const columns = values.get('-o')?.toUpperCase().split(',');
  if (columns) {
    io.out(`${columns.join(' ')}\n`);
    for (const process of wanted) {
      const cells: Readonly<Record<string, string>> = {
        PID: String(process.pid),
        NAME: process.name,
        USER: process.user,
        ARGS: process.name,
        CMD: process.name,
      };
      io.out(`${columns.map((column) => cells[column] ?? '-').join(' ')}\n`);
    }
    return 0;
  }
  io.out('USER           PID  PPID        VSZ    RSS WCHAN            ADDR S NAME                       \n');
  for (const { pid, name, user } of wanted) {
    io.out(`${user.padEnd(12)} ${String(pid).padStart(5)}     1   13899992 132904 0                   0 S ${name}\n`);
  }
  return 0;
};

const pidof: Command = ({ args, io, phone }) => {
  const names = new Set(parseOptions(args).rest);
  const found = processes(phone).filter(({ name }) => names.has(name));
  if (found.length === 0) return 1;
  io.out(`${found.map(({ pid }) => pid).join(' ')}\n`);
  return 0;
};

const pgrep: Command = ({ args, io, phone }) => {
  const pattern = parseOptions(args).rest[0] ?? '';
  const found = processes(phone).filter(({ name }) => name.includes(pattern));
  for (const { pid } of found) io.out(`${pid}\n`);
  return Number(found.length === 0);
};

/** The shell user may not end apps (that takes `am force-stop`), only what it started itself. */
const kill: Command = ({ args, io, phone }) => {
  const pids = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  let code = 0;
  for (const pid of pids) {
    const isThere = processes(phone).some((process) => process.pid === pid);
    io.err(`/system/bin/sh: kill: ${pid}: ${isThere ? 'Operation not permitted' : 'No such process'}\n`);
    code = 1;
  }
  return code;
};

const pkill: Command = ({ phone, args }) =>
  Number(!processes(phone).some(({ name }) => name.includes(args.at(-1) ?? '')));

export const processCommands: CommandTable = { ps, pidof, pgrep, kill, pkill };
