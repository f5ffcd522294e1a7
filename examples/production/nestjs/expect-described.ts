/** For tests: what the application answers, the description of its API has. */
import type { OpenAPIObject } from '@nestjs/swagger';
import { expect } from 'vitest';
import type { Answer } from './running-app.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Described = NonNullable<Operation['responses'][string]>;

/** Of a path that is not described, such as a metric's, it expects nothing. */
export function expectDescribed(
  api: OpenAPIObject,
  method: string,
  path: string,
  answer: Answer,
): void {
  const responses = operationOf(api, method, path)?.responses;
  if (responses === undefined) return;
  const { status, headers, body } = answer;
  const described = responses[status];
  const what = `${method} ${path} answers ${status}`;
  if (described === undefined || '$ref' in described) {
    const statuses = Object.keys(responses).join(', ');
    throw new Error(`${what}: expected one of ${statuses}`);
  }
  if (headers.has('retry-after')) {
    expect(described.headers, what).toHaveProperty(['Retry-After']);
  }
  const { required, properties } = schemaOf(described);
  if (properties === undefined) return;
  const fields = Object.keys(body);
  expect(Object.keys(properties), what).toEqual(expect.arrayContaining(fields));
  expect(fields, what).toEqual(expect.arrayContaining(required ?? []));
}

function operationOf(
  api: OpenAPIObject,
  method: string,
  path: string,
): Operation | undefined {
  const [bare = ''] = path.split('?');
  const template = Object.keys(api.paths).find((candidate) =>
    new RegExp(`^${candidate.replace('{id}', '[^/]+')}$`).test(bare),
  );
  const operations = api.paths[template ?? ''];
  return method === 'PUT' ? operations?.put : operations?.get;
}

function schemaOf(described: Described) {
  const content = 'content' in described ? described.content : undefined;
  const schema = content?.['application/json']?.schema;
  return schema === undefined || '$ref' in schema ? {} : schema;
}
