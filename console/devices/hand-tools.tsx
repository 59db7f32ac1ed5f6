import { ActionIcon, Button, Menu, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeviceRotation, rotations } from '../../src/contract/device-hand.ts';
import { readClipboard, rotateDevice, setClipboard } from '../../src/contract/operations/device-hand.ts';
import { call } from '../shell/api.ts';
import { Icon } from '../shell/icons.tsx';
import { tellDone, tellFailure } from '../shell/notify.tsx';
import type { Hold } from './hold.ts';
import classes from './screen-view.module.css';

interface ToolProps {
  hold: Hold;
  serial: string;
}

/** Turns the screen, and says so where the app in front does not go along. */
export function RotateMenu({ hold, serial }: ToolProps) {
  const { t, i18n } = useTranslation();
  const turn = async (rotation: DeviceRotation) => {
    try {
      const { screen } = await hold.during((token) =>
        call(rotateDevice, { params: { serial }, body: { hold: token, rotation } }),
      );
      if (rotation !== 'auto' && screen !== rotation) tellDone(t('devices.rotate.stays'));
    } catch (error) {
      tellFailure(t('devices.rotate.refused'), error, i18n);
    }
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('devices.rotate.turn')} title={t('devices.rotate.turn')}>
          <Icon name="rotate" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {rotations.map((rotation) => (
          <Menu.Item key={rotation} onClick={() => void turn(rotation)}>
            {t(`devices.rotate.${rotation}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A text on its way into the phone's clipboard, or out of it. */
export function ClipboardBox({ hold, serial }: ToolProps) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const read = async () => {
    try {
      const found = await call(readClipboard, { params: { serial } });
      setText(found.text);
      setNote(found.certain ? '' : t('devices.clipboard.hidden'));
    } catch (error) {
      tellFailure(t('devices.clipboard.refused'), error, i18n);
    }
  };
  const write = async () => {
    try {
      await hold.during((token) => call(setClipboard, { params: { serial }, body: { hold: token, text } }));
      setNote('');
      tellDone(t('devices.clipboard.written'));
    } catch (error) {
      tellFailure(t('devices.clipboard.refused'), error, i18n);
    }
  };
  return (
    <details className={classes.clipboard}>
      <summary>{t('devices.clipboard.title')}</summary>
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        aria-label={t('devices.clipboard.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        dir="auto"
      />
      {note !== '' && <p role="status">{note}</p>}
      <div className={classes.row}>
        <Button size="xs" variant="default" onClick={() => void write()}>
          {t('devices.clipboard.write')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void read()}>
          {t('devices.clipboard.read')}
        </Button>
      </div>
    </details>
  );
}
