import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Box,
  button,
  loops,
  loopsPackage,
  page,
  profile,
  profilePage,
  screenXml,
} from '../../test/support/loops-app.ts';
import { parseHierarchy } from '../phone/hierarchy.ts';
import { byClass, byDesc, byId, byText } from '../phone/selector.ts';
import { recognise } from './recognise.ts';
import { findObstacle, resolveControl } from './resolve.ts';
import { control, defineDialog, defineScreen, first } from './screen.ts';
import { Seen } from './seen.ts';
import { permission } from './system-screens.ts';

const look = (xml: string, app: Parameters<typeof recognise>[1] = loops) => recognise(parseHierarchy(xml), app);
const permissionController = 'com.google.android.permissioncontroller';
const allow = { id: 'com.android.permissioncontroller:id/permission_allow_button' };
const deny = { id: 'com.android.permissioncontroller:id/permission_deny_button' };
const dialogBox = (owner: string) =>
  ({
    at: [100, 700, 980, 1300],
    package: owner,
    children: [
      {
        text: 'Allow Loops to record audio?',
        at: [120, 720, 960, 800],
        id: 'com.android.permissioncontroller:id/permission_message',
      },
      button('Allow', [120, 900, 960, 1000], allow),
      button('Don’t allow', [120, 1100, 960, 1200], deny),
    ],
  }) as const;

describe('which screen is in front', () => {
  test('a screen by enough of its signals, with its controls and the language', () => {
    const seen = look(screenXml(profilePage('mira.loops', false)));
    expect(seen).toMatchObject({ app: loopsPackage, top: profile, language: 'en', blocking: false, confidence: 1 });
    expect(seen.controls.get('loops.profile.follow')).toMatchObject({ is: 'one', target: { clickable: true } });
    expect(seen.controls.get('loops.bar.homeTab')).toMatchObject({ is: 'one' });
    expect(seen.controls.get('loops.profile.followed')).toMatchObject({ is: 'none' });
  });

  test('too few signals are an unknown screen, and the trace says what was found', () => {
    const seen = look(screenXml(page({ text: 'Followers', at: [0, 0, 100, 100] })));
    expect(seen.top).toBeUndefined();
    expect(seen.confidence).toBe(0);
    expect(seen.candidates[0]).toMatchObject({ fits: false, share: expect.closeTo(1 / 3, 5) });
    expect(seen.candidates[0]?.signals.filter(({ hit }) => hit)).toEqual([
      { name: 'text "Followers"', score: 1, hit: true },
    ]);
  });

  test('two screens that fit alike are unknown', () => {
    const twin = defineScreen('loops.twin', { shown: profile.rules.shown ?? [] });
    expect(look(screenXml(profilePage('a', false)), { ...loops, screens: [profile, twin] }).top).toBeUndefined();
  });

  test('a sheet declared to lie over the page wins over it', () => {
    const sheet = defineScreen('loops.sheet', { shown: [byText('Share to')], over: ['loops.profile'] });
    const xml = screenXml(
      page({ text: 'Share to', at: [0, 1500, 1080, 1560] }, ...(profilePage('a', false).children ?? [])),
    );
    expect(look(xml, { ...loops, screens: [profile, sheet] }).top).toBe(sheet);
  });

  test('of two layers the one drawn later wins, wherever it stands in the tree', () => {
    const camera = defineScreen('loops.camera', { shown: [byText('Flip'), byText('Timer'), byText('Record')] });
    const gallery = defineScreen('loops.gallery', { shown: [byText('Recents'), byText('Next')] });
    const layer = (drawing: number, ...texts: string[]) => ({
      at: [0, 0, 1080, 2000] as const,
      drawing,
      children: texts.map((text, n) => ({ text, at: [0, n * 100, 500, n * 100 + 90] as const })),
    });
    const app = { ...loops, screens: [camera, gallery] };
    const [below, above] = [layer(1, 'Flip', 'Timer', 'Record'), layer(2, 'Recents', 'Next')];
    expect(look(screenXml(page(below, above)), app).top).toBe(gallery);
    expect(look(screenXml(page(above, below)), app).top).toBe(gallery);
  });

  test('what must be there and what may not be', () => {
    const own = defineScreen('loops.own', {
      needs: [byText('Edit')],
      shown: [byText('Followers')],
      never: [byText('Follow')],
    });
    const app = { ...loops, screens: [own] };
    const texts = (...all: string[]) =>
      screenXml(page(...all.map((text, n) => ({ text, at: [0, n * 99, 500, n * 99 + 90] as const }))));
    expect(look(texts('Edit', 'Followers'), app).top).toBe(own);
    expect(look(texts('Followers', 'Likes'), app).top).toBeUndefined();
    expect(look(texts('Edit', 'Followers', 'Follow'), app).top).toBeUndefined();
  });

  test('nodes of another package are not ours', () => {
    expect(look(screenXml({ ...profilePage('a', false), package: 'com.example.copycat' }))).toMatchObject({
      top: { screenName: 'system.other-app' },
      app: 'com.example.copycat',
      blocking: true,
    });
  });

  test('a dialog window of the app takes every touch, so what lies behind it is not there', () => {
    const box = {
      at: [100, 800, 900, 1200] as const,
      children: [{ text: 'Something new', at: [120, 820, 800, 900] as const }],
    };
    expect(look(screenXml(profilePage('a', false), box)).top).toBeUndefined();
  });
});

describe('the system in front', () => {
  test('a permission dialog blocks, also over the app', () => {
    const seen = look(screenXml(profilePage('a', false), dialogBox(permissionController)));
    expect(seen).toMatchObject({ top: permission, blocking: true, app: permissionController });
    expect(seen.controls.get('system.permission.deny')).toMatchObject({ is: 'one' });
  });

  test('a picture of one, drawn by the app, is none', () => {
    expect(look(screenXml(page(dialogBox(loopsPackage)))).top).toBeUndefined();
    // nor when only its buttons claim to be the system's
    expect(look(screenXml(page(dialogBox(permissionController)))).top).toBeUndefined();
  });

  test.each([
    ['com.android.launcher3', 'system.launcher'],
    ['com.android.vending', 'system.play-store'],
    ['com.example.other', 'system.other-app'],
  ])('%s in front is %s', (owner, name) => {
    const seen = look(
      screenXml({ at: [0, 0, 1080, 2000], package: owner, children: [{ text: 'x', at: [0, 0, 50, 50] }] }),
    );
    expect(seen.top?.screenName).toBe(name);
    expect(seen.blocking).toBe(true);
    expect(seen.app).toBe(owner);
  });
});

describe('whatever an update does to a page', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'q', '_', '7'), minLength: 1, maxLength: 5 });

  test('other ids, the same answer and the same tap', () => {
    const before = look(screenXml(profilePage('mira', false)));
    fc.assert(
      fc.property(fc.infiniteStream(word), (ids) => {
        const xml = screenXml(profilePage('mira', false)).replaceAll(
          'resource-id=""',
          () => `resource-id="${loopsPackage}:id/${ids.next().value}"`,
        );
        const after = look(xml);
        expect(after.top).toBe(before.top);
        const [a, b] = [before, after].map(({ controls }) => controls.get(profile.follow.name));
        expect(b).toMatchObject({ is: 'one', target: { bounds: a?.is === 'one' ? a.target?.bounds : {} } });
      }),
      { numRuns: 50 },
    );
  });

  test('a covered layer never wins and none of its controls can be had', () => {
    const box = fc.record({
      text: fc.constantFrom('@mira', 'Followers', 'Follow', 'For you', 'Inbox', 'x'),
      y: fc.integer({ min: 0, max: 19 }),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 8 }), (boxes) => {
        const covered = {
          at: [0, 0, 1080, 2000] as const,
          drawing: 1,
          children: boxes.map(({ text, y }) => button(text, [0, y * 100, 500, y * 100 + 90])),
        };
        const front = {
          at: [0, 0, 1080, 2000] as const,
          drawing: 2,
          clickable: true,
          children: [
            { text: 'New post', at: [0, 0, 400, 100] as const },
            button('Drafts', [50, 1800, 500, 1900]),
            button('Post', [550, 1800, 1030, 1900]),
          ],
        };
        const seen = look(screenXml(page(covered, front)));
        expect(seen.top?.screenName).toBe('loops.composer');
        expect(new Seen(seen, profile).has('follow')).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a control', () => {
  const tree = (...boxes: readonly Box[]) => parseHierarchy(screenXml(page(...boxes)));
  const all = () => true;

  test('signals that agree on a node are one control; one that finds nothing lowers the confidence', () => {
    const found = resolveControl(
      tree(button('Next', [0, 0, 200, 100], { desc: 'Go on' })),
      control([byText('Next'), byDesc('Go on'), byId('x4j')]),
      all,
    );
    expect(found).toMatchObject({ is: 'one', target: { desc: 'Go on' }, confidence: expect.closeTo(2 / 3, 5) });
  });

  test('signals that name different nodes refuse', () => {
    const hierarchy = tree(button('Follow', [0, 0, 200, 100]), button('More', [300, 0, 500, 100], { desc: 'Follow' }));
    const signals = [byText('Follow'), byDesc('Follow')];
    expect(resolveControl(hierarchy, control(signals), all).is).toBe('ambiguous');
    expect(resolveControl(hierarchy, control(signals, { many: true }), all).is).toBe('ambiguous');
  });

  test('one signal that finds two nodes refuses, unless another tells them apart or it is a list', () => {
    const hierarchy = tree(button('Follow', [0, 0, 200, 100], { id: 'main' }), button('Follow', [0, 200, 200, 300]));
    expect(resolveControl(hierarchy, control([byText('Follow')]), all).is).toBe('ambiguous');
    expect(resolveControl(hierarchy, control([byText('Follow'), byId('main')]), all).is).toBe('one');
    expect(resolveControl(hierarchy, control([first(byText('Follow'))]), all).is).toBe('one');
    expect(resolveControl(hierarchy, control([byText('Follow')], { many: true }), all)).toMatchObject({
      is: 'many',
      places: [{}, {}],
    });
  });

  test('a page that swallows touches is not the button around a label', () => {
    const hierarchy = parseHierarchy(
      screenXml(
        page({ at: [0, 0, 1080, 2000], clickable: true, children: [{ text: 'Follow', at: [0, 0, 200, 100] }] }),
      ),
    );
    expect(resolveControl(hierarchy, control([byText('Follow')]), all)).toMatchObject({ is: 'one', target: undefined });
  });

  test('a greyed-out button takes no tap', () => {
    const box = button('Post', [0, 0, 200, 100], { className: 'Button' });
    const xml = screenXml(page(box)).replace(/class="Button"(.*?)enabled="true"/, 'class="Button"$1enabled="false"');
    expect(resolveControl(parseHierarchy(xml), control([byText('Post')]), all)).toMatchObject({
      is: 'one',
      target: undefined,
    });
    expect(resolveControl(parseHierarchy(screenXml(page(box))), control([byClass('Button')]), all)).toMatchObject({
      target: {},
    });
  });

  test('the keyboard, and what is drawn over a button, take its tap', () => {
    const target = button('Post', [500, 1800, 1000, 1900]);
    const keyboard = {
      at: [0, 1400, 1080, 2000] as const,
      package: 'com.example.keyboard',
      children: [{ text: 'q', at: [0, 1400, 100, 1500] as const }],
    };
    const obstacle = (xml: string) => {
      const hierarchy = parseHierarchy(xml);
      const node = hierarchy.nodes.find(
        (one) => one.clickable && hierarchy.nodes[one.children[0] ?? -1]?.text === 'Post',
      );
      return node && findObstacle(hierarchy, node, { x: 750, y: 1850 });
    };
    expect(obstacle(screenXml(page(target)))).toBeUndefined();
    expect(obstacle(screenXml(page(target), keyboard))?.package).toBe('com.example.keyboard');
    const bubble = button('New!', [600, 1780, 900, 1880], { drawing: 2 });
    expect(obstacle(screenXml(page({ ...target, drawing: 1 }, bubble)))?.drawingOrder).toBe(2);
    const catcher = { at: [0, 0, 1080, 2000] as const, clickable: true, drawing: 2 };
    expect(obstacle(screenXml(page({ ...target, drawing: 1 }, catcher)))).toBeUndefined();
  });
});

test('a mistake in a definition is found when the module loads', () => {
  expect(() => defineDialog('a.b', { shown: [byText('x')], dismiss: 'later' })).toThrow('no control');
  expect(() =>
    defineDialog('a.b', { shown: [byText('x')], dismiss: 'later', later: control([byText('x')], { effect: 'post' }) }),
  ).toThrow('public');
});
