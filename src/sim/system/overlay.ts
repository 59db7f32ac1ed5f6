import type { UiWindow } from '../parts.ts';

/** A window of the system that lies over the app: permission dialog, chooser, notification shade, a strange dialog. */
export interface Overlay {
  /** As `dumpsys window` names what is in front. */
  readonly package: string;
  readonly activity: string;
  /** The app it belongs to; goes away with it. */
  readonly owner?: string;
  /** Made anew each time. */
  window(): UiWindow;
  /** Back was pressed. */
  back(): void;
}
