import type { UiWindow } from '../parts.ts';
import { button, centered, type Frame, fromTop, label, node } from '../screen.ts';
import type { Overlay } from './overlay.ts';
import { systemText } from './texts.ts';

const pkg = 'com.android.systemui';

/** The notification shade, pulled down. */
export class NotificationShade implements Overlay {
  readonly package = pkg;
  readonly activity = 'NotificationShade';
  readonly #frame: () => Frame;
  readonly #language: string;
  readonly #onClose: () => void;

  constructor(options: { frame: () => Frame; language: string; onClose: () => void }) {
    this.#frame = options.frame;
    this.#language = options.language;
    this.#onClose = options.onClose;
  }

  back(): void {
    this.#onClose();
  }

  window(): UiWindow {
    const frame = this.#frame();
    const { dp } = frame;
    const panel = fromTop(frame.bounds, Math.round(frame.height * 0.6));
    const clear = centered(fromTop({ ...panel, top: panel.bottom - dp(64) }, dp(48)), dp(140), dp(40));
    return {
      package: pkg,
      key: 'shade',
      title: this.activity,
      modal: true,
      onOutside: this.#onClose,
      root: node('FrameLayout', frame.bounds, { id: `${pkg}:id/legacy_window_root` }, [
        node(
          'FrameLayout',
          panel,
          { id: `${pkg}:id/notification_panel`, clickable: true, paint: { fill: '#e9eef6' } },
          [
            label(centered(panel, dp(240), dp(40)), systemText(this.#language, 'noNotifications'), {
              id: `${pkg}:id/no_notifications`,
              paint: { ink: '#444746', align: 'center' },
            }),
            button(clear, systemText(this.#language, 'clearAll'), this.#onClose, {
              id: `${pkg}:id/dismiss_text`,
              paint: { fill: '#d3e3fd', ink: '#041e49', radiusPx: dp(20), align: 'center' },
            }),
          ],
        ),
      ]),
    };
  }
}
