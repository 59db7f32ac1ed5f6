import { keycodes } from './keycodes.ts';
import type { UiNode } from './parts.ts';
import { type AppiumKeys, appiumKeys } from './system/appium-keys.ts';

/** Editor actions with which a field is left: go, search, send, done (android.view.inputmethod.EditorInfo). */
const leavingActions: ReadonlySet<number> = new Set([2, 3, 4, 6]);

/** What keys do to the text of the focused field, and what the input method in use makes of them before. */
export class Typing {
  readonly #field: () => UiNode | undefined;
  readonly #inputMethod: () => string;
  #keys: { inputMethod: string; fieldKey: string; keys: AppiumKeys | undefined } | undefined;

  constructor(options: { field: () => UiNode | undefined; inputMethod: () => string }) {
    this.#field = options.field;
    this.#inputMethod = options.inputMethod;
  }

  /** What a keyboard on the screen writes, and what is pasted. False when nothing has the focus. */
  write(text: string, { replace = false }: { replace?: boolean } = {}): boolean {
    const field = this.#field();
    if (!field?.onText) return false;
    field.onText(replace ? text : (field.text ?? '') + text);
    return true;
  }

  /** Keys of a hardware keyboard, one a character. */
  press(text: string): boolean {
    const field = this.#field();
    if (!field?.onText) return false;
    const keys = this.#keysFor(field);
    if (!keys) return this.write(text);
    for (const character of text) {
      const typed = keys.press(character);
      if (typed?.is === 'text') this.write(typed.text);
      else if (typed && leavingActions.has(typed.code)) this.#field()?.onEnter?.();
    }
    return true;
  }

  /** Enter and the keys that take text away. */
  edit(code: number): void {
    const field = this.#field();
    switch (code) {
      case keycodes.enter:
      case keycodes.numpadEnter:
        if (field?.onEnter) field.onEnter();
        else this.write('\n');
        return;
      case keycodes.del:
        field?.onText?.([...(field.text ?? '')].slice(0, -1).join(''));
        return;
      case keycodes.clear:
        field?.onText?.('');
    }
  }

  /** An input method begins anew with each field. */
  #keysFor(field: UiNode): AppiumKeys | undefined {
    const inputMethod = this.#inputMethod();
    const fieldKey = field.key ?? field.id ?? '';
    if (this.#keys?.inputMethod !== inputMethod || this.#keys.fieldKey !== fieldKey) {
      this.#keys = { inputMethod, fieldKey, keys: appiumKeys(inputMethod) };
    }
    return this.#keys.keys;
  }
}
