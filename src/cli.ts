import { Command, InvalidArgumentError, Option } from 'commander';
import { DroverError } from './base/error.ts';

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
};
const collect = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...text.split(',').map((entry) => entry.trim()),
];

const program = new Command('drover')
  .description('Task server for your own Android phones.')
  .showHelpAfterError('(drover --help lists the commands, drover COMMAND --help its options)')
  .configureHelp({ sortSubcommands: true });

/** Every key of the configuration that may stand on a command line; src/config.ts says what each means. */
const withServerOptions = (command: Command): Command =>
  command
    .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
    .option('--host <address>', 'address to listen on (default: loopback)')
    .option('--host-name <name>', 'a name by which the server is called; may be given several times', collect)
    .option('--tls-cert <file>', 'PEM certificate: the API is answered over https')
    .option('--tls-key <file>', 'PEM key of the certificate')
    .option('--trusted-proxy <address>', 'a proxy that speaks TLS for this server; may be given several times', collect)
    .option('--media-root <folder>', 'a folder that media may lie in; may be given several times', collect)
    .option('--vendor-key <file>', 'PEM public key that licences must be signed with')
    .option('--data <folder>', 'folder of database and traces')
    .option('--adb <host:port>', 'adb server; may be given several times', collect)
    .option('--adb-path <file>', 'the adb program')
    .option('--connect <host:port>', 'a phone reached over TCP; may be given several times', collect)
    .option('--sim <n>', 'run N virtual phones inside the server', wholeNumber)
    .option('--sim-control <port>', "serve the virtual phones' control routes on this loopback port", wholeNumber)
    .option('--sim-port-base <port>', 'port of the first virtual phone; 0 = free ports', wholeNumber)
    .option('--sim-seed <seed>', 'seed of the virtual phones')
    .option('--config <file>', 'JSON file with the same keys')
    .addOption(
      new Option('--log-level <level>', 'least level that is logged').choices([
        'debug',
        'info',
        'warn',
        'error',
        'silent',
      ]),
    );

withServerOptions(program.command('serve'))
  .description('run the server: REST API, queue, phones')
  .action(async (flags) => (await import('./cli/serve.ts')).serve(flags));

const config = program.command('config').description('what the server would start with');
withServerOptions(config.command('show'))
  .description('each value of the configuration and where it comes from: default, file, environment, flag')
  .option('--json', 'print one JSON object')
  .action(async (flags) => (await import('./cli/config.ts')).showConfig(flags));

program
  .command('sim')
  .description('run virtual phones that a real adb server can connect to; prints one JSON line a phone')
  .option('--phones <n>', 'how many', wholeNumber, 1)
  .option('--port-base <port>', 'first port; each phone takes the next (default: free ports)', wholeNumber)
  .option('--control <port>', 'serve the control routes on this loopback port', wholeNumber)
  .option(
    '--adb-server <port>',
    'also serve a stand-in adb server, with the phones connected, on this port',
    wholeNumber,
  )
  .option('--seed <seed>', 'seed of everything random', 'drover')
  .option(
    '--app <app@version...>',
    'versions of the app twins, for example instagram@410.0.0; the first one named is shown as the phone’s app',
  )
  .option('--lang <tag>', 'language of the phones: en or fr')
  .action(async (flags) => (await import('./cli/sim.ts')).sim(flags));

program
  .command('demo')
  .description('the main job on virtual phones: one API call, a task, a published video')
  .option('--once', 'end after the first task instead of staying up')
  .option('--phones <n>', 'how many virtual phones', wholeNumber, 4)
  .option('--port <port>', 'port of the API (default: 50809 if free, else any)', wholeNumber)
  .option('--json', 'print JSON lines')
  .action(async (flags) => (await import('./cli/demo.ts')).demo(flags));

program
  .command('doctor')
  .description('check everything the server needs, each with its fix')
  .option('--json', 'print one JSON object')
  .option('--phone <serial>', 'prove one phone with harmless checks, from round trip to text read back')
  .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
  .option('--data <folder>', 'folder of database and traces')
  .option('--adb <host:port>', 'adb server; may be given several times', collect)
  .option('--adb-path <file>', 'the adb program')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/doctor.ts')).doctor(flags));

program
  .command('inspect')
  .description('what the recogniser sees on captured screens (uiautomator dump, Appium page source)')
  .argument('<file...>', 'XML files')
  .option('--json', 'print one JSON line a file; without it a table with each signal and its score')
  .option('--clone <app=package>', 'a clone of an app: tiktok=com.example.clone; may be given several times', collect)
  .action(async (files, flags) => (await import('./cli/inspect.ts')).inspect(files, flags));

program
  .command('confirm')
  .description('state that a phone and the accounts on it are yours; until then its public actions wait')
  .argument('<serial>', 'serial of the phone, as GET /api/v1/devices shows it')
  .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
  .option('--config <file>', 'JSON file of the server')
  .action(async (serial, flags) => (await import('./cli/confirm.ts')).confirm(serial, flags));

const token = program.command('token').description('tokens for callers from other machines, and for programs');
token
  .command('create')
  .description('make a token; it is printed once and stored nowhere')
  .requiredOption('--name <name>', 'what it is called in lists and in the audit trail')
  .addOption(
    new Option('--scope <scope>', 'read looks, tasks also makes and changes tasks, admin may do everything')
      .choices(['read', 'tasks', 'admin'])
      .makeOptionMandatory(),
  )
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/token.ts')).createToken(flags));
token
  .command('list')
  .description('name, scope and last use of every token')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/token.ts')).showTokens(flags));
token
  .command('revoke')
  .description('take a token back: it is refused from the next request on')
  .argument('<name>', 'its name or its id')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (name, flags) => (await import('./cli/token.ts')).revokeToken(name, flags));

program
  .command('mcp')
  .description('serve the API of a running server as MCP tools over standard input and output; reads only')
  .option('--url <address>', 'of the server (default: this machine); DROVER_TOKEN in the environment is sent along')
  .option('--port <port>', 'port of the API on this machine (default 50809)', wholeNumber)
  .option('--allow-changes', 'also offer tools that create, stop, retry and delete tasks and schedules')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/mcp.ts')).mcp(flags));

program
  .command('login')
  .description('print a link that logs one browser in to the console, where tokens are needed')
  .option('--name <name>', 'whom its changes are noted as', 'console')
  .addOption(new Option('--scope <scope>', 'what it may do').choices(['read', 'tasks', 'admin']).default('admin'))
  .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/login.ts')).login(flags));

program
  .command('logout')
  .description('log every browser out')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/login.ts')).logout(flags));

const license = program.command('license').description('the plan of this server, and the keys that a vendor gives out');
license
  .command('show')
  .description('the plan, the installed licence, and the id of this machine')
  .option('--vendor-key <file>', 'PEM public key that licences must be signed with')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (flags) => (await import('./cli/license.ts')).showLicense(flags));
license
  .command('install')
  .description('install a licence; a running server takes it up within seconds')
  .argument('<key>', 'the key, or a file that holds it')
  .option('--vendor-key <file>', 'PEM public key that licences must be signed with')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (key, flags) => (await import('./cli/license.ts')).installLicense(key, flags));
license
  .command('keys')
  .description('for vendors: make the pair of keys that licences are signed and checked with')
  .argument('<folder>', 'where the two files go')
  .action(async (folder) => (await import('./cli/license.ts')).makeVendorKeys(folder));
license
  .command('issue')
  .description('for vendors: make a licence, which is checked offline; it is printed')
  .requiredOption('--key <file>', 'PEM private key to sign with')
  .addOption(
    new Option('--plan <plan>', 'what it allows')
      .choices(['Free', 'Starter', 'Pro', 'Team', 'Business'])
      .makeOptionMandatory(),
  )
  .requiredOption('--holder <name>', 'whom it is for')
  .option('--days <n>', 'days from now after which it expires (default: never)', wholeNumber)
  .option('--machine <id>', 'the one machine it holds on (default: any)')
  .action(async (flags) => (await import('./cli/license.ts')).issueLicense(flags));

program
  .command('record')
  .description('write down the screen that a phone shows now, without private text, for authors of screens')
  .argument('<serial>', 'serial of the phone, as GET /api/v1/devices shows it')
  .option('--name <name>', 'name of the files (default: screen)')
  .option('--out <folder>', 'where to (default: recordings)')
  .option('--keep <words>', 'labels that are not private; may be given several times', collect)
  .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
  .option('--config <file>', 'JSON file of the server')
  .action(async (serial, flags) => (await import('./cli/record.ts')).record(serial, flags));

const trace = program.command('trace').description('traces of tasks as pages that open offline');
trace
  .command('open')
  .description('show an exported trace in the browser')
  .argument('<file>', 'page made by "trace save" or by the console')
  .action(async (file) => (await import('./cli/trace.ts')).openTrace(file));
trace
  .command('save')
  .description('write the trace of a task as one page')
  .argument('<task>', 'number of the task')
  .option('--out <file>', 'where to (default drover-task-N.html)')
  .option('--token <token>', 'where the server asks for one')
  .option('--port <port>', 'port of the API (default 50809)', wholeNumber)
  .option('--config <file>', 'JSON file of the server')
  .action(async (task, flags) => (await import('./cli/trace.ts')).saveTrace(task, flags));

program
  .command('backup')
  .description('write one archive of the data folder, also while the server runs')
  .argument('<file>', 'name of the archive; one that ends in .gz or .tgz is compressed')
  .option('--no-media', 'leave the media library out')
  .option('--no-traces', 'leave the traces out')
  .option('--force', 'replace an archive of this name')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (file, flags) => (await import('./cli/backup.ts')).backup(file, flags));

program
  .command('restore')
  .description('put a backup into the data folder; work is paused in it until you resume it')
  .argument('<file>', 'an archive that drover backup wrote')
  .option('--force', 'move what is in the folder aside')
  .option('--resume', 'do not pause work: tasks that were waiting then run again, whatever was done since')
  .option('--data <folder>', 'folder of database and traces')
  .option('--config <file>', 'JSON file of the server')
  .action(async (file, flags) => (await import('./cli/restore.ts')).restore(file, flags));

const service = program.command('service').description('let the server start with the machine');
const forSystem = () =>
  new Option('--for <system>', 'for another system than this one').choices(['systemd', 'launchd', 'windows']);
withServerOptions(service.command('install'))
  .description('install and start it, with the options of "drover serve" that are given here')
  .option('--print', 'print the file instead')
  .addOption(forSystem())
  .action(async (flags) => (await import('./cli/service.ts')).installService(flags));
withServerOptions(service.command('show'))
  .description('show what is installed, or what would be')
  .addOption(forSystem())
  .action(async (flags) => (await import('./cli/service.ts')).showService(flags));

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof DroverError)) throw thrown;
  process.stderr.write(`drover: ${thrown.message}\n`);
  process.exitCode = 1;
}
