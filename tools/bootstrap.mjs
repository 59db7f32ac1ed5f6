// Runs on whatever Node started npm (20 or newer) and has no dependencies: it makes sure that the packages of the
// lockfile are installed and that our sources are run by Node 24 or newer, and says what it does.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wantedMajor = 24;

const say = (text) => process.stderr.write(`drover: ${text}\n`);

/** True when node_modules holds what package-lock.json asks for: npm leaves its own copy of the lock behind. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return true;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const isCurrent = Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.peer || entry.devOptional || present[path]?.version === entry.version,
  );
  if (isCurrent) utimesSync(installed, new Date(), new Date());
  return isCurrent;
}

function runNpm(args) {
  const startedAt = Date.now();
  const ticker = setInterval(() => say(`  still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`), 10_000);
  return new Promise((resolve) => {
    // npm hands its own path to the scripts it runs; without it (bin started by hand) the one on PATH is used.
    const own = process.env.npm_execpath;
    const child =
      own && /npm-cli\.js$/.test(own)
        ? spawn(process.execPath, [own, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
        : spawn('npm', args, {
            cwd: root,
            stdio: ['ignore', 'inherit', 'inherit'],
            shell: process.platform === 'win32',
          });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(ticker));
}

/** Installs the locked packages when they are missing or stale. Ends the process with npm's code when npm fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const startedAt = Date.now();
  say('installing the packages of package-lock.json (npm ci), once …');
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    say(`npm ci failed with code ${code}; mend what it says above and run the command again.`);
    process.exit(code);
  }
  say(`installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

function versionOf(binary) {
  const answer = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/** The Node that runs our TypeScript: this one when new enough, else the one from the npm package `node`. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath;
  const packaged = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged) && versionOf(packaged)) return packaged;
  say(
    `Node ${wantedMajor} is needed, this is ${process.version}, and the packaged one (${packaged}) is missing or does not start. ` +
      'It comes with an install script: run `npm rebuild node`, or install Node 24 yourself.',
  );
  process.exit(1);
}

/** Runs `node args…` under the right Node, passing signals on; resolves to its exit code. */
export function runNode(args, { env = process.env, quiet = false } = {}) {
  const node = findNode();
  if (!quiet && node !== process.execPath)
    say(`this is Node ${process.versions.node}; running under ${versionOf(node)} from the npm package "node".`);
  // Stripped and compiled sources are kept beside the packages: from the second start on half of the load time is saved.
  const cache = join(root, 'node_modules', '.cache', 'compile');
  const child = spawn(node, args, { stdio: 'inherit', env: { NODE_COMPILE_CACHE: cache, ...env } });
  // A terminal sends Ctrl-C to the whole group; the child decides when to end, we only wait. A plain kill reaches
  // us alone and is passed on.
  const handlers = { SIGINT: () => {}, SIGTERM: () => child.kill('SIGTERM'), SIGHUP: () => child.kill('SIGHUP') };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
      resolve(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1));
    });
  });
}

/** Builds the console into dist/console; resolves to the exit code. */
export async function buildConsole() {
  const startedAt = Date.now();
  say('building the console …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = (config) => [vite, 'build', '--config', join(root, 'console', config), '--logLevel', 'warn'];
  let code = await runNode(build('vite.viewer.config.ts'), { quiet: true });
  // The console last: by its age we tell whether a build is due.
  if (code === 0) code = await runNode(build('vite.config.ts'), { quiet: true });
  if (code === 0) say(`console built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  else say(`the console was not built (code ${code}); everything else works. Again: npm run build`);
  return code;
}

/** Builds the console when it is missing or older than what it is made of. A failure is told and holds nothing up. */
export async function ensureConsole() {
  const built = join(root, 'dist', 'console', 'index.html');
  if (!existsSync(join(root, 'node_modules', 'vite'))) {
    if (!existsSync(built))
      say('the console is not built: its tools are development packages (npm ci without --omit=dev).');
    return;
  }
  const parts = ['console', 'src/contract', 'package-lock.json'].map((path) => join(root, path));
  if (existsSync(built) && Math.max(...parts.map(newestIn)) <= statSync(built).mtimeMs) return;
  await buildConsole();
}

/** Time of the last change of a file, or of anything below a folder, epoch ms. */
function newestIn(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
