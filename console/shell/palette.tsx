import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type Command, useCommandList } from './commands.ts';
import { Keys } from './keys.tsx';
import classes from './palette.module.css';
import { useDevices } from './queries.ts';

const mostShown = 50;

/** Everything that can be done or opened, found by typing. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size="lg" yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('shell.palette')}>{isOpen && <Inside onClose={onClose} />}</Modal.Content>
    </Modal.Root>
  );
}

function Inside({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(text);
  const field = useRef<HTMLInputElement>(null);
  // At once, not a moment later: whoever opens it types on.
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, listId]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };

  return (
    <>
      <input
        ref={field}
        className={classes.input}
        placeholder={t('palette.hint')}
        aria-label={t('palette.hint')}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('shell.palette')} className={classes.list}>
        {found.map((command, index) => (
          // The keys are handled by the field above, which keeps the focus.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={classes.option}
            onClick={() => run(command)}
            onMouseMove={() => setAt(index)}
          >
            <span dir="auto">{command.label}</span>
            {command.keys && (
              <span className={classes.keys}>
                <Keys keys={command.keys} />
              </span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={classes.none} role="status">
          {t('palette.none')}
        </p>
      )}
    </>
  );
}

function useFound(text: string): readonly Command[] {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const list = useCommandList();
  const { data: devices = [] } = useDevices();
  return useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (label: string) => words.every((word) => label.toLowerCase().includes(word));
    const taskId = /^#?(\d{1,12})$/.exec(text.trim())?.[1];
    const open = (id: string, label: string, path: string): Command => ({
      id,
      label,
      section: '',
      run: () => go(path),
    });
    return [
      ...(taskId ? [open('task', t('palette.task', { id: taskId }), `/tasks/${taskId}`)] : []),
      ...list.filter(({ label, id }) => id !== 'palette' && fits(label)),
      ...(words.length === 0
        ? []
        : devices
            .filter(({ serial, name }) => fits(`${name} ${serial}`))
            .slice(0, mostShown)
            .map(({ serial, name }) =>
              open(
                `phone-${serial}`,
                t('palette.phone', { name: name || serial, serial }),
                `/devices/${encodeURIComponent(serial)}`,
              ),
            )),
    ].slice(0, mostShown);
  }, [text, list, devices, go, t]);
}
