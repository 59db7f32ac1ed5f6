import type { BroadcastResult, Intent, PhoneBackground, SimApp, SimService } from './parts.ts';

/** Services and receivers of the installed apps. */
export class Background implements PhoneBackground {
  readonly #installed: (packageName?: string) => readonly SimApp[];

  /** `installed` lists all apps, or the one of a package. */
  constructor(installed: (packageName?: string) => readonly SimApp[]) {
    this.#installed = installed;
  }

  broadcast(intent: Intent): BroadcastResult | undefined {
    const packageName = intent.component?.split('/')[0] ?? intent.package;
    for (const app of this.#installed(packageName)) {
      const result = app.receive?.(intent);
      if (result) return result;
    }
    return undefined;
  }

  /** An app whose services are not simulated takes any of them and does nothing. */
  startService(intent: Intent): boolean {
    const { app, name } = this.#named(intent);
    return app !== undefined && (app.startService?.(name, intent) ?? true);
  }

  stopService(intent: Intent): boolean {
    const { app, name } = this.#named(intent);
    return app?.stopService?.(name) ?? false;
  }

  services(packageName: string): readonly SimService[] {
    return this.#installed(packageName)[0]?.services?.() ?? [];
  }

  #named({ component = '' }: Intent): { app: SimApp | undefined; name: string } {
    const [packageName = '', className = ''] = component.split('/');
    const name = className.startsWith(`${packageName}.`) ? className.slice(packageName.length) : className;
    return { app: packageName === '' ? undefined : this.#installed(packageName)[0], name };
  }
}
