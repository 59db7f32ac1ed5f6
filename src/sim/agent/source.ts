import { pageSource } from '../hierarchy.ts';
import { isRecord, missing, type Route } from './call.ts';

/** The session itself: page source and settings. Making and ending sessions is the server's business (`agent.ts`). */
export const sessionRoutes: readonly Route[] = [
  ['GET', '/session/:sessionId', () => ({ lastScrollData: null })],
  [
    'GET',
    '/session/:sessionId/source',
    async ({ session, signal }) => {
      await session.waitForIdle(signal);
      const { ui } = session.host;
      return pageSource(session.roots(), { rotation: ui.rotation, size: ui.size });
    },
  ],
  ['GET', '/session/:sessionId/appium/settings', ({ session }) => session.settings.all()],
  [
    'POST',
    '/session/:sessionId/appium/settings',
    ({ session, body }) => {
      const { settings } = body.fields();
      if (!isRecord(settings)) throw missing('SettingsModel', 'settings');
      session.settings.update(settings);
      return null;
    },
  ],
];
