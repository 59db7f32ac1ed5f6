import { seededRandom } from '../../base/random.ts';

export const packageName = 'com.zhiliaoapp.musically';

/**
 * Resource ids by release. The app's build renames them each time, so the same button is `mkn` in one version and `o70`
 * in the next. Known ones are facts read from captured trees; `''` in a list means that the release is known but this id
 * of it is not, and one is made up for it.
 */
const releases = ['35', '43.1.4', '45.4.3', '45.7.3', '46.0.41', '46.1.3', '46.4.3', '46.7.3', '47.0.3'] as const;

const known = {
  // frame of every screen
  'status-spacer': ['', 'us'],
  pages: ['', 's8e'],
  'main-frame': ['', 's8h'],
  'tab-frame': ['', 'i5o'],
  pager: ['', 'zpg'],
  'tab-host': ['', 'mln'],
  'tab-content': ['', 'ml3'],
  'tab-page': ['', 'v5b'],
  'sub-page': ['', 'nor'],
  // bottom bar
  'nav-bar': ['', 'mky'],
  'nav-home': ['lxg', 'mkq', '', '', '', '', '', 'oee'],
  'nav-friends': ['lxf', 'mkp'],
  'nav-create': ['lxd', 'mkn', '', '', '', '', 'o70'],
  'nav-inbox': ['lxh', 'mkr'],
  'nav-profile': ['lxi', 'mks', '', '', '', '', '', 'oeg'],
  // feed
  'top-tabs': ['', 's00'],
  'live-icon': ['', 'irw'],
  'search-icon': ['ia6', 'irz'],
  'swipe-area': ['', 'gy_'],
  'widget-layer': ['', 'wfa'],
  rail: ['', 'jwv'],
  'rail-cell': ['', 'e0d'],
  'avatar-frame': ['', 'gvo'],
  'avatar-box': ['', 'b4k'],
  avatar: ['', 'yx4'],
  'follow-over-avatar': ['', 'hi1'],
  'follow-over-avatar-icon': ['', 'hia'],
  'like-or-share-button': ['evz', 'f57'],
  'like-frame': ['', 'f4y'],
  'like-icon': ['evm', 'f4u'],
  'like-count': ['', 'f4z'],
  'comment-button': ['dnk', 'dtv'],
  'comment-frame': ['', 'dp2'],
  'comment-icon': ['', 'dq4'],
  'comment-count': ['', 'dp6'],
  'favorite-frame': ['', 'gug'],
  'favorite-button': ['', 'guh'],
  'favorite-icon': ['', 'gtn'],
  'favorite-count': ['', 'gtv'],
  'share-frame': ['', 'tcr'],
  'share-box': ['', 't9z'],
  'share-icon': ['', 't_j'],
  'share-count': ['', 't_2'],
  'sound-button': ['', 'nhe'],
  'sound-disc': ['', 'nfk'],
  'caption-area': ['', 'b8d'],
  'author-row': ['', 's28'],
  'age-text': [],
  'upload-thumb': [],
  // a capture of 46.6.3 and one of 47.0.3 say `tvProgress`; 46.4.3 and 46.7.3 lie around it
  'upload-percent': ['', 'x44', '', '', '', '', 'tvProgress', 'tvProgress', 'tvProgress'],
  'upload-notice': [],
  'upload-retry': [],
  'upload-dismiss': [],
  'survey-card': ['', 'e_l'],
  'loading-frame': ['', 'x0q'],
  'loading-spinner': ['', 'x0s'],
  // camera
  'camera-frame': ['', 'r9l'],
  'camera-record': ['q76', 'r3r', '', '', '', '', 't6z'],
  'camera-gallery': ['c_u', 'ymg', '', '', '', '', 'upload_hot_area'],
  'camera-thumb': ['', 'kwk'],
  'sound-pill': ['', 'd83', '', '', '', '', 'dw8'],
  'sound-pill-button': ['', 'd8c', '', '', '', '', 'dwh'],
  'sound-pill-inner': ['', 'd8a'],
  'sound-text': ['', 'ycm', '', '', '', '', 'tv_top_text'],
  'sound-remove': ['', 'd81', '', '', '', '', 'dw6'],
  'camera-close': ['', 'jix', '', '', '', '', 'kpf'],
  'mode-text': ['', 'v5w', '', '', '', '', 'xbu'],
  'tool-frame': ['', 'ce1'],
  'tool-icon': ['', 'w85'],
  'tool-more': ['', 'w8r', '', '', '', '', 'ylp'],
  // gallery
  'gallery-frame': ['', 'l_u'],
  'gallery-close': ['', '', '', '', '', '', 'bov'],
  'gallery-album': ['', '', '', '', '', '', 'dqr'],
  'gallery-title': ['', '', '', '', '', '', 'tv_title'],
  'gallery-text': ['', '', '', '', '', '', 'y67'],
  'gallery-check': ['', '', '', '', '', '', 'ica'],
  'gallery-badge': ['', '', '', '', '', '', 'knq'],
  'gallery-duration': ['', '', '', '', '', '', 'gi4'],
  'gallery-bottom': ['', '', '', '', '', '', 'video_image_mixed_bottom_view_root'],
  'gallery-multiple': ['', '', '', '', '', '', 'p1s'],
  'gallery-multiple-text': ['', '', '', '', '', '', 'p1r'],
  'gallery-next': ['tvr', 'uyb', '', '', '', '', 'x4j'],
  'gallery-layout': ['', '', '', '', '', '', 'otj'],
  'gallery-layout-text': ['', '', '', '', '', '', 'mq9'],
  'gallery-picked': ['', '', '', '', '', '', 'u6j'],
  'gallery-picked-remove': ['', '', '', '', '', '', 'fpu'],
  'gallery-picked-duration': ['', '', '', '', '', '', 'gi1'],
  'gallery-autocut': ['', '', '', '', '', '', 'bfc'],
  'gallery-autocut-text': ['', '', '', '', '', '', 'cyi'],
  // editor
  'editor-frame': ['', 'rzh'],
  'editor-story': ['', 'qxr', '', '', '', '', 't0c'],
  'editor-story-text': ['', 'y0i', '', '', '', '', 'tv_quick_publish'],
  'editor-next': ['ntn', 'ntn', '', '', '', '', 'pje'],
  'editor-next-text': ['ntq', 'ntq', '', '', '', '', 'pjg'],
  back: ['', 'b98', 'bgy', 'bix', 'bmy', 'bn7', 'bor'],
  // post screen
  'post-frame': ['', 'qre'],
  'post-title-bar': ['', 'w_m'],
  'post-scroll': ['', 'qrf'],
  'post-cover-list': ['', 'ji8'],
  'post-cover': ['', 'ji6', '', 'k7r', 'kbd', '', 'kkj'],
  'post-cover-text': ['', 'ji9', '', 'do7', 'ds8', '', 'dvu'],
  'post-title': ['', 'g1c'],
  'post-caption': ['fpj', 'g19', 'gl9', 'gpr', 'guf', 'gv0', 'h00'],
  'post-caption-counter': ['', 'ey5'],
  'post-tools': ['', 'l44'],
  'post-hashtag': ['', 'awo'],
  'post-mention': ['', 'awn'],
  'post-ideas': ['', 'eyp'],
  'post-collapse': ['', 'fvu'],
  'post-row': ['', 'd0z', '', 'dhd', 'dlh', '', 'doy'],
  'post-row-icon': ['', 'j2c'],
  'post-row-text': ['', 'w4m'],
  'post-location': ['', 'tof'],
  'post-location-text': ['', 'voh'],
  'post-bottom': ['', 'bw7'],
  'post-buttons': ['', 'fgc'],
  'post-drafts': ['f6a', 'fex', 'fyp', 'g1_', 'g5q', 'g6a', 'ga6'],
  'post-post': ['pwo', 'qrb', 'rz2', 'sa3', 'sg7', 'shd', 'st6'],
  'post-post-top': ['pvz', 'qr6'],
  // profile
  'profile-frame': ['', 'qfl'],
  'profile-header': ['', 'qfo'],
  'profile-avatar': ['', 'b5s'],
  'profile-name': ['', 'qf8', '', '', '', '', '', 'su7'],
  'profile-username': ['', 'qh5', 'rq1', '', '', '', 'sj8', 'sr3', 't3y'],
  'profile-edit-frame': ['', 'qh4'],
  'profile-value': ['', 'qfw', '', '', '', '', '', '', 't8_'],
  'profile-label': ['', 'qfv', '', '', '', '', '', '', 't89'],
  'profile-follow': ['', 'eme', '', '', '', '', '', '', 'fmp'],
  'profile-follow-outer': ['', 'em_'],
  'profile-follow-inner': ['', 'emg'],
  'profile-tabs': ['', 'vrc'],
  'profile-tab-icon': ['', 'iys'],
  'profile-pager': ['', 'sct'],
  'profile-grid': ['', 'gxd'],
  'grid-cell': ['', 'e52'],
  'grid-views-frame': ['', 'zah'],
  'grid-views': ['', 'xxy'],
  'grid-badge': ['', 'ycj'],
  // account switcher, sheets
  'sheet-shade': ['', 'wh2'],
  sheet: ['', 'f0u', '', '', '', '', '', 'fxf'],
  'switcher-row': ['', 'k5o', '', '', '', '', '', 'lkp'],
  'switcher-label': ['', 'ljk', '', '', '', '', '', 'n72'],
  'switcher-check': ['', 'en4', '', '', '', '', '', 'fiu'],
  // comments
  'comments-frame': ['', 'dqx'],
  'comments-shade': ['', 'drk'],
  'comments-title-frame': ['', 'tms'],
  'comments-title': ['', 'tmr'],
  'comments-list': ['', 'r_n'],
  'comments-row': ['', 'la_'],
  'comments-text': ['', 'e7j'],
  'comments-like': ['', 'liq'],
  'comments-like-count': ['', 'xq7'],
  'comments-dislike': ['', 'ijb'],
  'comments-avatar': ['', 'b3v'],
  'comments-age': ['', 'dt1'],
  'comments-reply': ['', 'drx'],
  'comments-bar': ['', 'goz'],
  'comments-bar-avatar': ['', 'doh'],
  'comments-input': ['', 'dpl'],
  'comments-photo': ['', 'jfd'],
  'comments-sticker': ['', 'kfe'],
  'comments-mention': ['', 'k9m'],
  'comments-send': ['', '', '', '', '', '', 'cxl', 'cxl'],
  'comments-image': [''],
  'live-frame': [''],
  'ad-label': ['', 'ru3'],
  'ad-button': [''],
  'share-link': [''],
  'result-cell': [''],
  'comments-sort': ['', 'dse'],
  'comments-close': ['', 'b9b'],
  // search
  'search-frame': ['', 'so4'],
  'search-back': ['', 'b9c'],
  'search-input': ['', 'giv'],
  'search-input-icon': ['', 'ksc'],
  'search-clear': ['', 'c87'],
  'search-submit': [],
  'search-tabs': ['', 'nt3'],
  'search-list': ['', 'lnp'],
  'search-row': ['', 'sh2'],
  'search-avatar': ['', 'k9u'],
  'search-username': ['', 'ye2'],
  'search-name': ['', 'x8i'],
  'search-stats': ['', 'xf0'],
  'search-follow': ['', 'rdh'],
  // dialogs
  'dialog-shade': ['', 's2q'],
  'dialog-card': ['', 'zqh'],
  'dialog-title': ['', 'ajd'],
  'dialog-text': ['', 'e_h'],
  'dialog-buttons': ['', 'u7'],
  'notifications-title': ['', 'igg'],
  'notifications-later': ['', 'co6'],
  'notifications-accept': ['', 'co8'],
  'splash-frame': [],
  'login-name': [],
  'login-password': [],
  // sounds, options of a post, product links
  'sound-frame': [],
  'sound-cover': [],
  'sound-title': [],
  'sound-artist': [],
  'sound-uses': [],
  'sound-favorite': [],
  'sound-use': [],
  'sounds-tab': [],
  'sounds-search': [],
  'sounds-list': [],
  'sounds-row': [],
  'sounds-row-title': [],
  'sounds-row-artist': [],
  'sounds-row-favorite': [],
  'sounds-row-use': [],
  'sounds-volume': [],
  'volume-bar': [],
  'volume-done': [],
  'option-row': [],
  'option-switch': [],
  'product-row': [],
  'product-add': [],
  'product-name': [],
} as const satisfies Record<string, readonly string[]>;

export type IdName = keyof typeof known;

/** Ids that keep their names from build to build. */
export type StableId =
  | 'title'
  | 'desc'
  | 'cover'
  | 'long_press_layout'
  | 'player_view'
  | 'view_rootview'
  | 'gradual_bottom'
  | 'widget_container'
  | 'viewpager_container';

/** Full resource ids of one version of the app. */
export interface Ids {
  of(name: IdName): string;
  stable(name: StableId): string;
}

const column = (version: string): number =>
  releases.findIndex((release) => version === release || (release === '35' && version.startsWith('35.')));

/** Ids of that version; what no capture shows is made up, the same for the same version. */
export function idsOf(version: string): Ids {
  const index = column(version);
  return makeIds(version, (name) => (index < 0 ? '' : (known[name][index] ?? '')));
}

/** What the `renamed-ids` fault shows: the same screens under ids that nobody has ever seen. */
export const renamedIds = (version: string): Ids => makeIds(`${version}:renamed`, () => '');

function makeIds(seed: string, fact: (name: IdName) => string): Ids {
  const random = seededRandom(`ids:${seed}`);
  const names = Object.keys(known) as IdName[];
  const facts = new Map(names.map((name) => [name, fact(name)] as const));
  const taken = new Set(facts.values());
  const made = new Map(
    names.map((name) => {
      let id = facts.get(name) ?? '';
      while (id === '') {
        const candidate = random.pick(letters) + random.pick(characters) + random.pick(characters);
        if (!taken.has(candidate)) id = candidate;
      }
      taken.add(id);
      return [name, `${packageName}:id/${id}`] as const;
    }),
  );
  return { of: (name) => made.get(name) ?? '', stable: (name) => `${packageName}:id/${name}` };
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789_'];
