import { type Static, Type } from 'typebox';
import { isoTime, nullable } from './page.ts';
import { scopes } from './token.ts';

/** Who a browser is logged in as. */
export const Session = Type.Object({
  name: Type.String({ description: 'Whom its changes are noted as' }),
  scope: Type.Enum([...scopes]),
  expires_at: nullable(isoTime('When it has to log in again; null: it is not logged in and needs not be')),
});
export type Session = Static<typeof Session>;

export const Login = Type.Object({
  code: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Of a link that `drover login` has printed; good once, for ten minutes',
    }),
  ),
  token: Type.Optional(Type.String({ maxLength: 600, description: 'Or a token; the login ends with it' })),
});
export type Login = Static<typeof Login>;
