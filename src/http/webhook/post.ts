import { Agent, request } from 'undici';
import type { Clock } from '../../base/clock.ts';
import { type Addresses, blockedCode } from './address.ts';
import { parseRetryAfter } from './backoff.ts';

/** What came of one try. */
export interface PostOutcome {
  isOk: boolean;
  status: number | null;
  /** What was wrong; null when it is ok. */
  error: string | null;
  /** What the receiver asked for. */
  retryAfterMs: number;
  /** The receiver wants nothing more, ever (410). */
  isGone: boolean;
}

/** A receiver is to note the event and answer; work comes after. */
const answerMs = 15_000;
const connectMs = 5_000;
/** Of an answer nobody reads. */
const mostAnswerBytes = 64 * 1024;

/** Posts to receivers: no redirects, no proxies, only to addresses that are allowed, and never for long. */
export class Poster {
  readonly #addresses: Addresses;
  readonly #clock: Clock;
  readonly #agent: Agent;

  constructor(addresses: Addresses, clock: Clock) {
    this.#addresses = addresses;
    this.#clock = clock;
    this.#agent = new Agent({
      connect: { lookup: addresses.lookup, timeout: connectMs },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      connections: 8,
      pipelining: 1,
    });
  }

  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<PostOutcome> {
    const problem = this.#addresses.blockedLiteral(new URL(url));
    if (problem !== undefined) return failed(problem);
    const late = new AbortController();
    const cancel = this.#clock.after(answerMs, () => late.abort(), { idle: true });
    try {
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.#agent,
        signal: AbortSignal.any([late.signal, signal]),
      });
      await answer.body.dump({ limit: mostAnswerBytes });
      return outcomeOf(answer.statusCode, answer.headers, this.#clock.now());
    } catch (error) {
      return failed(late.signal.aborted ? `no answer within ${answerMs / 1000} s` : spoken(error));
    } finally {
      cancel();
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function outcomeOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): PostOutcome {
  if (status >= 200 && status < 300) return { isOk: true, status, error: null, retryAfterMs: 0, isGone: false };
  const where = headers.location === undefined ? '' : '; redirects are not followed, give the address itself';
  return {
    isOk: false,
    status,
    error: `answered ${status}, not 2xx${status >= 300 && status < 400 ? where : ''}`,
    retryAfterMs: parseRetryAfter([headers['retry-after']].flat()[0], now),
    isGone: status === 410,
  };
}

const failed = (error: string): PostOutcome => ({ isOk: false, status: null, error, retryAfterMs: 0, isGone: false });

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'the address cannot be reached',
  ENETUNREACH: 'the address cannot be reached',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: `no connection within ${connectMs / 1000} s`,
  UND_ERR_HEADERS_TIMEOUT: `no answer within ${answerMs / 1000} s`,
  UND_ERR_BODY_TIMEOUT: `the answer did not end within ${answerMs / 1000} s`,
  UND_ERR_SOCKET: 'the connection was cut',
};

function spoken(thrown: unknown): string {
  const error = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === blockedCode) return error.message;
  return words[code] ?? `${error.message || 'failed'}${code === '' ? '' : ` (${code})`}`;
}
