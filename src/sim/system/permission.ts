import type { Rect, UiNode, UiWindow } from '../parts.ts';
import { button, centered, type Frame, fromTop, heightOf, image, inset, label, node, rows } from '../screen.ts';
import type { Overlay } from './overlay.ts';
import { systemText } from './texts.ts';

/** Package of the windows (Google's build); the ids keep the AOSP package, as on real phones. */
const pkg = 'com.google.android.permissioncontroller';
const id = (name: string): string => `com.android.permissioncontroller:id/${name}`;

/** `one-time` is forgotten when the app's process ends. */
export type PermissionAnswer = 'allow' | 'one-time' | 'limited' | 'deny';

/** Permissions that one question covers. */
export type PermissionGroup = 'camera' | 'audio' | 'photos' | 'contacts' | 'notifications' | 'location' | 'other';

export function groupOf(permission: string): PermissionGroup {
  const name = permission.replace(/^android\.permission\./, '');
  if (name === 'CAMERA') return 'camera';
  if (name === 'RECORD_AUDIO') return 'audio';
  if (name.startsWith('READ_MEDIA') || name.endsWith('EXTERNAL_STORAGE')) return 'photos';
  if (name.endsWith('CONTACTS')) return 'contacts';
  if (name === 'POST_NOTIFICATIONS') return 'notifications';
  return name.startsWith('ACCESS_') && name.endsWith('LOCATION') ? 'location' : 'other';
}

const questions: Readonly<Record<PermissionGroup, { en: string; fr: string }>> = {
  camera: { en: 'to take pictures and record video?', fr: 'à prendre des photos et à filmer ?' },
  audio: { en: 'to record audio?', fr: 'à enregistrer des contenus audio ?' },
  photos: {
    en: 'to access photos and videos on this device?',
    fr: 'à accéder aux photos et vidéos de cet appareil ?',
  },
  contacts: { en: 'to access your contacts?', fr: 'à accéder à vos contacts ?' },
  notifications: { en: 'to send you notifications?', fr: 'à vous envoyer des notifications ?' },
  location: { en: 'to access this device’s location?', fr: 'à accéder à la position de cet appareil ?' },
  other: { en: 'to use this feature?', fr: 'à utiliser cette fonctionnalité ?' },
};

interface Choice {
  id: string;
  word: 'allow' | 'allowAll' | 'allowSelected' | 'whileUsing' | 'oneTime' | 'deny';
  answer: PermissionAnswer;
}

/** Which buttons a question has: Android offers the one-time grant for camera, microphone and location only. */
function choicesFor(group: PermissionGroup, sdk: number): Choice[] {
  const deny: Choice = { id: 'permission_deny_button', word: 'deny', answer: 'deny' };
  if (sdk >= 30 && (group === 'camera' || group === 'audio' || group === 'location')) {
    return [
      { id: 'permission_allow_foreground_only_button', word: 'whileUsing', answer: 'allow' },
      { id: 'permission_allow_one_time_button', word: 'oneTime', answer: 'one-time' },
      deny,
    ];
  }
  if (sdk >= 34 && group === 'photos') {
    return [
      { id: 'permission_allow_selected_button', word: 'allowSelected', answer: 'limited' },
      { id: 'permission_allow_all_button', word: 'allowAll', answer: 'allow' },
      deny,
    ];
  }
  return [{ id: 'permission_allow_button', word: 'allow', answer: 'allow' }, deny];
}

/** Android's runtime permission question. Back counts as a refusal. */
export class PermissionDialog implements Overlay {
  readonly package = pkg;
  readonly activity = 'com.android.permissioncontroller.permission.ui.GrantPermissionsActivity';
  readonly owner: string;
  readonly group: PermissionGroup;
  readonly #frame: () => Frame;
  readonly #language: string;
  readonly #appLabel: string;
  readonly #sdk: number;
  readonly #onAnswer: (answer: PermissionAnswer) => void;

  constructor(options: {
    frame: () => Frame;
    language: string;
    sdk: number;
    owner: string;
    appLabel: string;
    group: PermissionGroup;
    onAnswer: (answer: PermissionAnswer) => void;
  }) {
    this.#frame = options.frame;
    this.#language = options.language;
    this.#sdk = options.sdk;
    this.owner = options.owner;
    this.#appLabel = options.appLabel;
    this.group = options.group;
    this.#onAnswer = options.onAnswer;
  }

  back(): void {
    this.#onAnswer('deny');
  }

  window(): UiWindow {
    const frame = this.#frame();
    const { dp } = frame;
    const isFrench = this.#language.toLowerCase().startsWith('fr');
    const question = questions[this.group];
    const message = isFrench ? `Autoriser ${this.#appLabel} ${question.fr}` : `Allow ${this.#appLabel} ${question.en}`;
    const choices = choicesFor(this.group, this.#sdk);
    const card = centered(frame.bounds, frame.width - dp(22), dp(190) + choices.length * dp(56));
    const [head, foot] = rows(inset(card, dp(16)), [dp(150), 'rest']) as [Rect, Rect];
    const spots = rows(
      fromTop(foot, choices.length * dp(56)),
      choices.map(() => 'rest' as const),
      dp(12),
    );
    const buttons: UiNode[] = choices.map((choice, index) =>
      button(
        inset(spots[index] ?? foot, dp(24), 0),
        systemText(this.#language, choice.word),
        () => this.#onAnswer(choice.answer),
        {
          id: id(choice.id),
          paint: { fill: '#d3e3fd', ink: '#041e49', radiusPx: dp(22), align: 'center', textPx: dp(15) },
        },
      ),
    );
    const icon = centered(fromTop(head, dp(40)), dp(32), dp(32));
    return {
      package: pkg,
      key: `permission:${this.group}`,
      title: this.activity,
      modal: true,
      root: node('FrameLayout', card, { paint: { fill: '#fdfcff', radiusPx: dp(28) } }, [
        node('FrameLayout', card, { id: 'android:id/content' }, [
          node('ScrollView', card, {}, [
            node('LinearLayout', card, { id: id('grant_singleton'), clickable: true }, [
              node('LinearLayout', card, { id: id('grant_dialog'), clickable: true }, [
                node('LinearLayout', head, { id: id('content_container') }, [
                  image(icon, { id: id('permission_icon'), paint: { fill: '#0b57d0', radiusPx: dp(16) } }),
                  label(
                    { ...inset(head, dp(8), 0), top: icon.bottom + dp(8), bottom: head.top + heightOf(head) },
                    message,
                    {
                      id: id('permission_message'),
                      paint: { ink: '#1f1f1f', textPx: dp(20), align: 'center' },
                    },
                  ),
                ]),
                node('LinearLayout', foot, {}, buttons),
              ]),
            ]),
          ]),
        ]),
      ]),
    };
  }
}
