import { useNow } from './clock.ts';
import { fullInstant, instant, relative } from './format.ts';
import { useSpeech } from './speech.tsx';

/** How long ago something was, or how soon it is; the exact time, in the viewer's zone and the server's, on hover. */
export function Ago({ at }: { at: string }) {
  const { language } = useSpeech();
  const now = useNow();
  return (
    <time dateTime={at} title={useBothZones(at)}>
      {relative(language, Date.parse(at) - now)}
    </time>
  );
}

/** A point in time in the viewer's zone; the server's on hover. */
export function Instant({ at }: { at: string }) {
  const { language } = useSpeech();
  const now = useNow();
  return (
    <time dateTime={at} title={useBothZones(at)}>
      {instant(language, Date.parse(at), now)}
    </time>
  );
}

function useBothZones(at: string): string {
  const { t, language } = useSpeech();
  const here = fullInstant(language, Date.parse(at));
  return t('time.both', { here, server: at });
}
