import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { type PhoneModel, phoneModels } from '../models.ts';
import type { UiNode } from '../parts.ts';
import { type SimPhone, startSimPhone } from '../phone.ts';
import { World } from '../world.ts';

let phone: SimPhone;

async function startPhone(model?: PhoneModel): Promise<void> {
  phone = await startSimPhone({
    port: 0,
    seed: 'settings',
    app: 'tiktok',
    appVersion: '46.4.3',
    language: 'en-US',
    world: new World({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
    ...(model && { model }),
  });
}

/** As `adb install -g` leaves it. */
function install({ isGranted = true } = {}): void {
  phone.packages.put({
    name: 'io.appium.settings',
    versionName: '8.0.9',
    versionCode: 80,
    isSystem: false,
    permissions: new Map([
      ['android.permission.ACCESS_FINE_LOCATION', isGranted],
      ['android.permission.SET_ANIMATION_SCALE', isGranted],
      ['android.permission.READ_SMS', isGranted],
    ]),
  });
}

async function shell(line: string): Promise<string> {
  let output = '';
  for await (const part of phone.openService(`shell:${line}`) ?? []) output += String(part);
  return output;
}

const start = 'am start-activity -n io.appium.settings/.Settings -a android.intent.action.MAIN';
const services = 'dumpsys activity services io.appium.settings';

/** What the field of the settings' search holds. */
function fieldText(): string | undefined {
  const find = (node: UiNode): UiNode | undefined =>
    node.id === 'android:id/search_src_text' ? node : node.children?.map(find).find((found) => found);
  return phone.ui
    .windows()
    .map((window) => find(window.root)?.text)
    .find((text) => text !== undefined);
}

beforeEach(() => startPhone());
afterEach(() => phone.stop());

describe("Appium's settings app", () => {
  test('is not there before it is installed', async () => {
    expect(await shell(start)).toContain('Error type 3');
    expect(await shell(services)).toContain('(nothing)');
    expect(await shell('am broadcast -a io.appium.settings.notifications')).toContain('result=0');
  });

  test('once started it serves in the background and leaves the screen as it was', async () => {
    install();
    await shell('monkey -p com.zhiliaoapp.musically -c android.intent.category.LAUNCHER 1');
    expect(await shell(services)).not.toContain('isForeground=true');
    await shell(start);
    expect(await shell(services)).toContain('isForeground=true');
    expect(phone.ui.foreground().package).toBe('com.zhiliaoapp.musically');
    expect(await shell('pidof io.appium.settings')).toMatch(/^\d+\n$/);
    await shell('am force-stop io.appium.settings');
    expect(await shell(services)).toContain('(nothing)');
  });

  test('since Android 14 it does not run without the location granted', async () => {
    install({ isGranted: false });
    await shell(start);
    expect(await shell(services)).toContain('(nothing)');
  });

  test('before Android 14 it does', async () => {
    await phone.stop();
    await startPhone(phoneModels.find((model) => model.sdk < 34));
    install({ isGranted: false });
    await shell(start);
    expect(await shell(services)).toContain('isForeground=true');
  });

  test('reads the clipboard out while its input method is in use, and nothing otherwise', async () => {
    install();
    phone.ui.clipboard = 'Grüße 📋';
    const read = 'am broadcast -n io.appium.settings/.receivers.ClipboardReceiver -a io.appium.settings.clipboard.get';
    expect(await shell(read)).toContain('Broadcast completed: result=-1, data=""\n');
    await shell('ime enable io.appium.settings/.AppiumIME; ime set io.appium.settings/.AppiumIME');
    const [, data = ''] = /data="(.*)"/.exec(await shell(read)) ?? [];
    expect(Buffer.from(data, 'base64').toString()).toBe('Grüße 📋');
  });

  test('scans files for the gallery, and says when there are none', async () => {
    install();
    const scan = (path: string) =>
      shell(
        `am broadcast -n io.appium.settings/.receivers.MediaScannerReceiver -a io.appium.settings.scan_media --es path ${path}`,
      );
    expect(await scan('/sdcard/Download/none.jpg')).toContain('result=0');
    phone.files.write('/sdcard/Pictures/trip/a.jpg', Buffer.from([0xff, 0xd8, 0xff]));
    expect(await scan('/sdcard/Pictures')).toContain('result=-1');
    expect(await shell('content query --uri content://media/external/images/media --projection _data')).toContain(
      'Pictures/trip/a.jpg',
    );
  });

  test('tells notifications once it may hear them', async () => {
    install();
    await shell(start);
    const ask = 'am broadcast -a io.appium.settings.notifications';
    expect(await shell(ask)).toContain('has no access to the system notifications');
    await shell('cmd notification allow_listener io.appium.settings/.NLService');
    expect(await shell(ask)).toContain('data="{"statusBarNotifications":[]}"');
  });

  test('tells the place that it was given, and none before', async () => {
    install();
    await shell(start);
    const ask = 'am broadcast -n io.appium.settings/.receivers.LocationInfoReceiver -a io.appium.settings.location';
    expect(await shell(ask)).toContain('result=0');
    await shell(
      'am start-foreground-service -e longitude 11.5 -e latitude 48.1 -e altitude 500 io.appium.settings/.LocationService',
    );
    expect(await shell(ask)).toContain('result=-1, data="48.1000000 11.5000000 500.0000000"');
    expect(await shell('am stop-service io.appium.settings/.LocationService')).toContain('Service stopped');
  });

  test('stops the animations', async () => {
    install();
    const turn = (status: string) =>
      shell(
        `am broadcast -n io.appium.settings/.receivers.AnimationSettingReceiver -a io.appium.settings.animation --es setstatus ${status}`,
      );
    expect(await turn('disable')).toContain('result=-1');
    expect(await shell('settings get global animator_duration_scale')).toBe('0.0\n');
    expect(await turn('sideways')).toContain('result=0');
  });

  test('what it cannot do in here is noted', async () => {
    install();
    await shell('am broadcast -n io.appium.settings/.receivers.LocaleSettingReceiver -a io.appium.settings.locale');
    expect(phone.host.unknown).toEqual(['broadcast: io.appium.settings.locale']);
  });
});

describe('its input methods', () => {
  test('are known once it is installed, and must be enabled before they are chosen', async () => {
    expect(await shell('ime enable io.appium.settings/.UnicodeIME')).toContain('cannot be enabled for user #0');
    install();
    expect(await shell('ime list -a -s')).toContain('io.appium.settings/.UnicodeIME\n');
    expect(await shell('ime list -s')).not.toContain('io.appium.settings');
    expect(await shell('ime set io.appium.settings/.UnicodeIME')).toContain('cannot be selected for user #0');
    expect(await shell('ime enable io.appium.settings/.UnicodeIME')).toContain('now enabled for user #0');
    expect(await shell('ime set io.appium.settings/.UnicodeIME')).toContain('selected for user #0');
    expect(await shell('settings get secure default_input_method')).toBe('io.appium.settings/.UnicodeIME\n');
    phone.packages.uninstall('io.appium.settings');
    expect(await shell('ime list -s')).toBe(
      'com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME\n',
    );
  });

  test('type what has no key, without a keyboard on the screen', async () => {
    install();
    await shell('am start -a android.settings.APP_SEARCH_SETTINGS');
    expect(phone.ui.isKeyboardShown).toBe(true);
    expect(await shell("input text 'd'; input text 'é'")).toContain('NullPointerException');
    expect(fieldText()).toBe('d');
    await shell('ime enable io.appium.settings/.UnicodeIME; ime set io.appium.settings/.UnicodeIME');
    expect(phone.ui.isKeyboardShown).toBe(false);
    await shell("input text '&AOk-j&AOA-%s&2D3eAA-'");
    expect(fieldText()).toBe('déjà 😀');
    await shell('ime reset');
    expect(phone.ui.isKeyboardShown).toBe(true);
  });
});
