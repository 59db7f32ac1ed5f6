import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** What a page shows stands in its address, so that it can be kept, sent and gone back to. */
export function useParams(): [URLSearchParams, (changes: Readonly<Record<string, string | undefined>>) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [key, value] of Object.entries(changes)) {
            if (value === undefined || value === '') after.delete(key);
            else after.set(key, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [params, change];
}

export const oneOf = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((known) => known === value);
