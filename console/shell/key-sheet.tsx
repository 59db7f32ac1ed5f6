import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommandList } from './commands.ts';
import classes from './key-sheet.module.css';
import { Keys } from './keys.tsx';

/** Every key that does something on this page. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useCommandList().filter(({ keys }) => keys !== undefined);
  const sections = Map.groupBy(list, ({ section }) => section);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('shell.keys')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={classes.columns}>
        {[...sections].map(([section, entries]) => (
          <section key={section}>
            <h3>{section}</h3>
            <dl>
              {entries.map(({ id, label, keys = '' }) => (
                <div key={id}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
