import type { UiWindow } from '../parts.ts';
import {
  centered,
  columns,
  type Frame,
  fromLeft,
  fromRight,
  iconButton,
  image,
  inset,
  label,
  node,
} from '../screen.ts';
import { systemText } from './texts.ts';

const pkg = 'com.android.systemui';

/** Clock, radio and battery along the top. The clock is the phone's own time in UTC. */
export function statusBar(frame: Frame, language: string, now: number): UiWindow {
  const { statusBar: bar, dp } = frame;
  const time = new Date(now).toISOString().slice(11, 16);
  const inner = inset(bar, dp(12), dp(3));
  return {
    package: pkg,
    kind: 'system',
    title: 'StatusBar',
    root: node('FrameLayout', bar, { id: `${pkg}:id/status_bar_container` }, [
      node('LinearLayout', bar, { id: `${pkg}:id/status_bar_contents` }, [
        label(fromLeft(inner, dp(60)), time, {
          id: `${pkg}:id/clock`,
          desc: time,
          paint: { ink: '#3c4043', bold: true, textPx: dp(13), align: 'left' },
        }),
        image(fromLeft(fromRight(inner, dp(46)), dp(18)), {
          id: `${pkg}:id/wifi_signal`,
          desc: systemText(language, 'wifi'),
          paint: { fill: '#5f6368', radiusPx: dp(9) },
        }),
        image(fromRight(inner, dp(18)), {
          id: `${pkg}:id/battery`,
          desc: systemText(language, 'battery'),
          paint: { fill: '#5f6368', radiusPx: dp(3) },
        }),
      ]),
    ]),
  };
}

/** Back, home and overview. */
export function navigationBar(frame: Frame, language: string, press: (keycode: number) => void): UiWindow {
  const { navigationBar: bar, dp } = frame;
  const [back, home, overview] = columns(bar, ['rest', 'rest', 'rest']);
  const key = (bounds: typeof bar | undefined, id: string, word: 'back' | 'home' | 'overview', code: number) =>
    iconButton(bounds ? centered(bounds, dp(72), dp(48)) : bar, systemText(language, word), () => press(code), {
      id: `${pkg}:id/${id}`,
      paint: { symbol: word === 'back' ? 'back' : word === 'home' ? 'home' : 'menu', ink: '#5f6368' },
    });
  return {
    package: pkg,
    kind: 'system',
    title: 'NavigationBar0',
    root: node('FrameLayout', bar, { id: `${pkg}:id/navigation_bar_frame`, paint: { fill: '#f1f3f4' } }, [
      node('LinearLayout', bar, { id: `${pkg}:id/nav_buttons` }, [
        key(back, 'back', 'back', 4),
        key(home, 'home_button', 'home', 3),
        key(overview, 'recent_apps', 'overview', 187),
      ]),
    ]),
  };
}

/** What the accessibility service sees while the screen is off or locked: the system alone. */
export function keyguard(frame: Frame): UiWindow {
  return {
    package: pkg,
    title: 'NotificationShade',
    modal: true,
    root: node('FrameLayout', frame.bounds, { id: `${pkg}:id/legacy_window_root`, paint: { fill: '#000000' } }, [
      node('View', frame.bounds, { id: `${pkg}:id/scrim_behind` }),
      node('FrameLayout', frame.bounds, { id: `${pkg}:id/notification_panel` }, [
        node('ViewGroup', frame.bounds, { id: `${pkg}:id/keyguard_root_view` }),
      ]),
    ]),
  };
}
