import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getScreenshot } from '../../src/contract/operations/devices.ts';
import { getSighting } from '../../src/contract/operations/sighting.ts';
import type { DeviceSighting, ScreenElement } from '../../src/contract/sighting.ts';
import { call, request, urlOf } from '../shell/api.ts';
import { Failed } from '../shell/errors.tsx';
import { percent } from '../shell/format.ts';
import { Weighed } from '../traces/details.tsx';
import { TraceFilesProvider, type TracePicture } from '../traces/files.tsx';
import { parseHierarchy } from '../traces/hierarchy.ts';
import { Inspector } from '../traces/inspector.tsx';
import classes from './screen-reading.module.css';

/** What the phone says is on its screen, and what the recogniser makes of it: read once, and again on request. */
export function ScreenReading({ serial }: { serial: string }) {
  const { t } = useTranslation();
  const read = useQuery({
    queryKey: ['sighting', serial],
    queryFn: async ({ signal }) => {
      const sighting = await call(getSighting, { params: { serial }, signal });
      const picture = await pictureOf(serial, signal).catch(() => undefined); // the drawing of the tree stands in
      return { sighting, picture };
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (read.isError) return <Failed error={read.error} onAgain={() => void read.refetch()} />;
  if (!read.data) return <p aria-busy="true">…</p>;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        className={classes.again ?? ''}
        loading={read.isFetching}
        onClick={() => void read.refetch()}
      >
        {t('devices.readAgain')}
      </Button>
      <Reading key={read.dataUpdatedAt} {...read.data} />
    </>
  );
}

function Reading({ sighting, picture }: { sighting: DeviceSighting; picture: TracePicture | undefined }) {
  const { t, i18n } = useTranslation();
  const [pointed, setPointed] = useState<ScreenElement>();
  const screen = useMemo(() => parseHierarchy(sighting.hierarchy), [sighting]);
  const files = useMemo(
    () => ({
      picture: () => (picture ? Promise.resolve(picture) : Promise.reject(new Error('none'))),
      hierarchy: () => Promise.resolve(sighting.hierarchy),
    }),
    [sighting, picture],
  );
  useEffect(() => () => picture && URL.revokeObjectURL(picture.url), [picture]);
  const [best] = sighting.candidates;
  if (!screen) return null;
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>{t('trace.screen')}</dt>
          <dd>
            {sighting.screen === null
              ? t('devices.reading.unknown')
              : `${sighting.screen} · ${percent(i18n.language, sighting.confidence * 100)}`}
          </dd>
        </div>
        <div>
          <dt>{t('devices.reading.app')}</dt>
          <dd>{sighting.app ?? sighting.package ?? '–'}</dd>
        </div>
        <div>
          <dt>{t('devices.reading.language')}</dt>
          <dd>{sighting.language ?? '–'}</dd>
        </div>
        {Object.entries(sighting.state).map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{JSON.stringify(fact)}</dd>
          </div>
        ))}
      </dl>
      {sighting.blocking && <p>{t('devices.reading.blocking')}</p>}
      <TraceFilesProvider value={files}>
        <Inspector
          screen={screen}
          shot={{ picture: picture && 'now', hierarchy: 'now', bounds: null }}
          pointed={pointed?.bounds}
        />
      </TraceFilesProvider>
      <div className={classes.why}>
        <section>
          <h3>{t('devices.reading.elements')}</h3>
          {sighting.elements.length === 0 && <p>{t('devices.reading.noElements')}</p>}
          <ul className={classes.elements}>
            {sighting.elements.map((element) => (
              <li key={element.name}>
                <button
                  type="button"
                  aria-pressed={pointed?.name === element.name}
                  onClick={() => setPointed(element)}
                  onFocus={() => setPointed(element)}
                >
                  <code>{element.name}</code> <bdi>{element.text.slice(0, 60)}</bdi>
                  <span>{percent(i18n.language, element.confidence * 100)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <div>
          <Weighed signals={pointed?.signals ?? best?.signals ?? []} candidates={pointed ? [] : sighting.candidates} />
        </div>
      </div>
    </>
  );
}

async function pictureOf(serial: string, signal: AbortSignal): Promise<TracePicture | undefined> {
  const response = await request(urlOf(getScreenshot.path, { serial }), { signal });
  if (!response.ok) return undefined;
  const blob = await response.blob();
  const { width, height } = await createImageBitmap(blob);
  return { url: URL.createObjectURL(blob), width, height };
}
