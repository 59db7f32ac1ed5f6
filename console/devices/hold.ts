import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceInput } from '../../src/contract/device-input.ts';
import { holdDevice, releaseDevice, sendInput } from '../../src/contract/operations/devices.ts';
import { apiPath, call } from '../shell/api.ts';
import { tellFailure } from '../shell/notify.tsx';

/** A hold lasts a minute; renewed this often it outlasts a lost request. */
const renewEveryMs = 20_000;

export type Act = Omit<DeviceInput, 'hold'>;

export interface Hold {
  isHeld: boolean;
  isTaking: boolean;
  take(): void;
  release(): void;
  /** Does nothing without a hold. */
  send(act: Act): void;
}

/** The hold of this page on a phone: taken by a button, renewed while the page is open, given back when it is left. */
export function useHold(serial: string): Hold {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [token, setToken] = useState<number>();
  const [isTaking, setTaking] = useState(false);
  const held = useRef<number | undefined>(undefined);
  held.current = token;

  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['devices'] }), [client]);
  const lose = useCallback(
    (text: string, error: unknown) => {
      setToken(undefined);
      tellFailure(text, error, i18n);
      refresh();
    },
    [refresh, i18n],
  );

  const take = async () => {
    setTaking(true);
    try {
      setToken((await call(holdDevice, { params: { serial } })).hold.token);
      refresh();
    } catch (error) {
      lose(t('devices.holdRefused'), error);
    } finally {
      setTaking(false);
    }
  };
  const release = async () => {
    setToken(undefined);
    await call(releaseDevice, { params: { serial } }).catch(() => undefined); // It lapses by itself in a minute.
    refresh();
  };

  useEffect(() => {
    if (token === undefined) return;
    const timer = setInterval(() => {
      call(holdDevice, { params: { serial } }).then(
        ({ hold }) => setToken(hold.token),
        (error: unknown) => lose(t('devices.holdLost'), error),
      );
    }, renewEveryMs);
    return () => clearInterval(timer);
  }, [token, serial, lose, t]);

  useEffect(() => {
    const give = () => {
      if (held.current === undefined) return;
      held.current = undefined;
      // The page may be gone before an answer comes.
      void fetch(`${apiPath}/devices/${encodeURIComponent(serial)}/release`, { method: 'POST', keepalive: true });
    };
    window.addEventListener('pagehide', give);
    return () => {
      window.removeEventListener('pagehide', give);
      give();
    };
  }, [serial]);

  const send = (act: Act) => {
    if (token === undefined) return;
    call(sendInput, { params: { serial }, body: { ...act, hold: token } }).catch((error: unknown) =>
      tellFailure(t('devices.touchRefused'), error, i18n),
    );
  };
  return { isHeld: token !== undefined, isTaking, take: () => void take(), release: () => void release(), send };
}
