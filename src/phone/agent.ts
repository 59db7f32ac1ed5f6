import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { PhoneHttpAgent } from '../adb/http-agent.ts';
import { type Ctx, withDeadline } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { fromAgent } from './from-agent.ts';

/** Netty in the server takes no more than this in one request (HttpObjectAggregator(65536)). */
export const maxBodyBytes = 65_536;

export interface AgentListener {
  onAnswer?(): void;
  onExchange?(direction: 'out' | 'in', text: string): void;
  /** A call ended as `phone.agent-down`: somebody should look after the server. */
  onDown?(error: DroverError): void;
}

export interface CallOptions {
  body?: unknown;
  timeoutMs?: number;
}

/** What the session is set to right after it was made; a new session has the server's defaults again. */
const settings = {
  // The default of 10 s would be waited in every call while a video plays. [appium#8929, appium#13308]
  waitForIdleTimeout: 0,
  waitForSelectorTimeout: 0,
  actionAcknowledgmentTimeout: 100,
  scrollAcknowledgmentTimeout: 100,
};

/**
 * Speaks HTTP to the UiAutomator2 server of one phone. One session at a time lives in it: making one ends every other,
 * which is what fences off a host that lost the phone.
 */
export class Agent {
  listener: AgentListener = {};
  readonly #http: PhoneHttpAgent;
  #sessionId: string | undefined;
  #inFlight = 0;

  /** `open` connects to the phone's port 6790. */
  constructor(open: () => Promise<Duplex>) {
    this.#http = new PhoneHttpAgent(open);
  }

  /** An answer is being waited for. */
  get isBusy(): boolean {
    return this.#inFlight > 0;
  }

  /** True when the server answers and says it is ready. */
  async isUp(ctx: Ctx, { timeoutMs = 1_000 } = {}): Promise<boolean> {
    const value = await this.#send(ctx, 'GET', '/status', { timeoutMs });
    return isRecord(value) && value.ready !== false;
  }

  async openSession(ctx: Ctx, { timeoutMs = 5_000 } = {}): Promise<void> {
    this.#sessionId = undefined;
    const body = { capabilities: { firstMatch: [{}], alwaysMatch: {} } };
    const value = await this.#send(ctx, 'POST', '/session', { body, timeoutMs });
    if (!isRecord(value) || typeof value.sessionId !== 'string') {
      throw new DroverError('phone.agent-down', { message: 'the automation server made no session' });
    }
    this.#sessionId = value.sessionId;
    await this.call(ctx, 'POST', '/appium/settings', { body: { settings }, timeoutMs });
  }

  /** A call within the session. `path` is what stands behind `/session/ID`. Returns the answer's `value`. */
  async call(ctx: Ctx, method: 'GET' | 'POST', path: string, options: CallOptions = {}): Promise<unknown> {
    if (this.#sessionId === undefined) {
      throw new DroverError('phone.agent-down', { message: 'there is no session with the automation server' });
    }
    return await this.#send(ctx, method, `/session/${this.#sessionId}${path}`, options);
  }

  /** The cheapest question that only a living session answers. */
  async probe(ctx: Ctx, { timeoutMs = 1_000 } = {}): Promise<void> {
    await this.call(ctx, 'GET', '/appium/settings', { timeoutMs });
  }

  close(): void {
    this.#sessionId = undefined;
    this.#http.destroy();
  }

  async #send(ctx: Ctx, method: string, path: string, { body, timeoutMs = 10_000 }: CallOptions): Promise<unknown> {
    const call = `${method} ${path.replace(/^\/session\/[^/]+/, '')}`;
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body), 'utf8');
    if (payload && payload.length > maxBodyBytes) {
      throw new DroverError('input.too-large', {
        message: `${call} has ${payload.length} bytes; the automation server takes ${maxBodyBytes}`,
      });
    }
    using limited = withDeadline(
      ctx,
      timeoutMs,
      () =>
        new DroverError('phone.timeout', {
          message: `the automation server did not answer ${call} within ${timeoutMs} ms`,
          details: { call, timeoutMs },
        }),
    );
    limited.signal.throwIfAborted();
    this.listener.onExchange?.('out', `${call}${payload ? ` ${payload.toString('utf8')}` : ''}`);
    this.#inFlight++;
    try {
      const answer = await this.#exchange(limited, method, path, payload);
      const value = readAnswer(call, answer);
      this.listener.onExchange?.('in', `${answer.status} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
      this.listener.onAnswer?.();
      return value;
    } catch (thrown) {
      if (limited.signal.aborted) throw limited.signal.reason;
      const error = thrown instanceof DroverError ? thrown : cutOff(call, thrown);
      this.listener.onExchange?.('in', `${error.code}: ${error.message}`);
      if (error.code === 'phone.agent-down') this.listener.onDown?.(error);
      throw error;
    } finally {
      this.#inFlight--;
    }
  }

  async #exchange(ctx: Ctx, method: string, path: string, payload: Buffer | undefined): Promise<Answer> {
    for (let isSecondTry = false; ; isSecondTry = true) {
      const attempt = exchangeOnce(this.#http, ctx.signal, method, path, payload);
      try {
        return await attempt.answer;
      } catch (error) {
        // A kept connection may have died since its last use. Asking again is harmless only for what changes nothing.
        if (isSecondTry || method !== 'GET' || !attempt.wasReused() || ctx.signal.aborted) throw error;
      }
    }
  }
}

interface Answer {
  status: number;
  text: string;
}

function exchangeOnce(
  agent: PhoneHttpAgent,
  signal: AbortSignal,
  method: string,
  path: string,
  payload: Buffer | undefined,
): { answer: Promise<Answer>; wasReused: () => boolean } {
  const headers = payload
    ? { 'content-type': 'application/json; charset=utf-8', 'content-length': payload.length }
    : undefined;
  const request = httpRequest({
    agent,
    signal,
    method,
    path,
    host: '127.0.0.1',
    port: 6790,
    ...(headers && { headers }),
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.end(payload);
  });
  return { answer, wasReused: () => request.reusedSocket };
}

function readAnswer(call: string, { status, text }: Answer): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const message = `${call} was answered with something that is no JSON (HTTP ${status})`;
    throw new DroverError('phone.agent-down', { message, details: { call, status }, cause });
  }
  const value = isRecord(parsed) ? parsed.value : undefined;
  if (status >= 400 || (isRecord(value) && typeof value.error === 'string' && typeof value.stacktrace === 'string')) {
    const { error = 'unknown error', message = '' } = isRecord(value) ? value : {};
    throw fromAgent({ call, status, error: String(error), message: String(message) });
  }
  // The id of a new session may stand beside the value only.
  if (call === 'POST /session' && isRecord(parsed) && isRecord(value)) {
    return { ...value, sessionId: value.sessionId ?? parsed.sessionId };
  }
  return value;
}

const cutOff = (call: string, cause: unknown): DroverError =>
  new DroverError('phone.agent-down', {
    message: `the automation server cut ${call} off (${cause instanceof Error ? cause.message : String(cause)})`,
    details: { call },
    cause,
  });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
