import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { pageQuery } from '../page.ts';
import { CreatedToken, NewToken, TokenList } from '../token.ts';

export const listTokens = defineOperation({
  id: 'listTokens',
  method: 'GET',
  path: '/tokens',
  tag: 'Tokens',
  scope: 'admin',
  summary: 'List the tokens',
  description: 'Names, scopes and last use. The tokens themselves are stored nowhere.',
  query: Type.Object(pageQuery),
  data: TokenList,
});

export const createToken = defineOperation({
  id: 'createToken',
  method: 'POST',
  path: '/tokens',
  tag: 'Tokens',
  scope: 'admin',
  summary: 'Make a token',
  description: 'The answer shows the token itself, this once. Send it as `Authorization: Bearer …`.',
  body: NewToken,
  data: CreatedToken,
  errors: ['conflict.name'],
  examples: [
    {
      name: 'for a dashboard',
      body: { name: 'dashboard', scope: 'read' },
      data: {
        id: 3,
        name: 'dashboard',
        scope: 'read',
        created_at: '2026-01-02T09:00:00+01:00',
        created_by: 'operator',
        used_at: null,
        token: 'drover_0000000000000000000000000000000000000000000',
      },
    },
  ],
});

export const revokeToken = defineOperation({
  id: 'revokeToken',
  method: 'DELETE',
  path: '/tokens/{token_id}',
  tag: 'Tokens',
  scope: 'admin',
  summary: 'Revoke a token',
  description: 'It is refused from the next request on.',
  params: Type.Object({ token_id: Type.Integer({ minimum: 1 }) }),
  data: Type.Object({ token_id: Type.Integer() }),
  errors: ['input.not-found'],
});
