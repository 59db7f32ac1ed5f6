/**
 * Music for a reel, and text on a story. No capture shows these pages: ids and sentences are those of public automations,
 * unproven on our own phones.
 */
import { anything, both, byClass, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { clickable, heightOf, inReadingOrder, shared, widthOf } from '../../shapes.ts';
import { startingWith, t } from '../texts.ts';

const composer = ['instagram.create-editor', 'instagram.story-editor', 'instagram.create-camera'];
const field = shared(either(byId('row_search_edit_text'), byClass('EditText')));
/** A row says title, artist, use and length in one sentence. */
const tracks = shared(
  inReadingOrder(both(either(byId('track_container'), byDesc(startingWith('select-track'))), clickable)),
);
/** "Search" alone stands in many a field: of messages, of settings, of whom to send something to. */
const musicField = shared(
  where(
    field,
    ({ text, hint }) =>
      t('search-music').some((word) => !t('search-hint').includes(word) && (text === word || hint === word)),
    'for music',
  ),
);
const none = shared(byText(startingWith('no-results')));
const noTracks = shared({
  name: 'nothing found by a field of the list',
  find: (hierarchy) => (byId('row_search_edit_text').find(hierarchy).length > 0 ? none.find(hierarchy) : []),
});

/** What the app proposes, or what a search has found. [notes; no capture] */
export const audioList = defineScreen('instagram.create-audio', {
  over: composer,
  needs: [field, either(tracks, musicField, noTracks)],
  shown: [weighted(2, tracks), byText(t('trending'))],
  never: [byId(['scrubber_recycler_view', 'text_overlay_edit_text'])],
  enough: 0.25,
  input: control([field]),
  rows: control([tracks], { many: true }),
  use: control([first(both(either(byId('select_button_tap_target'), byDesc(t('select'))), clickable))]),
  none: control([none], { readOnly: true }),
});

const done = shared(
  where(
    both(either(byText(t('done')), byDesc(t('done'))), clickable),
    ({ bounds }, { width }) => bounds.right > width * 0.7,
    'at the right',
  ),
);
const scrubber = byId('scrubber_recycler_view');
/** What is drawn along to choose a part, below Done in the lower half: many a form ends with Done alone. */
const strip = shared({
  name: 'a low strip to be drawn along, below Done',
  find: (hierarchy) =>
    done
      .find(hierarchy)
      .flatMap(({ bounds }) =>
        where(
          anything,
          (node) =>
            node.scrollable &&
            node.bounds.top >= bounds.bottom &&
            bounds.top > hierarchy.height * 0.4 &&
            widthOf(node) > hierarchy.width * 0.8 &&
            heightOf(node) < hierarchy.height * 0.15,
          '',
        ).find(hierarchy),
      ),
});

/** Which part of the track is heard. [notes; no capture] */
export const audioTrim = defineScreen('instagram.create-audio-trim', {
  over: [...composer, 'instagram.create-audio'],
  needs: [done, either(scrubber, strip)],
  never: [byClass('EditText')],
  done: control([done]),
});

/** The field for what is to stand on the picture of a story. [notes; no capture] */
export const storyText = defineScreen('instagram.story-text', {
  over: composer,
  needs: [
    byId('text_overlay_edit_text'),
    where(done, ({ bounds }, { height }) => bounds.bottom < height * 0.25, 'at the top'),
  ],
  never: [byId('caption_input_text_view'), tracks],
  input: control([either(byId('text_overlay_edit_text'), byClass('EditText'))]),
  done: control([done]),
});
