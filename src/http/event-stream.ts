import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { CancelTimer } from '../base/clock.ts';
import { streamEvents } from '../contract/operations/server.ts';
import { lastEventId, type StoredEvent, tailEvents } from '../store/events.ts';
import { isTokenKnown } from '../store/tokens.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { Caller } from './caller.ts';
import type { HttpParts } from './parts.ts';
import { readId } from './query.ts';
import { isoTime } from './time.ts';

/** A hint may get lost; this often the log is looked at anyway. */
const sweepMs = 5_000;
/** Proxies drop connections that say nothing for a while. */
const keepAliveMs = 15_000;
const batch = 200;

/** The open streams of `GET /events`. */
export class EventStreams {
  readonly #parts: HttpParts;
  readonly #open = new Set<EventStream>();

  constructor(parts: HttpParts) {
    this.#parts = parts;
  }

  routes(): BoundOperation[] {
    return [
      bind(streamEvents, async ({ request, reply, caller }) => {
        const after = await this.#startOf(request);
        if (request.method === 'HEAD') return reply.type('text/event-stream').send();
        reply.hijack();
        const stream = new EventStream(this.#parts, reply.raw, { after, caller });
        this.#open.add(stream);
        // Errors of a connection that is gone are nobody's: the client resumes with the last id it saw.
        void stream.run().finally(() => this.#open.delete(stream));
        return undefined;
      }),
    ];
  }

  get size(): number {
    return this.#open.size;
  }

  /** Ends every stream; clients come back on their own and resume. */
  closeAll(): void {
    for (const stream of this.#open) stream.close();
  }

  /** After the id the client saw last, else from now on. An id from the future is of a log that is gone: from now on, too. */
  async #startOf(request: FastifyRequest): Promise<number> {
    const last = await lastEventId(this.#parts.store.read);
    const header = request.headers['last-event-id'];
    if (typeof header !== 'string' || header.trim() === '') return last;
    return Math.min(readId(header.trim(), 'Last-Event-ID'), last);
  }
}

/** One client: written to as fast as it reads, no faster; what it has not read yet stays in the database. */
class EventStream {
  readonly #parts: HttpParts;
  readonly #response: ServerResponse;
  readonly #closed = new AbortController();
  readonly #caller: Caller;
  #after: number;
  #wake: () => void = () => {};
  #lastWriteAt: number;

  constructor(parts: HttpParts, response: ServerResponse, { after, caller }: { after: number; caller: Caller }) {
    this.#parts = parts;
    this.#response = response;
    this.#after = after;
    this.#caller = caller;
    this.#lastWriteAt = parts.clock.monotonic();
  }

  close(): void {
    this.#closed.abort();
    this.#wake();
  }

  async run(): Promise<void> {
    const { log } = this.#parts;
    const response = this.#response;
    const onClose = () => this.close();
    const endHints = this.#parts.store.onHint((hint) => {
      if (hint.kind === 'event') this.#wake();
    });
    response.once('close', onClose);
    response.on('error', onClose);
    try {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      await this.#write('retry: 2000\n\n');
      while (!this.#closed.signal.aborted) await this.#round();
    } catch (error) {
      if (!this.#closed.signal.aborted) log.warn({ error }, 'an event stream ended early');
    } finally {
      endHints();
      response.off('close', onClose);
      // A client that has stopped reading would keep the connection, and our own end, waiting.
      if (response.writableNeedDrain) response.destroy();
      else response.end();
    }
  }

  async #round(): Promise<void> {
    const { store, clock } = this.#parts;
    // Waits are armed before the read, so that an event committed during it is not missed.
    const changed = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const events = await tailEvents(store.read, this.#after, batch);
    for (const event of events) {
      if (this.#closed.signal.aborted) return;
      await this.#write(this.#frame(event));
      this.#after = event.id;
    }
    if (events.length === batch || this.#closed.signal.aborted) return;
    let cancel: CancelTimer = () => {};
    const swept = new Promise<void>((resolve) => {
      cancel = clock.after(sweepMs, resolve, { idle: true });
    });
    await Promise.race([changed, swept]);
    cancel();
    if (!(await this.#isStillAdmitted())) {
      this.close();
      return;
    }
    if (clock.monotonic() - this.#lastWriteAt >= keepAliveMs) await this.#write(': still here\n\n');
  }

  /** A token that was revoked since opens no more events. */
  async #isStillAdmitted(): Promise<boolean> {
    const { tokenId } = this.#caller;
    return tokenId === undefined || isTokenKnown(this.#parts.store.read, tokenId);
  }

  #frame({ id, type, subject, at, body }: StoredEvent): string {
    const data = JSON.stringify({ subject, at: isoTime(at, this.#parts.settings().timeZone), body });
    return `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`;
  }

  async #write(text: string): Promise<void> {
    this.#lastWriteAt = this.#parts.clock.monotonic();
    if (this.#closed.signal.aborted || this.#response.write(text)) return;
    await once(this.#response, 'drain', { signal: this.#closed.signal });
  }
}
