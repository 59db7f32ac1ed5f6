/**
 * What Android itself puts in front of an app. Ids lead here: unlike those of apps they are part of AOSP and the same in
 * all languages; and only nodes of the real packages count, so a picture of a permission dialog that an app draws is none.
 */
import type { Hierarchy } from '../phone/hierarchy.ts';
import { both, byClass, byId, byLabel, byText, either, normalText, type Selector, where } from '../phone/selector.ts';
import { type ControlOptions, control, defineDialog, type Facts, first, type View, weighted } from './screen.ts';
import * as words from './system-words.ts';

/** AOSP's and its makers' forms; packageinstaller up to Android 9. */
const packages =
  /(?:^|\.)(?:permissioncontroller|packageinstaller)$|^com\.lbe\.security\.miui$|^com\.(?:coloros|oplus|oppo)\.(?:securitypermission|permissioncontroller)$|^com\.vivo\.permissionmanager$/;

const clickable = where(either(byClass('Button'), byLabel(/./)), (node) => node.clickable, 'clickable');

/** A button is told by its id, which is part of AOSP and the same in all languages, and by its words. */
const button = (ids: readonly string[], labels: readonly string[], options: ControlOptions = {}) =>
  control([weighted(2, byId(ids)), both(byLabel(labels), clickable)], options);

const allowIds = ['permission_allow_button', 'permission_allow_always_button'];
const denyIds = [
  'permission_deny_button',
  'permission_deny_and_dont_ask_again_button',
  'permission_no_upgrade_button',
  'permission_no_upgrade_and_dont_ask_again_button',
];
const whileUsingId = 'permission_allow_foreground_only_button';

const message = either(byId('permission_message'), byText(/\?$|？$|吗？?$|؟$/));

/** The widest lasting grant that is offered: everything, always, while the app is in use. */
const widest: readonly Selector[] = [
  either(byId('permission_allow_all_button'), both(byLabel(words.allowAll), clickable)),
  either(byId(allowIds), both(byLabel(words.allow), clickable)),
  either(byId(whileUsingId), both(byLabel(words.whileUsing), clickable)),
];
const widestGrant: Selector = {
  name: 'the widest grant',
  find(hierarchy) {
    for (const selector of widest) {
      const found = selector.find(hierarchy);
      if (found.length > 0) return found;
    }
    return [];
  },
};

const someAllow = either(
  byId([
    ...allowIds,
    whileUsingId,
    'permission_allow_one_time_button',
    'permission_allow_all_button',
    'permission_allow_selected_button',
  ]),
  both(
    byLabel([...words.allow, ...words.allowAll, ...words.whileUsing, ...words.onlyOnce, ...words.allowLimited]),
    clickable,
  ),
);

/** Android 6–16: PermissionController's GrantPermissionsActivity (packageinstaller up to Android 9), and what makers made of it. */
export const permission = defineDialog('system.permission', {
  packages,
  needs: [weighted(2, someAllow)],
  shown: [
    weighted(2, either(byId(denyIds), both(byLabel(words.deny), clickable))),
    byId('permission_message'),
    byId(['grant_dialog', 'grant_singleton', 'content_container', 'button_group']),
    both(byLabel([...words.whileUsing, ...words.onlyOnce, ...words.allowLimited]), clickable),
  ],
  enough: 0.5,
  message: control([first(message)], { internal: true }),
  allow: control([widestGrant]),
  whileUsing: button([whileUsingId], words.whileUsing),
  oneTime: button(['permission_allow_one_time_button'], words.onlyOnce, { element: 'allow_once' }),
  allowSelected: button(['permission_allow_selected_button'], words.allowLimited, { element: 'allow_limited' }),
  deny: button(denyIds, words.deny),
  state: aboutPermission,
});

function aboutPermission(view: View): Facts {
  const sentence = view.textOf('message');
  if (!sentence) return {};
  const folded = sentence.toLowerCase();
  const kind = words.permissionKinds.find(([, parts]) =>
    parts.some((part) => folded.includes(part.toLowerCase())),
  )?.[0];
  return { permission: kind, for: askedFor(sentence) };
}

/** The app's name, where the sentence sets it apart; English and those that quote or embed a name we know. */
function askedFor(sentence: string): string | undefined {
  const plain = normalText(sentence);
  return (
    /^Allow (.+?) to /.exec(plain)?.[1] ??
    /["«„「“](.+?)["»“」”]/.exec(plain)?.[1] ??
    /TikTok(?: Lite)?|Instagram(?: Lite)?/.exec(plain)?.[0]
  );
}

/** How an app wants one kind of permission answered: `says` finds the sentence of the dialog. */
export interface PermissionRule {
  readonly name: string;
  readonly says: Selector;
  readonly answer: 'allow' | 'deny';
}

/** AOSP AppErrorDialog and AppNotRespondingDialog. Waiting changes nothing; closing the app would lose an upload. */
export const notResponding = defineDialog('system.not-responding', {
  packages: /^android$/,
  needs: [byId('aerr_wait')],
  dismiss: 'wait',
  wait: control([byId('aerr_wait')]),
});

export const crashed = defineDialog('system.app-crashed', {
  packages: /^android$/,
  needs: [byId(['aerr_close', 'aerr_restart'])],
  never: [byId('aerr_wait')],
  dismiss: 'close',
  close: control([byId('aerr_close')]),
});

/**
 * Only windows of systemui are there: the lock screen, the shade, or the phone has not delivered the app's window yet.
 * Notifications stand in them with the packages of those who sent them.
 */
export const isBarsOnly = ({ nodes, roots, packages }: Hierarchy): boolean =>
  packages.size === 0 || roots.every((index) => nodes[index]?.package === 'com.android.systemui');
