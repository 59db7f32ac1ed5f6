import { anything, byId, type Selector } from '../phone/selector.ts';
import { type AnyScreen, control, defineDialog, defineScreen } from './screen.ts';

/**
 * What Android itself puts in front of an app. Ids lead here: unlike those of apps they are part of AOSP and the same in
 * all languages; and only nodes of the real packages count, so a picture of a permission dialog that an app draws is none.
 */
const permissionPackages = /^com\.(google\.)?android\.(permissioncontroller|packageinstaller)$/;
const androidPackage = /^android$/;

/** Android 6–16: PermissionController's GrantPermissionsActivity (packageinstaller up to Android 9). */
export const permission = defineDialog('system.permission', {
  packages: permissionPackages,
  shown: [
    byId([
      'permission_allow_button',
      'permission_allow_foreground_only_button',
      'permission_allow_one_time_button',
      'permission_allow_all_button',
      'permission_allow_selected_button',
    ]),
    byId(['permission_deny_button', 'permission_deny_and_dont_ask_again_button']),
    byId('permission_message'),
  ],
  message: control([byId('permission_message')]),
  allow: control([byId('permission_allow_button')]),
  allowAll: control([byId('permission_allow_all_button')]),
  allowSelected: control([byId('permission_allow_selected_button')]),
  whileUsing: control([byId('permission_allow_foreground_only_button')]),
  oneTime: control([byId('permission_allow_one_time_button')]),
  deny: control([byId('permission_deny_button')]),
  denyForever: control([byId('permission_deny_and_dont_ask_again_button')]),
});

/** How an app wants one kind of permission answered: `says` finds the sentence of the dialog. */
export interface PermissionRule {
  readonly name: string;
  readonly says: Selector;
  readonly answer: 'allow' | 'deny';
}

/** AOSP AppErrorDialog and AppNotRespondingDialog. Waiting changes nothing; closing the app would lose an upload. */
export const notResponding = defineDialog('system.not-responding', {
  packages: androidPackage,
  needs: [byId('aerr_wait')],
  dismiss: 'wait',
  wait: control([byId('aerr_wait')]),
});

export const crashed = defineDialog('system.app-crashed', {
  packages: androidPackage,
  needs: [byId(['aerr_close', 'aerr_restart'])],
  never: [byId('aerr_wait')],
  dismiss: 'close',
  close: control([byId('aerr_close')]),
});

export const shareSheet = defineDialog('system.share-sheet', {
  packages: /^(android|com\.android\.intentresolver)$/,
  needs: [byId(['resolver_list', 'chooser_header', 'sem_chooser_pagemode_view'])],
  never: [byId(['aerr_wait', 'aerr_close'])],
  dismiss: 'back',
});

/** These count only where the app shows nothing. */
const launcher = defineScreen('system.launcher', {
  packages: /launcher|\.home$|com\.miui\.home|quickstep/i,
  shown: [anything],
});
const playStore = defineScreen('system.play-store', { packages: /^com\.android\.vending$/, shown: [anything] });
const settings = defineScreen('system.settings', { packages: /^com\.android\.settings/, shown: [anything] });
const picker = defineScreen('system.photo-picker', {
  packages: /providers\.media\.module$|\.gallery3d$|\.documentsui$|apps\.photos$/,
  shown: [anything],
});

export const systemScreens: readonly AnyScreen[] = [
  permission,
  notResponding,
  crashed,
  shareSheet,
  launcher,
  playStore,
  settings,
  picker,
];

/** Only bars are there: the lock screen, or the phone has not delivered the app's window yet. */
export const isBarsOnly = (packages: ReadonlySet<string>): boolean =>
  packages.size === 0 || [...packages].every((name) => name === 'com.android.systemui');
