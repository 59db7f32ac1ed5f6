import type { AdbDevice } from '../adb/device.ts';
import { type Clock, sleep } from '../base/clock.ts';
import { type Ctx, withSignal } from '../base/context.ts';
import { type DroverError, hasCode } from '../base/error.ts';
import type { Agent } from './agent.ts';
import { shorten, type WireEntry } from './wire.ts';

export interface PhoneParts {
  device: AdbDevice;
  agent: Agent;
  clock: Clock;
  model: string;
  /** Release as people call it: `14`. */
  android: string;
}

/**
 * A ready phone in somebody's hands, good until `signal` aborts: then the phone or its automation server was lost, the
 * reason says which (`device.lost`, `phone.agent-down`), and a new Phone comes with the next time it is ready.
 * What it can do stands in one file per noun (gesture, text, packages, gallery, picture, screen).
 */
export class Phone {
  readonly serial: string;
  readonly model: string;
  readonly android: string;
  readonly device: AdbDevice;
  readonly agent: Agent;
  /** Set by whoever records; told of every exchange with the phone. */
  onWire: ((entry: WireEntry) => void) | undefined;
  /** Told of every answer. */
  onAnswer: (() => void) | undefined;
  readonly #clock: Clock;
  readonly #lost = new AbortController();

  constructor({ device, agent, clock, model, android }: PhoneParts) {
    this.serial = device.serial;
    this.model = model;
    this.android = android;
    this.device = device;
    this.agent = agent;
    this.#clock = clock;
    const onExchange = (direction: 'out' | 'in', text: string) => this.#record(direction, text);
    const onAnswer = () => this.onAnswer?.();
    device.listener = { onExchange, onAnswer };
    agent.listener = { ...agent.listener, onExchange, onAnswer };
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** From now on nothing is sent to the phone through this object. The first reason stays. */
  lose(reason: DroverError): void {
    this.#lost.abort(reason);
  }

  #record(direction: 'out' | 'in', text: string): void {
    this.onWire?.({ at: new Date(this.#clock.now()).toISOString(), direction, text: shorten(text) });
  }
}

/** A call that was cut off waits this long for whoever watches the phone to say why. */
const causeMs = 500;

/** `work` under a context that also ends when the phone is lost. */
export async function inHand<T>(ctx: Ctx, phone: Phone, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  using joined = withSignal(ctx, phone.signal);
  joined.signal.throwIfAborted();
  try {
    return await work(joined);
  } catch (error) {
    // A cut call looks the same for a crashed server and a pulled plug; the fleet knows a moment later which it was.
    if (hasCode(error, 'phone.agent-down')) await sleep(joined.clock, causeMs, joined.signal);
    throw error;
  }
}
