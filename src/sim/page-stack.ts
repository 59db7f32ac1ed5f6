import type { CancelTimer, Clock } from '../base/clock.ts';

interface Entered<Page> {
  key: number;
  page: Page;
}

/**
 * Where the user of an app is: a stack of pages, at most one sheet over the topmost, and dialogs over all. Holds no
 * opinion about what they are. Every change is told, because each may be seen.
 */
export class PageStack<Page, Sheet, Dialog> {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #timers = new Set<CancelTimer>();
  #stack: Entered<Page>[] = [];
  #sheet: Sheet | undefined;
  #dialogs: Dialog[] = [];
  #lastKey = 0;

  constructor({ clock, changed }: { clock: Clock; changed: () => void }) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get page(): Page | undefined {
    return this.#stack.at(-1)?.page;
  }

  get depth(): number {
    return this.#stack.length;
  }

  get sheet(): Sheet | undefined {
    return this.#sheet;
  }

  get dialog(): Dialog | undefined {
    return this.#dialogs.at(-1);
  }

  /** The topmost page's new state. */
  replace(page: Page): void {
    const entered = this.#stack.at(-1);
    if (entered) entered.page = page;
    this.#changed();
  }

  push(page: Page): void {
    this.#sheet = undefined;
    this.#stack.push({ key: ++this.#lastKey, page });
    this.#changed();
  }

  /** False when it is the last one, which stays. */
  pop(): boolean {
    if (this.#stack.length < 2) return false;
    this.#sheet = undefined;
    this.#stack.pop();
    this.#changed();
    return true;
  }

  /** Goes down to the topmost page that fits; false when none does, and nothing changed. */
  popTo(isWanted: (page: Page) => boolean): boolean {
    const index = this.#stack.findLastIndex(({ page }) => isWanted(page));
    if (index < 0) return false;
    this.#sheet = undefined;
    this.#stack.length = index + 1;
    this.#changed();
    return true;
  }

  /** Forgets where the user was. */
  reset(page: Page): void {
    this.#sheet = undefined;
    this.#stack = [{ key: ++this.#lastKey, page }];
    this.#changed();
  }

  showSheet(sheet: Sheet | undefined): void {
    this.#sheet = sheet;
    this.#changed();
  }

  showDialog(dialog: Dialog): void {
    if (!this.#dialogs.includes(dialog)) this.#dialogs.push(dialog);
    this.#changed();
  }

  closeDialog(dialog: Dialog): void {
    this.#dialogs = this.#dialogs.filter((shown) => shown !== dialog);
    this.#changed();
  }

  dropDialogs(): void {
    this.#dialogs = [];
    this.#changed();
  }

  /** Calls back after that time if the page that is topmost now still is. */
  later(ms: number, fn: () => void): void {
    const key = this.#stack.at(-1)?.key;
    this.always(ms, () => {
      if (this.#stack.at(-1)?.key === key) fn();
    });
  }

  /** Calls back after that time whatever is shown then, unless the process died. */
  always(ms: number, fn: () => void): void {
    const cancel = this.#clock.after(
      ms,
      () => {
        this.#timers.delete(cancel);
        fn();
        this.#changed();
      },
      { idle: true },
    );
    this.#timers.add(cancel);
  }

  clearTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  /** The process died. */
  clear(): void {
    this.clearTimers();
    this.#stack = [];
    this.#sheet = undefined;
    this.#dialogs = [];
  }
}
