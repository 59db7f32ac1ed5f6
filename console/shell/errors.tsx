import { Button, Code, Group } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './errors.module.css';
import { Icon } from './icons.tsx';
import { errorText } from './said.ts';

interface BoundaryProps {
  /** Another value starts afresh: what failed on one page does not cover the next. */
  resetKey: string;
  children: ReactNode;
}

/** Catches what breaks while a page is drawn; the frame around it lives on. */
export class ErrorBoundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.resetKey !== this.props.resetKey && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <Broken error={this.state.error} onAgain={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isOldPage = /dynamically imported module|module script/i.test(text);
  return (
    <div role="alert" className={classes.box}>
      <h2>{isOldPage ? t('errors.oldPage') : t('errors.broken')}</h2>
      <p>{isOldPage ? t('errors.oldPageNext') : t('errors.brokenNext')}</p>
      <Code block>{text}</Code>
      <Group mt="md" gap="xs">
        <Button onClick={() => window.location.reload()} leftSection={<Icon name="retry" />}>
          {t('errors.reload')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('errors.again')}
        </Button>
      </Group>
    </div>
  );
}

/** Why a part of a page has nothing to show, and what to do about it. */
export function Failed({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const { t, i18n } = useTranslation();
  const { said, next } = errorText(i18n, error);
  return (
    <div role="alert" className={classes.box}>
      <h2>{t('errors.failed')}</h2>
      <p dir="auto">{said}</p>
      {next && <p className={classes.next}>{next}</p>}
      {onAgain && (
        <Button variant="default" size="xs" onClick={onAgain} leftSection={<Icon name="retry" />}>
          {t('errors.again')}
        </Button>
      )}
    </div>
  );
}
