import type { FaultKind, PhoneFaults, PhonePackages } from './parts.ts';
import type { Frame } from './screen.ts';
import { Chooser, type ChooserTarget } from './system/chooser.ts';
import type { Overlay } from './system/overlay.ts';
import { groupOf, type PermissionAnswer, PermissionDialog } from './system/permission.ts';
import { NotificationShade } from './system/shade.ts';
import { UnknownDialog } from './system/unknown-dialog.ts';

export interface OverlaysOptions {
  frame: () => Frame;
  language: string;
  sdk: number;
  packages: PhonePackages;
  faults: PhoneFaults;
  labelOf: (packageName: string) => string;
  /** Whose dialog it is when a fault forces one. */
  victim: () => { package: string; activity: string };
  changed: () => void;
}

const notifications = 'android.permission.POST_NOTIFICATIONS';

/** What lies over the apps, bottom first: permission dialogs, chooser, notification shade, dialogs forced by a fault. */
export class Overlays {
  readonly #options: OverlaysOptions;
  #overlays: Overlay[] = [];

  constructor(options: OverlaysOptions) {
    this.#options = options;
    options.faults.onChange((kind, isOn) => this.#onFault(kind, isOn));
  }

  /** What an app asked for shows while that app is in front; the system's own windows always. */
  over(front: string): Overlay[] {
    return this.#overlays.filter((overlay) => overlay.owner === undefined || overlay.owner === front);
  }

  /** Shade and chooser close when the user goes elsewhere; what belongs to an app waits for it. */
  dropSystemWindows(): void {
    this.#keep((overlay) => overlay.owner !== undefined);
  }

  dropOf(packageName: string): void {
    this.#keep((overlay) => overlay.owner !== packageName);
  }

  openNotifications(): void {
    if (this.#overlays.some((overlay) => overlay instanceof NotificationShade)) return;
    const { frame, language } = this.#options;
    const shade = new NotificationShade({ frame, language, onClose: () => this.#close(shade) });
    this.#open(shade);
  }

  closeNotifications(): void {
    this.#keep((overlay) => !(overlay instanceof NotificationShade));
  }

  openChooser(isShare: boolean, targets: readonly ChooserTarget[]): void {
    const { frame, language } = this.#options;
    const chooser = new Chooser({ frame, language, isShare, targets, onClose: () => this.#close(chooser) });
    this.#open(chooser);
  }

  /** One question per group of permissions; the first refusal ends it. */
  requestPermission(packageName: string, permissions: readonly string[], onAnswer: (isGranted: boolean) => void): void {
    const granted = this.#options.packages.find(packageName)?.permissions;
    if (!granted) {
      onAnswer(false);
      return;
    }
    const open = permissions.filter((permission) => granted.get(permission) !== true);
    const [first] = open;
    if (first === undefined) {
      onAnswer(true);
      return;
    }
    const asked = open.filter((permission) => groupOf(permission) === groupOf(first));
    this.#ask(packageName, first, (answer) => {
      for (const permission of asked) granted.set(permission, answer !== 'deny');
      if (answer === 'deny') onAnswer(false);
      else this.requestPermission(packageName, permissions, onAnswer);
    });
  }

  #ask(owner: string, permission: string, onAnswer: (answer: PermissionAnswer) => void): void {
    const { frame, language, sdk, labelOf, changed } = this.#options;
    const dialog = new PermissionDialog({
      frame,
      language,
      sdk,
      owner,
      appLabel: labelOf(owner),
      group: groupOf(permission),
      onAnswer: (answer) => {
        this.#close(dialog);
        onAnswer(answer);
        changed();
      },
    });
    this.#open(dialog);
  }

  #onFault(kind: FaultKind, isOn: boolean): void {
    if (kind === 'unknown-dialog') {
      this.#keep((overlay) => !(overlay instanceof UnknownDialog));
      if (isOn) this.#openUnknownDialog();
    } else if (kind === 'permission-dialog') {
      this.#keep((overlay) => !(overlay instanceof PermissionDialog && overlay.group === 'notifications'));
      if (isOn) this.#forcePermissionDialog();
    }
  }

  #openUnknownDialog(): void {
    const { frame, language, faults, victim } = this.#options;
    const { package: owner, activity } = victim();
    this.#open(new UnknownDialog({ frame, language, owner, activity, onClose: () => faults.take('unknown-dialog') }));
  }

  #forcePermissionDialog(): void {
    const { packages, faults, victim } = this.#options;
    const { package: owner } = victim();
    this.#ask(owner, notifications, (answer) => {
      packages.find(owner)?.permissions.set(notifications, answer !== 'deny');
      faults.take('permission-dialog');
    });
  }

  #open(overlay: Overlay): void {
    this.#overlays.push(overlay);
    this.#options.changed();
  }

  #close(overlay: Overlay): void {
    this.#keep((other) => other !== overlay);
  }

  #keep(isKept: (overlay: Overlay) => boolean): void {
    this.#overlays = this.#overlays.filter(isKept);
    this.#options.changed();
  }
}
