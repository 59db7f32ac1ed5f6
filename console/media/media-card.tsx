import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Media } from '../../src/contract/media.ts';
import { bytes, span } from '../shell/format.ts';
import { ServerImage } from '../shell/server-image.tsx';
import classes from './media-page.module.css';

/** One item: its picture, what it is, whether it was posted. */
export function MediaCard({ item, onOpen }: { item: Media; onOpen(): void }) {
  const { t, i18n } = useTranslation();
  const facts = [
    `${item.width} × ${item.height}`,
    item.duration_ms === null ? '' : span(i18n.language, item.duration_ms),
    bytes(i18n.language, item.bytes),
  ];
  return (
    <button type="button" className={classes.card} onClick={onOpen}>
      <ServerImage src={item.thumbnail} alt="" className={classes.picture} />
      <span className={classes.name} dir="auto">
        {item.name}
      </span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
      <span className={classes.tags}>
        {item.used && (
          <Badge size="xs" color="amber" variant="light">
            {t('media.usedBy', { count: item.use_count })}
          </Badge>
        )}
        {item.tags.map((tag) => (
          <Badge key={tag} size="xs" variant="default">
            {tag}
          </Badge>
        ))}
      </span>
    </button>
  );
}
