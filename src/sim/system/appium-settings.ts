import { InputMethods, packageOf } from '../input-methods.ts';
import type { BroadcastResult, Intent, PhoneFiles, PhonePackages, PhoneUi, SimApp, SimService } from '../parts.ts';
import type { PhoneSettings } from '../phone-settings.ts';

export const appiumSettingsPackage = 'io.appium.settings';
const activity = `${appiumSettingsPackage}.Settings`;
/** Activity.RESULT_OK and RESULT_CANCELED. */
const ok = -1;
const cancelled = 0;

interface Location {
  latitude: number;
  longitude: number;
  altitude: number;
}

/**
 * Appium's helper app (io.appium.settings 8.0): no screen of its own, a foreground service that keeps it alive, and
 * broadcast receivers that do what the shell may not. It counts as installed while its package is.
 */
export class AppiumSettings implements SimApp {
  readonly package = appiumSettingsPackage;
  readonly label = 'Appium Settings';
  readonly hasIcon = false;
  readonly #files: PhoneFiles;
  readonly #packages: PhonePackages;
  readonly #settings: PhoneSettings;
  readonly #ui: Pick<PhoneUi, 'clipboard'>;
  readonly #sdk: number;
  readonly #language: string;
  readonly #unknown: (what: string) => void;
  readonly #running = new Set<string>();
  #location: Location | undefined;

  constructor(options: {
    files: PhoneFiles;
    packages: PhonePackages;
    settings: PhoneSettings;
    ui: Pick<PhoneUi, 'clipboard'>;
    sdk: number;
    language: string;
    unknown: (what: string) => void;
  }) {
    this.#files = options.files;
    this.#packages = options.packages;
    this.#settings = options.settings;
    this.#ui = options.ui;
    this.#sdk = options.sdk;
    this.#language = options.language;
    this.#unknown = options.unknown;
  }

  start(intent: Intent): { activity: string; finishes: boolean } {
    const wanted = intent.component?.split('/')[1];
    if (wanted !== undefined && wanted !== '.Settings' && wanted !== activity) {
      throw new Error(`Activity class {${this.package}/${wanted}} does not exist.`);
    }
    if (intent.action?.startsWith(`${this.package}.recording.`)) this.#unknown(`activity: ${intent.action}`);
    else this.startService('.ForegroundService', intent);
    return { activity, finishes: true };
  }

  stop(): void {
    this.#running.clear();
    this.#location = undefined;
  }

  back(): boolean {
    return false;
  }

  isIdle(): boolean {
    return true;
  }

  windows(): [] {
    return [];
  }

  services(): SimService[] {
    return [...this.#running].map((name) => ({ name, isForeground: true }));
  }

  /**
   * Both services are of the foreground type `location`: since Android 14 such a one needs the location granted, and
   * the process dies of starting it without.
   */
  startService(name: string, intent: Intent): boolean {
    if (name !== '.ForegroundService' && name !== '.LocationService') return false;
    if (this.#sdk >= 34 && !this.#isGranted('android.permission.ACCESS_FINE_LOCATION')) {
      this.stop();
      return true;
    }
    this.#running.add(name);
    if (name === '.LocationService') {
      const number = (extra: string) => Number(intent.extras[extra] ?? 0) || 0;
      this.#location = { latitude: number('latitude'), longitude: number('longitude'), altitude: number('altitude') };
    }
    return true;
  }

  stopService(name: string): boolean {
    return this.#running.delete(name);
  }

  /** Receivers named by their component stand in the manifest; the others hear while the service runs. */
  receive(intent: Intent): BroadcastResult | undefined {
    const { component, action = '' } = intent;
    if (component === undefined ? !this.#running.has('.ForegroundService') : packageOf(component) !== this.package) {
      return undefined;
    }
    if (!action.startsWith(`${this.package}.`)) return undefined;
    const receiver = this.#receivers[action.slice(this.package.length + 1)];
    if (receiver) return receiver(intent);
    this.#unknown(`broadcast: ${action}`);
    return { code: cancelled };
  }

  readonly #receivers: Readonly<Record<string, (intent: Intent) => BroadcastResult>> = {
    'clipboard.get': () => ({ code: ok, data: Buffer.from(this.#clipboard(), 'utf8').toString('base64') }),
    notifications: () => ({ code: ok, data: this.#notifications() }),
    scan_media: (intent) => this.#scan(intent.extras.path),
    animation: (intent) => this.#animate(intent.extras.setstatus),
    'sms.read': () =>
      this.#isGranted('android.permission.READ_SMS')
        ? { code: ok, data: '{"items":[],"total":0}' }
        : {
            code: ok,
            data: 'Appium Settings helper is unable to list SMS messages. Check the logcat output for more details.',
          },
    location: () => this.#tellLocation(),
    list_locales: () => {
      const [language = 'en', country = ''] = this.#language.split('-');
      const items = country === '' ? [] : [{ language, country }];
      return { code: ok, data: Buffer.from(JSON.stringify({ items })).toString('base64') };
    },
    unpair_bluetooth: () => ({ code: ok, data: 'No paired devices found' }),
    // WifiManager.setWifiEnabled is refused to apps that target Android 10 or later, BluetoothAdapter.enable to those of 13.
    wifi: () => ({ code: cancelled }),
    bluetooth: () => ({ code: cancelled }),
  };

  /** Since Android 10 only the app in front and the input method in use may read it; this app is never in front. */
  #clipboard(): string {
    const { current } = new InputMethods({ packages: this.#packages, settings: this.#settings });
    return this.#sdk < 29 || packageOf(current) === this.package ? this.#ui.clipboard : '';
  }

  #notifications(): string {
    const listeners = this.#settings.namespace('secure')?.get('enabled_notification_listeners') ?? '';
    if (listeners.split(':').some((name) => packageOf(name) === this.package)) return '{"statusBarNotifications":[]}';
    return "Appium Settings helper has no access to the system notifications. The access must be granted manually via 'Notification access' page in device Settings.";
  }

  #scan(path: unknown): BroadcastResult {
    const entry = typeof path === 'string' ? this.#files.stat(path) : undefined;
    if (!entry) return { code: cancelled, data: '' };
    this.#scanBelow(entry.path, entry.kind);
    return { code: ok, data: '' };
  }

  #scanBelow(path: string, kind: string): void {
    if (kind === 'file') this.#files.scan(path);
    else for (const child of this.#files.list(path) ?? []) this.#scanBelow(child.path, child.kind);
  }

  #animate(status: unknown): BroadcastResult {
    if (status !== 'enable' && status !== 'disable') return { code: cancelled };
    if (!this.#isGranted('android.permission.SET_ANIMATION_SCALE')) return { code: cancelled };
    for (const name of ['window_animation_scale', 'transition_animation_scale', 'animator_duration_scale']) {
      this.#settings.namespace('global')?.set(name, status === 'enable' ? '1.0' : '0.0');
    }
    return { code: ok };
  }

  /** There is no satellite to be heard in here: only a place that was set is known. */
  #tellLocation(): BroadcastResult {
    if (!this.#location || !this.#running.has('.ForegroundService')) return { code: cancelled, data: '' };
    const { latitude, longitude, altitude } = this.#location;
    return { code: ok, data: [latitude, longitude, altitude].map((value) => value.toFixed(7)).join(' ') };
  }

  #isGranted(permission: string): boolean {
    return this.#packages.find(this.package)?.permissions.get(permission) === true;
  }
}
