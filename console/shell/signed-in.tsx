import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { logOut } from '../../src/contract/operations/sessions.ts';
import { call } from './api.ts';
import { useCommands } from './commands.ts';
import { Icon } from './icons.tsx';
import { tellFailure } from './notify.tsx';
import { useSession } from './queries.ts';
import { session } from './session.ts';
import classes from './signed-in.module.css';

/** Who is signed in, and the way out where there is one: on the machine of the server nobody needs to sign in. */
export function SignedIn() {
  const { t } = useTranslation();
  const { data: who } = useSession();
  if (!who) return null;
  return (
    <div className={classes.who} title={t(`access.scopes.${who.scope}`)}>
      <span className={classes.name}>
        <span className="out-of-sight">{t('signIn.as')} </span>
        <bdi>{who.name}</bdi>
      </span>
      {canLeave(who.expires_at) && <LogOut />}
    </div>
  );
}

/** Whoever was let in by the address alone would be let in again at once. */
const canLeave = (expiresAt: string | null): boolean => expiresAt !== null || session.token !== '';

function LogOut() {
  const { t, i18n } = useTranslation();
  const leave = () => {
    call(logOut).then(
      () => session.leave(),
      (error: unknown) => tellFailure(t('signIn.stillIn'), error, i18n),
    );
  };
  useCommands([{ id: 'log-out', label: t('signIn.logOut'), section: t('keys.everywhere'), run: leave }]);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      onClick={leave}
      aria-label={t('signIn.logOut')}
      title={t('signIn.logOut')}
    >
      <Icon name="leave" />
    </ActionIcon>
  );
}
