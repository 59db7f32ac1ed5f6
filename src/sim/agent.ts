import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { sleep } from '../base/clock.ts';
import { actionRoutes } from './agent/actions.ts';
import { alertRoutes } from './agent/alert.ts';
import { Body, type Handler, type Route } from './agent/call.ts';
import { deviceRoutes } from './agent/device.ts';
import { elementRoutes } from './agent/elements.ts';
import { AgentError, stacktrace } from './agent/errors.ts';
import { findRoutes } from './agent/find.ts';
import { gestureRoutes } from './agent/gestures.ts';
import { scheduledRoutes } from './agent/scheduled.ts';
import { scrollToRoutes } from './agent/scroll-to.ts';
import { AgentSession } from './agent/session.ts';
import { AgentSettings } from './agent/settings.ts';
import { sessionRoutes } from './agent/source.ts';
import { MjpegServer } from './mjpeg.ts';
import type { PhoneAgent, PhoneHost } from './parts.ts';
import type { Processes } from './processes.ts';
import type { StreamRegistry } from './registry.ts';

export const agentPackage = 'io.appium.uiautomator2.server';
/** HttpObjectAggregator(65536) of the server. */
const maxBodyBytes = 65_536;
/** From `am instrument` to the first answer. Real phones take one to three seconds. */
const startMs = 80;
/** The server answers DELETE /session first and stops this much later. */
const farewellMs = 15;
const slowMs = { source: 4_000, other: 1_500 };

const routes: readonly Route[] = [
  ...sessionRoutes,
  ...findRoutes,
  ...elementRoutes,
  ...gestureRoutes,
  ...scrollToRoutes,
  ...scheduledRoutes,
  ...actionRoutes,
  ...alertRoutes,
  ...deviceRoutes,
];

interface Run {
  onLine: (line: string) => void;
  onEnd: () => void;
  controller: AbortController;
  /** What to undo when it ends. */
  endings: (() => void)[];
}

/**
 * The UiAutomator2 server of one phone. It is stopped, starting or running; only while it runs do tcp:6790 and tcp:7810
 * take connections. It holds at most one session; a new one takes the place of the old. One process, one UiAutomation:
 * when that is lost every call but /status and /sessions fails until the server is started again.
 */
export class Agent implements PhoneAgent {
  readonly #host: PhoneHost;
  readonly #registry: StreamRegistry;
  readonly #processes: Processes;
  readonly #version: string;
  readonly #settings = new AgentSettings();
  readonly #http: Server;
  readonly #sockets = new Set<Duplex>();
  #run: Run | undefined;
  #session: AgentSession | undefined;
  #isAutomationLost = false;

  constructor(options: { host: PhoneHost; registry: StreamRegistry; processes: Processes; version?: string }) {
    this.#host = options.host;
    this.#registry = options.registry;
    this.#processes = options.processes;
    this.#version = options.version ?? '10.6.6';
    this.#http = createServer({ keepAlive: true }, (request, response) => {
      void this.#serve(request, response);
    });
    this.#http.keepAliveTimeout = 0; // the phone's own server keeps a connection for a minute; a simulated one has no clock of its own
    options.host.faults.onChange((kind, isOn) => {
      if (!isOn || !this.#run) return;
      if (kind === 'agent-crash' && this.#host.faults.take('agent-crash')) this.stop('crashed');
      if (kind === 'ui-automation-lost' && this.#host.faults.take('ui-automation-lost')) this.#isAutomationLost = true;
    });
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  start(options: { onLine: (line: string) => void; onEnd: () => void; args: Record<string, string> }): void {
    // Only one UiAutomation exists on a phone: a second server takes it from the first.
    if (this.#run) this.stop('killed');
    const run: Run = { onLine: options.onLine, onEnd: options.onEnd, controller: new AbortController(), endings: [] };
    this.#run = run;
    this.#isAutomationLost = false;
    this.#session = undefined;
    this.#settings.reset();
    this.#processes.start(agentPackage);
    run.endings.push(this.#host.clock.after(startMs, () => this.#listen(run), { idle: true }));
  }

  #listen(run: Run): void {
    if (this.#run !== run) return;
    const { faults } = this.#host;
    this.#isAutomationLost = faults.take('ui-automation-lost');
    const mjpeg = new MjpegServer({ host: this.#host, settings: this.#settings });
    run.endings.push(
      this.#registry.listen('tcp:6790', (stream) => this.#connect(stream)),
      this.#registry.listen('tcp:7810', (stream) => mjpeg.connect(stream)),
      () => mjpeg.stop(),
    );
    run.onLine('');
    run.onLine('io.appium.uiautomator2.server.test.AppiumUiAutomator2Server:');
  }

  stop(reason: 'killed' | 'crashed' | 'session-deleted'): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    this.#session?.end();
    this.#session = undefined;
    for (const end of run.endings) end();
    run.controller.abort(new Error(`the automation server was ${reason}`));
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    this.#processes.stop(agentPackage);
    if (reason === 'session-deleted') {
      run.onLine('.');
      run.onLine('');
      run.onLine('OK (1 test)');
      run.onLine('');
    } else {
      run.onLine('INSTRUMENTATION_RESULT: shortMsg=Process crashed.');
      run.onLine('INSTRUMENTATION_CODE: 0');
    }
    run.onEnd();
  }

  /** A stream of the phone as a socket of node:http, which asks a few things of it that only TCP has. */
  #connect(stream: Duplex): void {
    this.#sockets.add(stream);
    stream.once('close', () => this.#sockets.delete(stream));
    stream.on('error', () => stream.destroy());
    const nothing = () => stream;
    Object.assign(stream, {
      setTimeout: nothing,
      setNoDelay: nothing,
      setKeepAlive: nothing,
      ref: nothing,
      unref: nothing,
    });
    this.#http.emit('connection', stream);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const run = this.#run;
    if (!run) {
      request.destroy();
      return;
    }
    const text = await readBody(request);
    if (text === undefined) {
      response.writeHead(413, { 'Content-Length': '0' }).end();
      return;
    }
    const path = (request.url ?? '/').replace(/\?.*$/s, '').replace(/^\/wd\/hub/, '');
    if (this.#host.faults.take('agent-crash')) {
      this.stop('crashed');
      return;
    }
    let sessionId: string | null = null;
    try {
      const match = findRoute(request.method ?? '', path);
      sessionId = match?.params.get('sessionId') ?? null;
      await this.#dawdle(path, run.controller.signal);
      const reply = await this.#answer({ method: request.method ?? '', path, match, text, run });
      sessionId = reply.sessionId;
      this.#send(response, 200, { value: reply.value, sessionId });
      if (reply.isFarewell) {
        run.endings.push(this.#host.clock.after(farewellMs, () => this.#run === run && this.stop('session-deleted')));
      }
    } catch (thrown) {
      if (this.#run !== run) return; // its socket is gone with the process
      const error = thrown instanceof AgentError ? thrown : new AgentError('unknown error', String(thrown));
      if (!(thrown instanceof AgentError))
        this.#host.log.error({ serial: this.#host.serial, cause: thrown }, 'sim: the automation server tripped');
      this.#send(response, error.status, {
        value: { error: error.error, message: error.message, stacktrace: stacktrace(error) },
        sessionId,
      });
    }
  }

  async #dawdle(path: string, signal: AbortSignal): Promise<void> {
    const { faults, clock } = this.#host;
    if (faults.isOn('slow')) await sleep(clock, path.endsWith('/source') ? slowMs.source : slowMs.other, signal);
  }

  #send(response: ServerResponse, status: number, reply: { value: unknown; sessionId: string | null }): void {
    if (response.destroyed || response.headersSent) return;
    const body = Buffer.from(JSON.stringify(reply), 'utf8');
    response.writeHead(status, {
      'Content-Encoding': 'identity',
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      Pragma: 'no-cache',
      'Cache-Control': 'no-store',
    });
    response.end(body);
  }

  async #answer(request: {
    method: string;
    path: string;
    match: Match | undefined;
    text: string;
    run: Run;
  }): Promise<{ value: unknown; sessionId: string | null; isFarewell?: boolean }> {
    const { method, path, match, text, run } = request;
    if (method === 'GET' && path === '/status') {
      const [major = '0', minor = '0', patch = '0'] = this.#version.split('.');
      return {
        sessionId: 'None',
        value: {
          ready: true,
          message: 'UiAutomator2 Server is ready to accept commands',
          build: { version: this.#version, versionCode: Number(major) * 10_000 + Number(minor) * 100 + Number(patch) },
        },
      };
    }
    if (method === 'GET' && path === '/sessions') {
      const { id, capabilities } = this.#session ?? {};
      return { sessionId: 'None', value: id === undefined ? [] : [{ id, sessionId: id, capabilities }] };
    }
    if (method === 'POST' && path === '/session') return this.#newSession(text);
    if (method === 'DELETE' && /^\/session\/[^/]+$/.test(path)) {
      const id = decode(path.split('/')[2] ?? '');
      if (id !== this.#session?.id) throw unknownSession(id);
      return { value: null, sessionId: id, isFarewell: true };
    }
    if (!match) {
      throw new AgentError(
        'unknown command',
        'The requested resource could not be found, or a request was received using an HTTP method that is not supported by the mapped resource',
      );
    }
    const id = match.params.get('sessionId') ?? null;
    const session = this.#session;
    if (!session || session.id !== id) throw unknownSession(id ?? 'null');
    if (this.#isAutomationLost && !path.endsWith('/appium/settings')) throw automationLost('unknown error');
    const value = await match.handler({
      session,
      signal: run.controller.signal,
      param: (name) => match.params.get(name) ?? '',
      body: new Body(text),
    });
    return { value: value ?? null, sessionId: id };
  }

  #newSession(text: string): { value: unknown; sessionId: string } {
    if (this.#isAutomationLost) throw automationLost('session not created');
    let posted: Readonly<Record<string, unknown>>;
    let capabilities: Record<string, unknown>;
    try {
      posted = new Body(text).fields();
      if (typeof posted.capabilities !== 'object' || posted.capabilities === null) {
        throw new AgentError('invalid argument', "'capabilities' are mandatory for session creation");
      }
      capabilities = mergeCapabilities(posted.capabilities as Record<string, unknown>);
      this.#settings.reset();
      this.#settings.updateFromCapabilities(capabilities);
    } catch (thrown) {
      throw new AgentError('session not created', thrown instanceof Error ? thrown.message : String(thrown));
    }
    // The id is no secret and nothing depends on it, so it need not follow the seed.
    const id = randomUUID();
    this.#session?.end();
    this.#session = new AgentSession({ id, capabilities, host: this.#host, settings: this.#settings });
    return { sessionId: id, value: { capabilities: posted.capabilities, sessionId: id } };
  }
}

interface Match {
  handler: Handler;
  params: Map<string, string>;
}

function findRoute(method: string, path: string): Match | undefined {
  const sections = path.split('/');
  for (const [routeMethod, pattern, handler] of routes) {
    if (routeMethod !== method) continue;
    const wanted = pattern.split('/');
    if (wanted.length !== sections.length) continue;
    const params = new Map<string, string>();
    const fits = wanted.every((part, index) => {
      const section = sections[index] ?? '';
      if (part.startsWith(':')) {
        params.set(part.slice(1), decode(section));
        return true;
      }
      return part === section;
    });
    if (fits) return { handler, params };
  }
  return undefined;
}

function decode(section: string): string {
  try {
    return decodeURIComponent(section);
  } catch {
    return section;
  }
}

const unknownSession = (id: string): AgentError =>
  new AgentError('invalid session id', `The session identified by ${id} is not known`);

const automationLost = (error: 'unknown error' | 'session not created'): AgentError =>
  new AgentError(error, 'java.lang.IllegalStateException: UiAutomation not connected!');

/** alwaysMatch and the first of firstMatch, vendor prefix taken off (W3CCapsUtils of the server). */
function mergeCapabilities(w3c: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const always = w3c.alwaysMatch;
  const [first] = Array.isArray(w3c.firstMatch) ? w3c.firstMatch : [];
  const merged: Record<string, unknown> = {};
  for (const part of [always, first]) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [name, value] of Object.entries(part)) merged[name.replace(/^appium:/, '')] = value;
  }
  return merged;
}

/** Undefined when it is longer than the server takes. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes <= maxBodyBytes) parts.push(part);
    }
  } catch {
    return ''; // the client went away; nobody reads the answer
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(parts).toString('utf8');
}
