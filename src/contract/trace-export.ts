import type { Failure } from './task.ts';
import type { Trace } from './trace.ts';

/** A file of an exported trace. `picture` is WebP in base64, made smaller; `width` and `height` are the phone's own px. */
export type ExportedFile = { text: string } | { picture: string; width: number; height: number };

/** What an exported trace page carries, as gzip of its JSON in base64. */
export interface ExportedTrace {
  task_id: number;
  script_name: string;
  exported_at: string;
  failure: Failure | null;
  trace: Trace;
  /** By the names that the steps use. */
  files: Record<string, ExportedFile>;
}
