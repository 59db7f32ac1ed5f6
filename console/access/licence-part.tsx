import { Button, Code, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { installLicense, showLicense } from '../../src/contract/operations/server.ts';
import { call } from '../shell/api.ts';
import { Failed } from '../shell/errors.tsx';
import { Instant } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';
import { Part } from './part.tsx';

export function LicencePart() {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const licence = useQuery({ queryKey: ['license'], queryFn: ({ signal }) => call(showLicense, { signal }) });
  const [key, setKey] = useState('');
  const install = async (event: FormEvent) => {
    event.preventDefault();
    const told = { done: t('access.installed'), failed: t('access.installFailed'), stale: [['license']] };
    if (await act(told, () => call(installLicense, { body: { key: key.trim() } }))) setKey('');
  };
  const { data } = licence;
  return (
    <Part title={t('access.licence')} why={data?.message ?? ''}>
      {licence.isError && <Failed error={licence.error} onAgain={() => void licence.refetch()} />}
      {data && (
        <>
          <p>
            {t('access.plan', { plan: data.plan_name, count: data.device_limit })}
            {data.installed && (
              <>
                {' · '}
                {data.installed.holder}
                {data.installed.expires_at !== null && (
                  <>
                    {' · '}
                    {t('access.until')} <Instant at={data.installed.expires_at} />
                  </>
                )}
                {data.installed.problem !== null && ` · ${data.installed.problem}`}
              </>
            )}
          </p>
          <p>
            {t('access.machine')} <Code>{data.machine_id}</Code>
          </p>
        </>
      )}
      <form onSubmit={(event) => void install(event)}>
        <Textarea
          size="xs"
          required
          label={t('access.key')}
          autosize
          minRows={2}
          maxRows={6}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button size="xs" mt="xs" type="submit" loading={isBusy}>
          {t('access.install')}
        </Button>
      </form>
    </Part>
  );
}
