import type { TFunction } from 'i18next';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

interface Speech {
  t: TFunction;
  language: string;
}

const SpeechContext = createContext<Speech | undefined>(undefined);

/** Asks `useTranslation` once for everything below: its hook is too dear for what a page has hundreds of. */
export function SpeechProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const speech = useMemo(() => ({ t, language }), [t, language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** Words for small parts that stand on a page many times: tiles, ages, badges. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('no SpeechProvider above');
  return speech;
}
