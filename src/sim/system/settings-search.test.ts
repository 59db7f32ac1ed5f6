import { expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import type { UiNode } from '../parts.ts';
import { type SimPhone, startSimPhone } from '../phone.ts';
import { World } from '../world.ts';

const start = (language: string): Promise<SimPhone> =>
  startSimPhone({
    port: 0,
    seed: 'seven',
    app: 'tiktok',
    appVersion: '46.4.3',
    language,
    world: new World({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
  });

async function shell(phone: SimPhone, line: string): Promise<string> {
  let output = '';
  for await (const part of phone.openService(`shell:${line}`) ?? []) output += String(part);
  return output;
}

function texts(phone: SimPhone): string[] {
  const found: string[] = [];
  const walk = (node: UiNode): void => {
    for (const text of [node.text, node.hint, node.desc]) if (text) found.push(text);
    for (const child of node.children ?? []) walk(child);
  };
  for (const window of phone.ui.windows()) walk(window.root);
  return found;
}

test.each([
  ['en-US', 'Search settings', 'No results'],
  ['fr-FR', 'Rechercher dans les paramètres', 'Aucun résultat'],
])(
  'the search of the settings in %s opens by its intent, with the keyboard, and takes text',
  async (language, hint, none) => {
    await using phone = await start(language);
    expect(await shell(phone, 'am start -a android.settings.APP_SEARCH_SETTINGS')).toContain('Starting: Intent');
    expect(phone.ui.foreground()).toEqual({
      package: 'com.android.settings.intelligence',
      activity: 'com.android.settings.intelligence.search.SearchActivity',
    });
    expect(phone.ui.isKeyboardShown).toBe(true);
    expect(texts(phone)).toContain(hint);

    expect(phone.ui.type('שלום 👩‍👩‍👧')).toBe(true);
    expect(texts(phone)).toEqual(expect.arrayContaining(['שלום 👩‍👩‍👧', none]));
    phone.ui.key(4);
    phone.ui.key(4);
    expect(phone.ui.foreground().package).toContain('launcher');
  },
);

test('it stands on no home screen, and every start begins empty', async () => {
  await using phone = await start('en-US');
  expect(texts(phone)).not.toContain('Settings Suggestions');
  for (let time = 0; time < 2; time++) {
    await shell(phone, 'am start -a android.settings.APP_SEARCH_SETTINGS');
    expect(texts(phone)).not.toContain('wifi');
    phone.ui.type('wifi');
    expect(texts(phone)).toContain('wifi');
    phone.ui.key(3);
  }
});
