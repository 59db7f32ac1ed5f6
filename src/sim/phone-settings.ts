import type { Rotation } from './parts.ts';

/** What `settings` and `content://settings` read and write: three namespaces of text. */
export class PhoneSettings {
  readonly #namespaces = new Map<string, Map<string, string>>([
    [
      'system',
      new Map([
        ['screen_off_timeout', '60000'],
        ['screen_brightness', '102'],
        ['accelerometer_rotation', '0'],
        ['user_rotation', '0'],
      ]),
    ],
    [
      'secure',
      new Map([
        ['default_input_method', 'com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME'],
        ['enabled_input_methods', 'com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME'],
        ['location_mode', '3'],
        ['ui_night_mode', '1'],
        ['user_setup_complete', '1'],
      ]),
    ],
    [
      'global',
      new Map([
        ['adb_enabled', '1'],
        ['stay_on_while_plugged_in', '0'],
        ['window_animation_scale', '1.0'],
        ['transition_animation_scale', '1.0'],
        ['animator_duration_scale', '1.0'],
        ['development_settings_enabled', '1'],
        ['device_provisioned', '1'],
        ['airplane_mode_on', '0'],
        ['bluetooth_on', '0'],
        ['mobile_data', '1'],
        ['wifi_on', '1'],
      ]),
    ],
  ]);

  /** What the screen is locked to. It lies upright: while it may turn by itself, nothing turns it. */
  get userRotation(): Rotation {
    const system = this.namespace('system');
    const wanted = Number(system?.get('user_rotation'));
    const isLocked = system?.get('accelerometer_rotation') !== '1';
    return isLocked && (wanted === 1 || wanted === 2 || wanted === 3) ? wanted : 0;
  }

  /** Locks it, as WindowManager.freezeRotation does. */
  set userRotation(rotation: Rotation) {
    this.namespace('system')?.set('accelerometer_rotation', '0').set('user_rotation', String(rotation));
  }

  /** undefined for a namespace Android does not have. */
  namespace(name: string): Map<string, string> | undefined {
    return this.#namespaces.get(name);
  }
}
