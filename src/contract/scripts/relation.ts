import { type Static, Type } from 'typebox';
import type { ScriptDefinition } from '../script-input.ts';
import { foldList } from './text-list.ts';

/** `follow` and `unfollow` take the same config. */
export const RelationConfig = Type.Object({
  target_users: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description: 'Names of users, with or without @; one task each',
  }),
  access_method: Type.Enum(['direct', 'search'], {
    default: 'direct',
    description: 'direct opens the profile by its URL, search goes through the search box',
  }),
});
export type RelationConfig = Static<typeof RelationConfig>;

export interface RelationInput {
  /** Without @. */
  target: string;
  access_method: RelationConfig['access_method'];
}

/** What would change a profile URL into another one, or is no name at all. */
const notInNames = /[\s/\\?#&%"'<>@]/u;

export const relation: ScriptDefinition<RelationConfig, RelationInput> = {
  schema: RelationConfig,
  documentedKeys: ['target_users', 'target_user', 'target_username', 'access_method'],

  // `target_username` stands in no parameter table, but in the vendor's own samples.
  fold({ target_users, target_user, target_username, ...rest }) {
    return { ...rest, target_users: foldList(target_users, target_user, target_username) };
  },

  check({ target_users }) {
    if (target_users.length === 0) {
      return { path: 'target_users', message: 'is missing: give target_users (a list) or target_user (a text)' };
    }
    const index = target_users.findIndex((name) => {
      const bare = bareName(name);
      return bare === '' || bare.length > 64 || notInNames.test(bare);
    });
    if (index < 0) return undefined;
    return { path: `target_users[${index}]`, message: 'must be the name of a user, such as "@name"' };
  },

  targets: (config) => config.target_users,
  narrow: (config, target) => ({ ...config, target_users: target === null ? [] : [target] }),
  platform: () => undefined,
  input: ({ target_users, access_method }) => ({ target: bareName(target_users[0] ?? ''), access_method }),
};

export const bareName = (name: string): string => name.trim().replace(/^@/, '');
