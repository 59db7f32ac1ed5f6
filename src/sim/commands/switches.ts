import type { Call, Command, CommandTable } from '../command.ts';

/** A switch that is a global or secure setting, as `settings get` shows it. */
interface Switch {
  namespace: 'global' | 'secure';
  key: string;
  on: string;
  off: string;
}

const switches = {
  airplane: { namespace: 'global', key: 'airplane_mode_on', on: '1', off: '0' },
  bluetooth: { namespace: 'global', key: 'bluetooth_on', on: '1', off: '0' },
  data: { namespace: 'global', key: 'mobile_data', on: '1', off: '0' },
  location: { namespace: 'secure', key: 'location_mode', on: '3', off: '0' },
  wifi: { namespace: 'global', key: 'wifi_on', on: '1', off: '0' },
} as const satisfies Readonly<Record<string, Switch>>;

const isOn = ({ phone }: Call, { namespace, key, off }: Switch): boolean =>
  (phone.settings.namespace(namespace)?.get(key) ?? off) !== off;

function turn({ phone }: Call, { namespace, key, on, off }: Switch, to: boolean): void {
  phone.settings.namespace(namespace)?.set(key, to ? on : off);
}

function refuse(call: Call, service: string): number {
  call.unknown(`cmd ${service} ${call.args.join(' ')}`);
  call.io.err(`Unknown command: ${call.args[0] ?? ''}\n`);
  return 255;
}

const states: Readonly<Record<string, boolean>> = { enable: true, disable: false, enabled: true, disabled: false };

/** AOSP BluetoothShellCommand. */
const bluetooth: Command = (call) => {
  const [verb = ''] = call.args;
  const to = states[verb];
  if (to === undefined) return refuse(call, 'bluetooth_manager');
  turn(call, switches.bluetooth, to);
  call.io.out(`BluetoothShellCommand: Exec ${verb}\n${verb}: Success\n`);
  return 0;
};

const connectivity: Command = (call) => {
  const [verb, state] = call.args;
  if (verb !== 'airplane-mode') return refuse(call, 'connectivity');
  const to = states[state ?? ''];
  if (state === undefined) call.io.out(isOn(call, switches.airplane) ? 'enabled\n' : 'disabled\n');
  else if (to === undefined) return refuse(call, 'connectivity');
  else turn(call, switches.airplane, to);
  return 0;
};

/** AOSP LocationShellCommand. */
const location: Command = (call) => {
  const [verb, state] = call.args;
  if (verb === 'is-location-enabled') call.io.out(`${isOn(call, switches.location)}\n`);
  else if (verb === 'set-location-enabled' && /^(true|false)$/.test(state ?? '')) {
    turn(call, switches.location, state === 'true');
  } else return refuse(call, 'location');
  return 0;
};

const telephony: Command = (call) => {
  const [verb, state] = call.args;
  const to = states[state ?? ''];
  if (verb !== 'data' || to === undefined) return refuse(call, 'phone');
  turn(call, switches.data, to);
  return 0;
};

/** The phone's own link to adb does not hang on it: as with a phone on a cable. */
const wifi: Command = (call) => {
  const [verb, state] = call.args;
  if (verb === 'status') {
    const on = isOn(call, switches.wifi);
    call.io.out(on ? 'Wifi is enabled\nWifi scanning is always available\n' : 'Wifi is disabled\n');
    return 0;
  }
  const to = states[state ?? ''];
  if (verb !== 'set-wifi-enabled' || to === undefined) return refuse(call, 'wifi');
  turn(call, switches.wifi, to);
  return 0;
};

const nightModes: Readonly<Record<string, string>> = {
  auto: '0',
  no: '1',
  yes: '2',
  custom_schedule: '3',
  custom_bedtime: '4',
};

/** AOSP UiModeManagerService.Shell. Colours of the screen do not follow. */
const uimode: Command = (call) => {
  const { args, io, phone } = call;
  const [verb, mode] = args;
  const secure = phone.settings.namespace('secure');
  if (verb === 'night') {
    if (mode !== undefined && nightModes[mode] === undefined) {
      io.err("Error: mode must be 'yes', 'no', or 'auto', or 'custom_schedule', or 'custom_bedtime'\n");
      return 255;
    }
    if (mode !== undefined) secure?.set('ui_night_mode', nightModes[mode] ?? '1');
    const current = secure?.get('ui_night_mode') ?? '1';
    io.out(`Night mode: ${Object.keys(nightModes).find((name) => nightModes[name] === current) ?? 'unknown'}\n`);
    return 0;
  }
  if (verb === 'car') {
    if (mode !== undefined && mode !== 'yes' && mode !== 'no') {
      io.err("Error: mode must be 'yes', or 'no'\n");
      return 255;
    }
    if (mode !== undefined) secure?.set('ui_car_mode', mode);
    io.out(`Car mode: ${secure?.get('ui_car_mode') ?? 'no'}\n`);
    return 0;
  }
  return refuse(call, 'uimode');
};

/** Whom the notifications are read out to; the rest of `cmd notification` is accepted without effect. */
const notification: Command = ({ args, phone }) => {
  const [verb, component = ''] = args;
  const secure = phone.settings.namespace('secure');
  const key = 'enabled_notification_listeners';
  const others = (secure?.get(key) ?? '').split(':').filter((name) => name !== '' && name !== component);
  if (verb === 'allow_listener') secure?.set(key, [...others, component].join(':'));
  if (verb === 'disallow_listener') secure?.set(key, others.join(':'));
  return 0;
};

const statusbar: Command = ({ args, phone }) => {
  const { ui } = phone.host;
  if (args[0] === 'expand-notifications' || args[0] === 'expand-settings') ui.openNotifications();
  if (args[0] === 'collapse') ui.closeNotifications();
  return 0;
};

/** Services of `cmd` that switch something of the phone. */
export const switchServices: CommandTable = {
  bluetooth_manager: bluetooth,
  connectivity,
  location,
  notification,
  phone: telephony,
  statusbar,
  uimode,
  wifi,
};
