import type { Command, CommandTable } from '../command.ts';
import { InputMethods, packageOf } from '../input-methods.ts';

/** `ime` and `cmd input_method` (AOSP InputMethodManagerService.ShellCommandImpl). */
export const ime: Command = ({ args, io, phone, unknown }) => {
  const methods = new InputMethods({ packages: phone.host.packages, settings: phone.settings });
  const [verb = '', ...rest] = args;
  const id = rest.filter((arg) => !arg.startsWith('-')).at(-1) ?? '';
  const fail = (what: string) => {
    io.err(`Unknown input method ${id} cannot be ${what} for user #0\n`);
    return 255;
  };
  switch (verb) {
    case 'list': {
      const isBrief = rest.includes('-s');
      for (const each of rest.includes('-a') ? methods.installed() : methods.enabled()) {
        io.out(isBrief ? `${each}\n` : `${each}:\n${describe(each)}`);
      }
      return 0;
    }
    case 'enable': {
      const done = methods.enable(id);
      if (done === 'unknown') return fail('enabled');
      io.out(`Input method ${id}: ${done} enabled for user #0\n`);
      return 0;
    }
    case 'disable':
      io.out(`Input method ${id}: ${methods.disable(id)} disabled for user #0\n`);
      phone.host.ui.changed();
      return 0;
    case 'set':
      if (!methods.select(id)) return fail('selected');
      io.out(`Input method ${id} selected for user #0\n`);
      phone.host.ui.changed();
      return 0;
    case 'reset':
      methods.reset();
      io.out(`Reset current and enabled IMEs for user #0\nNewly selected IME for user #0: ${methods.current}\n`);
      phone.host.ui.changed();
      return 0;
    default:
      unknown(`ime ${args.join(' ')}`);
      return 255;
  }
};

const describe = (id: string): string =>
  `  mId=${id} mSettingsActivityName=null mIsVrOnly=false mSupportsSwitchingToNextInputMethod=false\n  Service:\n    ServiceInfo:\n      name=${className(id)}\n      packageName=${packageOf(id)}\n      enabled=true exported=true directBootAware=false\n      permission=android.permission.BIND_INPUT_METHOD\n`;

function className(id: string): string {
  const [packageName = '', name = ''] = id.split('/');
  return name.startsWith('.') ? packageName + name : name;
}

export const imeCommands: CommandTable = { ime };
