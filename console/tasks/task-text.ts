import type { Task } from '../../src/contract/task.ts';

/** What tells this task from others of its script: whom it is about, or what it says. Undefined: nothing does. */
export function subjectOf({ script_config: config }: Pick<Task, 'script_config'>): string | undefined {
  const first = (value: unknown) => (Array.isArray(value) ? value.find((one) => typeof one === 'string') : value);
  for (const key of ['target_users', 'target_post_urls', 'captions', 'topic', 'material_list']) {
    const text: unknown = first(config[key]);
    if (typeof text === 'string' && text.trim() !== '') return text.trim().slice(0, 300);
  }
  return undefined;
}

export type Standing = 'pending' | 'running' | 'completed' | 'failed' | 'unconfirmed' | 'held';

export function standingOf({
  status_text,
  failure,
  waiting,
}: Pick<Task, 'status_text' | 'failure' | 'waiting'>): Standing {
  if (failure?.unconfirmed) return 'unconfirmed';
  if (status_text === 'pending' && waiting?.reason === 'review') return 'held';
  return status_text;
}

export const canStop = ({ status }: Pick<Task, 'status'>): boolean => status === 0 || status === 1;
export const canRetry = ({ status, failure }: Pick<Task, 'status' | 'failure'>): boolean =>
  status === 3 && failure?.unconfirmed !== true;
