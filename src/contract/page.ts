import { Type } from 'typebox';

export const maxPageSize = 100;

/** Query of a list; `page_size` over 100 is served as 100. */
export const pageQuery = {
  page: Type.Integer({ default: 1, minimum: 1, maximum: 1_000_000_000, description: '1-based' }),
  page_size: Type.Integer({ default: 20, minimum: 1, description: 'At most 100 are served' }),
};

/** Fields of a list beside the list itself. */
export const pageFields = { total: Type.Integer(), page: Type.Integer(), page_size: Type.Integer() };

export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A list under its plural name, as the documentation has it for accounts. */
export const listOf = <Name extends string, Item extends Type.TSchema>(name: Name, item: Item) =>
  Type.Object({ [name]: Type.Array(item), ...pageFields } as { [Key in Name]: Type.TArray<Item> } & typeof pageFields);

/** ISO 8601 with offset. */
export const isoTime = (description: string) => Type.String({ description: `${description}; ISO 8601 with offset` });
