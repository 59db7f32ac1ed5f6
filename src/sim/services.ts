import type { Duplex } from 'node:stream';
import type { Call, ShellPhone } from './command.ts';
import { cmd } from './commands/system.ts';
import { commandTable } from './commands/table.ts';
import { LogBuffer } from './log-buffer.ts';
import type { OpenService, PhoneAgent, PhoneHost } from './parts.ts';
import { PhoneSettings } from './phone-settings.ts';
import { createPipe, saying } from './pipe.ts';
import type { StreamRegistry } from './registry.ts';
import { parseShellService, serveCommand, serveShell } from './shell-service.ts';
import { serveSync } from './sync.ts';

export interface ServicesOptions {
  host: PhoneHost;
  agent: PhoneAgent;
  registry: StreamRegistry;
  /** Default: those of a new phone. */
  settings?: PhoneSettings;
  /** Default: that of a phone that has just started. */
  log?: LogBuffer;
  /** `adb reboot`: the phone drops off and comes back. */
  reboot?: () => void;
  /** `pm clear`: the app forgets everything, its account too. */
  clearData?: (packageName: string) => void;
}

/** The services an adb host can open on this phone; unknown ones are refused and noted in `host.unknown`. */
export function createServices(options: ServicesOptions): OpenService {
  const { host, agent, registry, reboot = () => {}, clearData = () => {} } = options;
  const { settings = new PhoneSettings(), log = new LogBuffer(host.clock) } = options;
  const phone: ShellPhone = {
    host,
    agent,
    registry,
    settings,
    log,
    setProps: new Map(),
    commandTable,
    bootedAt: host.clock.monotonic(),
    reboot,
    clearData,
    running: new Map(),
    nextPid: 12_001,
  };
  return (service) => openService(service, phone);
}

function openService(service: string, phone: ShellPhone): Duplex | undefined {
  const request = parseShellService(service);
  if (request) return serve(phone, (far) => serveShell(far, phone, request));
  const at = service.indexOf(':');
  const name = at < 0 ? service : service.slice(0, at);
  const argument = service.slice(at + 1);
  switch (name) {
    case 'sync':
      return serve(phone, (far) => serveSync(far, phone.host.files));
    case 'tcp':
    case 'localabstract':
    case 'localreserved':
    case 'localfilesystem':
      // `tcp:PORT:HOST` would dial on from the phone; refused like a closed port.
      return phone.registry.connect(service);
    case 'abb':
    case 'abb_exec': {
      const args = argument.split('\0').filter((arg, index, all) => arg !== '' || index < all.length - 1);
      const protocol = name === 'abb' ? 'v2' : 'plain';
      return serve(phone, (far) => serveAbb(far, phone, { args, protocol }));
    }
    case 'reboot':
      // Once the host has its answer: the connection goes with the phone.
      setImmediate(() => phone.reboot());
      return saying('');
    case 'root':
      return saying('adbd cannot run as root in production builds\n');
    case 'unroot':
      return saying('adbd not running as root\n');
    case 'remount':
      return saying('Not running as root. Try "adb root" first.\n');
    case 'tcpip':
      return saying(`restarting in TCP mode port: ${argument}\n`);
    default:
      phone.host.unknown.push(`service: ${service}`);
      return undefined;
  }
}

function serve(phone: ShellPhone, run: (far: Duplex) => Promise<void>): Duplex {
  const [near, far] = createPipe();
  run(far).catch((thrown: unknown) => {
    phone.host.log.error({ serial: phone.host.serial, cause: thrown }, 'sim: a service of the phone broke');
    far.destroy();
  });
  return near;
}

/** `cmd` without a shell around it (abb = Android binder bridge). */
function serveAbb(
  far: Duplex,
  phone: ShellPhone,
  request: { args: string[]; protocol: 'v2' | 'plain' },
): Promise<void> {
  return serveCommand(far, { protocol: request.protocol, hasTerminal: false }, async (io, signal) => {
    const call: Call = {
      args: request.args,
      io,
      phone,
      signal,
      env: new Map(),
      cwd: '/',
      unknown: (what) => phone.host.unknown.push(`shell: ${what}`),
    };
    try {
      return await cmd(call);
    } catch (thrown) {
      io.err(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
      return 1;
    }
  });
}
