import { CloseButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import classes from './notify.module.css';
import { errorText, type Words } from './said.ts';

export interface Notice {
  id: number;
  kind: 'done' | 'failed';
  text: string;
  more?: string | undefined;
  action?: { label: string; run(): void } | undefined;
}

const shownMs = 6_000;
const failureShownMs = 15_000;
const mostAtOnce = 4;

class Notices {
  #list: readonly Notice[] = [];
  #nextId = 1;
  readonly #listeners = new Set<() => void>();

  get list(): readonly Notice[] {
    return this.#list;
  }

  show(notice: Omit<Notice, 'id'>): void {
    const id = this.#nextId++;
    this.#set([...this.#list, { ...notice, id }].slice(-mostAtOnce));
    setTimeout(() => this.close(id), notice.kind === 'failed' ? failureShownMs : shownMs);
  }

  close(id: number): void {
    this.#set(this.#list.filter((notice) => notice.id !== id));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(list: readonly Notice[]): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

export const notices = new Notices();

export const tellDone = (text: string, action?: Notice['action']): void => notices.show({ kind: 'done', text, action });

/** `error` in words: what the server said and what can be done. */
export function tellFailure(text: string, error: unknown, words: Words): void {
  const { said, next } = errorText(words, error);
  notices.show({ kind: 'failed', text, more: [said, next].filter(Boolean).join(' · ') });
}

export function NoticeArea() {
  const { t } = useTranslation();
  const list = useSyncExternalStore(notices.subscribe, () => notices.list);
  return (
    <section className={classes.area} aria-label={t('shell.notices')} aria-live="polite">
      {list.map(({ id, kind, text, more, action }) => (
        <div key={id} className={classes.notice} data-kind={kind}>
          <span className={classes.sign}>
            <Icon name={kind === 'done' ? 'check' : 'warn'} />
          </span>
          <div className={classes.words}>
            <div>{text}</div>
            {more && (
              <div className={classes.more} dir="auto">
                {more}
              </div>
            )}
            {action && (
              <button type="button" className={classes.action} onClick={action.run}>
                {action.label}
              </button>
            )}
          </div>
          <CloseButton size="sm" aria-label={t('shell.close')} onClick={() => notices.close(id)} />
        </div>
      ))}
    </section>
  );
}
