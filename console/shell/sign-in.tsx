import { Button, Code, PasswordInput, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logIn, showSession } from '../../src/contract/operations/sessions.ts';
import { call } from './api.ts';
import { tellFailure } from './notify.tsx';
import { type Refusal, session } from './session.ts';
import classes from './sign-in.module.css';

/** Shown when the server does not take this browser: why, and the two ways in. */
export function SignIn({ why }: { why: Refusal }) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t(`signIn.titles.${why}`)} · Drover`;
  }, [why, t]);
  // The link opens in another tab as a rule: back in this one, it goes on.
  useEffect(() => {
    const look = () => {
      call(showSession).then(
        () => session.entered(),
        () => undefined, // still not logged in
      );
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);

  const enter = async () => {
    const code = loginCode(text);
    if (code === undefined) {
      session.enter(text);
      return;
    }
    setBusy(true);
    await call(logIn, { body: { code } }).then(
      () => session.entered(),
      (error: unknown) => tellFailure(t('signIn.failed'), error, i18n),
    );
    setBusy(false);
  };

  return (
    <main className={classes.room}>
      <form
        className={classes.box}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void enter();
        }}
      >
        <Stack gap="sm">
          <h1>{t(`signIn.titles.${why}`)}</h1>
          <p>{t('signIn.link')}</p>
          <Code block>npx --no-install drover login</Code>
          <p>{t('signIn.open')}</p>
          <PasswordInput
            label={t('signIn.token')}
            description={t('signIn.kept')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Button type="submit" loading={isBusy} disabled={text.trim() === ''}>
            {t('signIn.enter')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}

/** The code of a printed link, or the code itself; undefined: it is a token. */
const loginCode = (text: string): string | undefined => /drover_login_[\w-]+/.exec(text)?.[0];
