import { isDeepStrictEqual } from 'node:util';
import { Value } from 'typebox/value';
import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { startSweep } from '../base/sweep.ts';
import { scriptNames } from '../contract/script-names.ts';
import { maskSecrets } from '../contract/secret.ts';
import {
  defaultSettings,
  isSettingKey,
  type SettingKey,
  type Settings,
  settingKeys,
  settingSchemas,
} from '../contract/settings.ts';
import { listSettings, writeSetting } from '../store/settings.ts';
import type { Reader, Store } from '../store/store.ts';

export interface SettingRow {
  key: SettingKey;
  value: unknown;
  origin: 'default' | 'changed';
}

/** How long a change by another process may go unseen. */
const sweepMs = 5_000;

export interface LiveSettingsParts {
  store: Store;
  log: Log;
}

/**
 * Settings that change while the server runs. What stands in the database is checked when it is read, too: a value beyond
 * its ceiling, however it came there, counts as not set.
 */
export class LiveSettings {
  readonly #parts: LiveSettingsParts;
  readonly #listeners = new Set<() => void>();
  #current: Settings = { ...defaultSettings };
  #changed = new Set<SettingKey>();

  constructor(parts: LiveSettingsParts) {
    this.#parts = parts;
  }

  /** As of the last refresh. */
  get<Key extends SettingKey>(key: Key): Settings[Key] {
    return this.#current[key];
  }

  /** Secrets read ***. */
  list(): SettingRow[] {
    return settingKeys.map((key) => ({
      key,
      value: shownValue(key, this.#current[key]),
      origin: this.#changed.has(key) ? 'changed' : 'default',
    }));
  }

  /** Reads what other processes may have changed. To be called once at the start, and by a sweep. */
  async refresh(): Promise<void> {
    const { settings, changed } = await this.#read(this.#parts.store.read);
    const before = JSON.stringify(this.#current);
    this.#current = settings;
    this.#changed = changed;
    if (JSON.stringify(settings) !== before) for (const listener of this.#listeners) listener();
  }

  /** The settings as a transaction sees them: what the gate decides by, whichever process changed them last. */
  async inside(db: Reader): Promise<Settings> {
    return (await this.#read(db)).settings;
  }

  /**
   * All or nothing; null puts a setting back to its default. What is as it was is no change. Throws `input.invalid` naming
   * key and bounds.
   */
  async change(values: Readonly<Record<string, unknown>>, person?: string): Promise<void> {
    for (const [key, value] of Object.entries(values)) check(key, value);
    await this.#parts.store.write(async (tx) => {
      const { settings: before, changed } = await this.#read(tx.db);
      for (const [key, wanted] of Object.entries(values)) {
        if (!isSettingKey(key)) continue; // was refused above
        const value = wanted ?? undefined;
        const isSame = changed.has(key) ? isDeepStrictEqual(value, before[key]) : value === undefined;
        if (isSame) continue;
        await writeSetting(tx, key, value, {
          ...(person !== undefined && { person }),
          told: { old: shownValue(key, before[key]), value: shownValue(key, value ?? defaultSettings[key]) },
        });
      }
    });
    await this.refresh();
  }

  /** Changes by other processes are seen within `sweepMs`, those of this one at once. Returns a function that ends it. */
  watch(clock: Clock): () => Promise<void> {
    return startSweep({ clock, everyMs: sweepMs, log: this.#parts.log, what: 'settings' }, () => this.refresh());
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #read(db: Reader): Promise<{ settings: Settings; changed: Set<SettingKey> }> {
    const settings: Record<string, unknown> = { ...defaultSettings };
    const changed = new Set<SettingKey>();
    for (const [key, value] of await listSettings(db)) {
      if (!isSettingKey(key)) continue; // of a newer or older version: kept, without effect
      if (!isAllowed(key, value)) {
        this.#parts.log.warn({ setting: key }, 'a stored setting is outside its bounds and is ignored');
        continue;
      }
      settings[key] = value;
      changed.add(key);
    }
    return { settings: settings as Settings, changed };
  }
}

/** What is shown of a value: secrets read ***. */
export const shownValue = (key: SettingKey, value: unknown): unknown => maskSecrets(settingSchemas[key], value);

const isAllowed = (key: SettingKey, value: unknown): boolean =>
  Value.Check(settingSchemas[key], value) && (key !== 'time_zone' || isTimeZone(value));

/** The gate reads the settings for every action, and finding a zone takes longer than all the rest. */
const knownZones = new Set<unknown>(['']);

function isTimeZone(value: unknown): boolean {
  if (knownZones.has(value)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) });
    knownZones.add(value);
    return true;
  } catch {
    return false; // that it throws is the answer
  }
}

function check(key: string, value: unknown): void {
  if (!isSettingKey(key)) {
    throw new DroverError('input.invalid', { message: `${key} is no setting`, details: { path: key } });
  }
  if (value === null || isAllowed(key, value)) return;
  const schema: object = settingSchemas[key];
  throw new DroverError('input.invalid', {
    message: `${key} must be ${boundsOf(key, schema)}${'pattern' in schema && schema.pattern ? ' of the form HH:MM, or empty' : ''}`,
    details: { path: key, value },
  });
}

/** What would be right, for a sentence. */
function boundsOf(key: SettingKey, schema: object): string {
  if (key === 'time_zone') return 'an IANA time zone';
  if ('minimum' in schema && 'maximum' in schema) return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if ('enum' in schema && Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}`;
  if (key === 'review.hold_kinds') return `a list of ${scriptNames.join(', ')}`;
  if (key === 'api.cors_origins') return 'a list of at most 50 origins such as https://board.example';
  if (key === 'webhooks.allowed_networks') {
    return 'a list of at most 50 addresses or networks such as 192.168.1.20 or 10.0.0.0/8';
  }
  return 'type' in schema ? `a ${schema.type}` : 'something else';
}
