import { Anchor, Button, Checkbox, Group, Modal, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Media } from '../../src/contract/media.ts';
import { changeMedia, deleteMedia } from '../../src/contract/operations/media.ts';
import { call } from '../shell/api.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Ago } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';

const stale = [['media']];

/** Name, tags and caption of an item; and the ways to have it again or no more. */
export function MediaForm({ item, onClose }: { item: Media; onClose(): void }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const confirm = useConfirm();
  const [name, setName] = useState(item.name);
  const [tags, setTags] = useState<string[]>(item.tags);
  const [caption, setCaption] = useState(item.caption ?? '');
  const [isAgain, setAgain] = useState(item.allow_reuse);
  const params = { id: item.id };
  const failed = t('media.failed', { name: item.name });

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name, tags, caption: caption || null, allow_reuse: isAgain };
    const told = { done: t('media.saved', { name }), failed, stale };
    if (await act(told, () => call(changeMedia, { params, body }))) onClose();
  };
  const forget = () =>
    void act({ done: t('media.forgotten', { name }), failed, stale }, () =>
      call(changeMedia, { params, body: { used: false } }),
    ).then((done) => done && onClose());
  const remove = async () => {
    const text = t('media.deleteSure', { name: item.name });
    if (!(await confirm({ title: t('media.delete'), text, yes: t('lists.delete'), isDangerous: true }))) return;
    void act({ done: t('media.deleted', { name }), failed, stale }, () => call(deleteMedia, { params })).then(
      (done) => done && onClose(),
    );
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`media.kinds.${item.kind}`)}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <Anchor href={item.content} target="_blank" rel="noreferrer" fz="sm">
            {t('media.open')}
          </Anchor>
          <TextInput
            data-autofocus
            required
            label={t('media.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TagsInput label={t('media.tags')} description={t('media.tagsWhy')} value={tags} onChange={setTags} />
          <Textarea
            label={t('media.caption')}
            description={t('media.captionWhy')}
            autosize
            minRows={2}
            value={caption}
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
          <Checkbox
            label={t('media.again')}
            checked={isAgain}
            onChange={(event) => setAgain(event.currentTarget.checked)}
          />
          {item.last_used_at !== null && (
            <p>
              {t('media.lastUsed', { by: item.used_by.join(', ') })} <Ago at={item.last_used_at} />
            </p>
          )}
          <Group justify="space-between" gap="xs">
            <Group gap="xs">
              <Button variant="default" onClick={() => void remove()} loading={isBusy}>
                {t('media.delete')}
              </Button>
              {item.used && (
                <Button variant="default" onClick={forget} loading={isBusy}>
                  {t('media.forget')}
                </Button>
              )}
            </Group>
            <Button type="submit" loading={isBusy}>
              {t('accounts.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
