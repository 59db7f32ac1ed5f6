import type { UiWindow } from '../parts.ts';
import { button, centered, type Frame, fromBottom, fromTop, image, inset, label, node } from '../screen.ts';
import type { Overlay } from './overlay.ts';

const words = {
  en: {
    title: 'Your corner is getting a new look',
    body: 'We moved a few things around for the season. Take the two-minute tour, or set it up right away.',
    go: 'Set it up',
  },
  fr: {
    title: 'Votre espace change d’allure',
    body: 'Quelques éléments ont bougé pour la saison. Faites la visite de deux minutes ou configurez tout de suite.',
    go: 'Configurer',
  },
};

/**
 * A dialog that no script has ever heard of, drawn by the app itself: it has no close button, Back does nothing, and what
 * its one button does is not said. The right answer to it is to stop.
 */
export class UnknownDialog implements Overlay {
  readonly package: string;
  readonly activity: string;
  readonly owner: string;
  readonly #frame: () => Frame;
  readonly #language: string;
  readonly #onClose: () => void;

  constructor(options: {
    frame: () => Frame;
    language: string;
    owner: string;
    activity: string;
    onClose: () => void;
  }) {
    this.#frame = options.frame;
    this.#language = options.language;
    this.package = options.owner;
    this.owner = options.owner;
    this.activity = options.activity;
    this.#onClose = options.onClose;
  }

  back(): void {}

  window(): UiWindow {
    const frame = this.#frame();
    const { dp } = frame;
    const text = this.#language.toLowerCase().startsWith('fr') ? words.fr : words.en;
    const card = centered(frame.bounds, frame.width - dp(64), dp(380));
    const id = (name: string) => `${this.package}:id/${name}`;
    return {
      package: this.package,
      key: 'unknown-dialog',
      title: this.activity,
      modal: true,
      root: node('FrameLayout', frame.bounds, { paint: { fill: '#00000088' } }, [
        node('FrameLayout', frame.bounds, { id: 'android:id/content', clickable: true }, [
          node('LinearLayout', card, { id: id('wq2'), clickable: true, paint: { fill: '#ffffff', radiusPx: dp(16) } }, [
            image(fromTop(card, dp(160)), {
              id: id('wq5'),
              paint: { pictureSeed: 'unknown-dialog', radiusPx: dp(16) },
            }),
            label(inset(fromTop({ ...card, top: card.top + dp(172) }, dp(40)), dp(20), dp(4)), text.title, {
              id: id('wq7'),
              paint: { bold: true, ink: '#161823', textPx: dp(17), align: 'center' },
            }),
            label(inset(fromTop({ ...card, top: card.top + dp(216) }, dp(84)), dp(20), dp(4)), text.body, {
              id: id('wq8'),
              paint: { ink: '#57585d', textPx: dp(14), align: 'center' },
            }),
            button(inset(fromBottom(card, dp(76)), dp(20), dp(14)), text.go, this.#onClose, {
              id: id('wqb'),
              paint: { fill: '#161823', ink: '#ffffff', radiusPx: dp(8), align: 'center', bold: true },
            }),
          ]),
        ]),
      ]),
    };
  }
}
