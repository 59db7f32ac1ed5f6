import { type Call, type Command, CommandError, type CommandTable } from '../command.ts';
import { decodePart } from '../url-part.ts';
import { longComponent, parseIntentArgs, shortComponent, showIntent } from './intent-args.ts';

/** Process that tells of what was started and stopped. */
const systemServer = 901;

type Sub = (call: Call, args: readonly string[]) => number | Promise<number>;

const start: Sub = (call, args) => {
  const { intent, waits, stopsFirst } = parseIntentArgs(args);
  const { io, phone } = call;
  const { ui, packages } = phone.host;
  if (!intent.action && !intent.data && !intent.component && !intent.package) {
    io.err('Error: No intent supplied\n');
    return 1;
  }
  const target = intent.component?.split('/')[0] ?? intent.package;
  if (stopsFirst && target !== undefined) {
    io.out(`Stopping: ${target}\n`);
    ui.forceStop(target);
  }
  io.out(`Starting: ${showIntent(intent)}\n`);
  if (intent.component && !packages.find(target ?? '')) {
    io.err(missingActivity(intent.component));
    return 1;
  }
  const wasRunning = target !== undefined && ui.processes().some((process) => process.name === target);
  phone.log.write({
    pid: systemServer,
    level: 'I',
    tag: 'ActivityTaskManager',
    text: `START u0 {${showIntent(intent).replace(/^Intent \{ | \}$/g, '')}} from uid 2000`,
  });
  const result = ui.start(intent);
  if ('error' in result) {
    const isMissing = /does not exist/.test(result.error);
    io.err(`${isMissing ? 'Error type 3\n' : ''}Error: ${result.error}\n`);
    return 1;
  }
  if (result.warning) io.err(`Warning: ${result.warning}\n`);
  if (waits) {
    const state = wasRunning ? 'HOT' : 'COLD';
    io.out(
      `Status: ok\nLaunchState: ${state}\nActivity: ${shortComponent(result.component)}\nTotalTime: 312\nWaitTime: 318\nComplete\n`,
    );
  }
  return 0;
};

const missingActivity = (component: string): string =>
  `Error type 3\nError: Activity class {${longComponent(component)}} does not exist.\n`;

const service: Sub = (call, args) => {
  const { intent } = parseIntentArgs(args);
  call.io.out(`Starting service: ${showIntent(intent)}\n`);
  if (call.phone.host.ui.background.startService(intent)) return 0;
  call.io.err('Error: Not found; no service started.\n');
  return 1;
};

/** 255 even when it worked (AOSP ActivityManagerShellCommand.runStopService). */
const stopService: Sub = ({ io, phone }, args) => {
  const { intent } = parseIntentArgs(args);
  io.out(`Stopping service: ${showIntent(intent)}\n`);
  const hasStopped = phone.host.ui.background.stopService(intent);
  io.err(hasStopped ? 'Service stopped\n' : 'Service not stopped: was not running.\n');
  return 255;
};

const agentPackages = new Set(['io.appium.uiautomator2.server', 'io.appium.uiautomator2.server.test']);

const stop: Sub = ({ phone }, args) => {
  const name = args.filter((arg) => !arg.startsWith('-')).at(-1);
  if (name === undefined) throw new CommandError('Argument expected after "force-stop"');
  if (agentPackages.has(name) && phone.agent.isRunning) phone.agent.stop('killed');
  phone.host.ui.forceStop(name);
  phone.log.write({
    pid: systemServer,
    level: 'I',
    tag: 'ActivityManager',
    text: `Force stopping ${name} user=0: from pid ${phone.nextPid}`,
  });
  return 0;
};

const broadcast: Sub = (call, args) => {
  const { intent } = parseIntentArgs(args);
  call.io.out(`Broadcasting: ${showIntent({ ...intent, flags: intent.flags | 0x40_0000 })}\n`);
  if (intent.action === 'android.intent.action.MEDIA_SCANNER_SCAN_FILE' && intent.data?.startsWith('file://')) {
    call.phone.host.files.scan(decodePart(intent.data.slice('file://'.length)));
  }
  const { code, data } = call.phone.host.ui.background.broadcast(intent) ?? { code: 0 };
  call.io.out(`Broadcast completed: result=${code}${data === undefined ? '' : `, data="${data}"`}\n`);
  return 0;
};

/**
 * `am instrument`: the one process whose life is the agent's. It ends when the agent does; when the host hangs up it is
 * killed and takes the agent along, because the connection to UiAutomation lives in it.
 */
const instrument: Sub = (call, args) => {
  const { io, phone, signal } = call;
  const { component, options, waits } = parseInstrumentArgs(args);
  const known = phone.host.packages.list().find((entry) => entry.instrumentation?.component === component);
  const target = known?.instrumentation?.target;
  if (target === undefined || !phone.host.packages.find(target)) {
    const reason = known
      ? `Unable to find instrumentation target package: ${target}`
      : `Unable to find instrumentation info for: ComponentInfo{${component}}`;
    io.out(
      `INSTRUMENTATION_STATUS: Error=${reason}\nINSTRUMENTATION_STATUS: id=ActivityManagerService\nINSTRUMENTATION_STATUS_CODE: -1\n`,
    );
    io.err(`android.util.AndroidException: INSTRUMENTATION_FAILED: ${component}\n`);
    return 1;
  }
  if (!agentPackages.has(known?.name ?? '')) {
    call.unknown(`am instrument ${component}`);
    io.out('INSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n');
    return 0;
  }
  // A second instrumentation of a package ends the first one.
  if (phone.agent.isRunning) phone.agent.stop('killed');
  return new Promise((resolve) => {
    const onAbort = () => {
      if (phone.agent.isRunning) phone.agent.stop('killed');
      resolve(130);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    phone.agent.start({
      args: options,
      onLine: (line) => {
        if (waits && !signal.aborted) io.out(`${line}\n`);
      },
      onEnd: () => {
        signal.removeEventListener('abort', onAbort);
        resolve(0);
      },
    });
    if (!waits) {
      signal.removeEventListener('abort', onAbort);
      resolve(0);
    }
  });
};

function parseInstrumentArgs(args: readonly string[]): {
  component: string;
  options: Record<string, string>;
  waits: boolean;
} {
  const options: Record<string, string> = {};
  let component: string | undefined;
  let waits = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-w') waits = true;
    else if (arg === '-e') {
      options[args[at + 1] ?? ''] = args[at + 2] ?? '';
      at += 2;
    } else if (arg === '--user' || arg === '--abi' || arg === '-p') at++;
    else if (!arg.startsWith('-')) component = arg;
  }
  if (component === undefined) throw new CommandError('No instrumentation supplied');
  return { component: longComponent(component), options, waits };
}

const subs: Readonly<Record<string, Sub>> = {
  start,
  'start-activity': start,
  startservice: service,
  'start-service': service,
  'start-foreground-service': service,
  'start-foreground': service,
  stopservice: stopService,
  'stop-service': stopService,
  'force-stop': stop,
  kill: stop,
  'kill-all': () => 0,
  broadcast,
  instrument,
  'get-current-user': ({ io }) => {
    io.out('0\n');
    return 0;
  },
  'switch-user': () => 0,
  'wait-for-broadcast-idle': ({ io }) => {
    io.out('All broadcast queues are idle!\n');
    return 0;
  },
  'set-debug-app': () => 0,
  'clear-debug-app': () => 0,
  'get-config': ({ io, phone }) => {
    const { width, height } = phone.host.ui.size;
    io.out(`config: ${phone.host.language.replace('-', '-r')}-w${width}dp-h${height}dp-${phone.host.ui.density}dpi\n`);
    return 0;
  },
};

export const am: Command = (call) => {
  const [name = '', ...args] = call.args;
  const sub = Object.hasOwn(subs, name) ? subs[name] : undefined;
  if (sub) return sub(call, args);
  call.unknown(`am ${call.args.join(' ')}`);
  call.io.err(name === '' ? 'Activity manager (activity) commands:\n' : `Unknown command: ${name}\n`);
  return 255;
};

/** Starts an app as its icon does: `monkey -p PKG -c android.intent.category.LAUNCHER 1`. */
const monkey: Command = (call) => {
  const at = call.args.indexOf('-p');
  const name = at < 0 ? undefined : call.args[at + 1];
  const { io, phone } = call;
  const count = call.args.at(-1) ?? '';
  if (name === undefined || !/^\d+$/.test(count)) {
    call.unknown(`monkey ${call.args.join(' ')}`);
    io.err('** Error: Count not specified\n');
    return 1;
  }
  // Monkey registers for UiAutomation's events too, but one launcher event does not disturb the agent.
  const result = phone.host.packages.find(name)
    ? phone.host.ui.start({
        action: 'android.intent.action.MAIN',
        categories: ['android.intent.category.LAUNCHER'],
        package: name,
        extras: {},
        flags: 0x1020_0000,
      })
    : { error: 'missing' };
  if ('error' in result) {
    io.out('** No activities found to run, monkey aborted.\n');
    return 252;
  }
  io.out(`Events injected: ${count}\n## Network stats: elapsed time=19ms (0ms mobile, 0ms wifi, 19ms not connected)\n`);
  return 0;
};

export const amCommands: CommandTable = { am, monkey };
