import { uiautomatorDump } from '../hierarchy.ts';
import type { PhoneUi } from '../parts.ts';

/** What `uiautomator dump` writes: the active window as `<node>`s. */
export const uiDump = (ui: PhoneUi): string => uiautomatorDump(ui.windows(), ui);
