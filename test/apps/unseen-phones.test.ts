/**
 * Shapes that phones, makers and releases beyond our captures have, each drawn by hand as small as it can be told by.
 * [seen in public dumps: TikTok of 2023 on 480 px, Instagram of 2021 and 2025, MIUI, Pixel, emulators]
 */
import { describe, expect, test } from 'vitest';
import { apps } from '../../src/apps/index.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { byWords } from '../../src/script/language.ts';
import { type Element, type Sighting, sight } from '../../src/script/sighting.ts';
import { type Box, button, screenXml } from '../support/loops-app.ts';

const tiktok = 'com.zhiliaoapp.musically';
const instagram = 'com.instagram.android';

const view = (at: Box['at'], more: Partial<Box> = {}): Box => ({
  className: 'android.widget.FrameLayout',
  at,
  ...more,
});
const word = (text: string, at: Box['at'], more: Partial<Box> = {}): Box => ({ text, at, ...more });
const icon = (desc: string, at: Box['at'], more: Partial<Box> = {}): Box =>
  view(at, { desc, className: 'android.widget.ImageView', clickable: true, ...more });
const see = (...roots: readonly Box[]): Sighting => sight(parseHierarchy(screenXml(...roots)), apps);
const windowOf = (name: string, [width, height]: readonly [number, number], ...children: readonly Box[]): Box =>
  view([0, 0, width, height], { package: name, children });
const tapOn = ({ elements }: Sighting, name: string): [number, number] | undefined => {
  const tap = (elements.get(name) as Element | undefined)?.tap;
  return tap && [tap.x, tap.y];
};

describe('TikTok', () => {
  const rail = (width: number, top: number, drawing?: number): Box =>
    view([0, top, width, top + 340], {
      className: 'android.widget.LinearLayout',
      clickable: true,
      ...(drawing === undefined ? {} : { drawing }),
      children: [
        icon('mia profile', [410, top, 470, top + 60]),
        icon('Follow mia', [401, top + 46, 480, top + 80], { className: 'android.widget.Button' }),
        icon('Like video. 4 likes', [402, top + 80, 480, top + 158], { className: 'android.widget.Button' }),
        view([402, top + 158, 480, top + 234], {
          clickable: true,
          children: [
            icon('Read or add comments. 2 comments', [402, top + 158, 480, top + 234], { clickable: false }),
            view([402, top + 158, 480, top + 226], { clickable: true }),
          ],
        }),
        icon('Share video. 1 shares', [402, top + 234, 480, top + 312], { className: 'android.widget.Button' }),
      ],
    });
  const surface = icon('Video', [0, 0, 480, 568], { className: 'android.view.View', drawing: 1 });

  test('a label that takes no taps is tapped on the box around it', () => {
    expect(tapOn(see(windowOf(tiktok, [480, 568], surface, rail(480, 120))), 'comment')).toEqual([441, 316]);
  });

  test('on a short screen the frame around the buttons does not hide the name and the caption beside them', () => {
    const name = view([18, 350, 330, 470], {
      drawing: 2,
      children: [
        word('mia', [18, 350, 134, 390], { id: `${tiktok}:id/title`, clickable: true }),
        word('a quiet morning', [18, 399, 330, 453], { id: `${tiktok}:id/desc`, clickable: true }),
      ],
    });
    const shot = see(
      windowOf(
        tiktok,
        [480, 568],
        surface,
        view([0, 0, 480, 568], { drawing: 3, children: [name, rail(480, 140, 8)] }),
      ),
    );
    expect(tapOn(shot, 'author')).toEqual([76, 370]);
    expect(tapOn(shot, 'caption')).toEqual([174, 426]);
  });

  test('somebody who shows what they liked is still somebody else', () => {
    const tab = (desc: string, left: number) => icon(desc, [left, 535, left + 160, 568]);
    const counter = (number: string, label: string, left: number): Box =>
      view([left, 315, left + 138, 376], {
        clickable: true,
        children: [word(number, [left, 315, left + 138, 348]), word(label, [left, 352, left + 138, 376])],
      });
    const shot = see(
      windowOf(
        tiktok,
        [480, 568],
        word('@mia.draws', [157, 264, 322, 297], { clickable: true }),
        counter('12', 'Following', 32),
        counter('48', 'Followers', 171),
        counter('70', 'Likes', 310),
        button('Follow', [27, 394, 201, 460]),
        button('Message', [207, 394, 381, 460]),
        tab('Videos', 0),
        tab('Reposted videos', 160),
        tab('Liked videos', 320),
      ),
    );
    expect(shot).toMatchObject({
      screen: 'profile-other',
      blocking: false,
      state: { followers: '48', following: false },
    });
    expect(tapOn(shot, 'follow')).toEqual([114, 427]);
  });

  describe('sources that kept what takes taps and little else', () => {
    const camera: Box[] = [
      icon('@2131823130', [395, 1591, 684, 1880]),
      view([0, 1891, 179, 2070], { id: `${tiktok}:id/upload_hot_area`, clickable: true }),
      word('Add sound', [447, 100, 695, 216]),
    ];
    const circle = (text: string, left: number): Box => word(text, [left, 328, left + 63, 391], { clickable: true });
    const flat = (...boxes: readonly Box[]) => see(windowOf(tiktok, [1080, 2094], ...boxes));

    test('a camera: what names the sound is told, though nothing there takes a tap', () => {
      const shot = flat(...camera);
      expect(shot.screen).toBe('create-camera');
      expect(shot.elements.get('add_sound')).toMatchObject({ text: 'Add sound', tap: undefined });
    });

    test.each([
      ['Next', '', false, 'create-gallery', 0],
      ['Next (1)', '1', true, 'create-gallery-selected', 1],
    ])('circles above %s are a picker, whatever camera lies below', (label, number, clickable, screen, count) => {
      const next = word(label, [550, 1936, 1048, 2052], { clickable });
      const shot = flat(...camera, circle(number, 280), circle('', 638), circle('', 996), next);
      expect(shot).toMatchObject({ screen, state: { gallery_selected_count: count } });
      expect(shot.elements.has('record')).toBe(false);
    });

    test('a wide Post below a text field is the page that publishes', () => {
      const shot = flat(
        icon('@2131823215', [16, 63, 131, 179]),
        word('a quiet morning', [42, 614, 1038, 986], { className: 'android.widget.EditText', clickable: true }),
        word('Post', [550, 1936, 1048, 2062], { clickable: true }),
      );
      expect(shot).toMatchObject({ screen: 'create-post', state: { caption: 'a quiet morning' } });
      expect(tapOn(shot, 'post')).toEqual([799, 1999]);
    });
  });
});

describe('Instagram', () => {
  const id = (name: string) => `${instagram}:id/${name}`;

  test('OK in the title bar and Share at the end: the caption is being written', () => {
    const shot = see(
      windowOf(
        instagram,
        [720, 1440],
        icon('Back', [0, 39, 91, 130], { id: id('action_bar_button_back') }),
        word('New reel', [117, 65, 255, 104], { id: id('action_bar_title') }),
        word('OK', [634, 52, 707, 130], { id: id('action_bar_button_text'), clickable: true }),
        word('a quiet morning', [26, 141, 694, 305], {
          className: 'android.widget.AutoCompleteTextView',
          id: id('caption_input_text_view'),
          clickable: true,
        }),
        word('Tag people', [85, 422, 239, 455]),
        view([26, 1257, 347, 1329], { id: id('save_draft_button'), desc: 'Save draft', clickable: true }),
        view([373, 1257, 694, 1329], { id: id('share_button'), desc: 'Share', clickable: true }),
      ),
    );
    expect(shot.screen).toBe('create-post-typing');
    expect(tapOn(shot, 'caption_done')).toEqual([670, 91]);
    expect(tapOn(shot, 'post')).toEqual([533, 1293]);
  });

  test('a picker that shows large what is chosen has chosen it', () => {
    const cells = [0, 1, 2, 3].map((column) =>
      view([column * 271, 1409, column * 271 + 267, 1673], {
        desc: 'Photo thumbnail, Added on 5 days ago',
        clickable: true,
      }),
    );
    const shot = see(
      windowOf(
        instagram,
        [1080, 1920],
        icon('Cancel', [0, 0, 168, 168], { id: id('action_bar_cancel') }),
        word('New post', [168, 0, 908, 168], { id: id('new_post_title') }),
        word('Next', [908, 0, 1080, 168], { id: id('next_button_textview'), clickable: true }),
        icon('Photo preview thumbnail', [0, 168, 1080, 1248], { id: id('crop_image_view'), clickable: false }),
        word('Recents', [0, 1248, 352, 1404], { id: id('gallery_folder_menu_tv'), clickable: true }),
        ...cells,
      ),
    );
    expect(shot).toMatchObject({ screen: 'create-gallery-selected', state: { gallery_selected_count: 1 } });
    expect(tapOn(shot, 'next')).toEqual([994, 84]);
    expect(tapOn(shot, 'first_item')).toEqual([133, 1541]);
  });

  test('a dump without packages, whose one sentence fills the screen, is no reel', () => {
    const shot = see(view([0, 0, 720, 1600], { package: '', children: [word('Search settings', [0, 0, 720, 1500])] }));
    expect(shot).toMatchObject({ app: undefined, screen: undefined });
  });
});

describe('pages of Instagram that no screen stands for: none is guessed, nothing is offered', () => {
  const id = (name: string) => `${instagram}:id/${name}`;
  const back = icon('Back', [0, 80, 154, 230], { id: id('action_bar_button_back') });
  const title = (text: string) => word(text, [198, 129, 600, 182], { id: id('action_bar_title') });
  const field = (text: string, top: number) =>
    word(text, [40, top, 1040, top + 100], { className: 'android.widget.EditText', clickable: true });
  const press = (text: string, at: Box['at']) =>
    word(text, at, { className: 'android.widget.Button', clickable: true });
  const row = view([0, 500, 1080, 680], {
    clickable: true,
    children: [word('noor', [200, 520, 600, 580]), press('Follow', [760, 550, 1036, 630])],
  });
  const dimmer = view([0, 0, 1080, 2340], { id: id('background_dimmer'), clickable: true });

  test.each<[string, Box[]]>([
    ['who follows somebody', [back, title('mia.draws'), press('48 followers', [0, 240, 540, 350]), row]],
    ['people one may know', [back, title('Discover people'), row]],
    ['who liked a post', [back, title('Likes'), row]],
    ['what happened', [back, title('Notifications'), press('Follow back', [760, 500, 1036, 580])]],
    ['messages', [title('mia.draws'), field('Search', 240), press('noor', [0, 400, 1080, 560])]],
    ['settings', [back, title('Settings and activity'), field('Search', 240), press('Log out', [0, 2000, 1080, 2100])]],
    ['the own profile being edited', [back, title('Edit profile'), field('Mia', 650), field('mia.draws', 850)]],
    [
      'whom to send a post to',
      [
        dimmer,
        field('Search', 1000),
        press('Copy link', [40, 2000, 300, 2200]),
        press('Share', [340, 2000, 600, 2200]),
      ],
    ],
    ['a form with Done', [back, title('Interests'), press('Done', [800, 2100, 1040, 2200])]],
  ])('%s', (_, boxes) => {
    const shot = see(windowOf(instagram, [1080, 2340], ...boxes));
    expect(shot).toMatchObject({ app: 'instagram', screen: undefined });
    expect([...shot.elements]).toEqual([]);
  });
});

describe('a language that runs from right to left', () => {
  /** As drawn for the other direction; `mirrored` puts left where right is, as Android does. */
  const mirrored = (box: Box): Box => ({
    ...box,
    at: [1080 - box.at[2], box.at[1], 1080 - box.at[0], box.at[3]],
    children: (box.children ?? []).map(mirrored),
  });
  const bar = ['الرئيسية', 'الأصدقاء', 'إنشاء', 'صندوق الوارد', 'الملف الشخصي'].map((desc, index) =>
    icon(desc, [index * 216, 2208, (index + 1) * 216, 2337], { attributes: `selected="${index === 0}"` }),
  );
  const rail = [0, 1, 2, 3].map((row) =>
    icon(`@213188826${row}`, [912, 1320 + row * 158, 1080, 1478 + row * 158], { className: 'android.widget.Button' }),
  );
  const feed = (turn: (box: Box) => Box) =>
    see(
      windowOf(
        tiktok,
        [1080, 2400],
        ...[
          icon('', [0, 0, 1080, 2208], { id: `${tiktok}:id/long_press_layout`, className: 'android.view.View' }),
          word('رسم صباحي', [32, 1990, 800, 2050], { id: `${tiktok}:id/desc`, clickable: true }),
          word('لك', [800, 100, 900, 180], { clickable: true, attributes: 'selected="true"' }),
          icon('بحث', [926, 92, 1080, 246]),
          ...rail,
          ...bar,
        ].map(turn),
      ),
    );

  test.each<[string, (box: Box) => Box, (x: number) => number]>([
    ['mirrored', mirrored, (x) => 1080 - x],
    ['not mirrored', (box) => box, (x) => x],
  ])('a feed that is %s: its buttons are where they are drawn', (_, turn, across) => {
    const shot = feed(turn);
    expect(shot).toMatchObject({ screen: 'feed', state: { selected_nav: 'nav_home' } });
    expect(shot.recognised.language).toBe('ar');
    expect(tapOn(shot, 'like')).toEqual([across(996), 1399]);
    expect(tapOn(shot, 'share')).toEqual([across(996), 1873]);
    expect(tapOn(shot, 'nav_home')).toEqual([across(108), 2272]);
    expect(tapOn(shot, 'nav_profile')).toEqual([across(972), 2272]);
    expect(tapOn(shot, 'search')).toEqual([across(1003), 169]);
  });
});

describe('the system', () => {
  const strip: Box = view([0, 2305, 1080, 2340], { package: 'com.miui.home' });

  test('the strip of a launcher at the lower edge does not make it the launcher', () => {
    const mail = windowOf('com.example.mail', [1080, 2220], word('Compose', [165, 134, 381, 194]));
    expect(see(mail, strip)).toMatchObject({ screen: 'other-app', packageName: 'com.example.mail' });
    // an app that tells nothing of its page is in front all the same
    const bars = windowOf('com.android.systemui', [1080, 80], word('12:00', [40, 10, 140, 70]));
    expect(see(bars, windowOf('com.example.game', [1080, 2220]), strip)).toMatchObject({
      screen: 'other-app',
      packageName: 'com.example.game',
    });
  });

  test('an icon whose box takes the taps, with what is new counted in it', () => {
    const box = view([444, 792, 636, 1095], {
      desc: '6 sin leer de TikTok',
      clickable: true,
      children: [icon('TikTok', [445, 808, 636, 999], { clickable: false }), word('TikTok', [444, 1004, 636, 1095])],
    });
    const shot = see(
      windowOf('com.miui.home', [1080, 2254], view([0, 0, 1080, 2254], { clickable: true, children: [box] })),
    );
    expect(shot.screen).toBe('launcher');
    expect(tapOn(shot, 'icon_tiktok')).toEqual([540, 943]);
  });

  test("Xiaomi's gallery is a picker, not a launcher", () => {
    expect(see(windowOf('com.miui.gallery', [1080, 2254], word('Fotos', [40, 100, 300, 180]))).screen).toBe(
      'system-photo-picker',
    );
  });

  test('a drawer is one although the dock stays in sight below it', () => {
    const icons = Array.from({ length: 16 }, (_, index) => {
      const [left, top] = [(index % 4) * 240, 400 + Math.floor(index / 4) * 250];
      return icon(`App ${index}`, [left, top, left + 200, top + 240], { text: `App ${index}` });
    });
    const name = 'com.google.android.apps.nexuslauncher';
    const drawer = view([0, 308, 960, 2142], { id: `${name}:id/apps_list_view`, children: icons });
    const dock = view([14, 1718, 946, 2110], {
      id: `${name}:id/hotseat`,
      children: [icon('Phone', [769, 1718, 893, 1858])],
    });
    expect(see(windowOf(name, [960, 2142], drawer, dock)).screen).toBe('app-drawer');
  });

  test('notifications of other apps on the lock screen leave it the lock screen', () => {
    const notice = view([33, 600, 1047, 824], {
      package: 'com.example.mail',
      children: [word('Nuevo correo', [162, 638, 763, 690])],
    });
    const shade = windowOf('com.android.systemui', [1080, 2254], notice, word('¿Desbloquear?', [307, 252, 772, 487]));
    expect(see(shade)).toMatchObject({ screen: 'lock-screen', packageName: 'com.android.systemui' });
  });

  test('a question in Spanish is Spanish, whatever the buttons share with Portuguese', () => {
    const name = 'com.google.android.permissioncontroller';
    const prefix = 'com.android.permissioncontroller:id/';
    const shot = see(
      view([28, 875, 1052, 1626], {
        package: name,
        children: [
          word('¿Permitir que TikTok acceda a tus contactos?', [138, 1084, 942, 1202], {
            id: `${prefix}permission_message`,
          }),
          word('PERMITIR', [72, 1271, 1008, 1425], { id: `${prefix}permission_allow_button`, clickable: true }),
          word('NO PERMITIR', [72, 1428, 1008, 1582], { id: `${prefix}permission_deny_button`, clickable: true }),
        ],
      }),
    );
    expect(shot).toMatchObject({
      screen: 'permission',
      blocking: true,
      state: { permission: 'contacts', for: 'TikTok' },
    });
    expect(shot.recognised.language).toBe('es');
  });
});

test.each([
  ['uk', ['Під час використання додатка', 'Лише цього разу', 'Не дозволяти']],
  ['ru', ['При использовании приложения', 'Только в этот раз', 'Запретить']],
  ['ja', ['写真と動画の撮影を許可しますか？', '今回', '許可']],
  ['zh', ['要允许拍摄照片吗？', '仅限这一次', '不允许']],
  ['pt', ['Instalar', 'Abrir', 'Desinstalar', 'Atualizar']],
  ['en', ['Add a title', 'Post']],
  [undefined, ['Bloom in Da Lat', 'mia_draws']],
])('%s: %j', (language, labels) => {
  expect(byWords(labels)).toBe(language);
});
