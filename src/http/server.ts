import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type FastifyInstance, fastify } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { Operation } from '../contract/operation.ts';
import { accountRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { Auth } from './auth.ts';
import { register } from './bind.ts';
import { Console } from './console.ts';
import { deviceHandRoutes, takeStreams } from './device-hand.ts';
import { deviceRoutes } from './devices.ts';
import { Door, type DoorOptions } from './door.ts';
import { pathOf, sendError } from './envelope.ts';
import { EventStreams } from './event-stream.ts';
import { groupRoutes } from './groups.ts';
import { doorProblem, guard } from './guard.ts';
import { healthRoute, type Lifetime } from './health.ts';
import { licenceGate, licenseRoutes } from './license.ts';
import { Listener, type ListenOptions, type RequestHandler } from './listener.ts';
import { loginPage } from './login-page.ts';
import { mediaRoutes, takeUploads } from './media.ts';
import { metricsRoute } from './metrics.ts';
import type { HttpParts } from './parts.ts';
import { pauseRoutes } from './pauses.ts';
import { reviewRoutes } from './reviews.ts';
import { scheduleRoutes } from './schedules.ts';
import { screenRoutes } from './screens.ts';
import { sessionRoutes } from './sessions.ts';
import { settingRoutes } from './settings.ts';
import { siteRoutes } from './site.ts';
import { taskRoutes } from './tasks.ts';
import { tokenRoutes } from './tokens.ts';
import { traceRoutes } from './trace.ts';
import { webhookRoutes } from './webhooks.ts';

const bodyLimitBytes = 1024 * 1024;

/** How long `close` waits for requests that are being answered. */
const closeWaitMs = 10_000;

export type HttpServerOptions = ListenOptions & Partial<Pick<DoorOptions, 'hostNames' | 'trustedProxies'>>;

/**
 * The border of the house. Open → draining → closed: while draining it still listens, `/healthz` answers 503 and
 * everything else 50301, so that balancers look away before the port closes.
 */
export class HttpServer {
  readonly #parts: HttpParts;
  readonly #options: HttpServerOptions;
  readonly #app: FastifyInstance;
  readonly #listener: Listener;
  readonly #streams: EventStreams;
  readonly #lifetime: Lifetime;
  readonly #door: Door;
  readonly #auth: Auth;
  readonly #console: Console;

  /** What it answers below `/api/v1`, once it listens. */
  operations: readonly Operation[] = [];

  constructor(parts: HttpParts, options: HttpServerOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#lifetime = { startedAt: parts.clock.monotonic(), isStopping: false };
    const { hostNames = [], trustedProxies = [], tls } = options;
    this.#door = new Door({ hostNames, trustedProxies, isTls: tls !== undefined });
    this.#console = new Console(parts.consoleFolder);
    this.#auth = new Auth(
      { ...parts, access: () => parts.settings().access, isOpen: (request) => this.#console.isOpen(request) },
      this.#door,
    );
    this.#streams = new EventStreams(parts);
    let handler: RequestHandler | undefined;
    this.#app = fastify({
      logger: false,
      bodyLimit: bodyLimitBytes,
      genReqId: () => randomUUID(),
      // A path with broken escapes reaches no route and no hook; its answer has the same form all the same.
      frameworkErrors: (error, request, reply) =>
        sendError(parts, request, reply, doorProblem(request, this.#door, this.#corsOrigins()) ?? error),
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
      // Fastify gets a server that never listens: ours are one per address, see Listener.
      serverFactory: (own) => {
        handler = own;
        return createServer(own);
      },
    });
    this.#listener = new Listener((request, response) => handler?.(request, response), parts.log);
    this.#build();
  }

  /** Throws `input.invalid` when the port is taken, naming who has it. */
  async listen(): Promise<{ port: number; addresses: string[] }> {
    await this.#app.ready();
    const bound = await this.#listener.open(this.#options);
    this.#door.open({ port: bound.port, addresses: bound.reachable });
    return bound;
  }

  /** From now on everything is refused with 50301; streams end. What is being answered is answered. */
  drain(): void {
    this.#lifetime.isStopping = true;
    this.#streams.closeAll();
  }

  async close(): Promise<void> {
    this.drain();
    const { clock, log } = this.#parts;
    const closed = this.#listener.close();
    const cancel = clock.after(closeWaitMs, () => {
      log.warn({}, 'requests were still being answered at shutdown');
      this.#listener.cut();
    });
    await closed;
    cancel();
    await this.#app.close();
  }

  /** Whether browsers reach it over TLS: its own, or that of the proxy before it. */
  get #isSecure(): boolean {
    return this.#options.tls !== undefined || (this.#options.trustedProxies ?? []).length > 0;
  }

  #corsOrigins(): readonly string[] {
    return this.#parts.settings().access.corsOrigins;
  }

  #build(): void {
    const parts = this.#parts;
    const app = this.#app;
    const own = () => this.#door;
    app.setErrorHandler((error, request, reply) => sendError(parts, request, reply, error));
    app.setNotFoundHandler(async (request, reply) => {
      const page = this.#console.answer(request, reply);
      if (page) return page;
      throw new DroverError('input.not-found', { message: `there is no ${pathOf(request).slice(0, 200)}` });
    });
    app.addHook('onRequest', async (request, reply) => {
      void reply.header('x-request-id', request.id);
      void reply.header('x-content-type-options', 'nosniff');
      void reply.header('cache-control', 'no-store');
      if (!this.#lifetime.isStopping || pathOf(request) === '/healthz') return;
      throw new DroverError('server.stopping');
    });
    app.addHook('onSend', async (_, reply) => {
      // A connection that stays open after its answer would hold the end up.
      if (this.#lifetime.isStopping) void reply.header('connection', 'close');
    });
    app.addHook('onResponse', async (request, reply) => {
      const { method, id } = request;
      parts.log.debug(
        { request: id, method, path: pathOf(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
        'request answered',
      );
    });
    guard(app, this.#door, { corsOrigins: () => this.#corsOrigins() });
    this.#auth.guard(app);
    healthRoute(app, parts, this.#lifetime);
    siteRoutes(app, parts);
    loginPage(app);
    metricsRoute(app, parts, () => this.#streams.size);
    void app.register(
      async (api) => {
        licenceGate(api, parts);
        this.operations = register(api, [
          ...taskRoutes(parts, own),
          ...pauseRoutes(parts),
          ...traceRoutes(parts),
          ...deviceRoutes(parts),
          ...groupRoutes(parts),
          ...accountRoutes(parts),
          ...screenRoutes(parts),
          ...licenseRoutes(parts),
          ...reviewRoutes(parts),
          ...scheduleRoutes(parts),
          ...settingRoutes(parts),
          ...tokenRoutes(parts),
          ...webhookRoutes(parts),
          ...auditRoutes(parts),
          ...sessionRoutes(parts, this.#isSecure),
          ...this.#streams.routes(),
        ]);
        void api.register(async (streams) => {
          takeStreams(streams);
          this.operations = [...this.operations, ...register(streams, deviceHandRoutes(parts))];
        });
        // Uploads are read by their own rules, which must not hold anywhere else.
        void api.register(async (uploads) => {
          takeUploads(uploads);
          this.operations = [...this.operations, ...register(uploads, mediaRoutes(parts))];
        });
      },
      { prefix: '/api/v1' },
    );
  }
}

export const createHttpServer = (parts: HttpParts, options: HttpServerOptions): HttpServer =>
  new HttpServer(parts, options);
