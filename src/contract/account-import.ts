import { type Static, Type } from 'typebox';
import { Account } from './account.ts';

/** Names of the columns of an export, and of the keys that an import reads. */
export const importColumns = [
  'platform',
  'username',
  'device',
  'packagename',
  'email',
  'tags',
  'owned',
  'status',
] as const;
export type ImportColumn = (typeof importColumns)[number];

export const maxImportRows = 10_000;
export const maxImportBytes = 5 * 1024 * 1024;

/** One row of a JSON import. Values are read as forgivingly as the cells of a file: see docs/accounts.md. */
export const ImportRow = Type.Record(Type.String(), Type.Unknown(), {
  description: `Keys: ${importColumns.join(', ')}; "serial" is another word for device. Only username is needed`,
});

export const ImportBody = Type.Array(ImportRow, { maxItems: maxImportRows });

const Row = Type.Integer({ description: 'Of the file, its header being row 1; of a JSON list: counted from 1' });
const Values = Type.Object({
  device: Account.properties.device,
  packagename: Account.properties.packagename,
  email: Account.properties.email,
  tags: Account.properties.tags,
  owned: Account.properties.owned,
  status: Account.properties.status,
});
export type ImportValues = Static<typeof Values>;
const who = { row: Row, platform: Account.properties.platform, username: Type.String() };

export const ImportReply = Type.Object({
  applied: Type.Boolean({ description: 'false: a preview, or there were errors; nothing was changed' }),
  create: Type.Array(Type.Object({ ...who, ...Values.properties })),
  update: Type.Array(
    Type.Object({
      ...who,
      id: Type.Integer(),
      from: Type.Partial(Values, { description: 'Fields that change, as they are before' }),
      to: Type.Partial(Values, { description: 'The same fields as they are after' }),
    }),
  ),
  unchanged: Type.Integer({ description: 'Rows that say what is so already' }),
  errors: Type.Array(Type.Object({ row: Row, message: Type.String() })),
  ignored_columns: Type.Array(Type.String(), { description: 'Columns that mean nothing here' }),
});
export type ImportReply = Static<typeof ImportReply>;

export const ImportQuery = Type.Object({
  preview: Type.Boolean({ default: false, description: 'true: say what would change, and change nothing' }),
});

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const ExportQuery = Type.Object({
  format: Type.Enum([...exportFormats], { default: 'csv' }),
});

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const csvType = 'text/csv';
