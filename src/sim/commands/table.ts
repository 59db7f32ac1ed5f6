import type { CommandTable } from '../command.ts';
import { amCommands } from './am.ts';
import { basicCommands } from './basic.ts';
import { contentCommands } from './content.ts';
import { dumpsysCommands } from './dumpsys.ts';
import { fileCommands } from './file.ts';
import { imeCommands } from './ime.ts';
import { inputCommands } from './input.ts';
import { logCommands } from './logcat.ts';
import { pmCommands } from './pm.ts';
import { processCommands } from './process.ts';
import { systemCommands } from './system.ts';

/** Every program in `/system/bin` of a simulated phone. */
export const commandTable: CommandTable = {
  ...basicCommands,
  ...fileCommands,
  ...processCommands,
  ...amCommands,
  ...pmCommands,
  ...logCommands,
  ...contentCommands,
  ...inputCommands,
  ...imeCommands,
  ...dumpsysCommands,
  ...systemCommands,
};
