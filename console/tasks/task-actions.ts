import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteTask, deleteTasks, retryTask, stopTask } from '../../src/contract/operations/tasks.ts';
import { call } from '../shell/api.ts';
import { tellDone, tellFailure } from '../shell/notify.tsx';

export type TaskAction = 'stop' | 'retry' | 'delete';

interface Wish {
  action: TaskAction;
  ids: readonly number[];
}

interface Outcome {
  done: readonly number[];
  failed: readonly unknown[];
}

const one: Readonly<Record<TaskAction, (task_id: number) => Promise<unknown>>> = {
  stop: (task_id) => call(stopTask, { params: { task_id } }),
  retry: (task_id) => call(retryTask, { params: { task_id } }),
  delete: (task_id) => call(deleteTask, { params: { task_id } }),
};

const atOnce = 4;

async function run({ action, ids }: Wish): Promise<Outcome> {
  if (action === 'delete' && ids.length > 1) {
    const { task_ids } = await call(deleteTasks, { body: { task_ids: [...ids] } });
    return { done: task_ids, failed: [] };
  }
  const left = [...ids];
  const done: number[] = [];
  const failed: unknown[] = [];
  const work = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      await one[action](id).then(
        () => done.push(id),
        (error: unknown) => failed.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done, failed };
}

const refresh = (client: QueryClient, ids: readonly number[]): void => {
  for (const id of ids) void client.invalidateQueries({ queryKey: ['task', id] });
  void client.invalidateQueries({ queryKey: ['tasks'] });
  void client.invalidateQueries({ queryKey: ['stats'] });
};

/** Stops, retries or deletes tasks and tells how it went. A stop offers to be taken back: the task runs again. */
export function useTaskActions() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: run,
    onSettled: (_, __, { ids }) => refresh(client, ids),
    onSuccess: ({ done, failed }, { action }) => {
      if (done.length > 0) {
        const undo = { label: t('tasks.runAgain'), run: () => mutation.mutate({ action: 'retry', ids: done }) };
        tellDone(t(`tasks.done.${action}`, { count: done.length }), action === 'stop' ? undo : undefined);
      }
      if (failed.length > 0) tellFailure(t(`tasks.refused.${action}`, { count: failed.length }), failed[0], i18n);
    },
    onError: (error, { action, ids }) => tellFailure(t(`tasks.refused.${action}`, { count: ids.length }), error, i18n),
  });
  return mutation;
}
