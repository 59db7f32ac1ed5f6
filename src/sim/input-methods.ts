import type { PhonePackages } from './parts.ts';
import type { PhoneSettings } from './phone-settings.ts';

/** The keyboard that a phone comes with, and the only one that has keys to see. */
export const latinIme = 'com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME';

/** Input methods by the package that brings them. Appium's have no view: they turn key events into text or actions. */
const inputMethods: Readonly<Record<string, readonly string[]>> = {
  'com.google.android.inputmethod.latin': [latinIme],
  'io.appium.settings': [
    'io.appium.settings/.AppiumIME',
    'io.appium.settings/.EmptyIME',
    'io.appium.settings/.UnicodeIME',
  ],
};

const enabledKey = 'enabled_input_methods';
const currentKey = 'default_input_method';

/** Which input methods there are, which may be used and which one is: all of it lies in packages and secure settings. */
export class InputMethods {
  readonly #packages: Pick<PhonePackages, 'find'>;
  readonly #secure: Map<string, string>;

  constructor({ packages, settings }: { packages: Pick<PhonePackages, 'find'>; settings: PhoneSettings }) {
    this.#packages = packages;
    this.#secure = settings.namespace('secure') ?? new Map();
  }

  /** Ids of all that are installed. */
  installed(): string[] {
    return Object.entries(inputMethods).flatMap(([packageName, ids]) =>
      packageName === packageOf(latinIme) || this.#packages.find(packageName) ? ids : [],
    );
  }

  enabled(): string[] {
    const ids = (this.#secure.get(enabledKey) ?? latinIme).split(':');
    return this.installed().filter((id) => ids.includes(id));
  }

  /** The one in use; the phone's own when the chosen one is gone. */
  get current(): string {
    const id = this.#secure.get(currentKey) ?? latinIme;
    return this.installed().includes(id) ? id : latinIme;
  }

  enable(id: string): 'now' | 'already' | 'unknown' {
    const enabled = this.enabled();
    if (enabled.includes(id)) return 'already';
    if (!this.installed().includes(id)) return 'unknown';
    this.#secure.set(enabledKey, [...enabled, id].join(':'));
    return 'now';
  }

  /** Whoever is switched off while in use makes room for the phone's own keyboard. */
  disable(id: string): 'now' | 'already' {
    const enabled = this.enabled();
    if (!enabled.includes(id)) return 'already';
    this.#secure.set(enabledKey, enabled.filter((other) => other !== id).join(':'));
    if (this.#secure.get(currentKey) === id) this.#secure.set(currentKey, latinIme);
    return 'now';
  }

  /** False for one that is not enabled. */
  select(id: string): boolean {
    if (!this.enabled().includes(id)) return false;
    this.#secure.set(currentKey, id);
    return true;
  }

  reset(): void {
    this.#secure.set(enabledKey, latinIme);
    this.#secure.set(currentKey, latinIme);
  }
}

export const packageOf = (id: string): string => id.split('/')[0] ?? '';
