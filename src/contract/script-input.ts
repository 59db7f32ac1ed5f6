import type { TSchema } from 'typebox';
import type { Problem } from './problem.ts';
import type { Platform } from './script-names.ts';

/**
 * One documented script: how its `script_config` is read, and how it falls apart into tasks. `Config` is the validated
 * config of a create call and of one task alike; `Input` is what the script itself gets to see.
 */
export interface ScriptDefinition<Config, Input> {
  /** One spelling per value, all defaults; validates what `fold` returns. */
  schema: TSchema;
  /** Every key of `script_config` that is read, aliases included; others are named in a warning. */
  documentedKeys: readonly string[];
  /** Aliases and old spellings into today's; leaves wrong types alone, so that the schema can name them. */
  fold(raw: Record<string, unknown>): Record<string, unknown>;
  /** Conditions across fields, after the schema has passed. Paths are relative to the config. */
  check(config: Config): Problem | undefined;
  /** One task per entry; `[null]` for scripts that have no target. */
  targets(config: Config): readonly (string | null)[];
  /** The config of the one task that acts on `target`. */
  narrow(config: Config, target: string | null): Config;
  /** The platform that a target itself names; undefined: the account's or the default one. */
  platform(target: string | null): Platform | undefined;
  input(config: Config): Input;
}
