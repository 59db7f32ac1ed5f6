import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import type { Account } from '../../src/contract/account.ts';
import type { Device } from '../../src/contract/device.ts';
import { listAccounts } from '../../src/contract/operations/accounts.ts';
import { getDevice, listDevices } from '../../src/contract/operations/devices.ts';
import { listGroups } from '../../src/contract/operations/groups.ts';
import { listPauses } from '../../src/contract/operations/pauses.ts';
import { listReview } from '../../src/contract/operations/review.ts';
import { showSession } from '../../src/contract/operations/sessions.ts';
import { listSettings } from '../../src/contract/operations/settings.ts';
import { getTask, listTasks, taskStats } from '../../src/contract/operations/tasks.ts';
import { maxPageSize } from '../../src/contract/page.ts';
import type { Task } from '../../src/contract/task.ts';
import { call } from './api.ts';
import { ApiError } from './api-error.ts';
import { session } from './session.ts';

/** Server state lives here and nowhere else; events say what is stale (event-keys.ts). */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: true,
        // The live connection tells when the server is back, and asks for everything then.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isUnreachable,
        retryDelay: 600,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });

/** Proofs have no events of their own, so the list is read again every few seconds. */
const proofEveryMs = 5_000;
const manyProofEveryMs = 15_000;
const many = 200;

/** All phones, by serial. */
export const useDevices = () =>
  useQuery({
    queryKey: ['devices'],
    queryFn: ({ signal }) => allDevices(signal),
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > many ? manyProofEveryMs : proofEveryMs),
    placeholderData: keepPreviousData,
  });

/** One phone has changed: it alone is read, however many there are. */
export async function refreshDevice(client: QueryClient, serial: string): Promise<void> {
  const device = await call(getDevice, { params: { serial } }).catch(() => undefined);
  const known = client.getQueryData<readonly Device[]>(['devices']);
  const at = known?.findIndex((one) => one.serial === serial) ?? -1;
  if (!device || !known || at < 0) await client.invalidateQueries({ queryKey: ['devices'] });
  else client.setQueryData<readonly Device[]>(['devices'], known.with(at, device));
}

async function allDevices(signal: AbortSignal): Promise<readonly Device[]> {
  const page = (number: number) =>
    call(listDevices, { query: { page: number, page_size: maxPageSize, sort: 'serial' }, signal });
  const first = await page(1);
  const others = Array.from({ length: Math.ceil(first.total / maxPageSize) - 1 }, (_, index) => page(index + 2));
  return [first, ...(await Promise.all(others))].flatMap(({ devices }) => devices);
}

/** Tasks that run now, by serial; progress has no events, so it is read again while there are any. */
export const useRunning = () =>
  useQuery({
    queryKey: ['tasks', 'running'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Task>> => {
      const page = (number: number) =>
        call(listTasks, { query: { status: 1, page: number, page_size: maxPageSize }, signal });
      const first = await page(1);
      const others = Array.from({ length: Math.ceil(first.total / maxPageSize) - 1 }, (_, index) => page(index + 2));
      const tasks = [first, ...(await Promise.all(others))].flatMap(({ tasks }) => tasks);
      return new Map(tasks.map((task) => [task.serial, task]));
    },
    refetchInterval: ({ state }) => ((state.data?.size ?? 0) > 0 ? 1_500 : 15_000),
  });

/** Who is signed in. Noted for the day the login runs out. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const who = await call(showSession, { signal });
      if (who.expires_at !== null) session.noteLogin();
      return who;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useStats = () => useQuery({ queryKey: ['stats'], queryFn: ({ signal }) => call(taskStats, { signal }) });

/** How much waits for a person. */
export const useOpenReviews = () =>
  useQuery({
    queryKey: ['reviews', 'count'],
    queryFn: ({ signal }) => call(listReview, { query: { page_size: 1 }, signal }),
  });

export const useTask = (id: number) =>
  useQuery({
    queryKey: ['task', id],
    queryFn: ({ signal }) => call(getTask, { params: { task_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 1 ? 1_500 : false),
  });

export const usePauses = () =>
  useQuery({ queryKey: ['pauses'], queryFn: ({ signal }) => call(listPauses, { signal }) });

/** All accounts, by id. */
export const useAccounts = () =>
  useQuery({
    queryKey: ['accounts', 'all'],
    queryFn: async ({ signal }): Promise<readonly Account[]> => {
      const page = (number: number) => call(listAccounts, { query: { page: number, page_size: maxPageSize }, signal });
      const first = await page(1);
      const others = Array.from({ length: Math.ceil(first.total / maxPageSize) - 1 }, (_, index) => page(index + 2));
      return [first, ...(await Promise.all(others))].flatMap(({ accounts }) => accounts);
    },
  });

/** All groups of phones, by name. */
export const useGroups = () =>
  useQuery({
    queryKey: ['groups'],
    queryFn: async ({ signal }) => (await call(listGroups, { query: { page_size: maxPageSize }, signal })).groups,
  });

export const useSettings = () =>
  useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => call(listSettings, { signal }) });
