import { Button, FileInput, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csvType, type ImportReply, xlsxType } from '../../src/contract/account-import.ts';
import type { Envelope } from '../../src/contract/envelope.ts';
import { importAccounts } from '../../src/contract/operations/accounts.ts';
import { refusal, request, urlOf } from '../shell/api.ts';
import { Failed } from '../shell/errors.tsx';
import rows from '../shell/rows.module.css';
import { useAct } from '../shell/use-act.ts';

const mostShown = 200;

/** Reads a table of accounts and shows what it would change before anything is changed. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportReply>();
  const [problem, setProblem] = useState<unknown>();

  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setPreview(undefined);
    setProblem(undefined);
    if (!chosen) return;
    await send(chosen, true).then(setPreview, setProblem);
  };
  const apply = async () => {
    if (!file) return;
    const told = { done: t('accounts.imported'), failed: t('accounts.importFailed'), stale: [['accounts'], ['tasks']] };
    const reply = await act(told, () => send(file, false));
    if (reply?.applied) onClose();
    else if (reply) setPreview(reply);
  };
  const changes = preview ? preview.create.length + preview.update.length : 0;

  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('accounts.import')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm">
        <FileInput
          data-autofocus
          label={t('accounts.file')}
          description={t('accounts.fileWhy')}
          placeholder={t('accounts.choose')}
          accept=".csv,.xlsx,text/csv"
          clearable
          value={file}
          onChange={(chosen) => void choose(chosen)}
        />
        {problem !== undefined && <Failed error={problem} />}
        {preview && <Preview preview={preview} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('lists.cancel')}
          </Button>
          <Button
            disabled={!preview || preview.errors.length > 0 || changes === 0}
            loading={isBusy}
            onClick={() => void apply()}
          >
            {t('accounts.apply', { count: changes })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Preview({ preview }: { preview: ImportReply }) {
  const { t } = useTranslation();
  const lines = [
    ...preview.errors.map(({ row, message }) => ({
      key: `e${row}${message}`,
      row,
      what: t('accounts.wrong'),
      text: message,
    })),
    ...preview.create.map((one) => ({
      key: `c${one.row}`,
      row: one.row,
      what: t('accounts.new'),
      text: `@${one.username} · ${one.device ?? t('accounts.noPhone')}`,
    })),
    ...preview.update.map((one) => ({
      key: `u${one.row}`,
      row: one.row,
      what: t('accounts.changes'),
      text: `@${one.username}: ${Object.keys(one.to)
        .map((field) => `${field} ${shown(Reflect.get(one.from, field))} → ${shown(Reflect.get(one.to, field))}`)
        .join(', ')}`,
    })),
  ];
  return (
    <>
      <p>
        {t('accounts.preview', {
          create: preview.create.length,
          update: preview.update.length,
          unchanged: preview.unchanged,
          errors: preview.errors.length,
        })}
        {preview.ignored_columns.length > 0 &&
          ` ${t('accounts.ignored', { columns: preview.ignored_columns.join(', ') })}`}
      </p>
      {lines.length > 0 && (
        <div className={rows.scroller}>
          <table className={rows.rows}>
            <thead>
              <tr>
                <th scope="col">{t('accounts.row')}</th>
                <th scope="col">{t('accounts.whatHappens')}</th>
                <th scope="col">{t('accounts.account')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(0, mostShown).map(({ key, row, what, text }) => (
                <tr key={key}>
                  <td>{row}</td>
                  <td data-tight="">{what}</td>
                  <td>
                    <bdi>{text}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {lines.length > mostShown && <p>{t('accounts.andMore', { count: lines.length - mostShown })}</p>}
    </>
  );
}

const shown = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '–' : Array.isArray(value) ? value.join(' ') : String(value);

async function send(file: File, preview: boolean): Promise<ImportReply> {
  const isSheet = file.name.toLowerCase().endsWith('.xlsx');
  const response = await request(urlOf(importAccounts.path, {}, { preview }), {
    method: 'POST',
    headers: { 'content-type': isSheet ? xlsxType : csvType },
    body: file,
  });
  const envelope = (await response.json()) as Envelope<ImportReply>;
  if (envelope.code !== 0) throw refusal(response, envelope);
  return envelope.data;
}
