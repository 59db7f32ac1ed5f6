import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../src/contract/device.ts';
import type { InputKey } from '../../src/contract/device-input.ts';
import { getScreenshot } from '../../src/contract/operations/devices.ts';
import { request, urlOf } from '../shell/api.ts';
import { Icon } from '../shell/icons.tsx';
import { ClipboardBox, RotateMenu } from './hand-tools.tsx';
import type { Hold } from './hold.ts';
import { LiveScreen, type ScreenState } from './live-screen.ts';
import classes from './screen-view.module.css';

/** A finger that stays this long presses long; one that goes further than this swipes. */
const longPressMs = 500;
const swipePx = 12;
const longestSwipeMs = 2_000;

const keyOf: Readonly<Record<string, InputKey>> = {
  Enter: 'enter',
  Backspace: 'delete',
  Escape: 'back',
  Home: 'home',
};

/** The live screen. Under a hold it is touched like the phone itself. */
export function ScreenView({ device, hold }: { device: Device; hold: Hold }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<{ is: ScreenState; reason: string }>({ is: 'connecting', reason: '' });
  const canShow = device.state === 'ready' || device.state === 'preparing';
  const { serial } = device;
  useEffect(() => {
    if (!canvas.current || !canShow) return;
    return new LiveScreen(serial, canvas.current, (is, reason) =>
      setState((before) => (before.is === is && before.reason === reason ? before : { is, reason })),
    ).start();
  }, [serial, canShow]);
  const size = usePhysicalSize(serial, canShow);
  const finger = useRef<{ x: number; y: number; at: number } | undefined>(undefined);

  const pointOf = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { width, height } = turned(
      size ?? { width: event.currentTarget.width * 2, height: event.currentTarget.height * 2 },
      event.currentTarget,
    );
    return {
      x: Math.round(((event.clientX - box.left) / box.width) * width),
      y: Math.round(((event.clientY - box.top) / box.height) * height),
    };
  };
  const onDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!hold.isHeld || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    finger.current = { x: event.clientX, y: event.clientY, at: event.timeStamp };
  };
  const onUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const down = finger.current;
    finger.current = undefined;
    if (!down) return;
    const to = pointOf(event);
    const ms = Math.round(event.timeStamp - down.at);
    const box = event.currentTarget.getBoundingClientRect();
    const scale = to.x === 0 ? 1 : to.x / Math.max(1, event.clientX - box.left);
    if (Math.hypot(event.clientX - down.x, event.clientY - down.y) < swipePx) {
      hold.send(ms >= longPressMs ? { long_press: to } : { tap: to });
      return;
    }
    const from = {
      x: Math.max(0, Math.round((down.x - box.left) * scale)),
      y: Math.max(0, Math.round((down.y - box.top) * scale)),
    };
    hold.send({
      swipe: {
        from,
        to: { x: Math.max(0, to.x), y: Math.max(0, to.y) },
        ms: Math.min(longestSwipeMs, Math.max(60, ms)),
      },
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf[event.key];
    const isText = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!hold.isHeld || !(key || isText)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key) hold.send({ key });
    else hold.type(event.key);
  };

  return (
    <div className={classes.place}>
      <div className={classes.frame} data-held={hold.isHeld || undefined}>
        <canvas
          ref={canvas}
          className={classes.canvas}
          role="img"
          aria-label={t('devices.liveScreen')}
          tabIndex={hold.isHeld ? 0 : -1}
          width={540}
          height={1_200}
          data-dim={!canShow || state.is === 'lost' || undefined}
          onPointerDown={onDown}
          onPointerUp={onUp}
          onPointerCancel={() => {
            finger.current = undefined;
          }}
          onKeyDown={onKeyDown}
        />
        {!canShow ? (
          <p className={classes.note}>{t('devices.noPicture')}</p>
        ) : state.is === 'lost' ? (
          <p className={classes.note} dir="auto">
            {state.reason || t('devices.screenLost')}
          </p>
        ) : null}
      </div>
      <Keys hold={hold} serial={serial} />
    </div>
  );
}

const buttons = [
  { key: 'back', icon: 'back' },
  { key: 'home', icon: 'home' },
  { key: 'recents', icon: 'recents' },
] as const;

function Keys({ hold, serial }: { hold: Hold; serial: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  if (!hold.isHeld)
    return (
      <div className={classes.keys}>
        <Button size="xs" fullWidth leftSection={<Icon name="hand" />} loading={hold.isTaking} onClick={hold.take}>
          {t('devices.use')}
        </Button>
      </div>
    );
  return (
    <div className={classes.keys}>
      <div className={classes.row}>
        {buttons.map(({ key, icon }) => (
          <ActionIcon
            key={key}
            variant="default"
            size="lg"
            aria-label={t(`devices.keys.${key}`)}
            title={t(`devices.keys.${key}`)}
            onClick={() => hold.send({ key })}
          >
            <Icon name={icon} size={18} />
          </ActionIcon>
        ))}
        <Button size="xs" variant="default" onClick={() => hold.send({ key: 'wake' })}>
          {t('devices.keys.wake')}
        </Button>
        <RotateMenu hold={hold} serial={serial} />
        <Button size="xs" variant="default" onClick={hold.release}>
          {t('devices.giveBack')}
        </Button>
      </div>
      <form
        className={classes.row}
        onSubmit={(event) => {
          event.preventDefault();
          hold.send({ text });
          setText('');
        }}
      >
        <TextInput
          size="xs"
          className={classes.text ?? ''}
          aria-label={t('devices.typeText')}
          placeholder={t('devices.typeText')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit">
          {t('devices.type')}
        </Button>
      </form>
      <ClipboardBox hold={hold} serial={serial} />
    </div>
  );
}

interface Size {
  width: number;
  height: number;
}

/** The stream is smaller than the screen; touches are meant in the screen's own px, as one full picture tells. */
function usePhysicalSize(serial: string, canShow: boolean): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    if (!canShow) return;
    const over = new AbortController();
    void (async () => {
      try {
        const response = await request(urlOf(getScreenshot.path, { serial }), { signal: over.signal });
        if (!response.ok) return;
        const bitmap = await createImageBitmap(await response.blob());
        setSize({ width: bitmap.width, height: bitmap.height });
        bitmap.close();
      } catch {
        // Then twice the size of the stream is meant, as the automation server makes it.
      }
    })();
    return () => over.abort();
  }, [serial, canShow]);
  return size;
}

/** The phone may have been turned since its size was read. */
const turned = ({ width, height }: Size, shown: Size): Size =>
  width > height === shown.width > shown.height ? { width, height } : { width: height, height: width };
