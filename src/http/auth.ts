import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Scope } from '../contract/operation.ts';
import { findSessionByHash, type Session } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { findTokenByHash, noteTokenUse, type Token } from '../store/tokens.ts';
import { allows, type Caller, localCaller, setCaller } from './caller.ts';
import { addressGroup, type Door, type Source } from './door.ts';
import { pathOf } from './envelope.ts';
import type { AccessSettings } from './parts.ts';
import { RateLimits } from './rate.ts';
import { readSessionCookie } from './session-cookie.ts';
import { hashToken, parseBearer } from './token-text.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller must be allowed to do. Default `read`. */
    scope?: Scope;
  }
}

export interface AuthParts {
  store: Pick<Store, 'read' | 'write'>;
  clock: Clock;
  log: Log;
  access(): AccessSettings;
  /** Whether the console's files answer this, which need no token either. */
  isOpen(request: FastifyRequest): boolean;
}

/** Answered without a token wherever they are asked from: they tell nothing but that there is a server, and how it is used. */
const open = /^\/(healthz|openapi\.json|docs)(\/|$)/;

/** Whoever logs in has nothing yet. */
const isLogin = (request: FastifyRequest): boolean =>
  request.method === 'POST' && pathOf(request) === '/api/v1/session';

const useNotedEveryMs = 60_000;

/** Says who is calling and whether they may: token, rate, scope, in this order. */
export class Auth {
  readonly #parts: AuthParts;
  readonly #door: Door;
  readonly #rates: RateLimits;
  readonly #notedAt = new Map<number, number>();

  constructor(parts: AuthParts, door: Door) {
    this.#parts = parts;
    this.#door = door;
    this.#rates = new RateLimits(parts.clock);
  }

  guard(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      const source = this.#door.sourceOf({ headers: request.headers, remoteAddress: request.socket.remoteAddress });
      const caller = await this.#admit(request, reply, source);
      setCaller(request, caller);
      const needed = request.routeOptions.config.scope ?? 'read';
      if (allows(caller.scope, needed)) return;
      throw new DroverError('auth.scope', {
        message: `this needs a token with the scope ${needed}; ${caller.name} has ${caller.scope}`,
      });
    });
  }

  async #admit(request: FastifyRequest, reply: FastifyReply, source: Source): Promise<Caller> {
    const { authRequired, perMinute, perMinuteLocal } = this.#parts.access();
    const header = request.headers.authorization;
    const token = header === undefined ? undefined : await this.#findToken(header);
    // Whoever guesses tokens is counted by address.
    if (token) this.#count(reply, `token:${token.id}`, perMinute);
    else if (source.isLocal) this.#count(reply, 'local', perMinuteLocal);
    else this.#count(reply, addressGroup(source.address), perMinute);

    const session = header === undefined ? await this.#findSession(request) : undefined;
    if (session) {
      return {
        name: session.name,
        scope: session.scope,
        isLoopback: source.isLocal,
        ...(session.tokenId !== null && { tokenId: session.tokenId }),
      };
    }
    if (token) {
      this.#noteUse(token);
      return { name: token.name, scope: token.scope, isLoopback: source.isLocal, tokenId: token.id };
    }
    if (open.test(pathOf(request)) || isLogin(request) || this.#parts.isOpen(request))
      return { ...localCaller, name: 'anybody', scope: 'read', isLoopback: source.isLocal };
    if (header !== undefined) throw this.#refuse(reply, 'this token is not known here: it is misspelt or was revoked');
    if (source.isLocal && authRequired !== 'always') return localCaller;
    throw this.#refuse(
      reply,
      source.isLocal
        ? 'a token is needed, because the setting auth.required is always'
        : 'a token is needed, because this request does not come straight from the machine that the server runs on',
    );
  }

  async #findToken(header: string): Promise<Token | undefined> {
    const text = parseBearer(header);
    // Found by its hash: how long that takes says nothing of the text.
    return text === undefined ? undefined : findTokenByHash(this.#parts.store.read, hashToken(text));
  }

  /**
   * A browser sends its cookie along with whatever makes it send: a change must also carry our own Origin, which only a
   * page of ours can make it say.
   */
  async #findSession(request: FastifyRequest): Promise<Session | undefined> {
    const text = readSessionCookie(request);
    if (text === undefined) return undefined;
    const session = await findSessionByHash(this.#parts.store.read, hashToken(text));
    if (!session || session.expiresAt <= this.#parts.clock.now()) return undefined;
    if (/^(GET|HEAD)$/.test(request.method) || this.#door.isOwnOrigin(request.headers.origin)) return session;
    throw new DroverError('auth.origin', {
      message:
        'a browser that is logged in changes something only from a page of this server (its Origin header says so)',
    });
  }

  #count(reply: FastifyReply, key: string, perMinute: number): void {
    const seconds = this.#rates.take(key, perMinute);
    if (seconds === 0) return;
    void reply.header('retry-after', String(seconds));
    throw new DroverError('input.rate', {
      message: `more than ${perMinute} requests a minute; try again in ${seconds} s`,
    });
  }

  #refuse(reply: FastifyReply, why: string): DroverError {
    void reply.header('www-authenticate', 'Bearer realm="drover"');
    return new DroverError('auth.token', {
      message: `${why}; send "Authorization: Bearer …" with one made by "drover token create"`,
    });
  }

  #noteUse({ id }: Token): void {
    const { clock, store, log } = this.#parts;
    const now = clock.monotonic();
    if (now - (this.#notedAt.get(id) ?? Number.NEGATIVE_INFINITY) < useNotedEveryMs) return;
    this.#notedAt.set(id, now);
    // Nothing waits for this note: the request is answered whether or not it can be written.
    store
      .write((tx) => noteTokenUse(tx, id))
      .catch((error: unknown) => log.warn({ error }, 'use of a token not noted'));
  }
}
