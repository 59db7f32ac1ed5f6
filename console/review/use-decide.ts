import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { approveReview, confirmReview, denyReview, rejectReview } from '../../src/contract/operations/review.ts';
import type { ReviewItem } from '../../src/contract/review.ts';
import { call } from '../shell/api.ts';
import { tellDone, tellFailure } from '../shell/notify.tsx';

type Verb = ReviewItem['verbs'][number];

const calls: Readonly<Record<Exclude<Verb, 'approve'>, typeof rejectReview>> = {
  reject: rejectReview,
  done: confirmReview,
  'not-done': denyReview,
};

/** Decides an item at the server; the list follows from what is there afterwards. */
export function useDecide() {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const client = useQueryClient();
  const [deciding, setDeciding] = useState<ReadonlySet<number>>(new Set());

  const decide = async (item: ReviewItem, verb: Verb, text?: string): Promise<void> => {
    if (deciding.has(item.id)) return;
    setDeciding((before) => new Set(before).add(item.id));
    const params = { id: item.id };
    const own = text !== undefined && text !== item.draft?.content ? { text } : {};
    try {
      const { task_id } =
        verb === 'approve' ? await call(approveReview, { params, body: own }) : await call(calls[verb], { params });
      const task = task_id ?? item.task_id;
      tellDone(
        t(`review.told.${verb}`),
        task === null ? undefined : { label: t('review.openTask', { id: task }), run: () => go(`/tasks/${task}`) },
      );
    } catch (error) {
      tellFailure(t('review.failed'), error, i18n);
    } finally {
      setDeciding((before) => new Set([...before].filter((id) => id !== item.id)));
      void client.invalidateQueries({ queryKey: ['reviews'] });
      void client.invalidateQueries({ queryKey: ['tasks'] });
    }
  };
  return { decide, deciding };
}
