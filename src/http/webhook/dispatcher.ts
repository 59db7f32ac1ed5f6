import type { CancelTimer, Clock } from '../../base/clock.ts';
import { DroverError } from '../../base/error.ts';
import type { Log } from '../../base/log.ts';
import { webhookTries } from '../../base/metrics.ts';
import type { Random } from '../../base/random.ts';
import type { Sealer } from '../../base/seal.ts';
import type { WebhookMessage } from '../../contract/webhook.ts';
import {
  type Delivery,
  type DeliveryOutcome,
  insertDelivery,
  nextDeliveryAt,
  pruneDeliveries,
  settleDelivery,
  takeDeliveries,
  takeDelivery,
} from '../../store/deliveries.ts';
import { type StoredEvent, tailEvents } from '../../store/events.ts';
import type { Store } from '../../store/store.ts';
import { findWebhook, listWebhooks, moveWebhookCursor, updateWebhook, type Webhook } from '../../store/webhooks.ts';
import { isoTime } from '../time.ts';
import { Addresses, type AddressParts } from './address.ts';
import { waitAfter } from './backoff.ts';
import { Poster } from './post.ts';
import { signatureHeaders } from './signature.ts';

export interface DispatcherParts extends AddressParts {
  store: Pick<Store, 'read' | 'write' | 'onHint'>;
  clock: Clock;
  random: Random;
  log: Log;
  sealer: Sealer;
  /** Of Drover. */
  version: string;
  timeZone(): string;
}

/** A hint may get lost; this often the log of events is looked at anyway. */
const sweepMs = 5_000;
/** Events that are looked at in one transaction. */
const batch = 200;
/** On their way to one webhook at the same time: a slow receiver delays itself alone. */
const perWebhook = 4;
/** Longer than any try takes: what a process that died had in hand is tried again after this. */
const holdMs = 60_000;
const pruneEveryMs = 3_600_000;
const [keepDeliveredMs, keepDeadMs] = [7 * 86_400_000, 30 * 86_400_000];

/**
 * Turns events into deliveries and sends them. Both steps are in the database before they count: an event becomes one
 * delivery for each webhook that wants it, in the transaction that moves the webhook's cursor on; a delivery is taken, tried,
 * and settled. So each is sent at least once, whatever happens to this process, and no caller ever waits for a receiver.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly addresses: Addresses;
  readonly #poster: Poster;
  readonly #over = new AbortController();
  /** How many are on their way, by webhook. */
  readonly #underWay = new Map<number, number>();
  readonly #sending = new Set<Promise<unknown>>();
  #round: Promise<void> | undefined;
  #isAgainWanted = false;
  #cancelTimer: CancelTimer = () => {};
  #endHints: () => void = () => {};
  #prunedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.addresses = new Addresses(parts);
    this.#poster = new Poster(this.addresses, parts.clock);
  }

  start(): void {
    this.#endHints = this.#parts.store.onHint((hint) => {
      if (hint.kind === 'event') this.wake();
    });
    this.wake();
  }

  /** Tries that are under way are cut, and made again after the next start. */
  async stop(): Promise<void> {
    this.#endHints();
    this.#over.abort();
    this.#cancelTimer();
    await this.#round;
    await Promise.allSettled(this.#sending);
    await this.#poster.close();
  }

  /** Looks at events and deliveries now. */
  wake(): void {
    if (this.#over.signal.aborted) return;
    if (this.#round) {
      this.#isAgainWanted = true;
      return;
    }
    this.#isAgainWanted = false;
    this.#round = this.#look()
      .catch((error: unknown) => this.#parts.log.warn({ error }, 'webhooks could not be looked at'))
      .finally(() => {
        this.#round = undefined;
        if (this.#isAgainWanted) this.wake();
      });
  }

  /** Sends a test event once and says what came of it. Throws `input.not-found`. */
  async test(webhookId: number): Promise<Delivery> {
    const { store, clock } = this.#parts;
    const webhook = await findWebhook(store.read, webhookId);
    if (!webhook) throw new DroverError('input.not-found', { message: `there is no webhook ${webhookId}` });
    const message = this.#messageOf({
      type: 'webhookTest',
      at: clock.now(),
      id: null,
      subject: `webhook:${webhookId}`,
      person: null,
      body: { message: 'This is a test of Drover.' },
    });
    const taken = await store.write(async (tx) => {
      const delivery = await insertDelivery(tx, { webhookId, eventId: null, type: 'webhookTest', body: message });
      return delivery && takeDelivery(tx, delivery.id, holdMs);
    });
    if (!taken) throw new Error('a test delivery was not written');
    const settled = await this.#track(this.#send(webhook, taken, { isOnce: true }));
    return settled ?? taken;
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#parts;
    const webhooks = (await listWebhooks(store.read)).filter(({ enabled }) => enabled);
    for (const webhook of webhooks) {
      await this.#fanOut(webhook);
      await this.#sendDue(webhook);
    }
    await this.#prune();
    if (this.#over.signal.aborted) return;
    const dueAt = webhooks.length === 0 ? undefined : await nextDeliveryAt(store.read);
    const untilDue = (dueAt ?? 0) - clock.now();
    // What is due and was not taken waits for one that is under way, whose end wakes us.
    const wait = untilDue > 0 ? Math.min(sweepMs, untilDue) : sweepMs;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(wait, () => this.wake(), { idle: true });
  }

  async #fanOut(webhook: Webhook): Promise<void> {
    const { store } = this.#parts;
    for (let cursor = webhook.eventId; !this.#over.signal.aborted; ) {
      const events = await tailEvents(store.read, cursor, batch);
      const last = events.at(-1)?.id;
      if (last === undefined) return;
      const wanted = events.filter(({ type }) => webhook.types.length === 0 || webhook.types.includes(type));
      await store.write(async (tx) => {
        for (const event of wanted) {
          const body = this.#messageOf(event);
          await insertDelivery(tx, { webhookId: webhook.id, eventId: event.id, type: event.type, body });
        }
        await moveWebhookCursor(tx, webhook.id, last);
      });
      cursor = last;
      if (events.length < batch) return;
    }
  }

  async #sendDue(webhook: Webhook): Promise<void> {
    const limit = perWebhook - (this.#underWay.get(webhook.id) ?? 0);
    if (limit <= 0 || this.#over.signal.aborted) return;
    const taken = await this.#parts.store.write((tx) => takeDeliveries(tx, { webhookId: webhook.id, limit, holdMs }));
    for (const delivery of taken) {
      this.#count(webhook.id, 1);
      void this.#track(
        this.#send(webhook, delivery).finally(() => {
          this.#count(webhook.id, -1);
          this.wake();
        }),
      );
    }
  }

  #count(webhookId: number, change: 1 | -1): void {
    this.#underWay.set(webhookId, (this.#underWay.get(webhookId) ?? 0) + change);
  }

  async #track<T>(sending: Promise<T>): Promise<T | undefined> {
    const watched = sending.catch((error: unknown) => {
      this.#parts.log.warn({ error }, 'the outcome of a delivery was not noted; it is tried again');
      return undefined;
    });
    this.#sending.add(watched);
    try {
      return await watched;
    } finally {
      this.#sending.delete(watched);
    }
  }

  async #send(webhook: Webhook, delivery: Delivery, { isOnce = false } = {}): Promise<Delivery | undefined> {
    const { clock, store, random, log } = this.#parts;
    const { body, tries } = delivery;
    const id = messageIdOf(delivery);
    const headers = {
      'content-type': 'application/json',
      'user-agent': `Drover/${this.#parts.version}`,
      ...signatureHeaders({ id, at: clock.now(), body }, this.#secretsOf(webhook)),
    };
    const { isOk, status, error, retryAfterMs, isGone } = await this.#poster.post(
      webhook.url,
      headers,
      body,
      this.#over.signal,
    );
    webhookTries.inc({ result: isOk ? 'ok' : 'failed' });
    if (this.#over.signal.aborted && !isOk) return undefined; // we cut it ourselves: its hold ends, and it is tried again
    const wait = isOk || isGone || isOnce ? undefined : waitAfter(tries, random, retryAfterMs);
    const outcome: DeliveryOutcome = {
      state: isOk ? 'delivered' : wait === undefined ? 'dead' : 'pending',
      status,
      error,
      dueAt: clock.now() + (wait ?? 0),
    };
    if (!isOk) log.info({ webhook: webhook.id, delivery: delivery.id, tries, status, why: error }, 'a delivery failed');
    return store.write(async (tx) => {
      if (isGone) {
        await updateWebhook(
          tx,
          webhook.id,
          { enabled: false, disabledReason: 'the receiver answered 410: it wants nothing more' },
          { change: 'switched off' },
        );
      }
      return settleDelivery(tx, delivery.id, outcome);
    });
  }

  /** The former one signs along for a while after a change. */
  #secretsOf({ secret, formerSecret, formerUntil }: Webhook): string[] {
    const { sealer, clock } = this.#parts;
    const isBoth = formerSecret !== null && (formerUntil ?? 0) > clock.now();
    return [secret, ...(isBoth ? [formerSecret] : [])].map((sealed) => sealer.open(sealed));
  }

  #messageOf(event: Omit<StoredEvent, 'id' | 'type'> & { id: number | null; type: string }): string {
    const { id, type, at, subject, person, body } = event;
    const timestamp = isoTime(at, this.#parts.timeZone());
    const message: WebhookMessage = { type, timestamp, data: { event_id: id, subject, person, body } };
    return JSON.stringify(message);
  }

  async #prune(): Promise<void> {
    const { clock, store } = this.#parts;
    if (clock.monotonic() - this.#prunedAt < pruneEveryMs) return;
    this.#prunedAt = clock.monotonic();
    const now = clock.now();
    await store.write((tx) =>
      pruneDeliveries(tx, { deliveredBefore: now - keepDeliveredMs, deadBefore: now - keepDeadMs }),
    );
  }
}

/** The same for every try, so that a receiver knows what it has had. */
export const messageIdOf = ({ id, webhookId, eventId }: Pick<Delivery, 'id' | 'webhookId' | 'eventId'>): string =>
  eventId === null ? `msg_${webhookId}_test_${id}` : `msg_${webhookId}_${eventId}`;
