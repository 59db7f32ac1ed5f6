import type { ErrorCode } from '../contract/error-codes.ts';
import type { EffectKind } from '../contract/task-states.ts';
import type { Hierarchy, Node } from '../phone/hierarchy.ts';
import type { Selector } from '../phone/selector.ts';

/** One independent hint. A bare selector weighs 1. */
export type Signal = Selector | { readonly selector: Selector; readonly weight: number };

/** A hint that says more (or less) than the others of its list. */
export const weighted = (weight: number, selector: Selector): Signal => ({ selector, weight });

/** Only the first node that `selector` finds: for `below(…)` and its sisters, which give the nearest first. */
export const first = (selector: Selector): Selector => ({
  name: `first ${selector.name}`,
  find: (hierarchy) => selector.find(hierarchy).slice(0, 1),
});

export interface ControlOptions {
  /** Public: can be tapped only inside `ctx.effect` of this kind, once. */
  effect?: EffectKind;
  /**
   * Full name of the public control whose tap may bring this one up: the app asks once more, and only this one publishes.
   * It may follow that tap in the same act, because being asked shows that the first tap did nothing public.
   */
  confirms?: string;
  /** A list (rows, thumbnails): several nodes are no contradiction, and `tap` needs `where` to choose one. */
  many?: boolean;
  /** Takes taps although neither it nor an ancestor says `clickable` (views that are drawn by hand). */
  bare?: boolean;
  /** Nothing for a reader of a capture: `drover inspect` leaves it out. */
  internal?: boolean;
  /** Only to be read: no tap is ever offered, although some ancestor takes taps. */
  readOnly?: boolean;
  /** Its name in captures' labels and in `drover inspect`. Default: the key in snake_case (`resultRows` → `result_rows`). */
  element?: string;
  /**
   * For lists: what each row holds, by field name. A field is the first node that the selector finds inside the row; one
   * called `follow` is shown as `follow_tap` and `follow_text`, every other one as its text.
   */
  fields?: Readonly<Record<string, Selector>>;
}

/** A control before it knows its screen: what `control(…)` gives to `defineScreen`. */
export interface ControlSpec extends ControlOptions {
  readonly signals: readonly Signal[];
}

/** `signals` are independent ways to the same node. Those that hit must agree; two that name different nodes refuse. */
export const control = (signals: readonly Signal[], options: ControlOptions = {}): ControlSpec => ({
  signals,
  ...options,
});

export interface Control extends ControlSpec {
  /** `tiktok.profile.follow` */
  readonly name: string;
  readonly key: string;
  readonly screenName: string;
}

/** What a capture tells beyond screen and controls: `{ following: false, comment_count: 3 }`. Undefined: it does not tell. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the `state` of a screen may ask about the capture; nodes of the app alone. */
export interface View {
  readonly hierarchy: Hierarchy;
  has(key: string): boolean;
  /** Text of the control, else its content description. */
  textOf(key: string): string | undefined;
  nodeOf(key: string): Node | undefined;
  allOf(key: string): readonly Node[];
  isSelected(key: string): boolean | undefined;
  find(selector: Selector): readonly Node[];
}

export interface ScreenRules {
  /** Canonical name, as in captures' labels and in `drover inspect`. Default: the part of the name behind the dot. */
  readonly canonical?: string;
  /** Reads what else the capture tells. Pure. */
  readonly state?: (view: View) => Facts;
  /** Scored together. */
  readonly shown?: readonly Signal[];
  /** All of these must be there. */
  readonly needs?: readonly Signal[];
  /** None of these may be there. */
  readonly never?: readonly Selector[];
  /** Least share of the weight of `shown` and `needs` that must be there (0–1). Default 0.5. */
  readonly enough?: number;
  /** Names of screens that this one lies on, where both are in the tree: a sheet over the feed. */
  readonly over?: readonly string[];
  /** Bars and the like that stand on several screens, made by `definePart`. */
  readonly parts?: readonly AnyScreen[];
  /** The app is still loading: waiting goes on. */
  readonly loading?: boolean;
  /** Being here ends the attempt with this code, as a log-in page does with `app.logged-out`. */
  readonly fails?: ErrorCode;
  /** Packages whose nodes it is made of. Default: the app's own. For system screens. */
  readonly packages?: RegExp;
  /** The package is the evidence: a launcher is one whatever stands on it. Its signals tell its pages apart. */
  readonly packageTells?: true;
}

export interface DialogRules extends ScreenRules {
  /** What makes it go away and changes nothing: the key, or the name of one of its controls. Without it, it is not touched. */
  readonly dismiss?: string;
}

export interface AnyScreen<Key extends string = string> {
  readonly screenName: string;
  readonly is: 'screen' | 'part' | 'dialog';
  readonly rules: DialogRules;
  readonly controls: Readonly<Record<Key, Control>>;
}

/** A screen with each of its controls as a property: `profile.screen.follow`. */
export type Screen<Key extends string = never> = AnyScreen<Key> & Readonly<Record<Key, Control>>;
export type Dialog = AnyScreen;

/** Something that only an author of a screen can get wrong; found when the module loads. */
const reserved = ['screenName', 'is', 'rules', 'controls'] as const;
const ruleNames: Readonly<Record<keyof DialogRules, true>> = {
  shown: true,
  needs: true,
  never: true,
  enough: true,
  over: true,
  parts: true,
  loading: true,
  fails: true,
  packages: true,
  canonical: true,
  state: true,
  packageTells: true,
  dismiss: true,
};

type ControlKeys<Spec> = Exclude<keyof Spec & string, keyof DialogRules>;
type WithControls<Spec> = { readonly [Key in ControlKeys<Spec>]: ControlSpec };

/** `name` is `<app>.<screen>`. Every property that is no rule is a control. */
export const defineScreen = <Spec extends ScreenRules>(
  name: string,
  spec: Spec & WithControls<Spec>,
): Screen<ControlKeys<Spec>> => define('screen', name, spec);

/** A bar that stands on several screens; they list it in `parts`. It is never a screen of its own. */
export const definePart = <Spec extends object>(
  name: string,
  spec: Spec & WithControls<Spec>,
): Screen<ControlKeys<Spec>> => define('part', name, spec);

/** Something in front of a screen. With `dismiss` it is taken away whenever it is met; with `fails` it ends the attempt. */
export const defineDialog = <Spec extends DialogRules>(
  name: string,
  spec: Spec & WithControls<Spec>,
): Screen<ControlKeys<Spec>> => define('dialog', name, spec);

function define<Spec extends object>(
  is: AnyScreen['is'],
  screenName: string,
  spec: Spec & WithControls<Spec>,
): Screen<ControlKeys<Spec>> {
  const controls: Record<string, Control> = {};
  const rules: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(spec)) {
    if (Object.hasOwn(ruleNames, key)) rules[key] = value;
    else if ((reserved as readonly string[]).includes(key))
      throw new TypeError(`${screenName}: a control cannot be called ${key}`);
    else controls[key] = { ...(value as ControlSpec), key, screenName, name: `${screenName}.${key}` };
  }
  const { dismiss } = rules as DialogRules;
  if (dismiss !== undefined && dismiss !== 'back') {
    const safe = controls[dismiss];
    if (!safe) throw new TypeError(`${screenName}: dismiss names ${dismiss}, which is no control of it`);
    if (safe.effect) throw new TypeError(`${screenName}: ${dismiss} is public and cannot dismiss`);
  }
  const screen = { screenName, is, rules: rules as DialogRules, controls, ...controls };
  return screen as unknown as Screen<ControlKeys<Spec>>; // the keys of `controls` are those of the type, by the loop above
}

export const selectorOf = (signal: Signal): Selector => ('selector' in signal ? signal.selector : signal);
export const weightOf = (signal: Signal): number => ('selector' in signal ? signal.weight : 1);

/** Chooses one node of a control that is a list. */
export type NodeFilter = (node: Node) => boolean;
