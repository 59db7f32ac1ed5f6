/** Waiting came to its end; anything else (a stop, a phone that is gone) is not for a script to judge. */
export const isTimeout = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'phone.timeout';
