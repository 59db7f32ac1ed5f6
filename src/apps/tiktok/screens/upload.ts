import { byDesc, byText, either, where } from '../../../phone/selector.ts';
import { control, definePart } from '../../../script/screen.ts';
import { startingWith, t } from '../texts.ts';

const percent = /^\d{1,3} ?%$/;

const badge = where(
  either(byText(percent), byDesc(percent)),
  ({ bounds }, { width, height }) => bounds.left < width * 0.45 && bounds.top < height * 0.75,
  'at the upper left',
);

/**
 * What is told about an upload under way, wherever the app stands: a badge with the percentage over the feed or on the
 * newest tile of the profile; and, when it did not work, a notice that the video lies in the drafts. The badge is gone when
 * the upload is; success itself is not announced in the tree. [notes: public automations of 43.1.4 and later]
 */
export const upload = definePart('tiktok.upload', {
  progress: control([either(badge, byText(startingWith('uploading')))], { many: true }),
  failed: control([byText(startingWith('upload-failed'))], { many: true }),
  retry: control([byText(t('tap-to-retry'))], { effect: 'post' }),
});

/** 0–100 while a badge shows it. */
export function percentOf(labels: readonly string[]): number | undefined {
  const label = labels.find((text) => percent.test(text));
  return label === undefined ? undefined : Number.parseInt(label, 10);
}
