import { getTraceFile } from '../../src/contract/operations/tasks.ts';
import { request, urlOf } from '../shell/api.ts';
import type { TraceFiles, TracePicture } from './files.tsx';

/** The files of a task's trace, each fetched once. They never change. */
export class ServerFiles implements TraceFiles {
  readonly #taskId: number;
  readonly #pictures = new Map<string, Promise<TracePicture>>();
  readonly #hierarchies = new Map<string, Promise<string>>();

  constructor(taskId: number) {
    this.#taskId = taskId;
  }

  picture(name: string): Promise<TracePicture> {
    return once(this.#pictures, name, async () => {
      const blob = await (await this.#get(name)).blob();
      const { width, height } = await createImageBitmap(blob);
      return { url: URL.createObjectURL(blob), width, height };
    });
  }

  hierarchy(name: string): Promise<string> {
    return once(this.#hierarchies, name, async () => (await this.#get(name)).text());
  }

  release(): void {
    for (const picture of this.#pictures.values())
      picture.then(
        ({ url }) => URL.revokeObjectURL(url),
        () => undefined,
      );
    this.#pictures.clear();
    this.#hierarchies.clear();
  }

  async #get(file: string): Promise<Response> {
    const response = await request(urlOf(getTraceFile.path, { task_id: this.#taskId, file }));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  }
}

function once<T>(known: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(name) ?? make();
  known.set(name, made);
  return made;
}
