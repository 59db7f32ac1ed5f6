import fc from 'fast-check';

/** JSON Schema as the OpenAPI document has it. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  prefixItems?: readonly Schema[];
  patternProperties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

/** What people, spreadsheets and attackers put where a text belongs. */
const nastyTexts = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'true',
  '@',
  '\u0000',
  '\ud800',
  '\u202e\u200d',
  '../../../../etc/passwd',
  'C:\\Windows\\win.ini',
  '/dev/zero',
  "'; drop table task; --",
  '$(reboot)',
  '<script>alert(1)</script>',
  '%00%ff%',
  '__proto__',
  'constructor',
  '=cmd|calc!A1',
  '25:61',
  '2026-02-30T99:99:99+99:99',
  '9'.repeat(400),
  'ä'.repeat(3_000),
  '🙂'.repeat(50),
  '{'.repeat(100),
];

const nastyNumbers = [0, -0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e300, 999_999_999];

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...nastyTexts),
  fc.constantFrom<unknown>(...nastyNumbers),
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], { __proto__: { a: 1 } }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Values a schema allows, here and there with one that it does not. */
export class SchemaValues {
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(schemas: Readonly<Record<string, Schema>>) {
    this.#schemas = schemas;
  }

  of(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 30, arbitrary: this.#allowed(schema, depth) }, { weight: 1, arbitrary: nasty });
  }

  /** The document's own example, here and there with another value at one place. */
  near(example: unknown): fc.Arbitrary<unknown> {
    return fc.tuple(fc.nat(12), fc.boolean(), nasty).map(([place, isSpoilt, value]) => {
      if (!isSpoilt) return example;
      let left = place;
      const text = JSON.stringify(example, (key, one: unknown) => (key !== '' && left-- === 0 ? value : one));
      return JSON.parse(text) as unknown;
    });
  }

  #allowed(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref) return this.#allowed(this.#schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => this.#allowed(one, depth)));
    const types = [schema.type ?? 'any'].flat();
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, depth)));
  }

  #ofType(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return integers(schema);
      case 'number':
        return fc.oneof(
          integers(schema),
          fc.double({ min: schema.minimum ?? -10, max: schema.maximum ?? 10, noNaN: true }),
        );
      case 'string':
        return texts(schema);
      case 'array':
        return depth > 5 ? fc.constant([]) : this.#list(schema, depth);
      case 'object':
        return depth > 5 ? fc.constant({}) : this.#object(schema, depth);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  }

  #list({ items = {}, prefixItems, minItems = 0, maxItems = 4 }: Schema, depth: number): fc.Arbitrary<unknown> {
    if (prefixItems) return fc.tuple(...prefixItems.map((one) => this.of(one, depth + 1)));
    return fc.array(this.of(items, depth + 1), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(4, maxItems)),
    });
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], patternProperties = {}, additionalProperties } = schema;
    const open =
      Object.values(patternProperties)[0] ??
      (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    const known = fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, this.of(one, depth + 1)])),
      { requiredKeys: Object.keys(properties).filter((name) => required.includes(name)) },
    );
    if (!open) return known;
    const more = fc.dictionary(fc.string({ maxLength: 8 }), this.of(open, depth + 1), { maxKeys: 3 });
    return fc.tuple(known, more).map(([one, other]) => ({ ...other, ...one }));
  }
}

function integers({ minimum = -3, maximum = 120 }: Schema): fc.Arbitrary<number> {
  const low = Math.ceil(minimum);
  return fc.oneof(
    fc.integer({ min: low, max: Math.min(maximum, low + 60) }),
    fc.constantFrom(low, Math.floor(maximum), Math.min(maximum, 1)),
  );
}

function texts({ pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern.replaceAll('\\p{Cc}', '\\x00-\\x1f')));
  const longest = Math.max(minLength, Math.min(maxLength, 12));
  return fc.oneof(
    fc.constantFrom(
      'P1',
      'P2',
      'lena',
      '@bo',
      'follow',
      'post',
      '08:30',
      'https://www.tiktok.com/@u/video/1',
      'Europe/Berlin',
    ),
    fc.string({ minLength, maxLength: longest }),
    fc.string({ minLength, maxLength: longest, unit: 'grapheme' }),
  );
}
