import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { Empty } from './empty.tsx';
import { ErrorBoundary } from './errors.tsx';
import { Page } from './page.tsx';

const TaskPage = lazy(async () => ({ default: (await import('../tasks/task-page.tsx')).TaskPage }));
const TasksPage = lazy(async () => ({ default: (await import('../tasks/tasks-page.tsx')).TasksPage }));
const WallPage = lazy(async () => ({ default: (await import('../devices/wall-page.tsx')).WallPage }));

/** Path → page. Each page is loaded when it is first opened. */
export function Routes() {
  const [location] = useLocation();
  return (
    <ErrorBoundary resetKey={location}>
      <Suspense fallback={<div aria-busy="true" />}>
        <Switch>
          <Route path="/" component={WallPage} />
          <Route path="/tasks" component={TasksPage} />
          <Route path="/tasks/:id" component={TaskPage} />
          <Route component={NoPage} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function NoPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('errors.noPage')}>
      <Empty icon="search" title={t('errors.noPage')}>
        <p>{t('errors.noPageNext')}</p>
      </Empty>
    </Page>
  );
}
