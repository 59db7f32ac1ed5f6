import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { listTasks } from '../../src/contract/operations/tasks.ts';
import { maxPageSize } from '../../src/contract/page.ts';
import type { ListTasksQuery, Task } from '../../src/contract/task.ts';
import { call } from '../shell/api.ts';

export type TaskFilter = Pick<Partial<ListTasksQuery>, 'status' | 'serial' | 'script_name' | 'source'>;

const pageQuery = (filter: TaskFilter, page: number) => ({
  queryKey: ['tasks', 'list', filter, page],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call(listTasks, { query: { ...filter, page, page_size: maxPageSize }, signal }),
});

export interface TaskRows {
  total: number;
  rowAt(index: number): Task | undefined;
  error: unknown;
  isLoading: boolean;
  refetch(): void;
}

/** A list of any length: only the pages that `from` to `to` lie on are fetched. */
export function useTaskRows(filter: TaskFilter, { from, to }: { from: number; to: number }): TaskRows {
  const first = useQuery({ ...pageQuery(filter, 1), placeholderData: keepPreviousData, refetchInterval: 10_000 });
  const firstPage = Math.floor(from / maxPageSize) + 1;
  const lastPage = Math.floor(Math.max(from, to) / maxPageSize) + 1;
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index).filter(
    (page) => page > 1,
  );
  const others = useQueries({ queries: numbers.map((page) => pageQuery(filter, page)) });
  return {
    total: first.data?.total ?? 0,
    rowAt(index) {
      const page = Math.floor(index / maxPageSize) + 1;
      const list = page === 1 ? first.data : others[numbers.indexOf(page)]?.data;
      return list?.tasks[index % maxPageSize];
    },
    error: first.error ?? undefined,
    isLoading: first.isLoading,
    refetch: () => void first.refetch(),
  };
}
