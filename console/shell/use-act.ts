import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryKey } from './event-keys.ts';
import { tellDone, tellFailure } from './notify.tsx';

export interface Act {
  /** Told when it is done. */
  done: string;
  /** Told when it is refused. */
  failed: string;
  /** Answers that it makes stale. */
  stale: readonly QueryKey[];
}

/** Changes something at the server and says how it went. Resolves to the answer, or undefined when it was refused. */
export function useAct() {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(0);
  const act = useCallback(
    async <T>({ done, failed, stale }: Act, work: () => Promise<T>): Promise<T | undefined> => {
      setBusy((before) => before + 1);
      try {
        const answer = await work();
        if (done !== '') tellDone(done);
        return answer;
      } catch (error) {
        tellFailure(failed, error, i18n);
        return undefined;
      } finally {
        setBusy((before) => before - 1);
        for (const queryKey of stale) void client.invalidateQueries({ queryKey: [...queryKey] });
      }
    },
    [client, i18n],
  );
  return { act, isBusy: busy > 0 };
}
