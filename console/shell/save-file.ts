import { request } from './api.ts';

/** Saves what a path of our own server answers as a file, with the token where one is needed. Throws when it is refused. */
export async function saveFile(path: string, name: string): Promise<void> {
  const response = await request(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
