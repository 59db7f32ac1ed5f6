#!/usr/bin/env node
// The `drover` command: installs what is missing, picks a Node that runs TypeScript, and hands over to src/cli.ts.
import { join } from 'node:path';
import { ensureConsole, ensureInstalled, root, runNode } from '../tools/bootstrap.mjs';

const startedAt = Date.now();
await ensureInstalled();
const args = process.argv.slice(2);
// The demo that ends by itself has nobody to open a page.
const hasPages = args[0] === 'serve' || (args[0] === 'demo' && !args.includes('--once'));
if (hasPages && !args.includes('--help')) await ensureConsole();
const quiet = args.includes('--json') || args.includes('--quiet') || args[0] === 'sim' || args[0] === 'mcp';
process.exitCode = await runNode([join(root, 'src', 'cli.ts'), ...args], {
  quiet,
  env: { ...process.env, DROVER_STARTED_AT: String(startedAt) },
});
