import type { Ctx } from '../base/context.ts';
import { KeyedQueue } from '../base/keyed-queue.ts';
import type { DeviceInput, InputKey } from '../contract/device-input.ts';
import { canReadClipboard, readClipboard, writeClipboard } from '../phone/clipboard.ts';
import { key, longPress, swipe, tap } from '../phone/gesture.ts';
import type { Phone } from '../phone/phone.ts';
import { type Orientation, type RotationWish, turnScreen } from '../phone/rotation.ts';
import { addText, typeText } from '../phone/text.ts';
import type { HeldPhones, HoldClaim } from './held.ts';

/** Android's own numbers. */
const keycodes: Readonly<Record<InputKey, number>> = {
  back: 4,
  home: 3,
  recents: 187,
  enter: 66,
  delete: 67,
  wake: 224,
  'volume-up': 24,
  'volume-down': 25,
};

const textLimitMs = 5_000;

/** Touches of people; a phone does one after the other. */
export class Inputs {
  readonly #held: HeldPhones;
  readonly #queue = new KeyedQueue<string>();

  constructor(held: HeldPhones) {
    this.#held = held;
  }

  /** Resolves when the phone has done it. Throws `device.held` without a hold of one's own, `device.not-ready` when the phone does not do it. */
  send(serial: string, input: DeviceInput, person: string): Promise<void> {
    return this.#queue.run(serial, () =>
      this.#held.use(serial, { hold: input.hold, person }, (ctx) => act(ctx, this.#held.phone(serial), input)),
    );
  }

  /** `isCertain` is false where the phone keeps its clipboard to itself, and an empty text says nothing. Throws `device.held` while a task runs. */
  readClipboard(serial: string): Promise<{ text: string; isCertain: boolean }> {
    return this.#queue.run(serial, () =>
      this.#held.look(serial, async (ctx) => {
        const phone = this.#held.phone(serial);
        const text = await readClipboard(ctx, phone);
        return { text, isCertain: text !== '' || canReadClipboard(phone) };
      }),
    );
  }

  writeClipboard(serial: string, claim: HoldClaim, text: string): Promise<void> {
    return this.#queue.run(serial, () =>
      this.#held.use(serial, claim, (ctx) => writeClipboard(ctx, this.#held.phone(serial), text)),
    );
  }

  /** Returns how the screen is then: what is in front may keep its own orientation. */
  turn(serial: string, claim: HoldClaim, wish: RotationWish): Promise<Orientation> {
    return this.#queue.run(serial, () =>
      this.#held.use(serial, claim, (ctx) => turnScreen(ctx, this.#held.phone(serial), wish)),
    );
  }
}

async function act(ctx: Ctx, phone: Phone, input: DeviceInput): Promise<void> {
  const { text, replace } = input;
  if (input.tap) await tap(ctx, phone, input.tap);
  else if (input.long_press) await longPress(ctx, phone, input.long_press);
  else if (input.swipe) await swipe(ctx, phone, input.swipe.from, input.swipe.to, input.swipe.ms);
  else if (input.key) await key(ctx, phone, keycodes[input.key]);
  else if (text !== undefined && replace) await typeText(ctx, phone, text, { timeoutMs: textLimitMs });
  else if (text !== undefined) await addText(ctx, phone, text, { timeoutMs: textLimitMs });
}
