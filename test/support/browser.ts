import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Why there is no browser to test with; undefined where there is one. */
export const noBrowser: string | undefined = existsSync(executablePath)
  ? undefined
  : `skipped: there is no ${executablePath} on this machine`;

export interface BrowserWishes {
  /** Names that mean this machine. */
  names?: readonly string[];
}

/**
 * A real Chromium. Its own protection of local addresses is off: what keeps foreign pages out is to be the server, not a
 * browser that a user may not have.
 */
export function openBrowser({ names = [] }: BrowserWishes = {}): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
      ...(names.length > 0 ? [`--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1`).join(', ')}`] : []),
    ],
  });
}
