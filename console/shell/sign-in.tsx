import { Button, Code, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from './session.ts';
import classes from './sign-in.module.css';

/** Shown when the server wants a token and this tab has none, or one that it no longer takes. */
export function SignIn() {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  return (
    <main className={classes.room}>
      <form
        className={classes.box}
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') session.enter(token);
        }}
      >
        <Stack gap="sm">
          <h1>{t('signIn.title')}</h1>
          <p>{t('signIn.why')}</p>
          <Code block>drover token create console --scope admin</Code>
          <PasswordInput
            label={t('signIn.token')}
            description={t('signIn.kept')}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Button type="submit" disabled={token.trim() === ''}>
            {t('signIn.enter')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}
