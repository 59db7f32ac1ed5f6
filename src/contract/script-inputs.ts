import { Value } from 'typebox/value';
import { findProblem, joinPath, type Problem, unknownKeys } from './problem.ts';
import type { ScriptDefinition } from './script-input.ts';
import type { ScriptName } from './script-names.ts';
import { type AccountWarmupConfig, accountWarmup } from './scripts/account-warmup.ts';
import { type CommentConfig, type CommentInput, comment } from './scripts/comment.ts';
import { follow } from './scripts/follow.ts';
import { type PostConfig, post } from './scripts/post.ts';
import type { RelationConfig, RelationInput } from './scripts/relation.ts';
import { unfollow } from './scripts/unfollow.ts';

/** Script name → its validated `script_config`, with every default filled in. */
export interface ScriptConfigs {
  post: PostConfig;
  follow: RelationConfig;
  unfollow: RelationConfig;
  account_warmup: AccountWarmupConfig;
  comment: CommentConfig;
}

/** Script name → what the script gets to see: the config of its one task, with the target as `target` where it has one. */
export interface ScriptInputs {
  post: PostConfig;
  follow: RelationInput;
  unfollow: RelationInput;
  account_warmup: AccountWarmupConfig;
  comment: CommentInput;
}

export const scriptInputs: {
  readonly [Name in ScriptName]: ScriptDefinition<ScriptConfigs[Name], ScriptInputs[Name]>;
} = { post, follow, unfollow, account_warmup: accountWarmup, comment };

/** A config that `validateConfig` has passed, or a stored one: JSON as the database and the task object carry it. */
export type ScriptConfig = Record<string, unknown>;

export type ValidatedConfig = { config: ScriptConfig; unknownKeys: readonly string[] } | { error: Problem };

/** `raw` (the `script_config` of a request) folded, defaulted and checked. Paths in problems start with `script_config`. */
export function validateConfig(name: ScriptName, raw: unknown): ValidatedConfig {
  const at = 'script_config';
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { error: { path: at, message: `${at} must be an object` } };
  }
  const definition = definitionOf(name);
  const folded = Value.Default(definition.schema, structuredClone(definition.fold({ ...raw })));
  const problem = findProblem(definition.schema, folded, at);
  if (problem) return { error: problem };
  const config = Value.Clean(definition.schema, folded) as ScriptConfig;
  const conflict = definition.check(config);
  if (conflict) {
    const path = joinPath(at, conflict.path);
    return { error: { path, message: `${path} ${conflict.message}` } };
  }
  return { config, unknownKeys: unknownConfigKeys(definition, { ...raw }) };
}

/** One entry per task of an executor, in order; `[null]` for a script without targets. */
export const targetsOf = (name: ScriptName, config: ScriptConfig): readonly (string | null)[] =>
  definitionOf(name).targets(config);

/** The config of the one task that acts on `target`. */
export const narrowConfig = (name: ScriptName, config: ScriptConfig, target: string | null): ScriptConfig =>
  definitionOf(name).narrow(config, target) as ScriptConfig;

/** What the script sees of a task's stored config; defaults that are newer than the row are filled in. */
export function scriptInput<Name extends ScriptName>(name: Name, config: ScriptConfig): ScriptInputs[Name] {
  const definition = definitionOf(name);
  return definition.input(Value.Default(definition.schema, structuredClone(config))) as ScriptInputs[Name];
}

// The five definitions differ in their types only; a name that is known at run time sees them all alike.
const definitionOf = (name: ScriptName): ScriptDefinition<unknown, unknown> =>
  scriptInputs[name] as ScriptDefinition<unknown, unknown>;

function unknownConfigKeys(definition: ScriptDefinition<unknown, unknown>, raw: Record<string, unknown>): string[] {
  const known = definition.documentedKeys;
  const names = unknownKeys(raw, known, 'script_config');
  for (const [key, value] of Object.entries(raw)) {
    const nested = known.filter((name) => name.startsWith(`${key}.`)).map((name) => name.slice(key.length + 1));
    if (nested.length === 0 || typeof value !== 'object' || value === null) continue;
    names.push(...unknownKeys(value, nested, joinPath('script_config', key)));
  }
  return names;
}
