import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { installApp, uploadFile } from '../../src/contract/operations/device-hand.ts';
import { urlOf } from '../shell/api.ts';
import { ApiError } from '../shell/api-error.ts';
import { errorText } from '../shell/said.ts';
import { sendBody } from '../shell/send-body.ts';
import type { Hold } from './hold.ts';

/** A file or an app on its way to the phone. */
export interface Transfer {
  id: number;
  name: string;
  state: 'waiting' | 'sending' | 'working' | 'sent' | 'installed' | 'failed' | 'taken';
  /** 0 to 1 */
  share: number;
  problem: string;
}

interface Job {
  file: File;
  folder: string;
  replace: boolean;
  over: AbortController;
}

let nextId = 1;
const isApp = ({ name }: File): boolean => /\.apk$/i.test(name);

export const isEnded = ({ state }: Transfer): boolean => !['waiting', 'sending', 'working'].includes(state);

/**
 * What is on its way to a phone: one after the other, because the line to it is one; each under a hold, taken for as long
 * as something is on its way.
 */
export function useTransfers(serial: string, hold: Pick<Hold, 'during'>) {
  const client = useQueryClient();
  const { i18n } = useTranslation();
  const [transfers, setTransfers] = useState<readonly Transfer[]>([]);
  const jobs = useRef(new Map<number, Job>());
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef({ hold, i18n });
  latest.current = { hold, i18n };
  const change = useCallback(
    (id: number, to: Partial<Transfer>) =>
      setTransfers((before) => before.map((one) => (one.id === id ? { ...one, ...to } : one))),
    [],
  );

  const run = async (id: number, job: Job) => {
    const { file, over } = job;
    if (over.signal.aborted) return;
    const onShare = (share: number) =>
      change(id, share < 1 ? { state: 'sending', share } : { state: 'working', share });
    change(id, { state: 'sending', share: 0, problem: '' });
    try {
      await latest.current.hold.during((token) => {
        const { url, type } = wayOf(serial, job, token);
        return sendBody(url, file, { type, onShare, signal: over.signal });
      });
      change(id, { state: isApp(file) ? 'installed' : 'sent', share: 1 });
      void client.invalidateQueries({ queryKey: ['files', serial] });
    } catch (error) {
      if (over.signal.aborted) return;
      const isTaken = error instanceof ApiError && error.errorCode === 'conflict.name';
      change(id, { state: isTaken ? 'taken' : 'failed', problem: isTaken ? '' : problemOf(error) });
    }
  };
  /** In the phone's own words where it has some: they begin with Android's reason. */
  const problemOf = (error: unknown): string => {
    const { said, next } = errorText(latest.current.i18n, error);
    return [said, next].filter(Boolean).join(' · ');
  };
  const start = (id: number, job: Job) => {
    jobs.current.set(id, job);
    line.current = line.current.then(() => run(id, job));
  };

  const add = (files: readonly File[], folder: string) => {
    for (const file of files) {
      const id = nextId++;
      setTransfers((before) => [...before, { id, name: file.name, state: 'waiting', share: 0, problem: '' }]);
      start(id, { file, folder, replace: false, over: new AbortController() });
    }
  };
  const replace = (id: number) => {
    const job = jobs.current.get(id);
    if (!job) return;
    change(id, { state: 'waiting', share: 0 });
    start(id, { ...job, replace: true });
  };
  /** Stops it when it is still on its way. */
  const close = (id: number) => {
    jobs.current.get(id)?.over.abort();
    jobs.current.delete(id);
    setTransfers((before) => before.filter((one) => one.id !== id));
  };
  return { transfers, add, replace, close };
}

function wayOf(serial: string, { file, folder, replace }: Job, hold: number): { url: string; type: string } {
  if (isApp(file))
    return { url: urlOf(installApp.path, { serial }, { hold, name: file.name }), type: String(installApp.bodyContent) };
  const query = { hold, folder, name: file.name, replace };
  return { url: urlOf(uploadFile.path, { serial }, query), type: String(uploadFile.bodyContent) };
}
