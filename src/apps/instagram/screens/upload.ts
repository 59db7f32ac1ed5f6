import { anything, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, definePart, type View } from '../../../script/screen.ts';
import { clickable, firstOf, isBeside, shared } from '../../shapes.ts';
import { startingWith, t } from '../texts.ts';

const notices = {
  uploading: shared(byText(startingWith('uploading'))),
  'upload-done': shared(byText(startingWith('upload-done'))),
  'upload-failed': shared(byText(startingWith('upload-failed'))),
} as const;
const says = (key: keyof typeof notices) => notices[key];
const statusIds = ['row_pending_media_status_textview', 'row_pending_media_sub_status_textview', 'status_text'];

/** A progress bar tells its percentage as its text: `90.0`. */
const percentBar = shared(
  where(
    either(byId(['row_pending_media_progress_bar', 'progress_bar']), anything),
    ({ className, text }) => className.endsWith('ProgressBar') && /^\d{1,3}(?:[.,]\d+)?$/.test(text),
    'a bar with a percentage',
  ),
);

/** An icon at the right end of the row that tells of a failure. */
const discard = firstOf(byId('row_pending_media_discard_button'), {
  name: 'icon beside the failure',
  find: (hierarchy) =>
    says('upload-failed')
      .find(hierarchy)
      .flatMap((row) =>
        clickable
          .find(hierarchy)
          .filter((node) => node.text === '' && node.bounds.left >= row.bounds.right - 4 && isBeside(node, row)),
      )
      .slice(0, 1),
});

/**
 * What is told about an upload: a row on top of the feed, or a strip at the bottom of the reels. Success is announced there
 * for a while, failure until it is discarded. [captures: feed-upload-*, reel-viewer-*]
 */
export const upload = definePart('instagram.upload', {
  state: (view: View) => {
    const percent = view.textOf('percent');
    return {
      upload: view.has('failed') ? 'failed' : view.has('done') ? 'done' : view.has('progress') ? 'posting' : undefined,
      upload_percent: percent === undefined ? undefined : Math.round(Number.parseFloat(percent.replace(',', '.'))),
    };
  },
  progress: control([either(says('uploading'), percentBar)], { many: true, readOnly: true, element: 'upload_status' }),
  percent: control([percentBar], { readOnly: true, element: 'upload_percent' }),
  done: control([says('upload-done')], { readOnly: true, element: 'upload_done' }),
  failed: control([says('upload-failed')], { readOnly: true, element: 'upload_failed' }),
  status: control([byId(statusIds)], { many: true, readOnly: true, element: 'upload_notice' }),
  discard: control([discard], { element: 'upload_discard' }),
  retry: control(
    [where(either(byText(t('upload-retry')), byDesc(t('upload-retry'))), (node) => node.clickable, 'clickable')],
    {
      effect: 'post',
      element: 'upload_retry',
    },
  ),
});
