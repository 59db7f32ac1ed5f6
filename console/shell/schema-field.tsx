import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldSchema, fieldWords, optionWords } from './schema.ts';

export interface SchemaFieldProps {
  /** Name of its words in the catalogue, and of the value in the API. */
  name: string;
  schema: FieldSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string | undefined;
  /** A text of several lines. */
  isLong?: boolean;
  placeholder?: string | undefined;
}

/** An input for one value of a schema: choices, switch, number, text, list of texts. */
export function SchemaField({ name, schema, value, onChange, error, isLong = false, placeholder }: SchemaFieldProps) {
  const { t } = useTranslation();
  const { label, help } = fieldWords(t, name, schema);
  const shared = { label, description: help, error, 'data-field': name };
  if (schema.enum)
    return (
      <Select
        {...shared}
        allowDeselect={false}
        value={value === undefined ? null : String(value)}
        data={schema.enum.map((one) => ({ value: String(one), label: optionWords(t, name, one) }))}
        onChange={(chosen) => onChange(schema.enum?.find((one) => String(one) === chosen))}
      />
    );
  switch (schema.type) {
    case 'boolean':
      return (
        <Switch {...shared} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          {...(schema.minimum !== undefined && { min: schema.minimum })}
          {...(schema.maximum !== undefined && { max: schema.maximum })}
          allowDecimal={schema.type === 'number'}
          clampBehavior="none"
          suffix={schema.unit ? ` ${schema.unit}` : ''}
          onChange={(given) => onChange(given === '' ? undefined : Number(given))}
        />
      );
    case 'array':
      return <LinesField {...shared} placeholder={placeholder} value={value} onChange={onChange} schema={schema} />;
    default:
      return schema.secret ? (
        <PasswordInput
          {...shared}
          value={textOf(value)}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : isLong ? (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={10}
          placeholder={placeholder}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...shared}
          placeholder={placeholder}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface LinesFieldProps {
  label: string;
  description: string;
  error: string | undefined;
  placeholder: string | undefined;
  value: unknown;
  schema: FieldSchema;
  onChange: (value: unknown) => void;
}

/** One entry a line. What is typed stays as it is, also while a line is still empty. */
function LinesField({ value, onChange, schema: _, ...shared }: LinesFieldProps) {
  const list = Array.isArray(value) ? value.map(String) : [];
  const [text, setText] = useState(list.join('\n'));
  const isOurs = linesOf(text).join('\n') === list.join('\n');
  return (
    <Textarea
      {...shared}
      autosize
      minRows={2}
      maxRows={10}
      value={isOurs ? text : list.join('\n')}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(linesOf(event.currentTarget.value));
      }}
    />
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
