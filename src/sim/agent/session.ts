import { createHash } from 'node:crypto';
import { sleep } from '../../base/clock.ts';
import { activeWindow, type View, viewTrees } from '../hierarchy.ts';
import type { PhoneHost } from '../parts.ts';
import { AgentError, noSuchElement } from './errors.ts';
import type { AgentSettings } from './settings.ts';
import { type UiSelector, withDescendants } from './ui-selector.ts';

/** UiAutomation.waitForIdle: this long without an accessibility event counts as idle. */
const quietMs = 500;
const maxElements = 500;

/** One session of the server: its element references, and what it sees of the screen. */
export class AgentSession {
  readonly id: string;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly host: PhoneHost;
  readonly settings: AgentSettings;
  readonly #life = new AbortController();
  /** Element id → identity of its view; the oldest go first. */
  readonly #elements = new Map<string, string>();
  /** Element id → the UiSelector that found it, where one did. */
  readonly #selectors = new Map<string, UiSelector>();

  constructor(options: {
    id: string;
    capabilities: Readonly<Record<string, unknown>>;
    host: PhoneHost;
    settings: AgentSettings;
  }) {
    this.id = options.id;
    this.capabilities = options.capabilities;
    this.host = options.host;
    this.settings = options.settings;
  }

  /** Aborts when another session takes its place or the server ends. */
  get ended(): AbortSignal {
    return this.#life.signal;
  }

  end(): void {
    this.#life.abort(new Error(`session ${this.id} ended`));
  }

  /** Window roots that finds and page sources work on: the active window, or all with `enableMultiWindows`. */
  roots(): View[] {
    const windows = this.host.ui.windows();
    const active = activeWindow(windows);
    const seen = this.settings.isOn('enableMultiWindows') || !active ? windows : [active];
    return viewTrees(seen, this.#viewOptions(this.settings.isOn('allowInvisibleElements')));
  }

  /** Everything on the screen, whatever the settings. */
  allRoots({ allowInvisible = false } = {}): View[] {
    return viewTrees(this.host.ui.windows(), this.#viewOptions(allowInvisible));
  }

  #viewOptions(allowInvisible: boolean) {
    return {
      size: this.host.ui.size,
      allowInvisible,
      maxDepth: this.settings.number('snapshotMaxDepth'),
      simpleBounds: this.settings.isOn('simpleBoundsCalculation'),
    };
  }

  /** A reference for the client, in both spellings of WebDriver. The same view keeps its id. */
  refer(view: View, selector?: UiSelector): { ELEMENT: string; 'element-6066-11e4-a52e-4f735466cecf': string } {
    const digest = createHash('sha1').update(view.identity).digest('hex');
    const id = `00000000-0000-${view.windowId.toString(16).padStart(4, '0')}-${digest.slice(0, 4)}-${digest.slice(4, 16)}`;
    this.#elements.delete(id);
    this.#elements.set(id, view.identity);
    if (selector) this.#selectors.set(id, selector);
    else this.#selectors.delete(id);
    for (const oldest of this.#elements.keys()) {
      if (this.#elements.size <= maxElements) break;
      this.#elements.delete(oldest);
      this.#selectors.delete(oldest);
    }
    return { ELEMENT: id, 'element-6066-11e4-a52e-4f735466cecf': id };
  }

  /** What found the element; undefined when it was no UiSelector. Throws `no such element`. */
  selectorOf(id: string): UiSelector | undefined {
    if (!this.#elements.has(id)) throw unknownElement(id);
    return this.#selectors.get(id);
  }

  /** The view behind a reference, as it is now. Throws `no such element` or `stale element reference`. */
  view(id: string): View {
    const identity = this.#elements.get(id);
    if (identity === undefined) {
      throw unknownElement(id);
    }
    const view = withDescendants(this.allRoots({ allowInvisible: true })).find((other) => other.identity === identity);
    if (!view) {
      throw new AgentError('stale element reference', `The element '${id}' does not exist in DOM anymore`);
    }
    return view;
  }

  /**
   * Waits until nothing on the screen has moved for half a second, at most `waitForIdleTimeout`; then goes on all the
   * same, as the server does.
   */
  async waitForIdle(signal: AbortSignal): Promise<void> {
    const timeoutMs = this.settings.number('waitForIdleTimeout');
    if (timeoutMs <= 0) return;
    const { clock, ui } = this.host;
    const until = clock.monotonic() + timeoutMs;
    for (;;) {
      const now = clock.monotonic();
      const quietAt = ui.isIdle() ? ui.changedAt + quietMs : Number.POSITIVE_INFINITY;
      if (quietAt <= now || now >= until) return;
      await sleep(clock, Math.max(1, Math.min(quietAt - now, until - now, 100)), signal);
    }
  }
}

const unknownElement = (id: string): AgentError =>
  noSuchElement(`The element identified by '${id}' is not present in the cache or has expired. Try to find it again`);
