import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { SimFaults } from './faults.ts';
import { SimFiles } from './files.ts';
import { type View, viewTrees } from './hierarchy.ts';
import { hitTap } from './hit.ts';
import { SimPackages } from './packages.ts';
import type { Intent, MediaRow, PhoneHost, SimApp, UiNode } from './parts.ts';
import { createSampleVideo } from './sample-video.ts';
import { SimUi } from './ui.ts';
import { World } from './world.ts';

export const languages = ['en-US', 'fr-FR'] as const;
export const sizes = [
  { width: 1080, height: 2400, density: 420 },
  { width: 720, height: 1600, density: 320 },
] as const;

export interface AppTestPhoneOptions<Twin> {
  packageName: string;
  /** Full class of the activity behind the icon. */
  launcher: string;
  version: string;
  create: (phone: { host: PhoneHost; world: World; language: string }) => Twin;
  language?: string | undefined;
  size?: { width: number; height: number; density: number } | undefined;
  /** Default true: a phone on which camera and gallery were used before. */
  hasPermissions?: boolean | undefined;
  serial?: string | undefined;
  world?: World | undefined;
  seed?: string | number | undefined;
}

/** A screen with the twin on it, time standing still, and fingers that find things by what they say. For tests. */
export class AppTestPhone<Twin extends SimApp> {
  readonly clock = new ManualClock();
  readonly faults = new SimFaults(this.clock);
  readonly files = new SimFiles({ clock: this.clock, faults: this.faults });
  readonly packages = new SimPackages({ clock: this.clock, faults: this.faults });
  readonly world: World;
  readonly ui: SimUi;
  readonly host: PhoneHost;
  readonly twin: Twin;
  readonly #launcher: string;
  #films = 0;

  constructor(options: AppTestPhoneOptions<Twin>) {
    const {
      size = sizes[0],
      hasPermissions = true,
      serial = '127.0.0.1:21000',
      packageName,
      launcher,
      create,
    } = options;
    const language = options.language ?? 'en-US';
    this.#launcher = launcher;
    this.world = options.world ?? new World({ clock: this.clock });
    this.packages.put({
      name: packageName,
      versionName: options.version,
      versionCode: 1,
      isSystem: false,
      permissions: new Map(
        ['CAMERA', 'RECORD_AUDIO', 'READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO'].map((name) => [
          `android.permission.${name}`,
          hasPermissions,
        ]),
      ),
    });
    const shared = { clock: this.clock, random: seededRandom(`test phone ${options.seed ?? ''}`), log: silentLog };
    this.ui = new SimUi({
      ...shared,
      size: { width: size.width, height: size.height },
      density: size.density,
      sdk: 34,
      language,
      packages: this.packages,
      faults: this.faults,
    });
    this.host = {
      ...shared,
      serial,
      props: { 'ro.build.version.sdk': '34' },
      language,
      files: this.files,
      packages: this.packages,
      ui: this.ui,
      faults: this.faults,
      unknown: [],
    };
    this.twin = create({ host: this.host, world: this.world, language });
    this.ui.install(this.twin);
  }

  /** Puts a new little film into the gallery. */
  addFilm(): MediaRow {
    const path = `/sdcard/DCIM/Camera/film-${++this.#films}.mp4`;
    this.files.write(path, createSampleVideo({ seconds: 2, seed: this.#films }));
    this.files.scan(path);
    const row = this.files.mediaRow(path);
    if (!row) throw new Error('the film was not taken in');
    return row;
  }

  /** Starts the app from the launcher and waits until its first video plays. */
  async open(): Promise<void> {
    this.start({ action: 'android.intent.action.MAIN', component: `${this.twin.package}/${this.#launcher}` });
    await this.clock.advance(1_500);
  }

  async openLink(data: string): Promise<void> {
    this.start({ action: 'android.intent.action.VIEW', data, package: this.twin.package });
    await this.clock.advance(1_500);
  }

  async share(row: MediaRow): Promise<void> {
    this.start({
      action: 'android.intent.action.SEND',
      type: row.mime,
      package: this.twin.package,
      extras: { 'android.intent.extra.STREAM': `content://media/external/video/media/${row.id}` },
    });
    await this.clock.advance(1_500);
  }

  start(intent: Partial<Intent>): void {
    const started = this.ui.start({ categories: [], extras: {}, flags: 0, ...intent });
    if ('error' in started) throw new Error(started.error);
  }

  /** All that can be seen of all windows, topmost window first. */
  views(): View[] {
    const all: View[] = [];
    const walk = (view: View): void => {
      all.push(view);
      for (const child of view.children) walk(child);
    };
    for (const tree of viewTrees(this.ui.windows(), { size: this.ui.size })) walk(tree);
    return all;
  }

  /** Nodes of the app with exactly this text or content-desc. */
  all(words: string | RegExp): View[] {
    const isMeant = (text: string) => (typeof words === 'string' ? text === words : words.test(text));
    return this.views().filter(
      (view) => view.package !== 'com.android.systemui' && (isMeant(view.text) || isMeant(view.node.desc ?? '')),
    );
  }

  sees(words: string | RegExp): boolean {
    return this.all(words).length > 0;
  }

  /** The only one; throws when there is none, and when a tap would have to guess. */
  one(words: string | RegExp): View {
    const found = this.all(words);
    const [first] = found;
    if (!first) throw new Error(`nothing says ${String(words)}; there is: ${this.words().join(' | ')}`);
    if (found.some((view) => !isSamePlace(view, first))) throw new Error(`${found.length} nodes say ${String(words)}`);
    return first;
  }

  tap(words: string | RegExp): void {
    const { left, top, right, bottom } = this.one(words).bounds;
    this.ui.tap(Math.floor((left + right) / 2), Math.floor((top + bottom) / 2));
  }

  tapView({ bounds }: View): void {
    this.ui.tap(Math.floor((bounds.left + bounds.right) / 2), Math.floor((bounds.top + bounds.bottom) / 2));
  }

  fields(): View[] {
    return this.views().filter((view) => view.node.onText !== undefined);
  }

  /** What a tap at this point would reach. */
  hit(x: number, y: number): UiNode | undefined {
    const hit = hitTap(this.ui.windows(), x, y);
    return hit?.is === 'node' ? hit.node : undefined;
  }

  swipeUp(): void {
    const { width, height } = this.ui.size;
    this.ui.swipe(width / 2, height * 0.7, width / 2, height * 0.25, 200);
  }

  back(): void {
    this.ui.key(4);
  }

  words(): string[] {
    return this.views()
      .filter((view) => view.package === this.twin.package)
      .flatMap((view) => [view.text, view.node.desc ?? ''])
      .filter((text) => text !== '');
  }

  actions() {
    return this.world.actions(this.host.serial);
  }
}

/** A label is often on a box and again on the text inside it. */
function isSamePlace(a: View, b: View): boolean {
  const within = (inner: View, outer: View) =>
    inner.bounds.left >= outer.bounds.left &&
    inner.bounds.right <= outer.bounds.right &&
    inner.bounds.top >= outer.bounds.top &&
    inner.bounds.bottom <= outer.bounds.bottom;
  return within(a, b) || within(b, a);
}
