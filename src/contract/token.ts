import { type Static, Type } from 'typebox';
import { isoTime, listOf, nullable } from './page.ts';

export const scopes = ['read', 'tasks', 'admin'] as const;

const name = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}$',
  description:
    'What this token is called in lists and in the audit trail: letters, digits, space and . _ @ -, at most 64',
});
const scope = Type.Enum([...scopes], {
  description: '`read` looks; `tasks` also makes and changes tasks; `admin` may do everything',
});

export const Token = Type.Object({
  id: Type.Integer(),
  name,
  scope,
  created_at: isoTime('When it was made'),
  created_by: nullable(Type.String({ description: 'Who made it' })),
  used_at: nullable(isoTime('Last use, up to a minute late')),
});
export type Token = Static<typeof Token>;

export const TokenList = listOf('tokens', Token);
export type TokenList = Static<typeof TokenList>;

export const NewToken = Type.Object({ name, scope });
export type NewToken = Static<typeof NewToken>;

export const CreatedToken = Type.Object({
  ...Token.properties,
  token: Type.String({ description: 'The token itself. It is shown this once and stored nowhere' }),
});
export type CreatedToken = Static<typeof CreatedToken>;
