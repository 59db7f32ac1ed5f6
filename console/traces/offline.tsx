import './offline.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { isScriptName } from '../../src/contract/script-names.ts';
import type { ExportedTrace } from '../../src/contract/trace-export.ts';
import { startWords } from '../shell/i18n.ts';
import { SpeechProvider } from '../shell/speech.tsx';
import { TraceFilesProvider } from './files.tsx';
import { PageFiles, unpack } from './page-files.ts';
import { TraceViewer } from './viewer.tsx';

/** The exported page: everything it shows is inside it. */
function OfflinePage({ exported }: { exported: ExportedTrace }) {
  const { t } = useTranslation();
  const { task_id: id, script_name: script, failure, trace, exported_at: at } = exported;
  return (
    <main>
      <header>
        <h1>
          {isScriptName(script) ? t(`scripts.${script}`) : script} #{id}
        </h1>
        <p>{t('trace.exported', { at: new Date(at).toLocaleString() })}</p>
      </header>
      <TraceViewer trace={trace} failure={failure ?? undefined} />
    </main>
  );
}

const [words, exported] = await Promise.all([
  startWords(),
  unpack(document.getElementById('trace')?.textContent ?? ''),
]);
const files = new PageFiles(exported);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={words}>
        <SpeechProvider>
          <TraceFilesProvider value={files}>
            <OfflinePage exported={exported} />
          </TraceFilesProvider>
        </SpeechProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
