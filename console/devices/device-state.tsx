import type { Device } from '../../src/contract/device.ts';
import { useSpeech } from '../shell/speech.tsx';
import { Ago } from '../shell/time.tsx';
import classes from './device-state.module.css';
import { standingOf } from './wall-model.ts';

/** The state of a phone with its proof: what, since when it last answered, and why when it is not ready. */
export function DeviceState({ device }: { device: Device }) {
  const { t } = useSpeech();
  const standing = standingOf(device);
  const name = standing === 'working' || standing === 'held' ? standing : device.state;
  return (
    <div className={classes.state}>
      <span className={classes.dot} data-standing={standing} aria-hidden="true" />
      <span className={classes.name}>{t(`devices.states.${name}`)}</span>
      <span className={classes.proof}>
        {device.last_proof_at === null ? t('devices.neverAnswered') : <Proof at={device.last_proof_at} />}
      </span>
    </div>
  );
}

function Proof({ at }: { at: string }) {
  const { t } = useSpeech();
  return (
    <>
      {t('devices.answered')} <Ago at={at} />
    </>
  );
}
