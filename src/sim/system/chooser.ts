import type { UiWindow } from '../parts.ts';
import { centered, type Frame, fromBottom, fromTop, grid, image, inset, label, node } from '../screen.ts';
import { colourOf } from './launcher.ts';
import type { Overlay } from './overlay.ts';
import { systemText } from './texts.ts';

export interface ChooserTarget {
  package: string;
  label: string;
  onChoose: () => void;
}

/** The system's share sheet, or "Open with" for links, in the layout of the resolver (package `android`). */
export class Chooser implements Overlay {
  readonly package = 'android';
  readonly activity = 'com.android.internal.app.ChooserActivity';
  readonly #frame: () => Frame;
  readonly #language: string;
  readonly #isShare: boolean;
  readonly #targets: readonly ChooserTarget[];
  readonly #onClose: () => void;

  constructor(options: {
    frame: () => Frame;
    language: string;
    isShare: boolean;
    targets: readonly ChooserTarget[];
    onClose: () => void;
  }) {
    this.#frame = options.frame;
    this.#language = options.language;
    this.#isShare = options.isShare;
    this.#targets = options.targets;
    this.#onClose = options.onClose;
  }

  back(): void {
    this.#onClose();
  }

  window(): UiWindow {
    const frame = this.#frame();
    const { dp } = frame;
    const panel = fromBottom(frame.content, dp(72) + Math.ceil(this.#targets.length / 4) * dp(104));
    const list = { ...panel, top: panel.top + dp(56) };
    const cells = grid(inset(list, dp(16), 0), { count: this.#targets.length, perRow: 4, cellHeight: dp(96) });
    const rows = this.#targets.map((target, index) => {
      const cell = cells[index] ?? list;
      const icon = centered(fromTop(cell, dp(60)), dp(44), dp(44));
      return node(
        'LinearLayout',
        cell,
        {
          clickable: true,
          longClickable: true,
          focusable: true,
          key: target.package,
          onTap: () => {
            this.#onClose();
            target.onChoose();
          },
        },
        [
          node('FrameLayout', icon, {}, [
            image(icon, { id: 'android:id/icon', paint: { fill: colourOf(target.package), radiusPx: dp(22) } }),
          ]),
          label({ ...cell, top: icon.bottom + dp(4) }, target.label, {
            id: 'android:id/text1',
            paint: { ink: '#1f1f1f', textPx: dp(12), align: 'center' },
          }),
        ],
      );
    });
    return {
      package: this.package,
      key: 'chooser',
      title: this.activity,
      modal: true,
      onOutside: this.#onClose,
      root: node('FrameLayout', panel, { paint: { fill: '#f8fafd', radiusPx: dp(24) } }, [
        node('FrameLayout', panel, { id: 'android:id/content' }, [
          node('ScrollView', panel, { id: 'android:id/contentPanel', clickable: true }, [
            label(
              inset(fromTop(panel, dp(56)), dp(24), dp(12)),
              systemText(this.#language, this.#isShare ? 'share' : 'openWith'),
              {
                id: 'android:id/title',
                paint: { ink: '#1f1f1f', textPx: dp(18), align: 'left' },
              },
            ),
            node('ListView', list, { id: 'android:id/resolver_list', focusable: true }, rows),
          ]),
        ]),
      ]),
    };
  }
}
