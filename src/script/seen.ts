import type { Hierarchy, Node } from '../phone/hierarchy.ts';
import { normalText, type Selector } from '../phone/selector.ts';
import { trueNode } from './mirror.ts';
import type { Recognised } from './recognise.ts';
import type { Place, Resolved } from './resolve.ts';
import type { AnyScreen } from './screen.ts';

/**
 * One capture, asked about one screen. When another screen is in front (or an unknown one), nothing of the asked one is
 * there: `has` is false and texts are undefined, so that a look says "unknown" rather than trusting a covered layer.
 */
export class Seen<Key extends string = never> {
  readonly #screen: AnyScreen | undefined;
  readonly #recognised: Recognised;

  constructor(recognised: Recognised, screen?: AnyScreen<Key>) {
    this.#recognised = recognised;
    this.#screen = screen;
  }

  /** The screen asked for is in front (a part: stands on the one in front). Without one: some known screen is. */
  get is(): boolean {
    const { top } = this.#recognised;
    if (!this.#screen) return top !== undefined;
    return top !== undefined && (top === this.#screen || (top.rules.parts?.includes(this.#screen) ?? false));
  }

  /** Name of what is in front, whatever was asked for; undefined: unknown. */
  get name(): string | undefined {
    return this.#recognised.top?.screenName;
  }

  get app(): string | undefined {
    return this.#recognised.app;
  }

  get language(): string | undefined {
    return this.#recognised.language;
  }

  get blocking(): boolean {
    return this.#recognised.blocking;
  }

  get confidence(): number {
    return this.#recognised.confidence;
  }

  get hierarchy(): Hierarchy {
    return this.#recognised.hierarchy;
  }

  get recognised(): Recognised {
    return this.#recognised;
  }

  /** Exactly one node, or at least one of a list. Signals that contradict count as "not there". */
  has(key: Key): boolean {
    const resolved = this.#resolved(key);
    return resolved?.is === 'one' || resolved?.is === 'many';
  }

  /** Text of the control, else its content description; as a person reads it (`normalText`). */
  textOf(key: Key): string | undefined {
    const node = this.nodeOf(key);
    return node && labelOf(node);
  }

  nodeOf(key: Key): Node | undefined {
    const resolved = this.#resolved(key);
    return resolved?.is === 'one' ? resolved.node : undefined;
  }

  /** Every node of a list, or the one node; in the order of the capture. */
  allOf(key: Key): readonly Node[] {
    return placesOf(this.#resolved(key)).map((place) => place.node);
  }

  textsOf(key: Key): readonly string[] {
    return this.allOf(key).map(labelOf);
  }

  /** Whether the control, or what takes its taps, is selected or checked. Undefined when it is not there. */
  isSelected(key: Key): boolean | undefined {
    const resolved = this.#resolved(key);
    if (resolved?.is !== 'one') return undefined;
    return [resolved.node, resolved.target].some((node) => node !== undefined && (node.selected || node.checked));
  }

  /** Nodes of the app's front window. */
  find(selector: Selector): readonly Node[] {
    const { hierarchy, layout, isAllowed } = this.#recognised;
    const found = selector.find(layout).filter(isAllowed);
    return layout === hierarchy ? found : found.map((node) => trueNode(hierarchy, node));
  }

  /** The same capture, asked about another screen or a part. */
  of<Other extends string>(screen: AnyScreen<Other>): Seen<Other> {
    return new Seen<Other>(this.#recognised, screen);
  }

  #resolved(key: Key): Resolved | undefined {
    if (!this.#screen || !this.is) return undefined;
    for (const owner of [this.#screen as AnyScreen, ...(this.#screen.rules.parts ?? [])]) {
      const control = owner.controls[key];
      if (control) return this.#recognised.controls.get(control.name);
    }
    return undefined;
  }
}

const labelOf = (node: Node): string => normalText(node.text) || normalText(node.desc);

export const placesOf = (resolved: Resolved | undefined): readonly Place[] =>
  resolved?.is === 'one' ? [resolved] : resolved?.is === 'many' ? resolved.places : [];
