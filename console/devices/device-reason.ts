import type { i18n } from 'i18next';
import type { Device } from '../../src/contract/device.ts';

/** What to do about a phone that is seen and cannot work yet; a key of `guide.advice`. Undefined: it works. */
export function adviceFor({ state, adb_state: adb }: Pick<Device, 'state' | 'adb_state'>) {
  if (state === 'ready') return undefined;
  return adb === 'no permissions' ? 'permissions' : state;
}

/**
 * Why a phone is not ready; undefined: it is, or nobody knows. The server says so in English, without a code; in other
 * languages the advice for its state takes that place, but for trouble that only the server's words can tell.
 */
export function reasonText({ t, language }: Pick<i18n, 't' | 'language'>, device: Device): string | undefined {
  const advice = adviceFor(device);
  if (advice === undefined || device.reason === null) return undefined;
  return language === 'en' || advice === 'ailing' ? device.reason : t(`guide.advice.${advice}`);
}
