import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { allOperations, operationList } from '../contract/all-operations.ts';
import { isObjectSchema, namedSchemas } from '../contract/all-schemas.ts';
import { siteOperations } from '../contract/site.ts';
import { tagDescriptions } from '../contract/tags.ts';
import { describeApi } from './site.ts';

const build = () => describeApi('1.2.3');

const contract = join(import.meta.dirname, '../contract');

test("Redocly's recommended rules have nothing to say", async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const source = JSON.stringify(build());
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

describe('nothing is left out', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  test('each described operation is bound to a route, and each bound one is described', () => {
    const ids = (operations: readonly { id: string }[]): string[] => operations.map(({ id }) => id).sort();
    expect(ids(server.http.operations)).toEqual(ids(operationList));
  });

  test('every file of operations is in the list, under the names of its exports', async () => {
    const found: string[] = [];
    for (const file of globSync('*.ts', { cwd: join(contract, 'operations') })) {
      const exported = (await import(join(contract, 'operations', file))) as Record<string, { id: string }>;
      for (const [name, operation] of Object.entries(exported)) {
        expect(operation.id).toBe(name);
        found.push(name);
      }
    }
    expect(Object.keys(allOperations).sort()).toEqual(found.sort());
  });

  test('every exported schema of an object has its name', async () => {
    const missing: string[] = [];
    for (const file of globSync(['*.ts', 'scripts/*.ts'], { cwd: contract })) {
      if (file.endsWith('.test.ts') || basename(file).startsWith('all-')) continue;
      const exported = (await import(join(contract, file))) as Record<string, unknown>;
      for (const [name, value] of Object.entries(exported)) {
        if (isObjectSchema(value) && namedSchemas.get(name) !== value) missing.push(`${file}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('every tag says what it is about', () => {
    const tags = new Set([...operationList, ...siteOperations].map(({ tag }) => tag));
    expect([...tags].filter((tag) => tagDescriptions[tag] === undefined)).toEqual([]);
  });
});

const examples = operationList.flatMap(({ examples: given = [], ...operation }) =>
  given.map((example) => ({ title: `${operation.id}: ${example.name}`, operation, example })),
);

test.each(examples)('the example "$title" is what its schemas allow', ({ operation, example }) => {
  const { params, query, body, data } = operation;
  if (example.params) expect(Value.Check(params ?? {}, example.params)).toBe(true);
  if (example.query) expect(Value.Check(query ?? {}, Value.Default(query ?? {}, { ...example.query }))).toBe(true);
  if (example.body !== undefined) {
    expect(Value.Errors(body ?? {}, Value.Default(body ?? {}, structuredClone(example.body)))).toEqual([]);
  }
  if (example.data !== undefined) expect(Value.Errors(data ?? {}, example.data)).toEqual([]);
});

describe('the document', () => {
  const document = build();
  const schemas = document.components.schemas ?? {};

  test('an input may leave out what has a default', () => {
    const list = document.paths['/api/v1/task']?.get;
    const page = list?.parameters?.find(({ name }) => name === 'page');
    expect(page).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', default: 1 } });
    expect(schemas.PostConfig).not.toHaveProperty('required');
    expect(schemas.Task?.required).toContain('status_text');
  });

  test('"or null" is said in one word, our own words get an x-, and a tuple says so', () => {
    expect(schemas.Task).toMatchObject({ properties: { username: { type: ['string', 'null'] } } });
    expect(JSON.stringify(schemas.PostConfig)).toContain('"x-unit":"s"');
    expect(schemas.TraceStep).toMatchObject({ properties: { bounds: { prefixItems: [{}, {}, {}, {}], maxItems: 4 } } });
    expect(JSON.stringify(document)).not.toMatch(/"(unit|secret|additionalItems)":|"ceiling":\d/);
  });

  test('each error of an operation is shown with its number', () => {
    expect(document.paths['/api/v1/task']?.post?.responses['409']).toMatchObject({
      content: { 'application/json': { examples: { 'conflict-idempotency': { value: { code: 40901, data: null } } } } },
    });
  });

  test('script_config names the inputs of all scripts, with their older spellings', () => {
    expect(schemas.CreateTaskBody).toMatchObject({
      properties: { script_config: { anyOf: expect.arrayContaining([{ $ref: '#/components/schemas/PostConfig' }]) } },
    });
    expect(schemas.RelationConfig).toMatchObject({ properties: { target_username: {} } });
  });
});
