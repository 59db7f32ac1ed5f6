/** One argument as the phone's shell will read it back unchanged. Values never reach a command line any other way. */
export function quote(argument: string): string {
  if (argument.includes('\0')) throw new RangeError('an argument cannot hold NUL');
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

export const commandLine = (argv: readonly string[]): string => argv.map(quote).join(' ');
