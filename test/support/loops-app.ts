/** A small app of our own and a phone that shows it, for the tests of the script kit. What it truly did is in `actions`. */
import type { ManualClock } from '../../src/base/clock.ts';
import type { Ctx } from '../../src/base/context.ts';
import { DroverError } from '../../src/base/error.ts';
import { type Hierarchy, type Node, type Point, parseHierarchy } from '../../src/phone/hierarchy.ts';
import { byClass, byDesc, byText, clickableAround } from '../../src/phone/selector.ts';
import type { PhoneHands, PushedFile } from '../../src/script/hands.ts';
import { control, defineDialog, definePart, defineScreen } from '../../src/script/screen.ts';
import type { MediaFile } from '../../src/script/seams.ts';

export const loopsPackage = 'com.example.loops';

export const bar = definePart('loops.bar', { homeTab: control([byDesc('Home')]) });
export const home = defineScreen('loops.home', {
  shown: [byText('For you'), byText('Inbox')],
  parts: [bar],
});
export const profile = defineScreen('loops.profile', {
  shown: [byText(/^@[\w.]+$/), byText('Followers'), byDesc('More')],
  parts: [bar],
  username: control([byText(/^@[\w.]+$/)]),
  more: control([byDesc('More')]),
  follow: control([clickableAround(byText('Follow')), byDesc('Follow')], { effect: 'follow' }),
  followed: control([byText('Following')]),
  missing: control([byText('No such user')]),
});
export const composer = defineScreen('loops.composer', {
  shown: [byText('New post'), byText('Drafts')],
  caption: control([byClass('EditText')]),
  post: control([byText('Post')], { effect: 'post' }),
});
export const waiting = defineScreen('loops.waiting', { shown: [byText('Loading')], loading: true });
export const login = defineScreen('loops.login', {
  shown: [byText('Log in'), byText('Sign up')],
  fails: 'app.logged-out',
});
export const survey = defineDialog('loops.survey', {
  needs: [byText('How was this?'), byText('Not now')],
  dismiss: 'later',
  later: control([byText('Not now')]),
});
export const loops = {
  packageName: loopsPackage,
  label: 'Loops',
  screens: [home, profile, composer, waiting, login],
  dialogs: [survey],
  words: { en: ['Followers', 'Following', 'Inbox'], fr: ['Abonnés', 'Suivi'] },
};

export interface Box {
  text?: string;
  desc?: string;
  id?: string;
  className?: string;
  at: readonly [number, number, number, number];
  clickable?: boolean;
  package?: string;
  drawing?: number;
  attributes?: string;
  children?: readonly Box[];
}

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\n/g, '&#10;');

const nodeXml = (box: Box, owner: string): string => {
  const { text = '', desc = '', id = '', className = 'android.widget.TextView', at, clickable = false, drawing } = box;
  const name = box.package ?? owner;
  const order = drawing === undefined ? '' : ` drawing-order="${drawing}"`;
  return `<node text="${escaped(text)}" resource-id="${id}" class="${className}" package="${name}" content-desc="${escaped(desc)}" clickable="${clickable}" enabled="true" displayed="true"${order} ${box.attributes ?? ''} bounds="[${at[0]},${at[1]}][${at[2]},${at[3]}]">${(box.children ?? []).map((child) => nodeXml(child, name)).join('')}</node>`;
};

/** One window a root. */
export const screenXml = (...roots: readonly Box[]): string =>
  `<?xml version='1.0'?><hierarchy rotation="0">${roots.map((root) => nodeXml(root, loopsPackage)).join('')}</hierarchy>`;

export const page = (...children: readonly Box[]): Box => ({
  className: 'android.widget.FrameLayout',
  at: [0, 0, 1080, 2000],
  children,
});

export const button = (text: string, at: Box['at'], more: Partial<Box> = {}): Box => ({
  className: 'android.widget.LinearLayout',
  at,
  clickable: true,
  children: [{ text, at: [at[0] + 10, at[1] + 10, at[2] - 10, at[3] - 10] }],
  ...more,
});

const homeTab: Box = { desc: 'Home', at: [0, 1900, 200, 2000], clickable: true };

export const profilePage = (user: string, isFollowed: boolean): Box =>
  page(
    { text: `@${user}`, at: [100, 300, 900, 380] },
    { text: '1,204', at: [100, 400, 300, 440] },
    { text: 'Followers', at: [100, 440, 300, 480] },
    { desc: 'More', at: [980, 60, 1060, 140], clickable: true },
    button(isFollowed ? 'Following' : 'Follow', [100, 600, 600, 700]),
    homeTab,
  );

export type FakeScreen = 'home' | 'profile' | 'composer' | 'unknown' | 'loading' | 'login' | 'missing';

/** What happens around one call: `before` it reached the phone, or `after` it did. */
export type Around = (when: 'before' | 'after', call: string) => Promise<void> | void;

export class FakePhone implements PhoneHands {
  readonly serial = 'fake-1';
  readonly #lost = new AbortController();
  readonly clock: ManualClock;
  screen: FakeScreen = 'home';
  user = 'mira.loops';
  isFollowed = false;
  isSurveyed = 0;
  caption = '';
  posts = 0;
  installed = true;
  /** Set: the whole page source is this. */
  xml: string | undefined;
  /** How public taps end: after so many ms, or never. */
  landsAfterMs: number | 'lost' = 0;
  /** What a field makes of a text that is typed. */
  keeps = (text: string): string => text;
  around: Around = () => {};
  /** Does what it is told although the caller has been aborted. */
  isDeaf = false;
  /** What was truly published. */
  readonly actions: string[] = [];
  /** Every touch that reached the phone. */
  readonly touches: string[] = [];
  readonly files = new Set<string>();
  #late: Array<{ at: number; work: () => void }> = [];

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  lose(): void {
    this.#lost.abort(new DroverError('device.lost'));
  }

  async #call<T>(ctx: Ctx, name: string, work: () => T): Promise<T> {
    if (!this.isDeaf) ctx.signal.throwIfAborted();
    await this.around('before', name);
    if (!this.isDeaf) ctx.signal.throwIfAborted();
    const result = work();
    await this.around('after', name);
    return result;
  }

  #touch(ctx: Ctx, name: string, work: () => void): Promise<void> {
    return this.#call(ctx, name.split(' ')[0] ?? name, () => {
      this.touches.push(name);
      work();
    });
  }

  /** Public acts that have arrived by now happen now. */
  settle(): void {
    const due = this.#late.filter(({ at }) => at <= this.clock.monotonic());
    this.#late = this.#late.filter((late) => !due.includes(late));
    for (const { work } of due) work();
  }

  #publish(work: () => void): void {
    if (this.landsAfterMs === 'lost') return;
    this.#late.push({ at: this.clock.monotonic() + this.landsAfterMs, work });
    this.settle();
  }

  source(): string {
    this.settle();
    if (this.xml !== undefined) return this.xml;
    if (this.isSurveyed > 0) {
      return screenXml(
        page({ text: 'How was this?', at: [100, 900, 900, 960] }, button('Not now', [100, 1000, 500, 1100])),
      );
    }
    switch (this.screen) {
      case 'home':
        return screenXml(
          page({ text: 'For you', at: [0, 0, 400, 100] }, { text: 'Inbox', at: [600, 1900, 900, 2000] }, homeTab),
        );
      case 'profile':
        return screenXml(profilePage(this.user, this.isFollowed));
      case 'missing':
        return screenXml(page({ text: 'No such user', at: [100, 900, 900, 1000] }, homeTab));
      case 'composer':
        return screenXml(
          page(
            { text: 'New post', at: [0, 0, 400, 100] },
            { text: this.caption, className: 'android.widget.EditText', at: [50, 200, 1030, 600], clickable: true },
            button('Drafts', [50, 1800, 500, 1900]),
            button('Post', [550, 1800, 1030, 1900]),
          ),
        );
      case 'loading':
        return screenXml(page({ text: 'Loading', at: [400, 900, 700, 1000] }));
      case 'login':
        return screenXml(page(button('Log in', [100, 900, 900, 1000]), button('Sign up', [100, 1100, 900, 1200])));
      case 'unknown':
        return screenXml(
          page({ text: 'A wild new feature', at: [100, 900, 900, 1000] }, button('Go', [100, 1000, 900, 1100])),
        );
    }
  }

  readHierarchy(ctx: Ctx): Promise<Hierarchy> {
    return this.#call(ctx, 'read', () => parseHierarchy(this.source(), this.clock.now()));
  }

  takePicture(ctx: Ctx): Promise<Uint8Array> {
    return this.#call(ctx, 'picture', () => new TextEncoder().encode(this.screen));
  }

  tap(ctx: Ctx, point: Point): Promise<void> {
    const hierarchy = parseHierarchy(this.source());
    const hit = hierarchy.nodes.findLast(
      ({ clickable, bounds: { left, top, right, bottom } }) =>
        clickable && point.x >= left && point.x < right && point.y >= top && point.y < bottom,
    );
    const label = hit?.text || hit?.desc || hierarchy.nodes[hit?.children[0] ?? -1]?.text || 'nothing';
    return this.#touch(ctx, `tap ${label}`, () => this.#tapped(label));
  }

  #tapped(label: string): void {
    if (label === 'Not now') this.isSurveyed -= 1;
    if (label === 'Home') this.screen = 'home';
    if (label === 'Follow') {
      this.#publish(() => {
        this.actions.push(`follow @${this.user}`);
        this.isFollowed = true;
      });
    }
    if (label === 'Post') {
      const { caption } = this;
      this.#publish(() => {
        this.actions.push(`post ${caption}`);
        this.posts += 1;
      });
      this.caption = '';
      this.screen = 'home';
    }
  }

  longPress(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'longPress', () => {});
  }
  swipe(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'swipe', () => {});
  }
  key(ctx: Ctx, key: string): Promise<void> {
    return this.#touch(ctx, `key ${key}`, () => {
      if (key === 'back') this.screen = 'home';
    });
  }
  async typeText(ctx: Ctx, text: string): Promise<string> {
    await this.#touch(ctx, `type ${text}`, () => {
      this.caption = this.keeps(text);
    });
    return this.caption;
  }
  readText(ctx: Ctx, _field: Node): Promise<string> {
    return this.#call(ctx, 'readText', () => this.caption);
  }
  clearClipboard(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'clearClipboard', () => {});
  }
  async readByPasting(ctx: Ctx): Promise<string | undefined> {
    await this.#touch(ctx, 'paste', () => {
      this.caption = this.keeps('');
    });
    if (this.caption !== '') throw new DroverError('phone.text-mismatch');
    return 'https://loops.example/p/1';
  }
  hideKeyboard(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'hideKeyboard', () => {});
  }
  startApp(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'startApp', () => {});
  }
  stopApp(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'stopApp', () => {});
  }
  openUrl(ctx: Ctx, url: string): Promise<void> {
    return this.#touch(ctx, `open ${url}`, () => {
      this.screen = url.endsWith('/compose') ? 'composer' : 'profile';
    });
  }
  shareFile(ctx: Ctx): Promise<void> {
    return this.#touch(ctx, 'share', () => {
      this.screen = 'composer';
    });
  }
  packageVersion(ctx: Ctx): Promise<string | undefined> {
    return this.#call(ctx, 'version', () => (this.installed ? '1.2.3' : undefined));
  }
  pushMedia(ctx: Ctx, file: MediaFile): Promise<PushedFile> {
    return this.#call(ctx, 'push', () => {
      this.files.add(file.name);
      return { remotePath: `/sdcard/${file.name}`, uri: `content://media/external/video/media/${this.files.size}` };
    });
  }
  removeMedia(ctx: Ctx, pushed: PushedFile): Promise<void> {
    return this.#call(ctx, 'remove', () => {
      this.files.delete(pushed.remotePath.slice('/sdcard/'.length));
    });
  }
  sweepMedia(ctx: Ctx): Promise<void> {
    return this.#call(ctx, 'sweep', () => this.files.clear());
  }
}
