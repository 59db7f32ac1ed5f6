import { Button, Group, JsonInput, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateTaskBody } from '../../src/contract/create-task.ts';
import { changeSchedule, createSchedule, previewSchedule } from '../../src/contract/operations/schedules.ts';
import { missedRules, type Schedule } from '../../src/contract/schedule.ts';
import { call } from '../shell/api.ts';
import { Instant } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';

const example = `{
  "serials": ["SERIAL"],
  "script_name": "post",
  "script_config": { "captions": "{Good morning|Hello}", "materials_tags": "morning" }
}`;

/** When, in which zone, and which create call. The next instants are shown while one types. */
export function ScheduleForm({ schedule, onClose }: { schedule: Schedule | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const [name, setName] = useState(schedule?.name ?? '');
  const [cron, setCron] = useState(schedule?.cron ?? '30 8 * * 1-5');
  const [zone, setZone] = useState(schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [rule, setRule] = useState<string>(schedule?.missed_rule ?? 'skip');
  const [body, setBody] = useState(schedule ? JSON.stringify(schedule.body, null, 2) : example);
  const preview = useQuery({
    queryKey: ['schedule-preview', cron, zone],
    queryFn: ({ signal }) => call(previewSchedule, { body: { cron, time_zone: zone }, signal }),
    enabled: cron.trim() !== '',
    retry: false,
  });

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = {
      name,
      cron,
      time_zone: zone,
      missed_rule: missedRules.find((one) => one === rule) ?? 'skip',
      body: parse(body) as CreateTaskBody,
    };
    const told = {
      done: t('schedules.saved', { name }),
      failed: t('schedules.failed', { name }),
      stale: [['schedules']],
    };
    const saved = await act(told, () =>
      schedule
        ? call(changeSchedule, { params: { id: schedule.id }, body: wanted })
        : call(createSchedule, { body: wanted }),
    );
    if (saved) onClose();
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={schedule ? t('schedules.change') : t('schedules.add')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('schedules.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group grow align="start">
            <TextInput
              required
              label={t('schedules.cron')}
              description={t('schedules.cronWhy')}
              error={preview.isError ? preview.error.message : undefined}
              value={cron}
              onChange={(event) => setCron(event.currentTarget.value)}
            />
            <Select
              label={t('schedules.zone')}
              description={t('schedules.zoneWhy')}
              searchable
              allowDeselect={false}
              limit={100}
              value={zone}
              data={[...new Set([zone, ...Intl.supportedValuesOf('timeZone')])]}
              onChange={(value) => setZone(value ?? zone)}
            />
          </Group>
          {preview.data && (
            <p>
              {t('schedules.nextTen')}{' '}
              {preview.data.next.map((at, index) => (
                <span key={at}>
                  {index > 0 && ' · '}
                  <Instant at={at} />
                </span>
              ))}
            </p>
          )}
          <Select
            label={t('schedules.missed')}
            allowDeselect={false}
            value={rule}
            data={missedRules.map((value) => ({ value, label: t(`schedules.missedRules.${value}`) }))}
            onChange={(value) => setRule(value ?? 'skip')}
          />
          <JsonInput
            label={t('schedules.body')}
            description={t('schedules.bodyWhy')}
            autosize
            minRows={6}
            validationError={t('schedules.bodyWrong')}
            value={body}
            onChange={setBody}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('lists.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={parse(body) === undefined}>
              {t('accounts.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the field says so
  }
}
