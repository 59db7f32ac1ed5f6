import type { Intent, SimApp } from './parts.ts';

/** What an intent comes to: an app with the class that answers, several that could, or Android's own refusal. */
export type Resolution =
  | { is: 'app'; app: SimApp; intent: Intent }
  | { is: 'choice'; apps: readonly SimApp[] }
  | { is: 'refused'; error: string };

export const launcherIntent = (packageName: string): Intent => ({
  action: 'android.intent.action.MAIN',
  categories: ['android.intent.category.LAUNCHER'],
  package: packageName,
  extras: {},
  flags: 0x1000_0000,
});

const isLauncherStart = (intent: Intent): boolean =>
  intent.data === undefined &&
  (intent.action === undefined || intent.action === 'android.intent.action.MAIN') &&
  !intent.categories.includes('android.intent.category.HOME');

/** As ActivityManager resolves: component before package before whoever answers. */
export function resolveIntent(
  intent: Intent,
  { home, installed }: { home: SimApp; installed: (packageName?: string) => readonly SimApp[] },
): Resolution {
  if (intent.component !== undefined) {
    const [packageName = '', className = ''] = intent.component.split('/');
    const app = packageName === home.package ? home : installed(packageName)[0];
    const full = fullComponent(packageName, className);
    if (!app) return { is: 'refused', error: `Activity class {${full}} does not exist.` };
    return { is: 'app', app, intent: { ...intent, component: full } };
  }
  if (intent.categories.includes('android.intent.category.HOME')) return { is: 'app', app: home, intent };
  if (intent.package !== undefined) {
    const app = installed(intent.package)[0];
    if (app && isLauncherStart(intent)) return { is: 'app', app, intent };
    const answer = app?.resolve?.(intent);
    if (app && answer) return { is: 'app', app, intent: answered(app, intent, answer) };
    return { is: 'refused', error: unresolved(intent) };
  }
  const able = installed().flatMap((app) => (app.resolve?.(intent) === undefined ? [] : [app]));
  const only = able[0];
  if (!only) return { is: 'refused', error: unresolved(intent) };
  if (able.length > 1) return { is: 'choice', apps: able };
  return { is: 'app', app: only, intent: answered(only, intent, only.resolve?.(intent) ?? '') };
}

export const answered = (app: SimApp, intent: Intent, className: string): Intent => ({
  ...intent,
  component: fullComponent(app.package, className),
});

/** `com.app` and `.Main` or `com.app.Main` → `com.app/com.app.Main`. */
export const fullComponent = (packageName: string, className: string): string =>
  `${packageName}/${className.startsWith('.') ? packageName + className : className}`;

function unresolved(intent: Intent): string {
  const parts = [
    intent.action && `act=${intent.action}`,
    intent.categories.length > 0 && `cat=[${intent.categories.join(',')}]`,
    intent.data && `dat=${intent.data}`,
    intent.type && `typ=${intent.type}`,
    intent.flags !== 0 && `flg=0x${intent.flags.toString(16)}`,
    intent.package && `pkg=${intent.package}`,
    Object.keys(intent.extras).length > 0 && '(has extras)',
  ].filter(Boolean);
  return `Activity not started, unable to resolve Intent { ${parts.join(' ')} }`;
}
