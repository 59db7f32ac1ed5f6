import { type Call, type Command, type CommandTable, parseOptions } from '../command.ts';
import { am } from './am.ts';
import { ime } from './ime.ts';
import { pm } from './pm.ts';
import { switchServices } from './switches.ts';

/** Accepted because field tools send it and nothing of ours depends on what it changes. */
const accepted: Command = () => 0;

/** The operations themselves bind nobody in here. */
const appops: Command = ({ args, io, phone }) => {
  const [verb = '', ...rest] = args;
  const [name = ''] = parseOptions(rest, ['--user']).rest;
  if ((verb === 'get' || verb === 'set') && !phone.host.packages.find(name)) {
    io.err(`Error: No UID for ${name} in user 0\n`);
    return 255;
  }
  if (verb === 'get') io.out('No operations.\nDefault mode: allow\n');
  return 0;
};

const services: Readonly<Record<string, Command>> = {
  package: pm,
  activity: am,
  settings: (call) => call.phone.commandTable.settings?.(call) ?? 255,
  content: (call) => call.phone.commandTable.content?.(call) ?? 255,
  input: (call) => call.phone.commandTable.input?.(call) ?? 255,
  input_method: ime,
  appops,
  media_session: accepted,
  deviceidle: accepted,
  power: accepted,
  overlay: accepted,
  jobscheduler: accepted,
  role: accepted,
  clipboard: accepted,
  locale: ({ io, phone }) => {
    io.out(`Locales for user 0 are [${phone.host.language}]\n`);
    return 0;
  },
  window: (call) => call.phone.commandTable.wm?.(call) ?? 255,
  ...switchServices,
};

/** `cmd SERVICE …`; `abb` and `abb_exec` come the same way. */
export const cmd: Command = (call: Call) => {
  // `-w` waits for the service to come up; here they all are.
  const [name = '', ...args] = call.args[0] === '-w' ? call.args.slice(1) : call.args;
  if (name === '-l') {
    call.io.out(
      `Currently running services:\n${Object.keys(services)
        .map((each) => `  ${each}\n`)
        .join('')}`,
    );
    return 0;
  }
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (service) return service({ ...call, args });
  call.unknown(`cmd ${call.args.join(' ')}`);
  call.io.err(`cmd: Can't find service: ${name}\n`);
  return 20;
};

/** There is no virtual machine in here to run Java on; scrcpy and its like are refused as on a broken phone. */
const appProcess: Command = (call) => {
  call.unknown(`app_process ${call.args.join(' ')}`);
  call.io.err('Error: app_process cannot start a runtime on this phone\n');
  return 1;
};

export const systemCommands: CommandTable = {
  appops,
  cmd,
  svc: accepted,
  app_process: appProcess,
  getenforce: ({ io }) => {
    io.out('Enforcing\n');
    return 0;
  },
  reboot: ({ phone }) => {
    phone.reboot();
    return 0;
  },
  service: ({ args, io, unknown }) => {
    if (args[0] === 'check') io.out(`Service ${args[1]}: found\n`);
    else unknown(`service ${args.join(' ')}`);
    return 0;
  },
};
