import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

const names: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
};

export function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation();
  return (
    <>
      {keys.split(' ').map((stroke, index) => (
        <Fragment key={stroke}>
          {index > 0 && <span> {t('keys.next')} </span>}
          {stroke.split('+').map((key) => (
            <Kbd key={key} size="xs">
              {key === 'mod' ? 'Ctrl' : (names[key] ?? key.toUpperCase())}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </>
  );
}
