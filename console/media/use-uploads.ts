import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { AddedMediaList } from '../../src/contract/media.ts';
import { uploadMedia } from '../../src/contract/operations/media.ts';
import { urlOf } from '../shell/api.ts';
import { sendBody } from '../shell/send-body.ts';

export interface Upload {
  id: number;
  name: string;
  /** 0 to 1; 1 while the server looks at what it got. */
  share: number;
  state: 'sending' | 'done' | 'known' | 'failed';
  problem?: string;
}

let nextId = 1;

/** Files on their way to the library, one request each so that one that is refused stops no other. */
export function useUploads() {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const change = useCallback(
    (id: number, to: Partial<Upload>) =>
      setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, ...to } : upload))),
    [],
  );
  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const id = nextId++;
        setUploads((before) => [...before, { id, name: file.name, share: 0, state: 'sending' }]);
        send(file, (share) => change(id, { share })).then(
          ({ created_count }) => {
            change(id, { state: created_count === 0 ? 'known' : 'done', share: 1 });
            void client.invalidateQueries({ queryKey: ['media'] });
          },
          (error: unknown) =>
            change(id, { state: 'failed', problem: error instanceof Error ? error.message : String(error) }),
        );
      }
    },
    [change, client],
  );
  const close = useCallback((id: number) => setUploads((before) => before.filter((upload) => upload.id !== id)), []);
  return { uploads, add, close };
}

function send(file: File, onShare: (share: number) => void): Promise<AddedMediaList> {
  const form = new FormData();
  form.append('file', file);
  return sendBody(urlOf(uploadMedia.path), form, { onShare });
}
