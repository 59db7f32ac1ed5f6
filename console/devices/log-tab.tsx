import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logLevels } from '../../src/contract/device-hand.ts';
import { count, timeOfDay } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { oneOf } from '../shell/params.ts';
import rows from '../shell/rows.module.css';
import { saveText } from '../shell/save-file.ts';
import { asText, type LogRow, type LogState, LogStream } from './log-stream.ts';
import classes from './log-tab.module.css';

const rowHeightPx = 22;
/** Closer to its end than this, the list follows what comes. */
const edgePx = 40;

/** Android's log, live. The phone is asked for what the filters let through; it is followed while this is open, and no longer. */
export function LogTab({ serial }: { serial: string }) {
  const { t, i18n } = useTranslation();
  const [level, setLevel] = useState<(typeof logLevels)[number]>('V');
  const [tag, setTag] = useState('');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(`${tag}\n${text}`, 300);
  const [log, setLog] = useState<{ state: LogState; rows: readonly LogRow[] }>({ state: 'connecting', rows: [] });
  const [frozen, setFrozen] = useState<readonly LogRow[]>();
  const stream = useRef<LogStream | undefined>(undefined);
  useEffect(() => {
    const [wantedTag = '', wantedText = ''] = wanted.split('\n');
    setLog({ state: 'connecting', rows: [] });
    setFrozen(undefined);
    stream.current = new LogStream(serial, { level, tag: wantedTag, text: wantedText }, (state, lines) =>
      setLog({ state, rows: lines }),
    );
    return stream.current.start();
  }, [serial, level, wanted]);
  const shown = frozen ?? log.rows;
  const clear = () => {
    stream.current?.clear();
    setFrozen((before) => before && []);
  };
  return (
    <div className={classes.log}>
      <search className={rows.tools}>
        <Select
          size="xs"
          className={classes.level ?? ''}
          aria-label={t('devices.log.level')}
          value={level}
          allowDeselect={false}
          data={logLevels.map((value) => ({ value, label: t(`devices.log.levels.${value}`) }))}
          onChange={(value) => setLevel(oneOf(logLevels, value) ?? 'V')}
        />
        <TextInput
          size="xs"
          aria-label={t('devices.log.tag')}
          placeholder={t('devices.log.tag')}
          maxLength={200}
          value={tag}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          aria-label={t('devices.log.text')}
          placeholder={t('devices.log.text')}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name={frozen ? 'play' : 'pause'} />}
          onClick={() => setFrozen((before) => (before ? undefined : log.rows))}
        >
          {frozen ? t('devices.log.goOn') : t('devices.log.pause')}
        </Button>
        <Button size="xs" variant="default" onClick={clear}>
          {t('devices.log.clear')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="download" />}
          disabled={shown.length === 0}
          onClick={() => saveText(asText(shown), `log-${serial.replaceAll(/[^\w.-]/g, '_')}.txt`)}
        >
          {t('devices.log.save')}
        </Button>
      </search>
      <p className={classes.state} role="status" data-state={log.state}>
        {t(`devices.log.states.${frozen ? 'paused' : log.state}`)} ·{' '}
        {shown.length === 0
          ? t('devices.log.none')
          : t('devices.log.shown', { count: shown.length, shown: count(i18n.language, shown.length) })}
      </p>
      <Lines lines={shown} />
    </div>
  );
}

/** Only what is in sight is drawn. It follows what comes while its end is in sight. */
function Lines({ lines }: { lines: readonly LogRow[] }) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => lines[index]?.id ?? index,
    estimateSize: () => rowHeightPx,
    overscan: 20,
  });
  const last = lines.at(-1)?.id;
  useEffect(() => {
    if (last !== undefined && isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  return (
    <section
      ref={box}
      className={classes.lines}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keys
      tabIndex={0}
      aria-label={t('devices.log.lines')}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < edgePx;
      }}
    >
      <ol style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index];
          return (
            line && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                data-level={line.level}
                style={{ transform: `translateY(${start}px)` }}
              >
                <time dateTime={line.at}>{timeOfDay(i18n.language, Date.parse(line.at))}</time>
                <abbr title={t(`devices.log.levels.${line.level}`)}>{line.level}</abbr>
                <bdi className={classes.tag}>{line.tag}</bdi>
                <span dir="auto">{line.text}</span>
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}
