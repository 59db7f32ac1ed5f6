import { Button, Checkbox, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src/contract/account.ts';
import { changeAccount, createAccount } from '../../src/contract/operations/accounts.ts';
import { type Platform, platforms } from '../../src/contract/script-names.ts';
import { call } from '../shell/api.ts';
import { useDevices } from '../shell/queries.ts';
import { useAct } from '../shell/use-act.ts';

interface AccountFormProps {
  account: Account | undefined;
  /** Phone of a new account, as a first guess. */
  serial?: string | undefined;
  onClose(): void;
}

/** Adds an account to the list, or changes one. Nothing is registered anywhere, and no password is asked for. */
export function AccountForm({ account, serial, onClose }: AccountFormProps) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const { data: devices = [] } = useDevices();
  const [platform, setPlatform] = useState<Platform>(account?.platform ?? 'tiktok');
  const [username, setUsername] = useState(account?.username ?? '');
  const [device, setDevice] = useState(account?.device ?? serial ?? null);
  const [packagename, setPackage] = useState(account?.packagename ?? '');
  const [email, setEmail] = useState(account?.email ?? '');
  const [tags, setTags] = useState<string[]>(account?.tags ?? []);
  const [owned, setOwned] = useState(account?.owned ?? false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { username, device, packagename: packagename || null, email: email || null, tags, owned };
    const told = { done: t('accounts.saved', { name: username }), failed: t('accounts.failed', { name: username }) };
    const saved = await act({ ...told, stale: [['accounts'], ['tasks']] }, () =>
      account
        ? call(changeAccount, { params: { account_id: account.id }, body })
        : call(createAccount, { body: { platform, ...body } }),
    );
    if (saved) onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={account ? t('accounts.change') : t('accounts.add')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {!account && (
            <Select
              label={t('accounts.platform')}
              allowDeselect={false}
              value={platform}
              data={platforms.map((value) => ({ value, label: t(`platforms.${value}`) }))}
              onChange={(value) => setPlatform(value === 'instagram' ? 'instagram' : 'tiktok')}
            />
          )}
          <TextInput
            data-autofocus
            required
            label={t('accounts.username')}
            placeholder="@lena.makes"
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <Select
            label={t('accounts.phone')}
            description={t('accounts.phoneWhy')}
            clearable
            searchable
            limit={50}
            value={device}
            data={options(
              devices.map(({ serial, name }) => ({
                value: serial,
                label: name && name !== serial ? `${name} (${serial})` : serial,
              })),
              device,
            )}
            onChange={setDevice}
          />
          <TextInput
            label={t('accounts.package')}
            description={t('accounts.packageWhy')}
            value={packagename}
            onChange={(event) => setPackage(event.currentTarget.value)}
          />
          <TextInput
            label={t('accounts.email')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TagsInput label={t('accounts.tags')} value={tags} onChange={setTags} />
          <Checkbox
            label={t('accounts.mine')}
            description={t('accounts.mineWhy')}
            checked={owned}
            onChange={(event) => setOwned(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('lists.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t('accounts.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A phone that was named before it was ever seen stays choosable. */
const options = (known: { value: string; label: string }[], chosen: string | null) =>
  chosen === null || known.some(({ value }) => value === chosen) ? known : [...known, { value: chosen, label: chosen }];
