import { describe, expect, test } from 'vitest';
import { type View, viewTrees } from './hierarchy.ts';
import { node, rect, textField } from './screen.ts';
import { DemoApp, demoPackage, TestScreen } from './test-screen.ts';

const opened = (options: ConstructorParameters<typeof TestScreen>[0] = {}): TestScreen => {
  const phone = new TestScreen(options);
  phone.open();
  return phone;
};

const flatten = (views: readonly View[]): View[] => views.flatMap((view) => [view, ...flatten(view.children)]);
const views = (phone: TestScreen): View[] => flatten(viewTrees(phone.ui.windows(), { size: phone.ui.size }));
const packages = (phone: TestScreen): string[] => phone.ui.windows().map((window) => window.package);

function tapOn(phone: TestScreen, matches: (view: View) => boolean): void {
  const view = views(phone).find(matches);
  if (!view) throw new Error('not on the screen');
  phone.ui.tap((view.bounds.left + view.bounds.right) / 2, (view.bounds.top + view.bounds.bottom) / 2);
}
const withId = (name: string) => (view: View) => view.node.id?.endsWith(`:id/${name}`) ?? false;

describe('a tap', () => {
  test('reaches the topmost clickable node, or the clickable parent of the text under the finger', () => {
    const phone = opened();
    phone.ui.tap(100, 250);
    phone.ui.tap(100, 650); // on the words of the row
    expect(phone.app.log).toEqual(['start', 'save', 'row']);
  });

  test('on a button that is off does nothing', () => {
    const phone = opened();
    phone.ui.tap(600, 250);
    expect(phone.app.log).toEqual(['start']);
  });

  test('does not reach what is covered', () => {
    const phone = opened();
    phone.app.cover = node('FrameLayout', rect(0, 60, 1080, 2200), { clickable: true });
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start']);
  });

  test('outside a modal window closes it and touches nothing below', () => {
    const phone = opened();
    phone.app.isDialogOpen = true;
    phone.ui.tap(100, 250);
    expect(phone.app.isDialogOpen).toBe(false);
    expect(phone.app.log).toEqual(['start']);
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start', 'save']);
  });

  test('is lost once under lost-tap', () => {
    const phone = opened();
    phone.faults.add({ kind: 'lost-tap' });
    phone.ui.tap(100, 250);
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start', 'save']);
  });

  test('comes three seconds late once under late-tap', async () => {
    const phone = opened();
    phone.faults.add({ kind: 'late-tap' });
    phone.ui.tap(100, 250);
    await phone.clock.advance(2_900);
    expect(phone.app.log).toEqual(['start']);
    await phone.clock.advance(200);
    expect(phone.app.log).toEqual(['start', 'save']);
  });

  test('sets off the fault that waits for that control: a lost tap is that very tap, an unplug comes after it', () => {
    const phone = opened();
    phone.faults.add({ kind: 'lost-tap', at: 'Save' });
    phone.faults.add({ kind: 'unplug', at: 'save' });
    const seen: string[] = [];
    phone.faults.onChange((kind, isOn) => isOn && seen.push(`${kind} after ${phone.app.log.at(-1)}`));
    phone.ui.tap(100, 650);
    expect(phone.app.log).toEqual(['start', 'row']);
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start', 'row']);
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start', 'row', 'save']);
    expect(seen).toEqual(['lost-tap after row', 'unplug after save']);
  });
});

describe('text', () => {
  test('a touched field has the focus and the keyboard opens; Back closes the keyboard before anything else', () => {
    const phone = opened();
    expect(packages(phone)).not.toContain('com.google.android.inputmethod.latin');
    phone.ui.tap(500, 450);
    expect(packages(phone)).toContain('com.google.android.inputmethod.latin');
    expect(phone.ui.keyboardTop).toBeLessThan(1_700);
    expect(views(phone).filter((view) => view.node.focused)).toHaveLength(1);
    expect(phone.ui.type('hello')).toBe(true);
    phone.ui.key(4);
    expect(phone.ui.isKeyboardShown).toBe(false);
    expect(phone.ui.foreground().package).toBe(demoPackage);
    phone.ui.key(4);
    expect(phone.ui.foreground().package).not.toBe(demoPackage);
    expect(phone.app.text).toBe('hello');
  });

  test('is appended or replaced, and erased by whole characters', () => {
    const phone = opened();
    phone.ui.tap(500, 450);
    phone.ui.type('a😀');
    phone.ui.type('b');
    expect(phone.app.text).toBe('a😀b');
    phone.ui.key(67);
    phone.ui.key(67);
    expect(phone.app.text).toBe('a');
    phone.ui.type('new', { replace: true });
    expect(phone.app.text).toBe('new');
  });

  test('can be typed on the keys of the keyboard', () => {
    const phone = opened();
    phone.ui.tap(500, 450);
    for (const key of ['h', 'i', 'Space']) tapOn(phone, (view) => view.node.desc === key);
    expect(phone.app.text).toBe('hi ');
  });

  test('goes nowhere without a focused field', () => {
    expect(opened().ui.type('lost')).toBe(false);
  });

  test('a field that asks for it is focused when it appears, and only then', () => {
    const phone = opened();
    const search = () =>
      textField(rect(0, 1_300, 500, 100), {
        text: '',
        id: 'search',
        autoFocus: true,
        onText: (text) => phone.app.log.push(text),
      });
    phone.app.cover = search();
    phone.ui.windows();
    expect(phone.ui.isKeyboardShown).toBe(true);
    phone.ui.hideKeyboard();
    phone.app.cover = search();
    phone.ui.windows();
    expect(phone.ui.isKeyboardShown).toBe(false);
    phone.app.cover = undefined;
    phone.ui.windows();
    expect(phone.ui.type('x')).toBe(false);
  });
});

describe('intents', () => {
  const share = { action: 'android.intent.action.SEND', type: 'video/mp4', categories: [], extras: {}, flags: 0 };

  test('an unknown component is refused in the words of am', () => {
    const phone = new TestScreen();
    const nobody = { component: 'com.example.none/.Main', categories: [], extras: {}, flags: 0 };
    expect(phone.ui.start(nobody)).toEqual({
      error: 'Activity class {com.example.none/com.example.none.Main} does not exist.',
    });
    expect(phone.ui.start({ action: 'x.y', data: 'foo://bar', categories: [], extras: {}, flags: 0 })).toEqual({
      error: 'Activity not started, unable to resolve Intent { act=x.y dat=foo://bar }',
    });
  });

  test('a share that one app answers opens that app', () => {
    const phone = new TestScreen();
    expect(phone.ui.start(share)).toEqual({ component: `${demoPackage}/${demoPackage}.Main` });
    expect(phone.app.log).toEqual(['start android.intent.action.SEND']);
  });

  test('a share that two apps answer shows the chooser', () => {
    const phone = new TestScreen();
    const other = phone.add(new DemoApp(phone.app.frame, { packageName: 'com.example.mail', label: 'Mail' }));
    phone.ui.start(share);
    expect(phone.ui.foreground().package).toBe('android');
    expect(other.log).toEqual([]);
    tapOn(phone, (view) => view.text === 'Mail');
    expect(other.log).toEqual(['start android.intent.action.SEND']);
    expect(phone.ui.foreground()).toEqual({ package: 'com.example.mail', activity: 'com.example.mail.Main' });
  });

  test('an app that is no longer installed answers nothing', () => {
    const phone = new TestScreen();
    phone.packages.uninstall(demoPackage);
    expect(phone.ui.start(share)).toHaveProperty('error');
  });

  test('force-stop ends the process and shows what lay behind', () => {
    const phone = opened();
    const pid = phone.ui.processes().find((process) => process.name === demoPackage)?.pid;
    expect(pid).toBeGreaterThan(1);
    phone.ui.forceStop(demoPackage);
    expect(phone.ui.processes().some((process) => process.name === demoPackage)).toBe(false);
    expect(phone.app.log).toContain('stop');
    expect(phone.ui.foreground().package).not.toBe(demoPackage);
    phone.open();
    expect(phone.ui.processes().find((process) => process.name === demoPackage)?.pid).not.toBe(pid);
  });

  test('the home screen has an icon per app, which opens it', () => {
    const phone = new TestScreen();
    tapOn(phone, (view) => view.text === 'Notes' && view.node.desc === 'Notes');
    expect(phone.ui.foreground().package).toBe(demoPackage);
    phone.ui.key(3);
    expect(phone.ui.foreground().package).not.toBe(demoPackage);
  });
});

describe('permissions', () => {
  const camera = 'android.permission.CAMERA';
  const granted = (phone: TestScreen, permission: string) =>
    phone.packages.find(demoPackage)?.permissions.get(permission);

  test.each([
    [34, 'permission_allow_foreground_only_button', true],
    [34, 'permission_allow_one_time_button', true],
    [34, 'permission_deny_button', false],
    [29, 'permission_allow_button', true],
  ])('on Android API %i %s answers the question', (sdk, buttonId, isGranted) => {
    const phone = opened({ sdk });
    const answers: boolean[] = [];
    phone.ui.requestPermission(demoPackage, [camera], (answer) => answers.push(answer));
    expect(phone.ui.foreground().package).toBe('com.google.android.permissioncontroller');
    phone.ui.tap(100, 250); // the app below cannot be reached
    tapOn(phone, withId(buttonId));
    expect(answers).toEqual([isGranted]);
    expect(granted(phone, camera)).toBe(isGranted);
    expect(phone.app.log).toEqual(['start']);
  });

  test('one question for both kinds of media, another for the camera, none for what is granted', () => {
    const phone = opened();
    const [images, videos] = ['android.permission.READ_MEDIA_IMAGES', 'android.permission.READ_MEDIA_VIDEO'];
    const answers: boolean[] = [];
    const ask = () =>
      phone.ui.requestPermission(demoPackage, [images ?? '', videos ?? '', camera], (answer) => answers.push(answer));
    ask();
    tapOn(phone, withId('permission_allow_all_button'));
    expect(granted(phone, videos ?? '')).toBe(true);
    expect(answers).toEqual([]);
    tapOn(phone, withId('permission_allow_foreground_only_button'));
    expect(answers).toEqual([true]);
    ask();
    expect(answers).toEqual([true, true]);
    expect(phone.ui.foreground().package).toBe(demoPackage);
  });

  test('Back refuses', () => {
    const phone = opened();
    const answers: boolean[] = [];
    phone.ui.requestPermission(demoPackage, [camera], (answer) => answers.push(answer));
    phone.ui.key(4);
    expect(answers).toEqual([false]);
  });

  test('speaks the language of the phone', () => {
    const phone = opened({ language: 'fr-FR' });
    phone.ui.requestPermission(demoPackage, [camera]);
    expect(views(phone).some((view) => view.text === 'Ne pas autoriser')).toBe(true);
  });
});

describe('dialogs by fault', () => {
  test('the unknown dialog lies over the app, ignores Back and stays until its button is tapped', () => {
    const phone = opened();
    phone.faults.add({ kind: 'unknown-dialog' });
    expect(phone.ui.foreground().package).toBe(demoPackage);
    phone.ui.tap(100, 250);
    phone.ui.key(4);
    expect(phone.app.log).toEqual(['start']);
    tapOn(phone, withId('wqb'));
    expect(phone.faults.isOn('unknown-dialog')).toBe(false);
    phone.ui.tap(100, 250);
    expect(phone.app.log).toEqual(['start', 'save']);
  });

  test('set while the home screen shows, it waits for the app', () => {
    const phone = new TestScreen();
    phone.faults.add({ kind: 'unknown-dialog' });
    expect(views(phone).some(withId('wqb'))).toBe(false);
    phone.open();
    expect(views(phone).some(withId('wqb'))).toBe(true);
  });

  test('the permission dialog goes when it is answered, or when the fault is taken back', () => {
    const phone = opened();
    phone.faults.add({ kind: 'permission-dialog' });
    expect(phone.ui.foreground().package).toBe('com.google.android.permissioncontroller');
    tapOn(phone, withId('permission_deny_button'));
    expect(phone.faults.active()).toEqual([]);
    phone.faults.add({ kind: 'permission-dialog' });
    phone.faults.clear();
    expect(phone.ui.foreground().package).toBe(demoPackage);
  });
});

describe('the rest of the screen', () => {
  test('a swipe moves the list under the finger', () => {
    const phone = opened();
    phone.ui.swipe(500, 1_150, 500, 850, 300);
    expect(views(phone).some((view) => view.text === 'Item 3')).toBe(true);
    expect(views(phone).some((view) => view.text === 'Item 0')).toBe(false);
  });

  test('a very short swipe is a tap', () => {
    const phone = opened();
    phone.ui.swipe(100, 250, 104, 252, 60);
    expect(phone.app.log).toEqual(['start', 'save']);
  });

  test('with the screen off there is nothing to see and nothing to touch', () => {
    const phone = opened();
    phone.ui.key(26);
    expect(packages(phone)).toEqual(['com.android.systemui']);
    phone.ui.tap(100, 250);
    phone.ui.key(224);
    expect(phone.app.log).toEqual(['start']);
    expect(packages(phone)).toContain(demoPackage);
  });

  test('Back on the navigation bar is Back', () => {
    const phone = opened();
    phone.app.isDialogOpen = true;
    tapOn(phone, (view) => view.node.desc === 'Back');
    expect(phone.app.isDialogOpen).toBe(false);
  });

  test('pulling down from the top opens the notifications', () => {
    const phone = opened();
    phone.ui.swipe(500, 10, 500, 900, 200);
    expect(phone.ui.foreground().activity).toBe('NotificationShade');
    phone.ui.key(4);
    expect(phone.ui.foreground().package).toBe(demoPackage);
  });

  test('the idle-timeout fault keeps the screen from ever being idle', () => {
    const phone = opened();
    expect(phone.ui.isIdle()).toBe(true);
    phone.faults.add({ kind: 'idle-timeout' });
    expect(phone.ui.isIdle()).toBe(false);
  });
});
