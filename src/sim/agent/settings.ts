import { AgentError } from './errors.ts';

type SettingValue = number | boolean | string;

/** Names and defaults of the server's settings (io.appium.uiautomator2.model.settings, server 10.6). */
const defaults: Readonly<Record<string, SettingValue>> = {
  actionAcknowledgmentTimeout: 3_000,
  allowInvisibleElements: false,
  ignoreUnimportantViews: false,
  elementResponseAttributes: 'name,text',
  enableMultiWindows: false,
  enableNotificationListener: true,
  enableTopmostWindowFromActivePackage: false,
  keyInjectionDelay: 0,
  scrollAcknowledgmentTimeout: 200,
  shouldUseCompactResponses: true,
  waitForIdleTimeout: 10_000,
  waitForSelectorTimeout: 10_000,
  normalizeTagNames: false,
  enforceXPath1: false,
  disableIdLocatorAutocompletion: false,
  limitXPathContextScope: true,
  includeExtrasInPageSource: false,
  includeA11yActionsInPageSource: false,
  includeExtraRenderingInfo: false,
  shutdownOnPowerDisconnect: true,
  simpleBoundsCalculation: false,
  trackScrollEvents: true,
  wakeLockTimeout: 86_400_000,
  serverPort: 6790,
  mjpegServerPort: 7810,
  mjpegServerFramerate: 10,
  mjpegScalingFactor: 50,
  mjpegServerScreenshotQuality: 50,
  mjpegBilinearFiltering: false,
  useResourcesForOrientationDetection: false,
  snapshotMaxDepth: 70,
  currentDisplayId: 0,
  alwaysTraversableViewClasses: '',
  deferAccessibilityCacheReset: false,
  mapTestTagToResourceId: false,
};

/** They belong to the server's process and survive a new session. */
const untied: ReadonlySet<string> = new Set([
  'serverPort',
  'mjpegServerPort',
  'mjpegServerFramerate',
  'mjpegScalingFactor',
  'mjpegServerScreenshotQuality',
  'mjpegBilinearFiltering',
]);

/** The server's settings. A new session sets those tied to it back to their defaults. */
export class AgentSettings {
  readonly #values = new Map<string, SettingValue>(Object.entries(defaults));

  reset(): void {
    for (const [name, value] of Object.entries(defaults)) if (!untied.has(name)) this.#values.set(name, value);
  }

  all(): Record<string, SettingValue> {
    return Object.fromEntries(this.#values);
  }

  /** Names are matched exactly; unknown ones are skipped without a word. Throws `invalid argument` for a wrong type. */
  update(changes: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(changes)) {
      const fallback = defaults[name];
      if (fallback === undefined) continue;
      if (typeof value !== typeof fallback) {
        throw new AgentError(
          'invalid argument',
          `Invalid '${name}' setting value type. Got: ${javaType(value)}. Expected: ${javaType(fallback)}.`,
        );
      }
      const isOutOfRange = name === 'snapshotMaxDepth' && (Number(value) < 1 || Number(value) > 500);
      if (!isOutOfRange)
        this.#values.set(name, typeof value === 'number' ? Math.trunc(value) : (value as SettingValue));
    }
  }

  /** Capabilities of a new session may name settings, in any case. */
  updateFromCapabilities(capabilities: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(capabilities)) {
      const name = Object.keys(defaults).find((known) => known.toLowerCase() === key.toLowerCase());
      if (name !== undefined) this.update({ [name]: value });
    }
  }

  number(name: string): number {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : 0;
  }

  isOn(name: string): boolean {
    return this.#values.get(name) === true;
  }
}

function javaType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return 'java.lang.Long';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  return typeof value === 'string' ? 'java.lang.String' : 'java.util.Map';
}
