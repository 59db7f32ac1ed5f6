import { apiPath } from '../shell/api.ts';
import { saveFile } from '../shell/save-file.ts';

/** Saves the trace as one page that opens offline. Throws when the server refuses. */
export const saveTrace = (id: number): Promise<void> =>
  saveFile(`${apiPath}/task/${id}/trace.html`, `drover-task-${id}.html`);
