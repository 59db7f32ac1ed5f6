import { Badge, Button, Kbd, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Draft, Evidence, ReviewItem } from '../../src/contract/review.ts';
import { ServerImage } from '../shell/server-image.tsx';
import { Ago } from '../shell/time.tsx';
import classes from './review-card.module.css';

type Verb = ReviewItem['verbs'][number];

const keys: Readonly<Record<Verb, string>> = { approve: 'A', reject: 'X', done: 'D', 'not-done': 'N' };
const colours: Readonly<Record<ReviewItem['kind'], string>> = { hold: 'blue', draft: 'teal', doubt: 'amber' };

interface CardProps {
  item: ReviewItem;
  /** Keys act on this one. */
  isHere: boolean;
  isBusy: boolean;
  onHere(): void;
  onText(text: string): void;
  onDecide(verb: Verb): void;
}

/** One question with what there is to decide it by. */
export function ReviewCard({ item, isHere, isBusy, onHere, onText, onDecide }: CardProps) {
  const { t } = useTranslation();
  return (
    <article
      className={classes.card}
      data-item={item.id}
      data-here={isHere || undefined}
      onFocus={onHere}
      onPointerDown={onHere}
    >
      <header className={classes.head}>
        <Badge color={colours[item.kind]} variant="light">
          {t(`review.kinds.${item.kind}`)}
        </Badge>
        <span className={classes.when}>
          <Ago at={item.made_at} />
        </span>
        {item.task_id !== null && (
          <Link href={`/tasks/${item.task_id}`}>{t('review.openTask', { id: item.task_id })}</Link>
        )}
      </header>
      <p className={classes.text} dir="auto">
        {item.text}
      </p>
      {item.draft && <DraftText draft={item.draft} canEdit={item.verbs.length > 0} onText={onText} />}
      {item.evidence.length > 0 && (
        <div className={classes.evidence}>
          {item.evidence.map((moment) => (
            <Moment key={moment.when} moment={moment} />
          ))}
        </div>
      )}
      {item.verbs.length > 0 ? (
        <div className={classes.verbs}>
          {item.verbs.map((verb, index) => (
            <Button
              key={verb}
              size="xs"
              variant={index === 0 ? 'filled' : 'default'}
              loading={isBusy}
              onClick={() => onDecide(verb)}
              rightSection={isHere ? <Kbd size="xs">{keys[verb]}</Kbd> : undefined}
            >
              {t(`review.verbs.${verb}`)}
            </Button>
          ))}
        </div>
      ) : (
        <p className={classes.when}>
          {t('review.decidedBy', { person: item.decided_by ?? '', decision: item.decision ?? '' })}{' '}
          {item.decided_at !== null && <Ago at={item.decided_at} />}
        </p>
      )}
    </article>
  );
}

function DraftText({ draft, canEdit, onText }: { draft: Draft; canEdit: boolean; onText(text: string): void }) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<string>();
  return (
    <div className={classes.draft}>
      <Textarea
        label={t('review.draftText')}
        description={draft.state === 'asking' ? t('review.asking') : (draft.problem ?? undefined)}
        autosize
        minRows={2}
        maxLength={2_200}
        readOnly={!canEdit}
        value={edited ?? draft.content ?? ''}
        onChange={(event) => {
          setEdited(event.currentTarget.value);
          onText(event.currentTarget.value);
        }}
      />
      <dl className={classes.facts}>
        <dt>{t('review.target')}</dt>
        <dd dir="auto">{draft.target}</dd>
        <dt>{t('review.prompt')}</dt>
        <dd dir="auto">{draft.prompt}</dd>
      </dl>
    </div>
  );
}

function Moment({ moment }: { moment: Evidence }) {
  const { t } = useTranslation();
  const label = t(`review.moments.${moment.when}`);
  return (
    <figure className={classes.moment}>
      {moment.picture !== null && <ServerImage src={moment.picture} alt={label} />}
      <figcaption>
        <b>{label}</b>
        {moment.seen !== null && <span dir="auto">{moment.seen}</span>}
      </figcaption>
    </figure>
  );
}
