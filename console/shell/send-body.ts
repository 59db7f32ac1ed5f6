import type { Envelope } from '../../src/contract/envelope.ts';
import { ApiError } from './api-error.ts';
import { session } from './session.ts';

export interface Sending {
  /** Default: what the body itself says. */
  type?: string;
  /** 0 to 1; 1 while the server works on what it got. */
  onShare(share: number): void;
  signal?: AbortSignal;
}

/** POSTs what is large and tells how far it is: `fetch` does not, the older request does. Throws `ApiError`. */
export function sendBody<Data>(
  url: string,
  body: XMLHttpRequestBodyInit,
  { type, onShare, signal }: Sending,
): Promise<Data> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', url);
    const { token } = session;
    if (token) sending.setRequestHeader('authorization', `Bearer ${token}`);
    if (type) sending.setRequestHeader('content-type', type);
    sending.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    sending.onerror = () => reject(new ApiError('', { code: 0, status: 0 }));
    sending.onload = () => {
      const { status } = sending;
      const reply = parse<Data>(sending.responseText);
      if (reply?.code === 0) resolve(reply.data);
      else {
        const facts = { code: reply?.code ?? 0, status, codeName: sending.getResponseHeader('x-error-code') };
        reject(new ApiError(reply?.message ?? `HTTP ${status}`, facts));
      }
      if (status === 401) session.refused();
    };
    sending.onabort = () => reject(signal?.reason);
    signal?.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(body);
  });
}

function parse<Data>(text: string): Envelope<Data> | undefined {
  try {
    return JSON.parse(text) as Envelope<Data>;
  } catch {
    return undefined; // a proxy in between has answered
  }
}
