/**
 * What else may stand on a phone beside the apps that scripts use: launcher, share sheet, Google Play, settings, sign-in.
 * Pages of the system count only where the app shows nothing; its dialogs count in front of it too.
 */
import { areaOf, type Hierarchy, type Node } from '../phone/hierarchy.ts';
import {
  anything,
  both,
  byBeginning,
  byClass,
  byDesc,
  byId,
  byLabel,
  byPhrase,
  byText,
  clickableAround,
  either,
  type Selector,
  where,
} from '../phone/selector.ts';
import { type AnyScreen, control, defineDialog, defineScreen, first, type ScreenRules, weighted } from './screen.ts';
import { crashed, isBarsOnly, notResponding, permission } from './system-screens.ts';
import * as words from './system-words.ts';

const clickable = where(anything, (node) => node.clickable, 'clickable');
const enabled = (selector: Selector): Selector => where(selector, (node) => node.enabled, 'enabled');
const pressable = (labels: readonly string[]): Selector => clickableAround(byLabel(labels));
const field = either(byClass('EditText'), byClass('AutoCompleteTextView'));
const last = (selector: Selector): Selector => ({
  name: `last ${selector.name}`,
  find: (hierarchy) => selector.find(hierarchy).slice(-1),
});

const launcherPackage = /launcher|trebuchet|quickstep|(?:^|\.)home$/i;

/** Five targets of one size side by side and below one another: a share sheet whatever its ids are called. */
const targets: Selector = {
  name: 'five targets of one size',
  find(hierarchy) {
    const boxes = both(byClass('LinearLayout'), clickable).find(hierarchy);
    const size = ({ bounds }: (typeof boxes)[number]) => bounds.right - bounds.left;
    const alike = boxes.filter((node) => boxes[0] && Math.abs(size(node) - size(boxes[0])) <= 4);
    const columns = new Set(alike.map(({ bounds }) => bounds.left));
    return alike.length >= 5 && columns.size >= 2 ? alike : [];
  },
};

const shareSheet = defineDialog('system.share-sheet', {
  packages:
    /^(?:android|com\.(?:google\.)?android\.intentresolver|com\.(?:oplus|coloros)\.resolver|com\.hw\.hwresolver|com\.huawei\.android\.internal\.app)$/,
  needs: [
    either(
      byId(['resolver_list', 'chooser_header', 'chooser_list', 'chooser_row_text_option', 'sem_chooser_pagemode_view']),
      targets,
    ),
  ],
  never: [byId(['aerr_wait', 'aerr_close'])],
  dismiss: 'back',
});

/** "Add to home screen" for a shortcut or widget that an app wants to pin: AOSP Launcher3's AddItemActivity. */
const addWidget = defineDialog('system.dialog-add-widget', {
  packages: launcherPackage,
  needs: [
    weighted(2, either(byId(['add_item_bottom_sheet_content', 'add_item_drag_layer']), byPhrase(words.holdToMove))),
    both(byLabel(words.cancel), clickable),
  ],
  shown: [byId(['widget_preview', 'widget_cell', 'widget_appName', 'widget_drag_instruction', 'widget_dims'])],
  dismiss: 'cancel',
  // the last button is the one that adds; what it says differs by what is added
  accept: control([last(where(both(byText(/./), clickable), (node) => node.enabled, 'enabled'))]),
  cancel: control([both(byLabel(words.cancel), clickable)], { element: 'dismiss' }),
});

/** Xiaomi's icons: neither the picture nor the word takes taps, but the box around both. */
const icon = (labels: readonly string[]) => control([first(where(byLabel(labels), isOnIcon, 'on an icon'))]);
function isOnIcon(node: Node, { nodes, width, height }: Hierarchy): boolean {
  for (let at: Node | undefined = node; at; at = nodes[at.parent]) {
    if (at.clickable) return areaOf(at.bounds) < width * height * 0.1;
  }
  return false;
}
const icons = {
  iconTiktok: icon(['TikTok', 'TikTok Lite']),
  iconInstagram: icon(['Instagram', 'Instagram Lite']),
};

const drawerField = where(
  either(
    byId(['search_container_all_apps', 'fallback_search_view', 'app_search_edittext']),
    both(field, byLabel(words.searchApps)),
  ),
  ({ bounds }, { height }) => bounds.bottom < height * 0.3 || bounds.top > height * 0.8,
  'at an end of the screen',
);
/** A launcher's drawer has more rows of icons than a home screen leaves room for beside its dock. */
const manyIcons: Selector = {
  name: 'a page full of icons',
  find(hierarchy) {
    const labelled = where(both(byText(/./), clickable), ({ text, desc }) => text === desc, '').find(hierarchy);
    return labelled.length >= 16 ? labelled : [];
  },
};

const drawer = defineScreen('system.app-drawer', {
  packages: launcherPackage,
  over: ['system.launcher'],
  needs: [either(byId(['apps_list_view', 'apps_view', 'search_container_all_apps']), drawerField)],
  shown: [manyIcons],
  // wide phones keep the dock in sight below the drawer
  never: [byId('workspace')],
  enough: 0.4,
  ...icons,
});

const launcher = defineScreen('system.launcher', { packages: launcherPackage, packageTells: true, ...icons });

const store: ScreenRules = { packages: /^com\.android\.vending$/ };
const storeButton = (labels: readonly string[]) => pressable(labels);
const isOnTheWay = either(byBeginning(words.downloading), byText(/^\d{1,3} ?% /));

const storeDownloading = defineScreen('system.play-store-downloading', {
  ...store,
  needs: [weighted(2, isOnTheWay)],
  shown: [storeButton(words.cancel)],
  over: ['system.play-store-app', 'system.play-store'],
  state: (view) => {
    const label = view.find(isOnTheWay)[0]?.text ?? '';
    const isPending = view.find(byBeginning(words.pending)).length > 0;
    return { download: isPending ? 'pending' : label === '' ? undefined : 'downloading' };
  },
  cancel: control([first(storeButton(words.cancel))]),
  open: control([first(byLabel(words.open))]),
});
const storeApp = defineScreen('system.play-store-app', {
  ...store,
  needs: [
    weighted(
      2,
      either(
        storeButton(words.install),
        storeButton(words.update),
        storeButton(words.uninstall),
        storeButton(words.open),
      ),
    ),
  ],
  shown: [byDesc(/google play/i), byId(['install_button', 'right_button', 'left_button'])],
  never: [isOnTheWay],
  enough: 0.4,
  over: ['system.play-store'],
  state: (view) => ({
    installed:
      view.has('uninstall') || view.has('open') || view.has('update') ? true : view.has('install') ? false : undefined,
  }),
  install: control([first(storeButton(words.install))]),
  open: control([first(storeButton(words.open))]),
  update: control([first(storeButton(words.update))]),
  uninstall: control([first(storeButton(words.uninstall))]),
});

const storeError = defineScreen('system.play-store-error', {
  ...store,
  needs: [weighted(2, enabled(storeButton(words.tryAgain)))],
  shown: [byPhrase(words.trouble)],
  enough: 0.6,
  over: ['system.play-store'],
  retry: control([first(storeButton(words.tryAgain))]),
});

const storeTerms = defineDialog('system.play-store-terms', {
  ...store,
  needs: [weighted(2, storeButton(words.accept))],
  shown: [weighted(2, byPhrase(words.terms)), storeButton(words.decline)],
  enough: 0.6,
  dismiss: 'decline',
  accept: control([storeButton(words.accept)]),
  decline: control([storeButton(words.decline)], { element: 'dismiss' }),
});

const otherStorePage = defineScreen('system.play-store', { ...store, packageTells: true });

const settings = defineScreen('system.settings', {
  packages: /^com\.(?:[\w.]+\.)?settings(?:\.[\w.]+)?$/,
  packageTells: true,
  state: (view) => ({ page: view.find(byLabel(words.developerOptions)).length > 0 ? 'developer-options' : undefined }),
  back: control([
    first(
      where(
        either(both(byClass('ImageButton'), clickable), pressable(words.back)),
        ({ bounds }, { width, height }) => bounds.right < width * 0.25 && bounds.bottom < height * 0.2,
        'at the top left',
      ),
    ),
  ]),
});

/** Thumbnails: clickable, nearly square, of one size; the newest is at the top left. */
const thumbnails: Selector = {
  name: 'thumbnails',
  find(hierarchy) {
    const least = Math.min(hierarchy.width, hierarchy.height) / 8;
    const most = Math.min(hierarchy.width, hierarchy.height) * 0.55;
    const cells = clickable.find(hierarchy).filter(({ bounds, text }) => {
      const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
      return text === '' && width >= least && width <= most && height > width * 0.6 && height < width * 1.7;
    });
    const inOrder = cells.toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left);
    return inOrder.filter(
      ({ bounds }, _, [start]) =>
        start && Math.abs(bounds.right - bounds.left - (start.bounds.right - start.bounds.left)) <= 4,
    );
  },
};
const chosenTab = where(anything, (node) => node.selected && (node.text !== '' || node.desc !== ''), 'chosen');

const photoPicker = defineScreen('system.system-photo-picker', {
  packages:
    /providers\.media(?:\.module)?$|\.gallery3d$|\.gallery$|\.documentsui$|apps\.photos(?:go)?$|\.photopicker$|^com\.(?:coloros|oplus|vivo|oneplus)\.gallery/,
  packageTells: true,
  state: (view) => ({
    selected_tab: view.find(both(byText(/./), chosenTab))[0]?.text ?? view.find(chosenTab)[0]?.desc,
  }),
  firstItem: control([first(thumbnails)]),
});

const searchOverlay = defineScreen('system.search-overlay', {
  packages: /quicksearchbox$|^com\.samsung\.android\.app\.galaxyfinder$|^com\.miui\.personalassistant$/,
  packageTells: true,
  searchInput: control([first(field)]),
});

const onlyBars: Selector = {
  name: 'nothing but windows of systemui',
  find: (hierarchy) => (hierarchy.packages.size > 0 && isBarsOnly(hierarchy) ? [...hierarchy.nodes] : []),
};
/** Or the phone has not delivered the app's window yet: either way it is not ready. */
const lockScreen = defineScreen('system.lock-screen', { packages: /^com\.android\.systemui$/, needs: [onlyBars] });

const google = /^com\.google\.android\.(?:gms|gsf|gsf\.login)$/;

const credentialSheet = defineDialog('system.credential-sheet', {
  packages: /^com\.(?:google\.)?android\.(?:gms|credentialmanager)$|^com\.samsung\.android\.samsungpassautofill$/,
  over: ['system.google-signin', 'system.gms-error'],
  needs: [
    weighted(2, either(byPhrase(words.chooseAccount), byId(['credential_picker', 'account_picker', 'account_list']))),
  ],
  never: [field],
  dismiss: 'cancel',
  accept: control([first(pressable(words.goOn))]),
  cancel: control([first(pressable([...words.cancel, ...words.decline]))], { element: 'dismiss' }),
});

const googleError = defineScreen('system.gms-error', {
  packages: google,
  needs: [weighted(2, byPhrase(words.trouble))],
  over: ['system.google-signin'],
  retry: control([first(pressable([...words.tryAgain, ...words.goOn]))]),
});

const googleSignIn = defineScreen('system.google-signin', {
  packages: google,
  needs: [either(byBeginning(words.signIn), byLabel(words.emailOrPhone), field)],
  shown: [byBeginning(words.signIn), byLabel(words.emailOrPhone), field, byClass('WebView'), byLabel(words.goOn)],
  enough: 0.3,
  next: control([first(pressable(words.goOn))]),
});

/** "Checking info…" between the pages of Google. */
const googleWaits = defineScreen('system.loading', {
  packages: google,
  loading: true,
  needs: [byPhrase(words.wait)],
  never: [field, where(clickable, ({ text, desc }) => text !== '' || desc !== '', 'with a word')],
});

const named = [
  shareSheet,
  addWidget,
  drawer,
  launcher,
  storeApp,
  settings,
  photoPicker,
  searchOverlay,
  lockScreen,
  credentialSheet,
  googleSignIn,
  permission,
]
  .map(({ rules }) => rules.packages?.source ?? '(?!)')
  .join('|');

const grants = [...words.allow, ...words.whileUsing, ...words.onlyOnce];

/** The package alone tells that it is none of ours. An app may draw what it likes: a picture of a permission dialog, too. */
const otherApp = defineScreen('system.other-app', {
  packages: new RegExp(`^(?!.*(?:${named}|inputmethod|keyboard|honeyboard|\\.ime$)).`),
  packageTells: true,
  state: (view) => {
    const isDecoy = view.find(byLabel(grants)).length > 0 && view.find(byLabel(words.deny)).length > 0;
    return { decoy: isDecoy ? 'permission' : undefined };
  },
});

export const systemScreens: readonly AnyScreen[] = [
  permission,
  notResponding,
  crashed,
  shareSheet,
  addWidget,
  credentialSheet,
  storeTerms,
  drawer,
  launcher,
  storeDownloading,
  storeError,
  storeApp,
  otherStorePage,
  settings,
  photoPicker,
  searchOverlay,
  lockScreen,
  googleError,
  googleSignIn,
  googleWaits,
  otherApp,
];
