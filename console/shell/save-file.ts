import { request } from './api.ts';
import { session } from './session.ts';

/** Saves what a path of our own server answers as a file, with the token where one is needed. Throws when it is refused. */
export async function saveFile(path: string, name: string): Promise<void> {
  saveBlob(await (await answered(path)).blob(), name);
}

/** `saveFile`, for what may be too large for this tab: the browser itself fetches it where it needs no token. */
export async function saveLargeFile(path: string, name: string): Promise<void> {
  if (session.token !== '') return saveFile(path, name);
  await answered(path, { method: 'HEAD' });
  follow(path, name);
}

export const saveText = (text: string, name: string): void =>
  saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);

function saveBlob(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  follow(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function follow(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

async function answered(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await request(path, init);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}
