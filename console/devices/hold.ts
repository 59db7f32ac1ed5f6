import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceInput } from '../../src/contract/device-input.ts';
import { holdDevice, releaseDevice, sendInput } from '../../src/contract/operations/devices.ts';
import { call, request, urlOf } from '../shell/api.ts';
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
  /** Types characters in the order in which they come, several at a time while the phone is slow. */
  type(character: string): void;
  /** Does something under a hold: the one there is, or one for as long as it takes. Throws what taking it or `work` throws. */
  during<T>(work: (token: number) => Promise<T>): Promise<T>;
}

/** The hold of this page on a phone: taken by a button, renewed while the page is open, given back when it is left. */
export function useHold(serial: string): Hold {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [token, setToken] = useState<number>();
  const [isTaking, setTaking] = useState(false);
  /** Taken by the button; otherwise the hold is for the work in `working` alone. */
  const [isOwn, setOwn] = useState(false);
  const working = useRef(0);
  const held = useRef<number | undefined>(undefined);
  held.current = token;

  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['devices'] }), [client]);
  const lose = useCallback(
    (text: string, error: unknown) => {
      setToken(undefined);
      setOwn(false);
      tellFailure(text, error, i18n);
      refresh();
    },
    [refresh, i18n],
  );

  const acquire = async () => {
    const { hold } = await call(holdDevice, { params: { serial } });
    held.current = hold.token;
    setToken(hold.token);
    refresh();
    return hold.token;
  };
  const take = async () => {
    setTaking(true);
    try {
      await acquire();
      setOwn(true);
    } catch (error) {
      lose(t('devices.holdRefused'), error);
    } finally {
      setTaking(false);
    }
  };
  const release = async () => {
    held.current = undefined;
    setToken(undefined);
    setOwn(false);
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
      const init = { method: 'POST', keepalive: true };
      request(urlOf(releaseDevice.path, { serial }), init).catch(() => undefined); // It lapses by itself in a minute.
    };
    window.addEventListener('pagehide', give);
    return () => {
      window.removeEventListener('pagehide', give);
      give();
    };
  }, [serial]);

  const send = async (act: Act) => {
    if (token === undefined) return;
    await call(sendInput, { params: { serial }, body: { ...act, hold: token } }).catch((error: unknown) =>
      tellFailure(t('devices.touchRefused'), error, i18n),
    );
  };

  const typed = useRef({ text: '', isSending: false });
  const type = async (character: string) => {
    const queue = typed.current;
    queue.text += character;
    if (queue.isSending) return;
    queue.isSending = true;
    while (queue.text !== '') {
      const { text } = queue;
      queue.text = '';
      await send({ text });
    }
    queue.isSending = false;
  };

  const own = useRef(false);
  own.current = isOwn;
  const during = async <T>(work: (token: number) => Promise<T>): Promise<T> => {
    working.current++;
    try {
      return await work(held.current ?? (await acquire()));
    } finally {
      working.current--;
      if (working.current === 0 && !own.current) await release();
    }
  };

  return {
    isHeld: token !== undefined && isOwn,
    isTaking,
    take: () => void take(),
    release: () => void release(),
    send: (act) => void send(act),
    type: (character) => void type(character),
    during,
  };
}
