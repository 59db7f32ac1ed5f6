import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Background } from './background.ts';
import type { SimFaults } from './faults.ts';
import { Focus } from './focus.ts';
import { hitSwipe, hitTap } from './hit.ts';
import { InputMethods, latinIme } from './input-methods.ts';
import { answered, fullComponent, launcherIntent, resolveIntent } from './intents.ts';
import { characterOf, keycodes } from './keycodes.ts';
import { Overlays } from './overlays.ts';
import type { Intent, PhonePackages, PhoneUi, Rotation, SimApp, UiNode, UiWindow } from './parts.ts';
import { PhoneSettings } from './phone-settings.ts';
import { Pictures } from './picture.ts';
import { Processes } from './processes.ts';
import { type Frame, frameOf } from './screen.ts';
import { keyguard, navigationBar, statusBar } from './system/bars.ts';
import { keyboard, keyboardArea } from './system/keyboard.ts';
import { Launcher } from './system/launcher.ts';
import type { Overlay } from './system/overlay.ts';
import { PlainApp } from './system/plain-app.ts';
import { Typing } from './typing.ts';

/** A finger that moved less than this is a tap (ViewConfiguration's touch slop is 8 dp). */
const slopDp = 8;
/** ViewConfiguration.getLongPressTimeout(). */
const longPressMs = 400;
const lateTapMs = 3_000;

export interface SimUiOptions {
  size: { width: number; height: number };
  density: number;
  sdk: number;
  language: string;
  clock: Clock;
  random: Random;
  log: Log;
  packages: PhonePackages;
  /** Says which input method is in use. Default: as on a new phone. */
  settings?: PhoneSettings;
  faults: SimFaults;
}

/**
 * The screen of one phone. Bottom first: windows of the app in front, keyboard, overlays (permission dialog, chooser,
 * shade, a strange dialog), status bar, navigation bar; with the screen off the keyguard alone.
 */
export class SimUi implements PhoneUi {
  readonly density: number;
  clipboard = '';
  readonly processTable: Processes;
  readonly background = new Background((packageName) => this.#installed(packageName));
  readonly #options: SimUiOptions;
  readonly #settings: PhoneSettings;
  readonly #apps = new Map<string, SimApp>();
  readonly #launcher: Launcher;
  readonly #focus = new Focus();
  readonly #inputMethods: InputMethods;
  readonly #typing = new Typing({ field: () => this.#field(), inputMethod: () => this.#inputMethods.current });
  readonly #pictures: Pictures;
  /** Tasks, the one in front last; the home screen lies below them all. */
  #tasks: { app: SimApp; activity: string }[] = [];
  readonly #overlays: Overlays;
  #isScreenOn = true;
  #version = 0;
  #changedAt: number;

  constructor(options: SimUiOptions) {
    this.#options = options;
    const { packages, settings = new PhoneSettings() } = options;
    this.#settings = settings;
    this.#inputMethods = new InputMethods({ packages, settings });
    this.density = options.density;
    this.#changedAt = options.clock.monotonic() - 60_000;
    this.processTable = new Processes(options.random);
    this.#pictures = new Pictures();
    this.#launcher = new Launcher({
      frame: () => this.#frame,
      language: options.language,
      entries: () =>
        this.#installed()
          .filter((app) => app.hasIcon !== false)
          .map((app) => ({ package: app.package, label: app.label })),
      open: (packageName) => this.start(launcherIntent(packageName)),
    });
    this.processTable.start(this.#launcher.package);
    this.processTable.start('com.google.android.inputmethod.latin');
    this.#overlays = new Overlays({
      frame: () => this.#frame,
      language: options.language,
      sdk: options.sdk,
      packages: options.packages,
      faults: options.faults,
      labelOf: (packageName) => this.#apps.get(packageName)?.label ?? packageName,
      victim: () => ({ package: this.#victim().package, activity: this.#tasks.at(-1)?.activity ?? '' }),
      changed: () => this.changed(),
    });
  }

  /** Makes a twin known to the phone; it counts as installed while its package is. */
  install(app: SimApp): void {
    this.#apps.set(app.package, app);
  }

  /** An activity that asks for portrait gets it; all others follow the user's lock (AOSP DisplayRotation.rotationForOrientation). */
  get rotation(): Rotation {
    return this.#front.isPortraitOnly === true ? 0 : this.#settings.userRotation;
  }

  turn(rotation: Rotation): void {
    this.#settings.userRotation = rotation;
    this.#settle();
  }

  get size(): { width: number; height: number } {
    const { width, height } = this.#options.size;
    return this.rotation % 2 === 0 ? { width, height } : { width: height, height: width };
  }

  get isScreenOn(): boolean {
    return this.#isScreenOn;
  }

  set isScreenOn(isOn: boolean) {
    this.#isScreenOn = isOn;
    this.changed();
  }

  get version(): number {
    return this.#version;
  }

  get changedAt(): number {
    return this.#changedAt;
  }

  changed(): void {
    this.#version++;
    this.#changedAt = this.#options.clock.monotonic();
  }

  get isKeyboardShown(): boolean {
    return (
      this.#isScreenOn &&
      this.#focus.isKeyboardOpen &&
      this.#overlaid.length === 0 &&
      this.#inputMethods.current === latinIme
    );
  }

  get keyboardTop(): number {
    return this.isKeyboardShown ? keyboardArea(this.#frame).top : this.size.height;
  }

  hideKeyboard(): void {
    this.#focus.hideKeyboard();
    this.changed();
  }

  blur(): void {
    this.#focus.blur();
    this.changed();
  }

  get #frame(): Frame {
    return frameOf(this.size, this.density);
  }

  get #overlaid(): Overlay[] {
    return this.#overlays.over(this.#front.package);
  }

  get #front(): SimApp {
    return this.#tasks.at(-1)?.app ?? this.#launcher;
  }

  #installed(packageName?: string): SimApp[] {
    const { packages } = this.#options;
    if (packageName !== undefined) {
      const app = this.#apps.get(packageName);
      if (!packages.find(packageName)) return [];
      return [app ?? new PlainApp(packageName, () => this.#frame)];
    }
    return [...this.#apps.values()].filter((app) => packages.find(app.package) !== undefined);
  }

  windows(): UiWindow[] {
    const frame = this.#frame;
    if (!this.#isScreenOn) return [keyguard(frame)];
    const windows = this.#appWindows();
    if (this.isKeyboardShown) windows.push(this.#keyboard(frame));
    for (const overlay of this.#overlaid) windows.push(overlay.window());
    const { clock, language } = this.#options;
    windows.push(
      statusBar(frame, language, clock.now()),
      navigationBar(frame, language, (code) => this.key(code)),
    );
    return windows;
  }

  /** Asks again when the first look moved the focus: a keyboard that opens or closes changes the layout. */
  #appWindows(): UiWindow[] {
    let windows = [...this.#front.windows()];
    for (let look = 0; look < 3 && this.#focus.update(windows); look++) {
      this.changed();
      windows = [...this.#front.windows()];
    }
    return windows;
  }

  #keyboard(frame: Frame): UiWindow {
    return keyboard(
      frame,
      this.#options.language,
      { hasAction: this.#focus.node?.onEnter !== undefined },
      {
        type: (text) => this.#write(text),
        erase: () => this.key(keycodes.del),
        enter: () => this.key(keycodes.enter),
      },
    );
  }

  // ---- touch

  tap(x: number, y: number): void {
    if (!this.#isScreenOn) return;
    const { clock, faults } = this.#options;
    const labels = this.#labelsAt(x, y);
    faults.touch(labels, 'before');
    if (faults.take('lost-tap')) return;
    if (faults.take('late-tap')) {
      clock.after(lateTapMs, () => this.#tap(x, y), { idle: true });
      return;
    }
    this.#tap(x, y);
    faults.touch(labels, 'after');
  }

  #tap(x: number, y: number): void {
    const windows = this.windows();
    const hit = hitTap(windows, x, y);
    if (hit?.is === 'outside') hit.window.onOutside?.();
    if (hit?.is === 'node' && hit.node.enabled !== false) {
      if (hit.node.onText) this.#focus.touch(hit.node, windows);
      hit.node.onTap?.({ x, y });
    }
    this.#settle();
  }

  longPress(x: number, y: number): void {
    if (!this.#isScreenOn) return;
    const hit = hitTap(this.windows(), x, y);
    if (hit?.is === 'node' && hit.node.enabled !== false && (hit.node.onLongPress || hit.node.longClickable)) {
      hit.node.onLongPress?.();
      this.#settle();
      return;
    }
    // Android: a view without a long press takes the finger's lift as a click
    this.tap(x, y);
  }

  swipe(x1: number, y1: number, x2: number, y2: number, durationMs: number): void {
    if (!this.#isScreenOn) return;
    const frame = this.#frame;
    const dx = x2 - x1;
    const dy = y2 - y1;
    if (Math.hypot(dx, dy) < frame.dp(slopDp)) {
      if (durationMs >= longPressMs) this.longPress(x1, y1);
      else this.tap(x1, y1);
      return;
    }
    if (y1 < frame.statusBar.bottom && dy > frame.dp(48)) {
      this.openNotifications();
      return;
    }
    const hit = hitSwipe(this.windows(), x1, y1);
    if (hit?.is === 'node') hit.node.onSwipe?.({ dx, dy, durationMs, to: { x: x2, y: y2 } });
    this.#settle();
  }

  /** Text and content-desc of what is touched, from the node that takes the tap and from the text drawn at the point. */
  #labelsAt(x: number, y: number): string[] {
    const hit = hitTap(this.windows(), x, y);
    if (hit?.is !== 'node') return [];
    const labels: string[] = [];
    const collect = (node: UiNode): void => {
      for (const text of [node.text, node.desc]) if (text) labels.push(text);
      for (const child of node.children ?? []) collect(child);
    };
    collect(hit.node);
    return labels;
  }

  /** After anything that may have changed the screen: fields that came or went move the focus now, not at the next look. */
  #settle(): void {
    this.changed();
    if (this.#isScreenOn) this.#appWindows();
  }

  // ---- keys and text

  key(code: number): void {
    if (code === keycodes.power) this.#isScreenOn = !this.#isScreenOn;
    else if (code === keycodes.wakeup) this.#isScreenOn = true;
    else if (code === keycodes.sleep) this.#isScreenOn = false;
    else if (this.#isScreenOn) this.#press(code);
    this.#settle();
  }

  #press(code: number): void {
    switch (code) {
      case keycodes.home:
      case keycodes.overview:
        this.#goHome();
        return;
      case keycodes.back:
      case keycodes.escape:
        this.#back();
        return;
      case keycodes.enter:
      case keycodes.numpadEnter:
      case keycodes.del:
      case keycodes.clear:
        this.#typing.edit(code);
        return;
      case keycodes.paste:
        this.#write(this.clipboard);
        return;
      default: {
        const character = characterOf(code);
        if (character !== undefined) this.type(character);
      }
    }
  }

  #goHome(): void {
    this.#focus.blur();
    this.#overlays.dropSystemWindows();
    this.#tasks = this.#tasks.filter((task) => task.app !== this.#launcher);
    this.#tasks.push({ app: this.#launcher, activity: this.#launcher.start().activity });
  }

  #back(): void {
    if (this.isKeyboardShown) {
      this.#focus.hideKeyboard();
      return;
    }
    const overlay = this.#overlaid.at(-1);
    if (overlay) {
      overlay.back();
      return;
    }
    if (this.#front.back()) return;
    this.#focus.blur();
    this.#tasks.pop();
    if (this.#tasks.length === 0) this.#goHome();
  }

  #field(): UiNode | undefined {
    this.#appWindows();
    return this.#focus.node;
  }

  type(text: string, options: { replace?: boolean } = {}): boolean {
    const isTyped = options.replace ? this.#typing.write(text, options) : this.#typing.press(text);
    if (isTyped) this.#settle();
    return isTyped;
  }

  #write(text: string): void {
    if (this.#typing.write(text)) this.#settle();
  }

  // ---- apps

  start(intent: Intent): { component: string; warning?: string } | { error: string } {
    const resolution = resolveIntent(intent, {
      home: this.#launcher,
      installed: (packageName) => this.#installed(packageName),
    });
    if (resolution.is === 'refused') return { error: resolution.error };
    if (resolution.is === 'choice') {
      this.#choose(intent, resolution.apps);
      return { component: 'android/com.android.internal.app.ChooserActivity' };
    }
    return this.#launch(resolution.app, resolution.intent);
  }

  #launch(app: SimApp, intent: Intent): { component: string; warning?: string } | { error: string } {
    const isFront = this.#front === app;
    let activity: string;
    let finishes: boolean;
    try {
      ({ activity, finishes = false } = app.start(intent));
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
    this.processTable.start(app.package);
    if (finishes) return { component: fullComponent(app.package, activity) };
    if (!isFront) this.#focus.blur();
    this.#tasks = this.#tasks.filter((task) => task.app.package !== app.package);
    this.#tasks.push({ app, activity });
    this.#overlays.dropSystemWindows();
    this.#settle();
    const component = fullComponent(app.package, activity);
    return isFront
      ? { component, warning: 'Activity not started, its current task has been brought to the front' }
      : { component };
  }

  #choose(intent: Intent, apps: readonly SimApp[]): void {
    this.#overlays.openChooser(
      intent.action?.startsWith('android.intent.action.SEND') ?? false,
      apps.map((app) => ({
        package: app.package,
        label: app.label,
        onChoose: () => this.#launch(app, answered(app, intent, app.resolve?.(intent) ?? '')),
      })),
    );
  }

  forceStop(packageName: string): void {
    this.#apps.get(packageName)?.stop();
    this.processTable.stop(packageName);
    if (this.#front.package === packageName) this.#focus.blur();
    this.#tasks = this.#tasks.filter((task) => task.app.package !== packageName);
    this.#overlays.dropOf(packageName);
    this.#settle();
  }

  foreground(): { package: string; activity: string } {
    const overlay = this.#overlaid.at(-1);
    if (overlay) return { package: overlay.package, activity: overlay.activity };
    const task = this.#tasks.at(-1);
    return task
      ? { package: task.app.package, activity: fullComponent(task.app.package, task.activity).split('/')[1] ?? '' }
      : { package: this.#launcher.package, activity: this.#launcher.start().activity };
  }

  processes(): readonly { pid: number; name: string }[] {
    return this.processTable.list();
  }

  isIdle(): boolean {
    if (!this.#isScreenOn) return true;
    if (this.#options.faults.isOn('idle-timeout')) return false;
    return this.#overlaid.length > 0 || this.#front.isIdle();
  }

  picture(format: 'png' | 'jpeg', options: { scale?: number; quality?: number } = {}): Promise<Uint8Array> {
    return this.#pictures.draw(this.windows(), this.size, { format, ...options });
  }

  // ---- what lies over the app

  openNotifications(): void {
    this.#overlays.openNotifications();
  }

  closeNotifications(): void {
    this.#overlays.closeNotifications();
  }

  requestPermission(
    packageName: string,
    permissions: readonly string[],
    onAnswer: (isGranted: boolean) => void = () => {},
  ): void {
    this.#overlays.requestPermission(packageName, permissions, onAnswer);
  }

  /**
   * The app that a forced dialog belongs to: the one in front. While the home screen is, the first twin: the dialog then
   * shows as soon as that app does.
   */
  #victim(): SimApp {
    const front = this.#front;
    return front === this.#launcher ? (this.#installed()[0] ?? front) : front;
  }
}
