import { ActionIcon, Alert, Button, Code, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  redeliverDead,
  testWebhook,
} from '../../src/contract/operations/webhooks.ts';
import type { Webhook } from '../../src/contract/webhook.ts';
import { call } from '../shell/api.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Icon } from '../shell/icons.tsx';
import rows from '../shell/rows.module.css';
import { useAct } from '../shell/use-act.ts';
import { Part } from './part.tsx';

const stale = [['webhooks']];

export function WebhooksPart() {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const webhooks = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => call(listWebhooks, { query: { page_size: 100 }, signal }),
    refetchInterval: 10_000,
  });
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState<string>();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await act({ done: '', failed: t('access.webhookFailed'), stale }, () =>
      call(createWebhook, { body: { name, url, types: [], enabled: true } }),
    );
    if (!answer) return;
    setSecret(answer.signing_secret);
    setName('');
    setUrl('');
  };
  const list = webhooks.data?.webhooks ?? [];
  return (
    <Part title={t('access.webhooks')} why={t('access.webhooksWhy')}>
      <form onSubmit={(event) => void make(event)} className={rows.tools}>
        <TextInput
          size="xs"
          required
          aria-label={t('access.webhookName')}
          placeholder={t('access.webhookName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          required
          type="url"
          w={320}
          aria-label={t('access.url')}
          placeholder="https://hooks.example.com/drover"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" loading={isBusy}>
          {t('access.makeWebhook')}
        </Button>
      </form>
      {secret !== undefined && (
        <Alert
          color="green"
          title={t('access.secretOnce')}
          mb="sm"
          withCloseButton
          onClose={() => setSecret(undefined)}
          closeButtonLabel={t('shell.close')}
        >
          <Code block>{secret}</Code>
        </Alert>
      )}
      {list.length > 0 && (
        <div className={rows.scroller}>
          <table className={rows.rows}>
            <tbody>
              {list.map((webhook) => (
                <Row key={webhook.id} webhook={webhook} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}

function Row({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const confirm = useConfirm();
  const params = { webhook_id: webhook.id };
  const failed = t('access.webhookFailed');
  return (
    <tr>
      <td>
        {webhook.name}
        <small dir="auto">{webhook.url}</small>
        {webhook.disabled_reason !== null && <small dir="auto">{webhook.disabled_reason}</small>}
      </td>
      <td data-tight="">
        {t('access.pending', { count: webhook.pending })}
        {webhook.dead > 0 && (
          <small>
            {t('access.dead', { count: webhook.dead })}{' '}
            <Button
              size="compact-xs"
              variant="light"
              loading={isBusy}
              onClick={() =>
                void act({ done: t('access.again'), failed, stale }, () => call(redeliverDead, { params }))
              }
            >
              {t('access.redeliver')}
            </Button>
          </small>
        )}
      </td>
      <td>
        <Switch
          size="xs"
          aria-label={t('access.enabled', { name: webhook.name })}
          checked={webhook.enabled}
          disabled={isBusy}
          onChange={(event) => {
            const body = { enabled: event.currentTarget.checked };
            void act({ done: '', failed, stale }, () => call(changeWebhook, { params, body }));
          }}
        />
      </td>
      <td data-tight="">
        <div className={rows.acts}>
          <Button
            size="compact-xs"
            variant="default"
            loading={isBusy}
            onClick={() => void act({ done: t('access.tested'), failed, stale }, () => call(testWebhook, { params }))}
          >
            {t('access.test')}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('access.deleteWebhook', { name: webhook.name })}
            onClick={async () => {
              const text = t('access.deleteWebhookSure', { name: webhook.name });
              const title = t('access.deleteWebhook', { name: webhook.name });
              if (!(await confirm({ title, text, yes: t('lists.delete'), isDangerous: true }))) return;
              void act({ done: '', failed, stale }, () => call(deleteWebhook, { params }));
            }}
          >
            <Icon name="bin" />
          </ActionIcon>
        </div>
      </td>
    </tr>
  );
}
