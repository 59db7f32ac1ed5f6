import { ActionIcon, Alert, Button, Code, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createToken, listTokens, revokeToken } from '../../src/contract/operations/tokens.ts';
import { scopes } from '../../src/contract/token.ts';
import { call } from '../shell/api.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Icon } from '../shell/icons.tsx';
import rows from '../shell/rows.module.css';
import { Ago } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';
import { Part } from './part.tsx';

const stale = [['tokens']];

export function TokensPart() {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const confirm = useConfirm();
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => call(listTokens, { query: { page_size: 100 }, signal }),
  });
  const [name, setName] = useState('');
  const [scope, setScope] = useState<(typeof scopes)[number]>('read');
  const [made, setMade] = useState<string>();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await act({ done: '', failed: t('access.tokenFailed'), stale }, () =>
      call(createToken, { body: { name, scope } }),
    );
    if (!answer) return;
    setMade(answer.token);
    setName('');
  };
  return (
    <Part title={t('access.tokens')} why={t('access.tokensWhy')}>
      <form onSubmit={(event) => void make(event)} className={rows.tools}>
        <TextInput
          size="xs"
          required
          aria-label={t('access.tokenName')}
          placeholder={t('access.tokenName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          size="xs"
          allowDeselect={false}
          aria-label={t('access.scope')}
          value={scope}
          data={scopes.map((value) => ({ value, label: t(`access.scopes.${value}`) }))}
          onChange={(value) => setScope(scopes.find((one) => one === value) ?? 'read')}
        />
        <Button size="xs" type="submit" loading={isBusy}>
          {t('access.makeToken')}
        </Button>
      </form>
      {made !== undefined && (
        <Alert
          color="green"
          title={t('access.shownOnce')}
          mb="sm"
          withCloseButton
          onClose={() => setMade(undefined)}
          closeButtonLabel={t('shell.close')}
        >
          <Code block>{made}</Code>
        </Alert>
      )}
      {(tokens.data?.tokens.length ?? 0) > 0 && (
        <div className={rows.scroller}>
          <table className={rows.rows}>
            <tbody>
              {tokens.data?.tokens.map(({ id, name: called, scope: may, used_at, created_at, created_by }) => (
                <tr key={id}>
                  <td>{called}</td>
                  <td data-tight="">{t(`access.scopes.${may}`)}</td>
                  <td>
                    {used_at === null ? t('access.neverUsed') : <Ago at={used_at} />}
                    <small>
                      {created_by} <Ago at={created_at} />
                    </small>
                  </td>
                  <td data-tight="">
                    <Group justify="flex-end">
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('access.revoke', { name: called })}
                        onClick={async () => {
                          const text = t('access.revokeSure', { name: called });
                          const title = t('access.revoke', { name: called });
                          if (!(await confirm({ title, text, yes: t('lists.delete'), isDangerous: true }))) return;
                          const told = {
                            done: t('access.revoked', { name: called }),
                            failed: t('access.tokenFailed'),
                            stale,
                          };
                          void act(told, () => call(revokeToken, { params: { token_id: id } }));
                        }}
                      >
                        <Icon name="bin" />
                      </ActionIcon>
                    </Group>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}
