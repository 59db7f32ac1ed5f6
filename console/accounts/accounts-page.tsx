import { ActionIcon, Anchor, Badge, Button, Select, Switch, TextInput, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../src/contract/account.ts';
import { type ExportFormat, exportFormats } from '../../src/contract/account-import.ts';
import {
  changeAccount,
  deleteAccount,
  disableAccount,
  enableAccount,
  exportAccounts,
  listAccounts,
} from '../../src/contract/operations/accounts.ts';
import { platforms } from '../../src/contract/script-names.ts';
import { call, urlOf } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { Icon } from '../shell/icons.tsx';
import { tellFailure } from '../shell/notify.tsx';
import { Page } from '../shell/page.tsx';
import { Pager } from '../shell/pager.tsx';
import { oneOf, useParams } from '../shell/params.ts';
import rows from '../shell/rows.module.css';
import { saveFile } from '../shell/save-file.ts';
import { Ago, Instant } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';
import { AccountForm } from './account-form.tsx';
import { ImportDialog } from './import-dialog.tsx';

const pageSize = 50;
const stale = [['accounts'], ['tasks']];

/** Which accounts live on which phones, and whose they are. */
export function AccountsPage() {
  const { t, i18n } = useTranslation();
  const [params, change] = useParams();
  const platform = oneOf(platforms, params.get('platform'));
  const username = params.get('q') ?? '';
  const tag = params.get('tag') ?? '';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const [open, setOpen] = useState<'new' | 'import' | Account>();
  const query = {
    page,
    page_size: pageSize,
    ...(platform && { platform }),
    ...(username !== '' && { username }),
    ...(tag !== '' && { tag }),
  };
  const accounts = useQuery({
    queryKey: ['accounts', query],
    queryFn: ({ signal }) => call(listAccounts, { query, signal }),
    placeholderData: keepPreviousData,
  });
  useCommands([
    { id: 'account-new', label: t('accounts.add'), keys: 'c', section: t('nav.accounts'), run: () => setOpen('new') },
    { id: 'account-import', label: t('accounts.import'), section: t('nav.accounts'), run: () => setOpen('import') },
  ]);
  const save = (format: ExportFormat) =>
    saveFile(urlOf(exportAccounts.path, {}, { format }), `accounts.${format}`).catch((error: unknown) =>
      tellFailure(t('accounts.exportFailed'), error, i18n),
    );
  const isFiltered = platform !== undefined || username !== '' || tag !== '';
  const list = accounts.data?.accounts ?? [];
  return (
    <Page
      title={t('nav.accounts')}
      lead={accounts.isSuccess ? t('accounts.count', { count: accounts.data.total }) : ''}
      actions={
        <>
          {exportFormats.map((format) => (
            <Button key={format} size="xs" variant="default" onClick={() => void save(format)}>
              {t(`accounts.exports.${format}`)}
            </Button>
          ))}
          <Button size="xs" variant="default" leftSection={<Icon name="upload" />} onClick={() => setOpen('import')}>
            {t('accounts.import')}
          </Button>
          <Button size="xs" leftSection={<Icon name="plus" />} onClick={() => setOpen('new')}>
            {t('accounts.add')}
          </Button>
        </>
      }
    >
      <search className={rows.tools ?? ''}>
        <TextInput
          size="xs"
          leftSection={<Icon name="search" />}
          placeholder={t('accounts.find')}
          aria-label={t('accounts.find')}
          value={username}
          onChange={(event) => change({ q: event.currentTarget.value, page: undefined })}
        />
        <TextInput
          size="xs"
          placeholder={t('accounts.tag')}
          aria-label={t('accounts.tag')}
          value={tag}
          onChange={(event) => change({ tag: event.currentTarget.value, page: undefined })}
        />
        <Select
          size="xs"
          clearable
          placeholder={t('accounts.anyPlatform')}
          aria-label={t('accounts.platform')}
          value={platform ?? null}
          data={platforms.map((value) => ({ value, label: t(`platforms.${value}`) }))}
          onChange={(value) => change({ platform: value ?? undefined, page: undefined })}
        />
      </search>
      {accounts.isError && list.length === 0 && (
        <Failed error={accounts.error} onAgain={() => void accounts.refetch()} />
      )}
      {accounts.isSuccess && list.length === 0 && (
        <Empty icon="accounts" title={isFiltered ? t('accounts.noneFits') : t('accounts.none')}>
          <p>{t('accounts.what')}</p>
        </Empty>
      )}
      {list.length > 0 && (
        <div className={rows.scroller}>
          <table className={rows.rows}>
            <thead>
              <tr>
                <th scope="col">{t('accounts.account')}</th>
                <th scope="col">{t('accounts.phone')}</th>
                <th scope="col">{t('accounts.login')}</th>
                <th scope="col">{t('accounts.owner')}</th>
                <th scope="col">{t('accounts.enabled')}</th>
                <th scope="col">
                  <VisuallyHidden>{t('lists.actions')}</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((account) => (
                <Row key={account.id} account={account} onEdit={() => setOpen(account)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager
        total={accounts.data?.total ?? 0}
        pageSize={pageSize}
        page={page}
        onPage={(number) => change({ page: String(number) })}
      />
      {open !== undefined && open !== 'import' && (
        <AccountForm account={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
      {open === 'import' && <ImportDialog onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function Row({ account, onEdit }: { account: Account; onEdit(): void }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const confirm = useConfirm();
  const params = { account_id: account.id };
  const name = account.username === null ? (account.email ?? `#${account.id}`) : `@${account.username}`;
  const failed = t('accounts.failed', { name });
  return (
    <tr>
      <td>
        <Anchor component="button" type="button" fz="inherit" onClick={onEdit} dir="auto">
          {name}
        </Anchor>
        <small>
          {t(`platforms.${account.platform}`)}
          {account.packagename !== null && ` · ${account.packagename}`}
        </small>
        {account.tags.map((tag) => (
          <Badge key={tag} size="xs" variant="default" me={4}>
            {tag}
          </Badge>
        ))}
      </td>
      <td>
        {account.device === null ? (
          t('accounts.noPhone')
        ) : (
          <Link href={`/devices/${encodeURIComponent(account.device)}`}>{account.device_name || account.device}</Link>
        )}
        {account.device !== null && (
          <small>{account.device_online ? account.device : t('accounts.offline', { serial: account.device })}</small>
        )}
      </td>
      <td>
        {t(`accounts.logins.${account.logined_text}`)}
        {account.paused_until !== null && (
          <small>
            {t('accounts.paused')} <Instant at={account.paused_until} />
          </small>
        )}
      </td>
      <td>
        {t(`accounts.ownership.${account.ownership}`)}
        {account.owned_at !== null && (
          <small>
            {account.owned_by} · <Ago at={account.owned_at} />
          </small>
        )}
        {account.ownership === 'none' && (
          <Button
            size="compact-xs"
            variant="light"
            loading={isBusy}
            onClick={() =>
              void act({ done: t('accounts.owned', { name }), failed, stale }, () =>
                call(changeAccount, { params, body: { owned: true } }),
              )
            }
          >
            {t('accounts.own')}
          </Button>
        )}
      </td>
      <td>
        <Switch
          size="xs"
          aria-label={t('accounts.enabledName', { name })}
          checked={account.status === 0}
          disabled={isBusy}
          onChange={(event) => {
            const operation = event.currentTarget.checked ? enableAccount : disableAccount;
            void act({ done: '', failed, stale }, () => call(operation, { params }));
          }}
        />
      </td>
      <td data-tight="">
        <div className={rows.acts}>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={isBusy}
            aria-label={t('accounts.delete', { name })}
            onClick={async () => {
              const text = t('accounts.deleteSure', { name });
              if (!(await confirm({ title: t('accounts.delete', { name }), text, yes: t('lists.delete') }))) return;
              void act({ done: t('accounts.deleted', { name }), failed, stale }, () => call(deleteAccount, { params }));
            }}
          >
            <Icon name="bin" />
          </ActionIcon>
        </div>
      </td>
    </tr>
  );
}
