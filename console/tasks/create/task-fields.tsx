import { Collapse, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scriptNames } from '../../../src/contract/script-names.ts';
import { Icon } from '../../shell/icons.tsx';
import { oneOf } from '../../shell/params.ts';
import type { FieldSchema } from '../../shell/schema.ts';
import { SchemaField } from '../../shell/schema-field.tsx';
import classes from './create-page.module.css';
import { defaultsOf, errorAt, type FieldsProps, propertiesOf } from './draft.ts';
import { Executors } from './executors.tsx';
import { examples, isAdvanced, isFieldShown, longFields } from './fields.ts';

/** Which script, who does it, and its settings: what a create call and a schedule have in common. */
export function TaskFields(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  return (
    <>
      <SegmentedControl
        aria-label={t('tasks.script')}
        className={classes.scripts ?? ''}
        value={draft.script}
        data={scriptNames.map((value) => ({ value, label: t(`scripts.${value}`) }))}
        onChange={(value) => {
          const script = oneOf(scriptNames, value) ?? 'post';
          onChange({ script, config: defaultsOf(propertiesOf(script)) });
        }}
      />
      <p className={classes.about}>{t(`create.about.${draft.script}`)}</p>
      <Executors {...props} />
      <ConfigFields {...props} />
    </>
  );
}

function ConfigFields({ draft: { script, config }, onChange, problem }: FieldsProps) {
  const errorOf = (name: string) => errorAt(problem, name);
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const entries = Object.entries(propertiesOf(script)).filter(([key]) => isFieldShown(key, config));
  const field = ([key, schema]: [string, FieldSchema]) =>
    schema.properties ? (
      <fieldset key={key} className={classes.inner}>
        <legend>{t('create.textService')}</legend>
        {Object.entries(schema.properties).map(([name, inner]) => (
          <SchemaField
            key={name}
            name={name}
            schema={inner}
            isLong={longFields.has(name)}
            value={(config[key] as Record<string, unknown>)[name]}
            onChange={(value) =>
              onChange({ config: { ...config, [key]: { ...(config[key] as object), [name]: value } } })
            }
            error={name === 'api_key' ? errorOf(key) : undefined}
          />
        ))}
      </fieldset>
    ) : (
      <SchemaField
        key={`${script} ${key}`}
        name={key}
        schema={schema}
        isLong={longFields.has(key)}
        placeholder={examples[key]}
        value={config[key]}
        onChange={(value) => onChange({ config: { ...config, [key]: value } })}
        error={errorOf(key)}
      />
    );
  const rare = entries.filter(([key]) => isAdvanced(script, key));
  return (
    <>
      {entries.filter(([key]) => !isAdvanced(script, key)).map(field)}
      {rare.length > 0 && (
        <div>
          <UnstyledButton
            className={classes.more ?? ''}
            aria-expanded={isOpen}
            onClick={() => setOpen((before) => !before)}
          >
            <Icon name={isOpen ? 'down' : 'right'} /> {t('create.more')}
          </UnstyledButton>
          <Collapse expanded={isOpen || rare.some(([key]) => errorOf(key) !== undefined)}>
            <div className={classes.rare}>{rare.map(field)}</div>
          </Collapse>
        </div>
      )}
    </>
  );
}
