import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { InputMethods, latinIme } from './input-methods.ts';
import { SimPackages } from './packages.ts';
import { PhoneSettings } from './phone-settings.ts';

const unicode = 'io.appium.settings/.UnicodeIME';
const empty = 'io.appium.settings/.EmptyIME';

test('whatever is switched on, off, installed or removed: the one in use is there, and enabled', () => {
  const step = fc.record({
    verb: fc.constantFrom('enable', 'disable', 'select', 'install', 'uninstall', 'reset'),
    id: fc.constantFrom(latinIme, unicode, empty, 'com.example/.Nothing'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const packages = new SimPackages({ clock: new ManualClock() });
      const methods = new InputMethods({ packages, settings: new PhoneSettings() });
      for (const { verb, id } of steps) {
        if (verb === 'install') {
          packages.put({ name: 'io.appium.settings', versionName: '8', versionCode: 8, isSystem: false });
        } else if (verb === 'uninstall') packages.uninstall('io.appium.settings');
        else if (verb === 'reset') methods.reset();
        else if (verb === 'enable') methods.enable(id);
        else if (verb === 'disable') methods.disable(id);
        else if (methods.select(id)) expect(methods.current).toBe(id);
        expect(methods.installed()).toContain(methods.current);
        for (const enabled of methods.enabled()) expect(methods.installed()).toContain(enabled);
      }
    }),
  );
});
