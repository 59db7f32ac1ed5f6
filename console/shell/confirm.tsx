import { Button, Group, Modal } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Question {
  title: string;
  text: string;
  /** What the button says that does it. */
  yes: string;
  isDangerous?: boolean;
}

const Context = createContext<(question: Question) => Promise<boolean>>(async () => false);

/** Asks before something that cannot be taken back. */
export const useConfirm = (): ((question: Question) => Promise<boolean>) => useContext(Context);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ question: Question; answer: (isSure: boolean) => void }>();
  const ask = useCallback(
    (question: Question) => new Promise<boolean>((resolve) => setAsked({ question, answer: resolve })),
    [],
  );
  const close = useMemo(
    () => (isSure: boolean) => {
      asked?.answer(isSure);
      setAsked(undefined);
    },
    [asked],
  );
  return (
    <Context.Provider value={ask}>
      {children}
      <Modal
        opened={asked !== undefined}
        onClose={() => close(false)}
        title={asked?.question.title}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <p dir="auto">{asked?.question.text}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => close(false)}>
            {t('shell.cancel')}
          </Button>
          <Button color={asked?.question.isDangerous ? 'red' : 'teal'} onClick={() => close(true)} data-autofocus>
            {asked?.question.yes}
          </Button>
        </Group>
      </Modal>
    </Context.Provider>
  );
}
