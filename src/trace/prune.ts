import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface TracePrune {
  /** Epoch ms: what was last written before goes. */
  before: number;
  /** Of all traces together; the oldest go first. */
  maxBytes: number;
  /** Epoch ms: a folder without a task goes only when it is older; its task may be about to be written. */
  orphansBefore: number;
  /** Tasks that are gone are absent. */
  standing(taskIds: readonly number[]): Promise<ReadonlyMap<number, { isNeeded: boolean }>>;
}

interface TraceFolder {
  taskId: number;
  bytes: number;
  /** Epoch ms of the last thing written. */
  lastAt: number;
}

/** Removes traces of tasks that are gone, old ones, and then the oldest until the rest fits. Needed ones stay. */
export async function pruneTraces(
  folder: string,
  { before, maxBytes, orphansBefore, standing }: TracePrune,
): Promise<{ traces: number; bytes: number }> {
  const found = await listFolders(folder);
  const known = await standing(found.map(({ taskId }) => taskId));
  const removed = { traces: 0, bytes: 0 };
  let total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { taskId, bytes, lastAt } of found.sort((a, b) => a.lastAt - b.lastAt)) {
    const task = known.get(taskId);
    if (task?.isNeeded) continue;
    const isOrphan = task === undefined && lastAt < orphansBefore;
    if (!isOrphan && lastAt >= before && total <= maxBytes) continue;
    await rm(join(folder, String(taskId)), { recursive: true, force: true });
    total -= bytes;
    removed.traces += 1;
    removed.bytes += bytes;
  }
  return removed;
}

async function listFolders(folder: string): Promise<TraceFolder[]> {
  const names = await readdir(folder).catch(() => []);
  const folders: TraceFolder[] = [];
  for (const name of names.filter((text) => /^[1-9]\d{0,14}$/.test(text))) {
    const sum: TraceFolder = { taskId: Number(name), bytes: 0, lastAt: 0 };
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const facts = await stat(join(entry.parentPath, entry.name)).catch(() => undefined); // gone meanwhile
      sum.bytes += facts?.size ?? 0;
      sum.lastAt = Math.max(sum.lastAt, facts?.mtimeMs ?? 0);
    }
    folders.push(sum);
  }
  return folders;
}
