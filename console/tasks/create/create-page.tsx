import { Button, Collapse, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { createTasks } from '../../../src/contract/operations/tasks.ts';
import { scriptNames } from '../../../src/contract/script-names.ts';
import { call } from '../../shell/api.ts';
import { ApiError } from '../../shell/api-error.ts';
import { useCommands } from '../../shell/commands.ts';
import { Icon } from '../../shell/icons.tsx';
import { tellDone, tellFailure } from '../../shell/notify.tsx';
import { Page } from '../../shell/page.tsx';
import { oneOf, useParams } from '../../shell/params.ts';
import type { FieldSchema } from '../../shell/schema.ts';
import { SchemaField } from '../../shell/schema-field.tsx';
import classes from './create-page.module.css';
import { bodyOf, defaultsOf, fieldOf, filledIn, problemOf, propertiesOf, type TaskDraft } from './draft.ts';
import { Executors } from './executors.tsx';
import { examples, isAdvanced, isFieldShown, longFields } from './fields.ts';
import { Preview } from './preview.tsx';
import { When } from './when.tsx';

/** Makes tasks: which script, on which phones or accounts, when; and what would come of it, before it is done. */
export function CreatePage() {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const client = useQueryClient();
  const [params, changeParams] = useParams();
  const script = oneOf(scriptNames, params.get('script')) ?? 'post';
  const [draft, setDraft] = useState<TaskDraft>(() => ({
    script,
    by: 'serials',
    serials: (params.get('serials') ?? '').split(',').filter(Boolean),
    usernames: [],
    config: filledIn(propertiesOf(script), params),
    multiAccount: false,
    startTime: '',
    minInterval: 0,
    maxInterval: 0,
  }));
  const change = (more: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...more }));
  const [isTried, setTried] = useState(false);
  const body = useMemo(() => bodyOf(draft), [draft]);
  const problem = useMemo(() => problemOf(body), [body]);
  // One key for one filled-in form: pressing twice makes the tasks once.
  const [key, setKey] = useState(() => crypto.randomUUID());

  const create = useMutation({
    mutationFn: () =>
      call(createTasks, { body, headers: { 'idempotency-key': `console-${key}` } }) as Promise<{ task_ids: number[] }>,
    onSuccess: ({ task_ids: ids }) => {
      void client.invalidateQueries({ queryKey: ['tasks'] });
      setKey(crypto.randomUUID());
      const [first] = ids;
      go(ids.length === 1 && first !== undefined ? `/tasks/${first}` : '/tasks');
      tellDone(t('create.done', { count: ids.length }));
    },
    onError: (error) => {
      // Another body needs another key; the same one after a lost answer keeps it.
      if (error instanceof ApiError && !error.isUnreachable) setKey(crypto.randomUUID());
      tellFailure(t('create.failed'), error, i18n);
    },
  });
  const submit = () => {
    setTried(true);
    if (!problem) create.mutate();
  };
  useCommands([{ id: 'send', label: t('create.send'), keys: 'mod+enter', section: t('tasks.create'), run: submit }]);
  const errorOf = (name: string) =>
    isTried && problem && fieldOf(problem.path) === name ? problem.message : undefined;

  return (
    <Page title={t('tasks.create')}>
      <form
        className={classes.columns}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={classes.form}>
          <SegmentedControl
            aria-label={t('tasks.script')}
            className={classes.scripts ?? ''}
            value={script}
            data={scriptNames.map((value) => ({ value, label: t(`scripts.${value}`) }))}
            onChange={(value) => {
              const next = oneOf(scriptNames, value) ?? 'post';
              changeParams({ script: next });
              change({ script: next, config: defaultsOf(propertiesOf(next)) });
              setTried(false);
            }}
          />
          <p className={classes.about}>{t(`create.about.${script}`)}</p>
          <Executors draft={draft} onChange={change} error={errorOf('serials') ?? errorOf('usernames')} />
          <ConfigFields draft={draft} onChange={change} errorOf={errorOf} />
          <When draft={draft} onChange={change} errorOf={errorOf} />
        </div>
        <div className={classes.side}>
          <Preview body={body} problem={problem} />
          <Button type="submit" fullWidth loading={create.isPending} leftSection={<Icon name="play" />}>
            {t('create.send')}
          </Button>
          {isTried && problem && (
            <p role="alert" className={classes.problem}>
              {problem.message}
            </p>
          )}
        </div>
      </form>
    </Page>
  );
}

interface ConfigFieldsProps {
  draft: TaskDraft;
  onChange: (more: Partial<TaskDraft>) => void;
  errorOf: (name: string) => string | undefined;
}

function ConfigFields({ draft: { script, config }, onChange, errorOf }: ConfigFieldsProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const entries = Object.entries(propertiesOf(script)).filter(([key]) => isFieldShown(key, config));
  const field = ([key, schema]: [string, FieldSchema]) =>
    schema.properties ? (
      <fieldset key={key} className={classes.inner}>
        <legend>{t('create.textService')}</legend>
        {Object.entries(schema.properties).map(([name, inner]) => (
          <SchemaField
            key={name}
            name={name}
            schema={inner}
            isLong={longFields.has(name)}
            value={(config[key] as Record<string, unknown>)[name]}
            onChange={(value) =>
              onChange({ config: { ...config, [key]: { ...(config[key] as object), [name]: value } } })
            }
            error={name === 'api_key' ? errorOf(key) : undefined}
          />
        ))}
      </fieldset>
    ) : (
      <SchemaField
        key={`${script} ${key}`}
        name={key}
        schema={schema}
        isLong={longFields.has(key)}
        placeholder={examples[key]}
        value={config[key]}
        onChange={(value) => onChange({ config: { ...config, [key]: value } })}
        error={errorOf(key)}
      />
    );
  const rare = entries.filter(([key]) => isAdvanced(script, key));
  return (
    <>
      {entries.filter(([key]) => !isAdvanced(script, key)).map(field)}
      {rare.length > 0 && (
        <div>
          <UnstyledButton
            className={classes.more ?? ''}
            aria-expanded={isOpen}
            onClick={() => setOpen((before) => !before)}
          >
            <Icon name={isOpen ? 'down' : 'right'} /> {t('create.more')}
          </UnstyledButton>
          <Collapse expanded={isOpen || rare.some(([key]) => errorOf(key) !== undefined)}>
            <div className={classes.rare}>{rare.map(field)}</div>
          </Collapse>
        </div>
      )}
    </>
  );
}
