import { absolute, type Call, type Command, CommandError, type CommandTable, parseOptions } from '../command.ts';
import { hasKeys } from '../keycodes.ts';
import { physicalDisplayId } from '../models.ts';
import { uiDump } from './ui-dump.ts';

/** Names as in android.view.KeyEvent; `KEYCODE_` is left out. */
const keycodes: Readonly<Record<string, number>> = {
  SOFT_LEFT: 1,
  HOME: 3,
  BACK: 4,
  CALL: 5,
  ENDCALL: 6,
  DPAD_UP: 19,
  DPAD_DOWN: 20,
  DPAD_LEFT: 21,
  DPAD_RIGHT: 22,
  DPAD_CENTER: 23,
  VOLUME_UP: 24,
  VOLUME_DOWN: 25,
  POWER: 26,
  CAMERA: 27,
  CLEAR: 28,
  TAB: 61,
  SPACE: 62,
  ENTER: 66,
  DEL: 67,
  MENU: 82,
  NOTIFICATION: 83,
  SEARCH: 84,
  MEDIA_PLAY_PAUSE: 85,
  ESCAPE: 111,
  FORWARD_DEL: 112,
  MOVE_HOME: 122,
  MOVE_END: 123,
  MEDIA_PLAY: 126,
  MEDIA_PAUSE: 127,
  APP_SWITCH: 187,
  SLEEP: 223,
  WAKEUP: 224,
  PASTE: 279,
};

const sources = new Set(['touchscreen', 'keyboard', 'mouse', 'stylus', 'touchpad', 'dpad', 'trackball']);

const input: Command = (call) => {
  const words = call.args.filter((word, at) => !(at === 0 && sources.has(word)));
  const [verb = '', ...args] = words;
  const { ui } = call.phone.host;
  const numbers = args.map(Number);
  const [x1 = Number.NaN, y1 = Number.NaN, x2 = Number.NaN, y2 = Number.NaN, ms = 300] = numbers;
  const needs = (count: number) => {
    if (args.length < count || numbers.slice(0, count).some(Number.isNaN)) {
      throw new CommandError(`Error: Invalid arguments for command: ${verb}`, 255);
    }
  };
  switch (verb) {
    case 'tap':
      needs(2);
      ui.tap(x1, y1);
      return 0;
    case 'swipe':
      needs(4);
      // A finger that stays for long on one place is a long press; that is how scripts ask for one.
      if (x1 === x2 && y1 === y2 && ms >= 400) ui.longPress(x1, y1);
      else ui.swipe(x1, y1, x2, y2, ms);
      return 0;
    case 'draganddrop':
      needs(4);
      ui.swipe(x1, y1, x2, y2, ms);
      return 0;
    case 'text': {
      // One argument; what its keys cannot type trips it over before the first key (AOSP InputShellCommand.sendText).
      const [text] = args;
      if (text === undefined) throw new CommandError('Error: Argument expected after "text"', 255);
      if (!hasKeys(text)) {
        call.io.err(
          "\nException occurred while executing 'text':\njava.lang.NullPointerException: Attempt to get length of null array\n",
        );
        return 255;
      }
      ui.type(text.replace(/%s/g, ' '));
      return 0;
    }
    case 'keyevent':
      for (const name of args.filter((arg) => !arg.startsWith('--'))) ui.key(keycodeOf(name));
      return 0;
    case 'motionevent':
    case 'press':
    case 'roll':
      call.unknown(`input ${call.args.join(' ')}`);
      return 0;
    default:
      call.unknown(`input ${call.args.join(' ')}`);
      call.io.err(`Unknown command: ${verb}\n`);
      return 255;
  }
};

function keycodeOf(name: string): number {
  const code = /^\d+$/.test(name) ? Number(name) : keycodes[name.replace(/^KEYCODE_/, '').toUpperCase()];
  const letter = /^(?:KEYCODE_)?([A-Z0-9])$/.exec(name)?.[1];
  if (code !== undefined) return code;
  if (letter === undefined)
    throw new CommandError(`Error: java.lang.IllegalArgumentException: Unknown keycode: ${name}`, 255);
  return /\d/.test(letter) ? 7 + Number(letter) : 29 + letter.charCodeAt(0) - 65;
}

const wm: Command = ({ args, io, phone, unknown }) => {
  const { ui } = phone.host;
  if (args[0] === 'size' && args.length === 1) io.out(`Physical size: ${ui.size.width}x${ui.size.height}\n`);
  else if (args[0] === 'density' && args.length === 1) io.out(`Physical density: ${ui.density}\n`);
  else if (args[0] === 'user-rotation' || args[0] === 'dismiss-keyguard') return 0;
  else {
    unknown(`wm ${args.join(' ')}`);
    return 255;
  }
  return 0;
};

const screencap: Command = async (call) => {
  const { flags, rest, values } = parseOptions(call.args, ['-d']);
  const [path] = rest;
  const display = values.get('-d');
  if (display !== undefined && display !== physicalDisplayId) {
    call.io.err(`Failed to take take screenshot. Display Id '${display}' is not valid.\n`); // the words are Android's
    return 1;
  }
  if (!flags.has('-p') && !path?.endsWith('.png')) {
    call.unknown(`screencap ${call.args.join(' ')}`);
    call.io.err('screencap: raw pictures are not simulated; ask for a PNG with -p\n');
    return 1;
  }
  const png = await call.phone.host.ui.picture('png');
  if (path === undefined) {
    call.io.out(png);
    return 0;
  }
  try {
    call.phone.host.files.write(absolute(call, path), png);
    return 0;
  } catch (thrown) {
    call.io.err(`Error opening file: ${path} (${thrown instanceof Error ? thrown.message : thrown})\n`);
    return 1;
  }
};

/** Only one UiAutomation can be registered: the dump takes it from a running agent, which dies of it. */
const uiautomator: Command = (call: Call) => {
  const [verb, ...args] = call.args;
  if (verb !== 'dump') {
    call.unknown(`uiautomator ${call.args.join(' ')}`);
    call.io.err(`Unsupported command: ${verb}\n`);
    return 1;
  }
  const { ui, files } = call.phone.host;
  if (call.phone.agent.isRunning) call.phone.agent.stop('killed');
  if (!ui.isIdle()) {
    call.io.err('ERROR: could not get idle state.\n');
    return 0;
  }
  const path = absolute(call, args.find((arg) => !arg.startsWith('-')) ?? '/sdcard/window_dump.xml');
  const xml = uiDump(ui);
  if (path === '/dev/tty') call.io.out(`${xml}UI hierchary dumped to: ${path}\n`);
  else {
    files.write(path, Buffer.from(xml));
    call.io.out(`UI hierchary dumped to: ${path}\n`); // the spelling is Android's
  }
  return 0;
};

export const inputCommands: CommandTable = { input, wm, screencap, uiautomator };
