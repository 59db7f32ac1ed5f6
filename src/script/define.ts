import type { ScriptInputs } from '../contract/script-inputs.ts';
import type { Platform, ScriptName } from '../contract/script-names.ts';
import type { EffectKind } from '../contract/task-states.ts';
import type { Recall, ScriptContext } from './kit.ts';
import type { AnyScreen, Dialog } from './screen.ts';
import type { PermissionRule } from './system-screens.ts';

/**
 * For each kind of effect that the script may leave open, how a later attempt finds out from any screen whether it
 * happened. It may navigate; it can touch nothing public and type nothing.
 */
export type Recalls<Input> = Readonly<Partial<Record<EffectKind, Recall<Input>>>>;

export interface Script<Name extends ScriptName = ScriptName> {
  readonly name: Name;
  run(ctx: ScriptContext, input: ScriptInputs[Name]): Promise<void>;
  /** Refuses bad input before anything touches the phone: `ctx.choose` and `ctx.fail` work here, touches do not. */
  prepare?(ctx: ScriptContext, input: ScriptInputs[Name]): Promise<void>;
  readonly recalls: Recalls<ScriptInputs[Name]>;
}

export interface ScriptOptions<Name extends ScriptName> {
  recalls?: Recalls<ScriptInputs[Name]>;
  prepare?(ctx: ScriptContext, input: ScriptInputs[Name]): Promise<void>;
}

/** The type of `input` comes from `contract/scripts` through the name. */
export function defineScript<Name extends ScriptName>(
  name: Name,
  run: (ctx: ScriptContext, input: ScriptInputs[Name]) => Promise<void>,
  options: ScriptOptions<Name> = {},
): Script<Name> {
  return { name, run, recalls: options.recalls ?? {}, ...(options.prepare && { prepare: options.prepare }) };
}

export interface App {
  readonly platform: Platform;
  /** A clone's package is handed in with the attempt instead. */
  readonly packageName: string;
  /** Every package that is this app: regional, lite and known clone builds. Default: `packageName` alone. */
  readonly packages?: RegExp;
  /** As the launcher shows it. */
  readonly label: string;
  readonly screens: readonly AnyScreen[];
  readonly dialogs: readonly Dialog[];
  /** Language tag → whole labels that only this language has; what most labels agree on is the language of the screen. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** How Android's permission dialogs are answered; those that no rule names are denied, photos and videos are allowed. */
  readonly permissions?: readonly PermissionRule[];
  readonly scripts: { readonly [Name in ScriptName]?: Script<Name> };
  /** Username without @, undefined when nobody is logged in or it cannot be told. */
  activeAccount?(ctx: ScriptContext): Promise<string | undefined>;
  switchTo?(ctx: ScriptContext, username: string): Promise<void>;
}
