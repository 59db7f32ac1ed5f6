import { Button, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeSettings } from '../../src/contract/operations/settings.ts';
import type { Setting } from '../../src/contract/setting.ts';
import { call } from '../shell/api.ts';
import { Failed } from '../shell/errors.tsx';
import { Page } from '../shell/page.tsx';
import { useSettings } from '../shell/queries.ts';
import { type FieldSchema, fieldWords, optionWords } from '../shell/schema.ts';
import { Ago } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';
import classes from './settings-page.module.css';

/** What can be changed while the server runs. Fields, bounds and explanations come from the schemas of the settings. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useSettings();
  const list = settings.data?.settings ?? [];
  const groups = Map.groupBy(list, ({ key }) => (key.includes('.') ? (key.split('.')[0] ?? '') : 'general'));
  return (
    <Page title={t('nav.settings')} lead={t('settings.lead')}>
      {settings.isError && list.length === 0 && (
        <Failed error={settings.error} onAgain={() => void settings.refetch()} />
      )}
      {[...groups].map(([group, rows]) => (
        <section key={group} className={classes.group} aria-label={group}>
          <h2>{groupName(t, group)}</h2>
          {rows.map((setting) => (
            <Row key={`${setting.key} ${JSON.stringify(setting.value)}`} setting={setting} />
          ))}
        </section>
      ))}
    </Page>
  );
}

/** A group that is newer than the catalogue shows its own name. */
const groupName = (t: TFunction, group: string): string =>
  (t as unknown as (key: string, options: { defaultValue: string }) => string)(`settings.groups.${group}`, {
    defaultValue: group,
  });

function Row({ setting }: { setting: Setting }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const [value, setValue] = useState<unknown>(setting.value);
  const isChanged = JSON.stringify(value) !== JSON.stringify(setting.value);
  const save = (wanted: unknown) =>
    void act(
      {
        done: t('settings.saved', { key: setting.key }),
        failed: t('settings.failed', { key: setting.key }),
        stale: [['settings']],
      },
      () => call(changeSettings, { body: { [setting.key]: wanted } }),
    );
  return (
    <div className={classes.row}>
      <div className={classes.field}>
        <Field setting={setting} value={value} onValue={setValue} />
      </div>
      <div className={classes.side}>
        {isChanged && (
          <Button size="compact-sm" loading={isBusy} onClick={() => save(value)}>
            {t('accounts.save')}
          </Button>
        )}
        {setting.origin === 'changed' && !isChanged && (
          <>
            <Button size="compact-xs" variant="default" loading={isBusy} onClick={() => save(null)}>
              {t('settings.reset')}
            </Button>
            <small>
              {setting.changed_by} {setting.changed_at !== null && <Ago at={setting.changed_at} />}
            </small>
          </>
        )}
        {setting.ceiling !== null && <small>{t('settings.ceiling', { value: setting.ceiling })}</small>}
      </div>
    </div>
  );
}

interface FieldProps {
  setting: Setting;
  value: unknown;
  onValue(value: unknown): void;
}

function Field({ setting: { key, schema }, value, onValue }: FieldProps) {
  const { t } = useTranslation();
  const { label, help } = fieldWords(t, key, schema as FieldSchema);
  const name = (
    <>
      {label} <code className={classes.key}>{key}</code>
    </>
  );
  const shared = { label: name, description: help };
  const optionsOf = (list: readonly unknown[]) =>
    list.map((one) => ({ value: String(one), label: optionWords(t, key, String(one)) }));
  const items = read(schema.items, 'enum');
  if (schema.type === 'boolean') {
    return <Switch {...shared} checked={value === true} onChange={(event) => onValue(event.currentTarget.checked)} />;
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const [min, max] = [numberOf(schema.minimum), numberOf(schema.maximum)];
    return (
      <NumberInput
        {...shared}
        size="xs"
        allowDecimal={schema.type === 'number'}
        clampBehavior="none"
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        value={typeof value === 'number' ? value : ''}
        onChange={(number) => onValue(typeof number === 'number' ? number : Number(number) || 0)}
      />
    );
  }
  if (Array.isArray(items)) {
    return <MultiSelect {...shared} size="xs" data={optionsOf(items)} value={textsOf(value)} onChange={onValue} />;
  }
  if (schema.type === 'array') {
    return <TagsInput {...shared} size="xs" value={textsOf(value)} onChange={onValue} />;
  }
  if (Array.isArray(schema.enum)) {
    return (
      <Select
        {...shared}
        size="xs"
        allowDeselect={false}
        data={optionsOf(schema.enum)}
        value={String(value)}
        onChange={onValue}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      size="xs"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
