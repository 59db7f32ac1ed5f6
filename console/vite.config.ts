import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The server puts a fresh nonce in place of this mark with every answer. */
const nonceMark = '__NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  html: { cspNonce: nonceMark },
  build: {
    outDir: join(import.meta.dirname, '..', 'dist', 'console'),
    emptyOutDir: true,
    target: 'es2023',
    // A data: address would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    manifest: true,
    rolldownOptions: {
      // The library marks files for server components, which we do not have.
      onLog: (level, log, next) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : next(level, log)),
    },
  },
});
