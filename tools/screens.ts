/**
 * `npm run screens [-- FOLDER]`: starts the demo, opens every page of the console in both themes and all languages, at
 * the width of a phone and from right to left, and writes the pictures and one contact sheet a theme into FOLDER (default
 * dist/screens). For looking at, before a release.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { pages } from '../console/shell/nav.ts';
import { noBrowser, openBrowser } from '../test/support/browser.ts';

const root = join(import.meta.dirname, '..');
const languages = readdirSync(join(root, 'console', 'shell', 'words'))
  .filter((name) => /^[a-z]{2,3}\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ''));
const themes = ['light', 'dark'] as const;
const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
/** Live pictures and lists have arrived by then. */
const settleMs = 2_500;
const patienceTries = 90;
const columns = 3;
const tileWidth = 640;

/** Resolves with the address of the demo's API once its stage is set. */
async function startDemo(): Promise<{ api: string; stop: () => void }> {
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), 'demo', '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, api } = JSON.parse(line) as { event: string; api?: string };
    if (event === 'staying' && api) return { api, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('the demo ended before it was ready');
}

async function read<Data>(url: string): Promise<Data> {
  return ((await (await fetch(url)).json()) as { data: Data }).data;
}

/** One task of the demo's stage goes wrong; it takes the phone a while to be sure of it. */
async function firstFailed(api: string): Promise<number> {
  for (let tries = 0; tries < patienceTries; tries++) {
    const { tasks } = await read<{ tasks: { id: number }[] }>(`${api}/task?status=3`);
    const [task] = tasks;
    if (task) return task.id;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('no task of the demo failed');
}

/** Name → path, of every page; those of one thing show one that the demo has. */
async function findPaths(api: string): Promise<readonly (readonly [string, string])[]> {
  const { devices } = await read<{ devices: { serial: string }[] }>(`${api}/devices`);
  const failed = await firstFailed(api);
  const { tasks: done } = await read<{ tasks: { id: number }[] }>(`${api}/task?status=2`);
  const serial = devices[0]?.serial ?? '';
  return [
    ...pages.map(({ id, path }) => [id, path] as const),
    ['guide', '/guide'],
    ['phone', `/devices/${encodeURIComponent(serial)}`],
    ['phone-files', `/devices/${encodeURIComponent(serial)}?tab=files&folder=/sdcard`],
    ['phone-log', `/devices/${encodeURIComponent(serial)}?tab=log`],
    ['new-schedule', '/schedules/new'],
    ['new-task', `/tasks/new?script=follow&serials=${encodeURIComponent(serial)}`],
    ['failed-task', `/tasks/${failed}`],
    ['done-task', `/tasks/${done[0]?.id ?? 1}`],
  ];
}

async function main(): Promise<void> {
  if (noBrowser) throw new Error(noBrowser);
  const folder = resolve(process.argv[2] ?? join(root, 'dist', 'screens'));
  mkdirSync(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await openBrowser();
  try {
    const paths = await findPaths(demo.api);
    const base = new URL(demo.api).origin;
    for (const colorScheme of themes) {
      const pictures: string[] = [];
      for (const locale of languages)
        pictures.push(...(await shoot(browser, { base, paths, folder, colorScheme, locale, viewport: wide })));
      const [locale = 'en'] = languages;
      pictures.push(...(await shoot(browser, { base, paths, folder, colorScheme, locale, viewport: narrow })));
      const turned = paths.map(([name, path]) => [`${name}-rtl`, turnedRound(path)] as const);
      pictures.push(...(await shoot(browser, { base, paths: turned, folder, colorScheme, locale, viewport: wide })));
      const sheet = join(folder, `sheet-${colorScheme}.jpg`);
      await writeSheet(pictures, sheet);
      console.log(sheet);
    }
  } finally {
    await browser.close();
    demo.stop();
  }
}

/** The page as it stands in a language that runs from right to left. */
const turnedRound = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}dir=rtl`;

interface Round {
  base: string;
  paths: readonly (readonly [string, string])[];
  folder: string;
  colorScheme: 'light' | 'dark';
  locale: string;
  viewport: { width: number; height: number };
}

async function shoot(browser: Browser, { base, paths, folder, ...look }: Round): Promise<string[]> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`));
  const pictures: string[] = [];
  for (const [name, path] of paths) {
    await page.goto(base + path);
    await page.waitForTimeout(settleMs);
    const picture = join(folder, `${name}-${look.locale}-${look.colorScheme}-${look.viewport.width}.png`);
    await page.screenshot({ path: picture });
    pictures.push(picture);
  }
  await context.close();
  return pictures;
}

async function writeSheet(pictures: readonly string[], path: string): Promise<void> {
  const height = Math.round((tileWidth * wide.height) / wide.width);
  const tiles = await Promise.all(
    pictures.map((picture) =>
      sharp(picture)
        .resize({ width: tileWidth, height, fit: 'contain', position: 'top', background: '#888' })
        .toBuffer(),
    ),
  );
  const gap = 12;
  const rows = Math.ceil(tiles.length / columns);
  await sharp({
    create: {
      width: columns * (tileWidth + gap) + gap,
      height: rows * (height + gap) + gap,
      channels: 3,
      background: '#888',
    },
  })
    .composite(
      tiles.map((input, index) => ({
        input,
        left: gap + (index % columns) * (tileWidth + gap),
        top: gap + Math.floor(index / columns) * (height + gap),
      })),
    )
    .jpeg({ quality: 80 })
    .toFile(path);
}

await main();
