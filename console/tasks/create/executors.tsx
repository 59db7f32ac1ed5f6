import { MultiSelect, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccounts, useDevices, useGroups } from '../../shell/queries.ts';
import classes from './create-page.module.css';
import { errorAt, type FieldsProps } from './draft.ts';

/** Who does it: phones, each as the account that is active on it, or accounts wherever they live. */
export function Executors({ draft, onChange, problem }: FieldsProps) {
  const error = errorAt(problem, 'serials') ?? errorAt(problem, 'usernames') ?? errorAt(problem, 'groups');
  const { t } = useTranslation();
  const { data: devices = [] } = useDevices();
  const { data: accounts = [] } = useAccounts();
  const { data: groups = [] } = useGroups();
  const phones = devices.map(({ serial, name, state }) => ({
    value: serial,
    label: `${name || serial}${name ? ` (${serial})` : ''}${state === 'ready' ? '' : ` · ${t(`devices.states.${state}`)}`}`,
  }));
  const people = accounts.flatMap(({ username, platform }) =>
    username === null ? [] : [{ value: `@${username}`, label: `@${username} · ${platform}` }],
  );
  return (
    <div className={classes.group}>
      <SegmentedControl
        size="xs"
        aria-label={t('create.who')}
        value={draft.by}
        data={[
          { value: 'serials', label: t('create.byPhone') },
          { value: 'usernames', label: t('create.byAccount') },
        ]}
        onChange={(value) => onChange({ by: value === 'usernames' ? 'usernames' : 'serials' })}
      />
      {draft.by === 'serials' ? (
        <>
          <MultiSelect
            label={t('create.phones')}
            description={t('create.phonesHelp')}
            placeholder={draft.serials.length === 0 ? t('create.choosePhones') : ''}
            searchable
            clearable
            limit={100}
            nothingFoundMessage={t('palette.none')}
            error={error}
            data={withUnknown(phones, draft.serials)}
            value={[...draft.serials]}
            onChange={(serials) => onChange({ serials })}
          />
          {(groups.length > 0 || draft.groups.length > 0) && (
            <MultiSelect
              label={t('create.groups')}
              description={t('create.groupsHelp')}
              searchable
              clearable
              limit={100}
              nothingFoundMessage={t('palette.none')}
              data={withUnknown(
                groups.map(({ name }) => ({ value: name, label: name })),
                draft.groups,
              )}
              value={[...draft.groups]}
              onChange={(chosen) => onChange({ groups: chosen })}
            />
          )}
          <Switch
            label={t('create.multi')}
            description={t('create.multiHelp')}
            checked={draft.multiAccount}
            onChange={(event) => onChange({ multiAccount: event.currentTarget.checked })}
          />
        </>
      ) : (
        <MultiSelect
          label={t('create.accounts')}
          description={people.length === 0 ? t('create.noAccounts') : t('create.accountsHelp')}
          placeholder={draft.usernames.length === 0 ? t('create.chooseAccounts') : ''}
          searchable
          clearable
          limit={100}
          nothingFoundMessage={t('palette.none')}
          error={error}
          data={withUnknown(dedupe(people), draft.usernames)}
          value={[...draft.usernames]}
          onChange={(usernames) => onChange({ usernames })}
        />
      )}
    </div>
  );
}

interface Option {
  value: string;
  label: string;
}

/** A phone named in the address may have gone meanwhile; it stays chosen, and the preview says what is wrong. */
const withUnknown = (options: readonly Option[], chosen: readonly string[]): Option[] => [
  ...options,
  ...chosen
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, label: value })),
];

const dedupe = (options: readonly Option[]): Option[] => [
  ...new Map(options.map((option) => [option.value, option])).values(),
];
