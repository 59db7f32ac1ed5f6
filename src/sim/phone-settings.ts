/** What `settings` and `content://settings` read and write: three namespaces of text. */
export class PhoneSettings {
  readonly #namespaces = new Map<string, Map<string, string>>([
    [
      'system',
      new Map([
        ['screen_off_timeout', '60000'],
        ['screen_brightness', '102'],
        ['accelerometer_rotation', '0'],
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

  /** undefined for a namespace Android does not have. */
  namespace(name: string): Map<string, string> | undefined {
    return this.#namespaces.get(name);
  }
}
