import { type Call, type Command, type CommandTable, parseOptions } from '../command.ts';
import { physicalDisplayId } from '../models.ts';
import { dumpPackage } from './dump-package.ts';
import { dumpMemory, dumpProcessor } from './dump-process.ts';
import { dumpWindow, frontComponent } from './dump-window.ts';

type Section = (call: Call, args: readonly string[]) => string;

const battery: Section = () =>
  `${[
    'Current Battery Service state:',
    'AC powered: false',
    'USB powered: true',
    'Wireless powered: false',
    'Max charging current: 500000',
    'status: 2',
    'health: 2',
    'present: true',
    'level: 84',
    'scale: 100',
    'voltage: 4187',
    'temperature: 271',
    'technology: Li-ion',
  ].join('\n  ')}\n`;

const power: Section = ({ phone }) => {
  const isOn = phone.host.ui.isScreenOn;
  return `POWER MANAGER (dumpsys power)\n\nPower Manager State:\n  mWakefulness=${isOn ? 'Awake' : 'Asleep'}\n  mIsPowered=true\n  mPlugType=2\n  mBatteryLevel=84\n  mStayOn=false\n  mHoldingDisplaySuspendBlocker=${isOn}\nDisplay Power: state=${isOn ? 'ON' : 'OFF'}\n`;
};

const activity: Section = (call, args) => {
  const { host } = call.phone;
  if (args[0] === 'services' || args[0] === 'service') return services(call, args[1] ?? '');
  if (args[0] === 'processes') {
    return `ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)\n${host.ui
      .processes()
      .map(({ pid, name }) => `  *APP* UID 10189 ProcessRecord{6d7e8f9 ${pid}:${name}/u0a189}\n`)
      .join('')}`;
  }
  const front = frontComponent(call);
  return (
    'ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\nDisplay #0 (activities from top to bottom):\n' +
    `    * Hist  #0: ActivityRecord{5a6b7c8 u0 ${front} t142}\n    topResumedActivity=ActivityRecord{5a6b7c8 u0 ${front} t142}\n` +
    `  ResumedActivity: ActivityRecord{5a6b7c8 u0 ${front} t142}\n  mResumedActivity: ActivityRecord{5a6b7c8 u0 ${front} t142}\n`
  );
};

/** Whole packages, or one service as a short component. */
function services(call: Call, filter: string): string {
  const [name = '', wanted] = filter.split('/');
  const running = call.phone.host.ui.background
    .services(name)
    .filter((service) => wanted === undefined || service.name === wanted);
  const records = running.map(
    (service, at) =>
      `  * ServiceRecord{4b5c6d${at} u0 ${name}/${service.name}}\n    packageName=${name}\n    processName=${name}\n` +
      (service.isForeground ? `    isForeground=true foregroundId=${at + 1}\n` : ''),
  );
  const head = 'ACTIVITY MANAGER SERVICES (dumpsys activity services)\n';
  return records.length === 0 ? `${head}  (nothing)\n` : `${head}  User 0 active services:\n${records.join('')}`;
}

const deviceidle: Section = ({ phone }, args) => {
  if (args[0] !== 'whitelist' || !args[1]) return 'system-excidle,com.android.shell,2000\n';
  const [change, name] = [args[1][0], args[1].slice(1)];
  if (change === '-') return `Removed: ${name}\n`;
  return phone.host.packages.find(name) ? `Added: ${name}\n` : `Unknown package: ${name}\n`;
};

const surfaceFlinger: Section = (call, args) => {
  if (args[0] === '--display-id') {
    return `Display ${physicalDisplayId} (HWC display 0): port=131 pnpId=QCM displayName=""\n`;
  }
  call.unknown(`dumpsys SurfaceFlinger ${args.join(' ')}`);
  return '';
};

const inputMethod: Section = ({ phone }) =>
  `Current Input Method Manager state:\n  mCurMethodId=${phone.settings.namespace('secure')?.get('default_input_method') ?? 'null'}\n  mInputShown=${phone.host.ui.isKeyboardShown}\n  mIsInputViewShown=${phone.host.ui.isKeyboardShown}\n`;

const display: Section = ({ phone }) => {
  const { width, height } = phone.host.ui.size;
  return `DISPLAY MANAGER (dumpsys display)\n  mViewports=[DisplayViewport{type=INTERNAL, valid=true, isActive=true, displayId=0, orientation=${phone.host.ui.rotation}, logicalFrame=Rect(0, 0 - ${width}, ${height}), deviceWidth=${width}, deviceHeight=${height}}]\n  mScreenState=${phone.host.ui.isScreenOn ? 'ON' : 'OFF'}\n`;
};

const sections: Readonly<Record<string, Section>> = {
  battery,
  package: (call, args) => dumpPackage(call.phone, args[0] ?? ''),
  window: dumpWindow,
  SurfaceFlinger: surfaceFlinger,
  power,
  activity,
  deviceidle,
  input_method: inputMethod,
  display,
  media_session: () => 'MEDIA SESSION SERVICE (dumpsys media_session)\n\n0 sessions listeners.\n',
  input: ({ phone }) => `INPUT MANAGER (dumpsys input)\n  SurfaceOrientation: ${phone.host.ui.rotation}\n`,
  notification: () => 'Current Notification Manager state:\n  Notification List:\n',
  meminfo: dumpMemory,
  cpuinfo: dumpProcessor,
  connectivity: () => 'Active default network: 100\n',
  wifi: () => 'Wi-Fi is enabled\n',
  telephony: () => '',
  alarm: () => '',
  diskstats: ({ phone }) => `Data-Free: ${Math.floor(phone.host.files.freeBytes / 1024)}K\n`,
};

const dumpsys: Command = (call) => {
  const { rest } = parseOptions(call.args.slice(0, 2), ['-t', '-T']);
  const at = call.args.indexOf(rest[0] ?? '');
  const [name = '', ...args] = call.args.slice(Math.max(0, at));
  if (name === '-l') {
    call.io.out(
      `Currently running services:\n${Object.keys(sections)
        .map((each) => `  ${each}\n`)
        .join('')}`,
    );
    return 0;
  }
  const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
  if (!section) {
    call.unknown(`dumpsys ${call.args.join(' ')}`);
    call.io.err(`Can't find service: ${name}\n`);
    return 0;
  }
  call.io.out(section(call, args));
  return 0;
};

export const dumpsysCommands: CommandTable = { dumpsys };
