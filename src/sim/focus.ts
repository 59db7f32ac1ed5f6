import type { UiNode, UiWindow } from './parts.ts';

interface Field {
  key: string;
  node: UiNode;
}

/**
 * Which text field has the focus. Trees are made anew each time, so a field is known by its window, id (or key) and
 * place among its likes; when it is no longer in the tree the focus is gone.
 */
export class Focus {
  #focused: Field | undefined;
  #known = new Set<string>();
  #isKeyboardOpen = false;

  get isKeyboardOpen(): boolean {
    return this.#isKeyboardOpen;
  }

  /** The field as of the last look. */
  get node(): UiNode | undefined {
    return this.#focused?.node;
  }

  hideKeyboard(): void {
    this.#isKeyboardOpen = false;
  }

  blur(): void {
    const before = this.#focused;
    this.#focused = undefined;
    this.#isKeyboardOpen = false;
    before?.node.onFocus?.(false);
  }

  /** A field was touched: it has the focus and the keyboard opens. */
  touch(node: UiNode, windows: readonly UiWindow[]): void {
    const field = fieldsOf(windows).find((candidate) => candidate.node === node);
    if (field) this.#set(field);
  }

  /**
   * Looks at a fresh tree and marks the focused field in it. True when the focus or the keyboard changed by that, so that
   * the app may want to lay its screen out again.
   */
  update(windows: readonly UiWindow[]): boolean {
    const fields = fieldsOf(windows);
    const known = this.#known;
    this.#known = new Set(fields.map((field) => field.key));
    const wanted = fields.findLast((field) => field.node.autoFocus && !known.has(field.key));
    if (wanted && wanted.key !== this.#focused?.key) {
      this.#set(wanted);
      return true;
    }
    if (!this.#focused) return false;
    const same = fields.find((field) => field.key === this.#focused?.key);
    if (!same) {
      this.blur();
      return true;
    }
    this.#focused = same;
    same.node.focused = true;
    return false;
  }

  #set(field: Field): void {
    if (this.#focused && this.#focused.key !== field.key) this.#focused.node.onFocus?.(false);
    const isNew = this.#focused?.key !== field.key;
    this.#focused = field;
    this.#isKeyboardOpen = true;
    field.node.focused = true;
    if (isNew) field.node.onFocus?.(true);
  }
}

function fieldsOf(windows: readonly UiWindow[]): Field[] {
  const counts = new Map<string, number>();
  const fields: Field[] = [];
  const walk = (node: UiNode, scope: string): void => {
    if (node.onText && node.enabled !== false) {
      const name = `${scope}|${node.key ?? node.id ?? ''}`;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      fields.push({ key: `${name}|${count}`, node });
    }
    for (const child of node.children ?? []) walk(child, scope);
  };
  for (const window of windows) walk(window.root, `${window.package}|${window.key ?? ''}`);
  return fields;
}
