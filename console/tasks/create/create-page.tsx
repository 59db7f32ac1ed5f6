import { Button } from '@mantine/core';
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
import classes from './create-page.module.css';
import { bodyOf, emptyDraft, filledIn, problemOf, propertiesOf, type TaskDraft } from './draft.ts';
import { CurlBox, PlanPreview } from './preview.tsx';
import { TaskFields } from './task-fields.tsx';
import { When } from './when.tsx';

/** Makes tasks: which script, on which phones or accounts, when; and what would come of it, before it is done. */
export function CreatePage() {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const client = useQueryClient();
  const [params, changeParams] = useParams();
  const script = oneOf(scriptNames, params.get('script')) ?? 'post';
  const [draft, setDraft] = useState<TaskDraft>(() => ({
    ...emptyDraft(script),
    serials: (params.get('serials') ?? '').split(',').filter(Boolean),
    config: filledIn(propertiesOf(script), params),
  }));
  const change = (more: Partial<TaskDraft>) => {
    if (more.script) {
      changeParams({ script: more.script });
      setTried(false);
    }
    setDraft((before) => ({ ...before, ...more }));
  };
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
  const shownProblem = isTried ? problem : undefined;

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
          <TaskFields draft={draft} onChange={change} problem={shownProblem} />
          <When draft={draft} onChange={change} problem={shownProblem} />
        </div>
        <div className={classes.side}>
          <PlanPreview title={t('create.preview')} body={body} problem={problem} />
          <CurlBox body={body} />
          <Button type="submit" fullWidth loading={create.isPending} leftSection={<Icon name="play" />}>
            {t('create.send')}
          </Button>
          {shownProblem && (
            <p role="alert" className={classes.problem}>
              {shownProblem.message}
            </p>
          )}
        </div>
      </form>
    </Page>
  );
}
