import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { Empty } from './empty.tsx';
import { ErrorBoundary } from './errors.tsx';
import { Page } from './page.tsx';

const AuditPage = lazy(async () => ({ default: (await import('../audit/audit-page.tsx')).AuditPage }));
const CreatePage = lazy(async () => ({ default: (await import('../tasks/create/create-page.tsx')).CreatePage }));
const PhonePage = lazy(async () => ({ default: (await import('../devices/phone-page.tsx')).PhonePage }));
const TaskPage = lazy(async () => ({ default: (await import('../tasks/task-page.tsx')).TaskPage }));
const TasksPage = lazy(async () => ({ default: (await import('../tasks/tasks-page.tsx')).TasksPage }));
const AccessPage = lazy(async () => ({ default: (await import('../access/access-page.tsx')).AccessPage }));
const AccountsPage = lazy(async () => ({ default: (await import('../accounts/accounts-page.tsx')).AccountsPage }));
const GuidePage = lazy(async () => ({ default: (await import('../guide/guide-page.tsx')).GuidePage }));
const MediaPage = lazy(async () => ({ default: (await import('../media/media-page.tsx')).MediaPage }));
const ReviewPage = lazy(async () => ({ default: (await import('../review/review-page.tsx')).ReviewPage }));
const SchedulePage = lazy(async () => ({ default: (await import('../schedules/schedule-page.tsx')).SchedulePage }));
const SchedulesPage = lazy(async () => ({ default: (await import('../schedules/schedules-page.tsx')).SchedulesPage }));
const SettingsPage = lazy(async () => ({ default: (await import('../settings/settings-page.tsx')).SettingsPage }));
const WallPage = lazy(async () => ({ default: (await import('../devices/wall-page.tsx')).WallPage }));

/** Path → page. Each page is loaded when it is first opened. */
export function Routes() {
  const [location] = useLocation();
  return (
    <ErrorBoundary resetKey={location}>
      <Suspense fallback={<div aria-busy="true" />}>
        <Switch>
          <Route path="/" component={WallPage} />
          <Route path="/devices/:serial" component={PhonePage} />
          <Route path="/tasks" component={TasksPage} />
          <Route path="/tasks/new" component={CreatePage} />
          <Route path="/tasks/:id" component={TaskPage} />
          <Route path="/review" component={ReviewPage} />
          <Route path="/accounts" component={AccountsPage} />
          <Route path="/media" component={MediaPage} />
          <Route path="/schedules" component={SchedulesPage} />
          <Route path="/schedules/new" component={SchedulePage} />
          <Route path="/schedules/:id" component={SchedulePage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/access" component={AccessPage} />
          <Route path="/audit" component={AuditPage} />
          <Route path="/guide" component={GuidePage} />
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
