// `npm run <name>`: installs what is missing, then runs the named steps under the right Node; stops at the first failure.
import { join } from 'node:path';
import { buildConsole, ensureConsole, ensureInstalled, root, runNode } from './bootstrap.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const module = (path) => join(root, 'node_modules', path);
const biome = module('@biomejs/biome/bin/biome');
const steps = {
  test: [[module('vitest/vitest.mjs'), 'run', ...rest]],
  check: [
    [module('typescript/bin/tsc'), '-p', root],
    [module('typescript/bin/tsc'), '-p', join(root, 'console')],
    [biome, 'check', root],
    [join(root, 'tools/check-rooms.ts')],
    [join(root, 'tools/generate.ts'), '--check'],
  ],
  generate: [[join(root, 'tools/generate.ts')]],
  build: [],
  screens: [[join(root, 'tools/screens.ts'), ...rest]],
  format: [[biome, 'check', '--write', root]],
  bench: [[join(root, 'bench/main.ts'), ...rest]],
  'bench:console': [[join(root, 'bench/main.ts'), 'console']],
  conformance: [[join(root, 'test/api/conformance/main.ts'), ...rest]],
  captures: [[join(root, 'tools/captures.ts'), ...rest]],
  survival: [[join(root, 'tools/survival.ts'), ...rest]],
  soak: [[join(root, 'test/soak/main.ts'), ...rest]],
}[name];

if (!steps) {
  process.stderr.write(`drover: no such script: ${name}\n`);
  process.exit(2);
}
await ensureInstalled();
if (name === 'build') process.exit(await buildConsole());
if (['test', 'bench', 'bench:console', 'screens'].includes(name)) await ensureConsole();
for (const [index, step] of steps.entries()) {
  const code = await runNode(step, { quiet: index > 0 });
  if (code !== 0) process.exit(code);
}
