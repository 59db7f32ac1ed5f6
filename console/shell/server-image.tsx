import { useEffect, useState } from 'react';
import { request } from './api.ts';
import { session } from './session.ts';

/** A picture of our own server; where a token is needed the browser cannot ask for it by itself. */
export function ServerImage({ src, alt, className }: { src: string; alt: string; className?: string | undefined }) {
  const hasToken = session.token !== '';
  const [fetched, setFetched] = useState<string>();
  useEffect(() => {
    if (!hasToken) return undefined;
    const over = new AbortController();
    let url: string | undefined;
    void request(src, { signal: over.signal })
      .then((response) => (response.ok ? response.blob() : undefined))
      .then(
        (blob) => {
          if (!blob || over.signal.aborted) return;
          url = URL.createObjectURL(blob);
          setFetched(url);
        },
        () => undefined, // its alternative text says what it would show
      );
    return () => {
      over.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [src, hasToken]);
  const shown = hasToken ? fetched : src;
  return <img {...(shown !== undefined && { src: shown })} alt={alt} className={className} loading="lazy" />;
}
