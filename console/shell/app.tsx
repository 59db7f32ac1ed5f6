import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { ConfirmProvider } from './confirm.tsx';
import { directionOf } from './i18n.ts';
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
          <Turned>
            <Inside />
            <NoticeArea />
          </Turned>
        </SpeechProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}

/** The components ask which way the page runs; another way starts them afresh. */
function Turned({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const direction = directionOf(i18n);
  return (
    <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
      {children}
    </DirectionProvider>
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
