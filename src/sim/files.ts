import type { Clock } from '../base/clock.ts';
import type { FileEntry, MediaRow, PhoneFaults, PhoneFiles } from './parts.ts';

export interface SimFilesOptions {
  clock: Clock;
  /** Asked for `disk-full`. */
  faults?: Pick<PhoneFaults, 'isOn'>;
  /** Room for files in bytes. Default 64 GB. */
  capacityBytes?: number;
}

/** The file tree of one phone and the media rows that scans made of it. Content lives in memory. */
export class SimFiles implements PhoneFiles {
  readonly #options: SimFilesOptions;

  constructor(options: SimFilesOptions) {
    this.#options = options;
  }

  get freeBytes(): number {
    return this.#options.capacityBytes ?? 0;
  }

  stat(_path: string): FileEntry | undefined {
    return undefined;
  }
  list(_path: string): FileEntry[] | undefined {
    return undefined;
  }
  read(_path: string): Uint8Array | undefined {
    return undefined;
  }
  write(_path: string, _content: Uint8Array, _options?: { mode?: number; mtime?: number }): void {}
  mkdir(_path: string): void {}
  remove(_path: string, _options?: { recursive?: boolean }): boolean {
    return false;
  }
  scan(_path: string): string | undefined {
    return undefined;
  }
  media(_kind?: 'video' | 'image'): readonly MediaRow[] {
    return [];
  }
  mediaRow(_uriOrPath: string): MediaRow | undefined {
    return undefined;
  }
  removeMedia(_id: number): boolean {
    return false;
  }
}
