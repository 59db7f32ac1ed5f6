import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listReview } from '../../src/contract/operations/review.ts';
import type { ReviewItem } from '../../src/contract/review.ts';
import { call } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { Page } from '../shell/page.tsx';
import { useParams } from '../shell/params.ts';
import { Switcher } from '../shell/switcher.tsx';
import { ReviewCard } from './review-card.tsx';
import classes from './review-page.module.css';
import { useDecide } from './use-decide.ts';

const shownAtOnce = 50;

/** What waits for a person, the oldest first; by keyboard alone if one likes. */
export function ReviewPage() {
  const { t } = useTranslation();
  const [params, change] = useParams();
  const isDecided = params.get('state') === 'decided';
  const reviews = useQuery({
    queryKey: ['reviews', isDecided],
    queryFn: ({ signal }) =>
      call(listReview, { query: { state: isDecided ? 'decided' : 'open', page_size: shownAtOnce }, signal }),
  });
  const items = reviews.data?.items ?? [];
  const [at, setAt] = useState(0);
  const here = items[Math.min(at, items.length - 1)];
  const list = useRef<HTMLDivElement>(null);
  const { decide, deciding } = useDecide();
  const texts = useRef(new Map<number, string>());

  useEffect(() => {
    if (here) list.current?.querySelector(`[data-item="${here.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [here]);

  const step = (by: number) => setAt(Math.max(0, Math.min(items.length - 1, at + by)));
  const act = (verb: ReviewItem['verbs'][number]) => {
    if (here?.verbs.includes(verb)) void decide(here, verb, texts.current.get(here.id));
  };
  const section = t('nav.review');
  useCommands([
    { id: 'review-next', label: t('review.next'), keys: 'j', section, run: () => step(1) },
    { id: 'review-before', label: t('review.before'), keys: 'k', section, run: () => step(-1) },
    { id: 'review-approve', label: t('review.verbs.approve'), keys: 'a', section, run: () => act('approve') },
    { id: 'review-reject', label: t('review.verbs.reject'), keys: 'x', section, run: () => act('reject') },
    { id: 'review-done', label: t('review.verbs.done'), keys: 'd', section, run: () => act('done') },
    { id: 'review-not-done', label: t('review.verbs.not-done'), keys: 'n', section, run: () => act('not-done') },
    {
      id: 'review-edit',
      label: t('review.edit'),
      keys: 'e',
      section,
      run: () => list.current?.querySelector<HTMLElement>('[data-here] textarea')?.focus(),
    },
  ]);

  return (
    <Page
      title={t('nav.review')}
      lead={reviews.isSuccess && !isDecided ? t('review.waiting', { count: reviews.data.total }) : ''}
      actions={
        <Switcher
          label={t('review.which')}
          value={isDecided ? 'decided' : 'open'}
          options={[
            { value: 'open', label: t('review.open') },
            { value: 'decided', label: t('review.decided') },
          ]}
          onChange={(state) => change({ state: state === 'open' ? undefined : state })}
        />
      }
    >
      {reviews.isError && items.length === 0 && <Failed error={reviews.error} onAgain={() => void reviews.refetch()} />}
      {reviews.isSuccess && items.length === 0 && (
        <Empty icon="review" title={isDecided ? t('review.noneDecided') : t('review.none')}>
          <p>{t('review.what')}</p>
        </Empty>
      )}
      <div ref={list} className={classes.list}>
        {items.map((item, index) => (
          <ReviewCard
            key={item.id}
            item={item}
            isHere={item === here && !isDecided}
            isBusy={deciding.has(item.id)}
            onHere={() => setAt(index)}
            onText={(text) => texts.current.set(item.id, text)}
            onDecide={(verb) => void decide(item, verb, texts.current.get(item.id))}
          />
        ))}
      </div>
    </Page>
  );
}
