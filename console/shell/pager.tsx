import { Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './rows.module.css';

/** Below a list that does not fit on one page. */
export function Pager({
  total,
  pageSize,
  page,
  onPage,
}: {
  total: number;
  pageSize: number;
  page: number;
  onPage(page: number): void;
}) {
  const { t } = useTranslation();
  const pages = Math.ceil(total / pageSize);
  if (pages <= 1) return null;
  return (
    <nav className={classes.more} aria-label={t('lists.pages')}>
      <Pagination
        size="sm"
        total={pages}
        value={Math.min(page, pages)}
        onChange={onPage}
        getItemProps={(number) => ({ 'aria-label': t('lists.page', { page: number }) })}
        getControlProps={(control) => ({
          'aria-label': control === 'next' || control === 'last' ? t('lists.next') : t('lists.before'),
        })}
      />
    </nav>
  );
}
