import '@mantine/core/styles.css';
import './shell/base.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { startWords } from './shell/i18n.ts';
import { nonce } from './shell/nonce.ts';

// Read by the scroll lock of dialogs, which adds a style of its own.
setNonce(nonce());
const words = await startWords();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App words={words} />
    </StrictMode>,
  );
}
