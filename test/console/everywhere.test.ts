/** What holds on every page: nobody is shut out by it, it fits a narrow screen, and text from outside is only text. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../console/shell/nav.ts';
import { scriptNames } from '../../src/contract/script-names.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { type HostileHouse, openHostileHouse, ranTitle } from '../support/hostile-house.ts';

/** Part of every hostile text, however short it was cut. */
const marker = 'onerror';

interface Sight {
  name: string;
  path: string;
  /** What has to be there before the page is looked at. */
  until(page: Page): Promise<unknown>;
}

describe.skipIf(noBrowser !== undefined)('every page', () => {
  let at: HostileHouse;
  let browser: Browser;
  beforeAll(async () => {
    [at, browser] = await Promise.all([openHostileHouse(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await at?.house[Symbol.asyncDispose]();
  });

  const hostile = (page: Page) => page.getByText(marker, { exact: false }).first().waitFor();
  const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

  /** Every page of the navigation, those of one thing, and what opens on them. */
  const sights = (): Sight[] => {
    const phone = `/devices/${encodeURIComponent(at.house.serial)}`;
    return [
      ...pages.filter(({ id }) => id !== 'settings').map(({ id, path }) => ({ name: id, path, until: hostile })),
      { name: 'settings', path: '/settings', until: (page) => page.getByText('conduct.post_per_day').waitFor() },
      {
        name: 'wall, grouped, chosen',
        path: '/?by=group',
        until: async (page) => {
          await hostile(page);
          await page.getByRole('checkbox').first().check();
        },
      },
      {
        name: 'guide',
        path: '/guide',
        until: async (page) => {
          await page.locator('summary').first().click();
          await hostile(page);
        },
      },
      {
        name: 'phone',
        path: phone,
        until: async (page) => {
          await click(page, 'Read the screen');
          await page.getByRole('list', { name: 'What was on the screen' }).waitFor();
        },
      },
      {
        name: 'phone, files and clipboard',
        path: phone,
        until: async (page) => {
          await click(page, 'Use this phone');
          await page.getByText('Clipboard', { exact: true }).click();
          await page.getByRole('tab', { name: 'Files' }).click();
          await page
            .getByRole('cell', { name: /onerror/ })
            .first()
            .waitFor();
        },
      },
      {
        name: 'phone, log',
        path: phone,
        until: async (page) => {
          await page.getByRole('tab', { name: 'Log' }).click();
          await page.getByRole('region', { name: 'Log of the phone' }).getByText(marker).first().waitFor();
        },
      },
      {
        name: 'posted',
        path: `/tasks/${at.completed}`,
        until: async (page) => {
          await click(page, /^Action post/);
          await page.getByRole('region', { name: 'Details of the step' }).getByText(marker).first().waitFor();
        },
      },
      {
        name: 'hierarchy',
        path: `/tasks/${at.completed}`,
        until: async (page) => {
          await click(page, /^Action post/);
          await page.getByRole('tab', { name: 'Hierarchy' }).click();
          await page
            .getByRole('button', { name: /TextView/ })
            .first()
            .waitFor();
        },
      },
      {
        name: 'phone log',
        path: `/tasks/${at.completed}`,
        until: async (page) => {
          await page.getByRole('tab', { name: 'Phone log' }).click();
          await page.getByText('/source').first().waitFor();
        },
      },
      { name: 'failed', path: `/tasks/${at.failed}`, until: hostile },
      {
        name: 'scheduled',
        path: `/tasks/${at.scheduled}`,
        until: (page) => page.getByText('Scheduled').first().waitFor(),
      },
      {
        name: 'schedule',
        path: `/schedules/${at.schedule}`,
        until: (page) => page.getByText('08:30').first().waitFor(),
      },
      { name: 'calendar', path: '/schedules?view=calendar', until: hostile },
      {
        name: 'account',
        path: '/accounts',
        until: async (page) => {
          await click(page, '@lena.makes');
          await page.getByRole('dialog').getByText(marker).first().waitFor();
        },
      },
      {
        name: 'medium',
        path: '/media',
        until: async (page) => {
          await click(page, /onerror/);
          await page.getByRole('dialog').getByText(marker).first().waitFor();
        },
      },
      {
        name: 'palette',
        path: '/',
        until: async (page) => {
          await hostile(page);
          await page.keyboard.press('Control+k');
          await page.keyboard.type('onerror');
          await page.getByRole('option').first().waitFor();
        },
      },
      {
        name: 'keys',
        path: '/',
        until: async (page) => {
          await hostile(page);
          await page.keyboard.press('?');
          await page.getByRole('dialog').getByText('Go to Phones').waitFor();
        },
      },
      ...scriptNames
        .filter((script) => script !== 'unfollow') // the form of follow
        .map(
          (script): Sight => ({
            name: `new ${script}`,
            path: `/tasks/new?script=${script}&serials=${encodeURIComponent(at.house.serial)}`,
            until: async (page) => {
              await page.getByText(marker, { exact: false }).first().waitFor();
              const more = page.getByRole('button', { name: 'More settings' });
              if (await more.count()) await more.click();
            },
          }),
        ),
      { name: 'no page', path: '/nowhere', until: (page) => page.getByText('There is no such page').first().waitFor() },
    ];
  };

  test('shuts nobody out in light and dark, fits 390 px, and takes text from outside as text', async () => {
    const { page, complaints } = await openPage(browser, { colorScheme: 'light' });
    page.setDefaultTimeout(30_000); // below the test’s own, so that the step that hangs is named
    const faults: string[] = [];
    for (const { name, path, until } of sights()) {
      const note = (kind: string, found: readonly string[]) =>
        faults.push(...found.map((one) => `${name}, ${kind}: ${one}`));
      await page.goto(at.house.api.base + path);
      await until(page).catch((error: unknown) => note('not there', [String(error).split('\n')[0] ?? '']));
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      note('light', await accessibilityFaults(page));
      await paint(page, 'dark');
      // The themes differ in colours alone.
      note('dark', await accessibilityFaults(page, { only: ['color-contrast'] }));
      await page.setViewportSize(narrow);
      note('390 px', await page.evaluate<string[]>(tooWide));
      note('turned', await page.evaluate<string[]>(turned));
      note('markup', await page.evaluate<string[]>(ran));
      await page.setViewportSize(wide);
      await paint(page, 'light');
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
    // The looks see what they are to see.
    await page.setViewportSize(narrow);
    await page.evaluate(planted);
    for (const look of [tooWide, turned, ran]) expect(await page.evaluate<string[]>(look), look).toHaveLength(1);
  }, 300_000);
});

const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };

async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
}

/** Runs in the page. One fault for each of the looks. */
const planted = `(() => {
  const box = document.createElement('div');
  box.innerHTML = '<img src="x"><p>before <span></span> after</p><pre>' + 'W'.repeat(500) + '</pre>';
  box.querySelector('span').textContent = String.fromCharCode(0x202e) + 'turned';
  document.getElementById('content').append(box);
})()`;

/** Runs in the page. What foreign markup would have left behind. */
const ran = `[
  ...(document.title === '${ranTitle}' ? ['a script has run'] : []),
  ...[...document.querySelectorAll('img[src="x"], main script')].map((one) => one.outerHTML),
]`;

/** Runs in the page. What reaches past the window, or makes what is not meant to scroll sideways do so. */
const tooWide = `(() => {
  const width = document.documentElement.clientWidth;
  const boxes = [document.documentElement, document.getElementById('content'), ...document.querySelectorAll('[role=dialog]')];
  return boxes.filter((box) => box && box.scrollWidth > Math.max(box.clientWidth, 1) + 1 )
    .map((box) => (box.id || box.tagName) + ' is ' + box.scrollWidth + ' px wide in ' + width + ': ' +
      [...box.querySelectorAll('*')].filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return right - left > width || right > width + 1;
      }).slice(0, 4).map((one) => one.tagName + '.' + one.className).join(' '));
})()`;

/**
 * Runs in the page. Texts with a turn of direction that share a line with others and are not kept to themselves: by an
 * element of their own (`bdi`, `dir="auto"`), or by marks around the value.
 */
const turned = `(() => {
  const turn = String.fromCharCode(0x202e);
  const isInline = (one) => getComputedStyle(one).display === 'inline';
  const boxOf = (text) => {
    let one = text.parentElement;
    while (one && isInline(one)) one = one.parentElement;
    return one;
  };
  const isKept = (text, box) => {
    for (let one = text.parentElement; one !== box; one = one.parentElement)
      if (getComputedStyle(one).unicodeBidi !== 'normal') return true;
    return /\\u2068[^\\u2069]*\\u202e[^\\u2069]*\\u2069/.test(text.data);
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim() !== '' && boxOf(walker.currentNode)) texts.push(walker.currentNode);
  return texts.filter((text) => {
    if (!text.data.includes(turn)) return false;
    const box = boxOf(text);
    return !isKept(text, box) && texts.some((other) => other !== text && boxOf(other) === box);
  }).map((text) => boxOf(text).tagName + '.' + boxOf(text).className + ': ' + boxOf(text).textContent.slice(0, 80));
})()`;
