import { z } from 'zod';
import type { Route } from './routes.ts';

type JsonSchema = Record<string, unknown> & { properties?: Record<string, unknown>; required?: string[] };

const ERROR = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        action: { type: ['string', 'null'] },
        requestId: { type: 'string' },
      },
      required: ['code', 'message', 'action', 'requestId'],
    },
  },
};

/** OpenAPI 3.1 description of the routes, made from the same schemas that check the requests. */
export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Bailiwick companion service', version },
    security: [{ orgToken: [] }],
    components: { securitySchemes: { orgToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  };
}

function operation(route: Route): Record<string, unknown> {
  const failure = { description: 'What went wrong and what to do', content: { 'application/json': { schema: ERROR } } };
  return {
    summary: route.summary,
    'x-permission': route.permission,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.rawBody
      ? { requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } }
      : route.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }
        : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'Done',
        ...(route.response ? { content: { 'application/json': { schema: schemaOf(route.response) } } } : {}),
      },
      ...Object.fromEntries(['400', '401', '403', '404', '409'].map((status) => [status, failure])),
    },
  };
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): unknown[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema);
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: shape,
  }));
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return rest as JsonSchema;
}
