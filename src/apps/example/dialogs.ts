import { byText } from '../../phone/selector.ts';
import { control, defineDialog } from '../../script/screen.ts';
import { t } from './texts.ts';

/** A question between screens. `dismiss` names the control that changes nothing; a dialog without one is left alone. */
export const survey = defineDialog('example.survey', {
  needs: [byText(t('survey-question')), byText(t('not-now'))],
  dismiss: 'later',
  later: control([byText(t('not-now'))]),
});
