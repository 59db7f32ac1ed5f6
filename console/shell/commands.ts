import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Something that can be done now: by its keys, and from the palette. */
export interface Command {
  id: string;
  /** As the reader's language says it. */
  label: string;
  /** `g w` one after the other, `mod+k` together, `?`. None: palette only. */
  keys?: string;
  /** Heading in the sheet of keys. */
  section: string;
  run(): void;
}

/** How long the second key of a pair may take. */
const pairMs = 1_200;

class Commands {
  readonly #sets = new Map<symbol, () => readonly Command[]>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #firstKey = '';
  #firstAt = 0;

  get version(): number {
    return this.#version;
  }

  list(): readonly Command[] {
    return [...this.#sets.values()].flatMap((commands) => commands());
  }

  add(commands: () => readonly Command[]): () => void {
    const name = Symbol();
    this.#sets.set(name, commands);
    this.#tell();
    return () => {
      this.#sets.delete(name);
      this.#tell();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const isMod = event.ctrlKey || event.metaKey;
    if (!isMod && (isTyping(event.target) || isInDialog(event.target))) return;
    const key = isMod ? `mod+${event.key.toLowerCase()}` : event.key;
    const pair = performance.now() - this.#firstAt < pairMs && this.#firstKey ? `${this.#firstKey} ${key}` : '';
    // The page on top registers last: its keys win over those of the frame.
    const all = this.list().toReversed();
    const command = all.find(({ keys }) => keys === pair && pair !== '') ?? all.find(({ keys }) => keys === key);
    this.#firstKey = command ? '' : key;
    this.#firstAt = performance.now();
    if (!command) return;
    event.preventDefault();
    command.run();
  };

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

export const commands = new Commands();

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="dialog"]') !== null;

/** Offers commands for as long as the component is on the screen. */
export function useCommands(list: readonly Command[]): void {
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => commands.add(() => latest.current), []);
}

export function useCommandList(): readonly Command[] {
  useSyncExternalStore(commands.subscribe, () => commands.version);
  return commands.list();
}
