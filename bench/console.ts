import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { noBrowser, openBrowser } from '../test/support/browser.ts';
import { TestServer } from '../test/support/http.ts';
import { spread } from './spread.ts';

const phones = 1_000;
const rounds = 5;

const serialOf = (index: number): string => `10.0.${Math.floor(index / 250)}.${index % 250}:5555`;

/**
 * The console in a real browser against a real server that knows 1,000 phones (their screens are one picture, the rest is
 * real): first paint, filter, live update in ms, and the longest task of the page's thread while the wall is scrolled.
 */
export async function benchConsole(): Promise<object[]> {
  if (noBrowser) return [{ bench: 'console', skipped: noBrowser }];
  const screen = await sharp({ create: { width: 1080, height: 2400, channels: 3, background: '#246' } })
    .png()
    .toBuffer();
  const refuse = async () => {
    throw new Error('not part of this bench');
  };
  const server = await TestServer.start({
    consoleFolder: join(import.meta.dirname, '..', 'dist', 'console'),
    deviceDesk: {
      reconnect: refuse,
      switchDevice: refuse,
      hold: refuse,
      release: refuse,
      hierarchy: refuse,
      sighting: refuse,
      picture: async () => screen,
      watch: () => () => {},
    },
  });
  server.devices = Array.from({ length: phones }, (_, index) => ({
    serial: serialOf(index),
    state: index % 20 === 0 ? ('offline' as const) : ('ready' as const),
    adbState: 'device',
    reason: index % 20 === 0 ? 'the cable was pulled' : null,
    lastProofAt: Date.now(),
    model: `Model ${index % 7}`,
    android: '14',
    virtual: true,
    battery: { level: index % 101, temperatureC: 30, charging: true },
    storageFreeMb: 20_000,
    apps: [{ package: 'com.zhiliaoapp.musically', version: '46.4.3' }],
  }));
  const browser = await openBrowser();
  try {
    const figures = {
      paint: [] as number[],
      all: [] as number[],
      filter: [] as number[],
      live: [] as number[],
      longest: [] as number[],
    };
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${server.port}/`);
      await page.getByText(`${phones} phones`, { exact: false }).waitFor();
      figures.paint.push(await number(page, `performance.getEntriesByName('first-contentful-paint')[0].startTime`));
      figures.all.push(await number(page, 'performance.now()'));
      figures.longest.push(await scroll(page));
      figures.live.push(await liveUpdate(page, server, round));
      figures.filter.push(await filter(page));
      await context.close();
    }
    return Object.entries(figures).map(([figure, values]) => ({
      bench: 'console',
      phones,
      figure,
      unit: 'ms',
      ...spread(values),
    }));
  } finally {
    await browser.close();
    await server.stop();
  }
}

const number = (page: Page, expression: string): Promise<number> => page.evaluate<number>(expression);

/** From the key press to the wall that fits it, in the page's own clock. */
const filter = (page: Page): Promise<number> =>
  page.evaluate<number>(`(async () => {
    const field = document.querySelector('search input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const begin = performance.now();
    set.call(field, '10.0.3.7');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (;;) {
      const tiles = document.querySelectorAll('article');
      if (tiles.length > 0 && [...tiles].every((tile) => tile.textContent.includes('10.0.3.7'))) return performance.now() - begin;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  })()`);

/** The longest task of the page while the wall is scrolled from top to bottom; 0 when none took 50 ms. */
const scroll = (page: Page): Promise<number> =>
  page.evaluate<number>(`(async () => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const box = [...document.querySelectorAll('main *')].find((one) => one.scrollHeight > one.clientHeight * 3 && /auto|scroll/.test(getComputedStyle(one).overflowY));
    for (let at = 0; at < 120; at++) {
      box.scrollTop += 300;
      await new Promise(requestAnimationFrame);
    }
    box.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
    observer.disconnect();
    return longest;
  })()`);

/** From the answer of a change to the wall that shows it. */
async function liveUpdate(page: Page, server: TestServer, round: number): Promise<number> {
  const name = `000 renamed ${round}`;
  const url = `http://127.0.0.1:${server.port}/api/v1/devices/${encodeURIComponent(serialOf(round))}`;
  const shown = page.getByText(name, { exact: true }).waitFor();
  await fetch(url, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const begin = performance.now();
  await shown;
  return performance.now() - begin;
}
