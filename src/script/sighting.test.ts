import { describe, expect, test } from 'vitest';
import { type Box, button, loopsPackage, page, profilePage, screenXml, survey } from '../../test/support/loops-app.ts';
import { parseHierarchy } from '../phone/hierarchy.ts';
import { byClass, byText, where } from '../phone/selector.ts';
import { resolveControl } from './resolve.ts';
import { control, defineDialog, defineScreen, weighted } from './screen.ts';
import { type Element, type Known, type Row, sight } from './sighting.ts';

const people = defineScreen('loops.people', {
  canonical: 'search-results-users',
  shown: [byText('People')],
  state: (view) => ({ count: view.allOf('resultRows').length, nothing: undefined }),
  title: control([byText('People')], { readOnly: true }),
  inner: control([byText('People')], { internal: true }),
  resultRows: control([where(byClass('RelativeLayout'), (node) => node.clickable, 'rows')], {
    many: true,
    fields: {
      username: byText(/^[a-z.]+$/),
      follow: byText(['Follow', 'Following']),
    },
  }),
});
const rate = defineDialog('loops.dialog-rate', {
  needs: [byText('Do you like Loops?')],
  dismiss: 'later',
  later: control([byText('Later')]),
});
const loops: Known = {
  platform: 'tiktok',
  packageName: loopsPackage,
  packages: /^com\.example\.loops(?:\.lite)?$/,
  screens: [people],
  dialogs: [rate, survey],
  words: { en: ['People'] },
};

const row = (name: string, label: string, top: number): Box => ({
  className: 'android.widget.RelativeLayout',
  at: [0, top, 1080, top + 200],
  clickable: true,
  children: [{ text: name, at: [200, top + 20, 500, top + 80] }, button(label, [800, top + 50, 1040, top + 150])],
});
const peoplePage = page(
  { text: 'People', at: [40, 100, 400, 160] },
  row('mira.loops', 'Follow', 300),
  row('noor', 'Following', 520),
);
const see = (xml: string) => sight(parseHierarchy(xml), [loops]);

describe('what one capture shows', () => {
  test('names, rows with their fields, and what is only read', () => {
    const { app, packageName, screen, blocking, state, elements } = see(screenXml(peoplePage));
    expect({ app, packageName, screen, blocking }).toEqual({
      app: 'tiktok',
      packageName: loopsPackage,
      screen: 'search-results-users',
      blocking: false,
    });
    expect(state).toEqual({ keyboard: false, count: 2 });
    expect([...elements.keys()]).toEqual(['title', 'result_rows']);
    expect(elements.get('title')).toMatchObject({ text: 'People', tap: undefined });
    const rows = elements.get('result_rows') as readonly Row[];
    expect(
      rows.map(({ tap, fields }) => [tap, fields.username?.text, fields.follow?.text, fields.follow?.tap]),
    ).toEqual([
      [{ x: 540, y: 400 }, 'mira.loops', 'Follow', { x: 920, y: 400 }],
      [{ x: 540, y: 620 }, 'noor', 'Following', { x: 920, y: 620 }],
    ]);
  });

  test('the safe way out of a dialog is its dismiss, whatever it is called', () => {
    const xml = screenXml(
      page({ text: 'Do you like Loops?', at: [100, 800, 900, 900] }, button('Later', [100, 1000, 900, 1100])),
    );
    const { screen, blocking, elements } = see(xml);
    expect([screen, blocking]).toEqual(['dialog-rate', true]);
    expect((elements.get('dismiss') as Element).tap).toEqual({ x: 500, y: 1050 });
  });

  test('a variant of the app is the app; a log without packages is told by its evidence', () => {
    const variant = screenXml({ ...peoplePage, package: 'com.example.loops.lite' });
    expect(see(variant)).toMatchObject({ app: 'tiktok', packageName: 'com.example.loops.lite' });
    const flat = screenXml({ ...peoplePage, package: '' });
    expect(see(flat)).toMatchObject({ app: 'tiktok', packageName: undefined, screen: 'search-results-users' });
  });

  test('what no app and no page of the system explains is unknown, and nothing is offered', () => {
    const { screen, blocking, elements } = see(screenXml(profilePage('mira.loops', false)));
    expect([screen, blocking, elements.size]).toEqual([undefined, undefined, 0]);
  });
});

describe('windows in front', () => {
  const over = (owner: string, at: Box['at']): Box => ({
    at,
    package: owner,
    children: [{ text: 'Incoming call', at: [at[0], at[1], at[2], at[1] + 10], clickable: true }],
  });

  test.each<[string, string, Box['at'], string | undefined]>([
    ['a call over the middle', 'com.example.phone', [100, 600, 980, 1400], undefined],
    ['the shade of notifications', 'com.android.systemui', [0, 0, 1080, 2000], undefined],
    ['the status bar', 'com.android.systemui', [0, 0, 1080, 60], 'search-results-users'],
    ['a side panel', 'com.samsung.android.app.cocktailbarservice', [1040, 400, 1080, 900], 'search-results-users'],
    ['a keyboard', 'com.google.android.inputmethod.latin', [0, 900, 1080, 2000], 'search-results-users'],
    ['a window of another app in a corner', 'com.example.chat', [800, 1700, 1080, 1900], 'search-results-users'],
  ])('%s', (_, owner, at, screen) => {
    const seen = see(screenXml(peoplePage, over(owner, at)));
    expect(seen.screen).toBe(screen);
    if (screen === undefined) expect(seen.elements.size).toBe(0);
  });
});

describe('signals that name different nodes', () => {
  const hierarchy = parseHierarchy(
    screenXml(page(button('Next', [0, 0, 500, 100]), button('Drafts', [500, 0, 1000, 100]))),
  );
  const all = () => true;
  const shape = where(byText('Drafts'), () => true, 'a shape');

  test('of equal weight refuse', () => {
    expect(resolveControl(hierarchy, control([byText('Next'), shape]), all).is).toBe('ambiguous');
  });

  test('yield to one of twice the weight, with less confidence', () => {
    const resolved = resolveControl(hierarchy, control([weighted(2, byText('Next')), shape]), all);
    expect(resolved).toMatchObject({ is: 'one', node: { text: 'Next' } });
  });
});
