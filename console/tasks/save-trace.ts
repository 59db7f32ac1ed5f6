import { apiPath, request } from '../shell/api.ts';

/** Saves the trace as one page that opens offline. Throws when the server refuses. */
export async function saveTrace(id: number): Promise<void> {
  const response = await request(`${apiPath}/task/${id}/trace.html`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = `drover-task-${id}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
