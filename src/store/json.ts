/** JSON of a text column. What stands there we wrote ourselves, so it is trusted to be an object. */
export const parseObject = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

export const parseStrings = (text: string): string[] => JSON.parse(text) as string[];
