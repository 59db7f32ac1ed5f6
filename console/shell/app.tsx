import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { ConfirmProvider } from './confirm.tsx';
import { Layout } from './layout.tsx';
import { Live } from './live.ts';
import { nonce } from './nonce.ts';
import { NoticeArea } from './notify.tsx';
import { createQueryClient } from './queries.ts';
import { Routes } from './routes.tsx';
import { useRefusal } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { SpeechProvider } from './speech.tsx';
import { colourVariables, theme } from './theme.ts';

export function App({ words }: { words: i18n }) {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={colourVariables}
        defaultColorScheme="auto"
        getStyleNonce={nonce}
        deduplicateInlineStyles
      >
        <SpeechProvider>
          <Inside />
          <NoticeArea />
        </SpeechProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}

function Inside() {
  const refusal = useRefusal();
  // Somebody else gets other answers: nothing of the old session is kept.
  return refusal ? <SignIn why={refusal} /> : <Session />;
}

function Session() {
  const [client] = useState(createQueryClient);
  const [live] = useState(() => new Live(client));
  useEffect(() => live.start(), [live]);
  return (
    <QueryClientProvider client={client}>
      <ConfirmProvider>
        <Layout live={live}>
          <Routes />
        </Layout>
      </ConfirmProvider>
    </QueryClientProvider>
  );
}
