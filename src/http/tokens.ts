import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/tokens.ts';
import { maxPageSize } from '../contract/page.ts';
import type { NewToken, Token as TokenBody } from '../contract/token.ts';
import type { Store } from '../store/store.ts';
import { deleteToken, findTokenByName, insertToken, listTokens, type Token } from '../store/tokens.ts';
import { type BoundOperation, bind } from './bind.ts';
import { localCaller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';
import { createTokenText, hashToken } from './token-text.ts';

export const tokenRoutes = (parts: HttpParts): BoundOperation[] => {
  const zone = () => parts.settings().timeZone;
  return [
    bind(operations.listTokens, async ({ query: { page, page_size } }) => {
      const pageSize = Math.min(page_size, maxPageSize);
      const all = await listTokens(parts.store.read);
      const tokens = all.slice((page - 1) * pageSize, page * pageSize).map((token) => tokenBody(token, zone()));
      return { tokens, total: all.length, page, page_size: pageSize };
    }),
    bind(operations.createToken, async ({ body, caller }) => {
      const { token, text } = await makeToken(parts.store, body, caller.name);
      return { ...tokenBody(token, zone()), token: text };
    }),
    bind(operations.revokeToken, async ({ params: { token_id }, caller }) => {
      const isGone = await parts.store.write((tx) => deleteToken(tx, token_id, caller.name));
      if (!isGone) throw new DroverError('input.not-found', { message: `there is no token ${token_id}` });
      return { token_id };
    }),
  ];
};

/** The text is in this answer and nowhere else. Throws `conflict.name`. */
export async function makeToken(
  store: Pick<Store, 'write'>,
  { name, scope }: NewToken,
  person: string,
): Promise<{ token: Token; text: string }> {
  // Names are what the audit trail goes by.
  if (name === localCaller.name) {
    throw new DroverError('conflict.name', {
      message: `"${name}" is whoever calls without a token; choose another name`,
    });
  }
  const text = createTokenText();
  const token = await store.write(async (tx) => {
    if (await findTokenByName(tx.db, name)) {
      throw new DroverError('conflict.name', {
        message: `there is a token "${name}" already; revoke it, or choose another name`,
      });
    }
    return insertToken(tx, { name, scope, hash: hashToken(text) }, person);
  });
  return { token, text };
}

const tokenBody = (token: Token, zone: string): TokenBody => ({
  id: token.id,
  name: token.name,
  scope: token.scope,
  created_at: isoTime(token.createdAt, zone),
  created_by: token.createdBy,
  used_at: token.usedAt === null ? null : isoTime(token.usedAt, zone),
});
