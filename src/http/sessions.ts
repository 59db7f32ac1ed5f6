import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/sessions.ts';
import type { Session as SessionBody } from '../contract/session.ts';
import { deleteSession, findSessionByHash, insertSession, type Session, takeLoginLink } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import { findTokenByHash } from '../store/tokens.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { createSessionText, readSessionCookie, sessionMs, setSessionCookie } from './session-cookie.ts';
import { isoTime } from './time.ts';
import { hashToken } from './token-text.ts';

/** `isSecure`: whether browsers reach this server over TLS. */
export const sessionRoutes = (parts: HttpParts, isSecure: boolean): BoundOperation[] => [
  bind(operations.logIn, async ({ body: { code, token }, request, reply }) => {
    if ((code === undefined) === (token === undefined)) {
      throw new DroverError('input.invalid', { message: 'send either the code of a login link, or a token' });
    }
    const text = createSessionText();
    const session = await parts.store.write(async (tx) => {
      const who = code === undefined ? await ofToken(tx, token ?? '') : await ofCode(tx, code);
      return insertSession(tx, { ...who, hash: hashToken(text), expiresAt: tx.now + sessionMs });
    });
    setSessionCookie(request, reply, { text, isSecure });
    return sessionBody(parts, session);
  }),
  bind(operations.showSession, async ({ request, caller }) => {
    const text = readSessionCookie(request);
    const session = text === undefined ? undefined : await findSessionByHash(parts.store.read, hashToken(text));
    return session && session.name === caller.name
      ? sessionBody(parts, session)
      : { name: caller.name, scope: caller.scope, expires_at: null };
  }),
  bind(operations.logOut, async ({ request, reply }) => {
    const text = readSessionCookie(request);
    const isGone = text !== undefined && (await parts.store.write((tx) => deleteSession(tx, hashToken(text))));
    setSessionCookie(request, reply, { text: '', isSecure });
    return { logged_out: isGone };
  }),
];

type Who = Pick<Session, 'name' | 'scope' | 'tokenId'>;

async function ofCode(tx: Tx, code: string): Promise<Who> {
  const link = await takeLoginLink(tx, hashToken(code));
  if (link) return { ...link, tokenId: null };
  throw new DroverError('auth.token', {
    message: 'this login link was used before, or is older than ten minutes; make a new one with "drover login"',
  });
}

async function ofToken(tx: Tx, text: string): Promise<Who> {
  const token = await findTokenByHash(tx.db, hashToken(text.trim()));
  if (token) return { name: token.name, scope: token.scope, tokenId: token.id };
  throw new DroverError('auth.token', { message: 'this token is not known here: it is misspelt or was revoked' });
}

const sessionBody = ({ settings }: HttpParts, { name, scope, expiresAt }: Session): SessionBody => ({
  name,
  scope,
  expires_at: isoTime(expiresAt, settings().timeZone),
});
