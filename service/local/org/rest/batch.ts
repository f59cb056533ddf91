import { SalesforceError, salesforceError } from '../errors.ts';
import type { Input } from '../recordInput.ts';
import type { OrgState } from '../state.ts';
import { bodyOf, contextOf, ok, type RestCall, type RestReply } from './call.ts';
import { innerCall, type Composite, type SubResponse } from './composite.ts';
import type { Dispatcher } from './dispatcher.ts';

const MAX_BATCH = 25;
const MAX_TREE = 200;
const MAX_TREE_DEPTH = 5;
const MAX_GRAPHS = 75;
const MAX_NODES = 500;

/** POST /composite/batch: independent requests, each done or not for itself. */
function batch(rest: Dispatcher, call: RestCall): RestReply {
  const { batchRequests, haltOnError } = bodyOf(call);
  if (!Array.isArray(batchRequests) || batchRequests.length === 0 || batchRequests.length > MAX_BATCH)
    throw new SalesforceError('BAD_REQUEST', `A batch takes 1 to ${MAX_BATCH} requests.`);
  let hasErrors = false;
  const results = (batchRequests as { method?: string; url?: string; richInput?: unknown }[]).map((request) => {
    if (hasErrors && haltOnError === true) {
      const message = 'Batch processing was halted due to an error.';
      return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message }] };
    }
    const reply = rest.answer(innerCall(call, { ...request, body: request.richInput }));
    if (reply.status >= 400) hasErrors = true;
    return { statusCode: reply.status, result: reply.body ?? null };
  });
  return ok({ hasErrors, results });
}

interface TreeResult {
  referenceId: string;
  id?: string;
  errors?: { statusCode: string; message: string; fields: string[] }[];
}

class TreeFailed extends Error {}

/** Creates a record and what hangs below it; children point at their parent by the relationship they stand under. */
function plant(
  org: OrgState,
  call: RestCall,
  at: { type: string; node: Input; parent: Input; depth: number },
  out: TreeResult[],
): void {
  const { attributes, ...rest } = at.node;
  const { type = at.type, referenceId = '' } = (attributes ?? {}) as { type?: string; referenceId?: string };
  if (at.depth > MAX_TREE_DEPTH || out.length >= MAX_TREE)
    throw new SalesforceError('BAD_REQUEST', `A tree has at most ${MAX_TREE} records on ${MAX_TREE_DEPTH} levels.`);
  const object = org.schema.object(type);
  const isChildren = (value: unknown): value is { records: Input[] } =>
    typeof value === 'object' && value !== null && Array.isArray((value as { records?: unknown }).records);
  const entries = Object.entries(rest);
  const fields = Object.fromEntries(entries.filter(([, value]) => !isChildren(value)));
  const result: TreeResult = { referenceId };
  out.push(result);
  try {
    result.id = org.records.create(object.name, { ...fields, ...at.parent }, contextOf(call));
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    result.errors = [{ statusCode: error.code, message: error.message, fields: error.fields }];
    throw new TreeFailed();
  }
  for (const [name, value] of entries) {
    if (!isChildren(value)) continue;
    const link = org.schema
      .children(object.name)
      .find(({ field }) => field.childRelationshipName?.toLowerCase() === name.toLowerCase());
    if (!link) throw salesforceError.noSuchColumn(name, object.name);
    for (const node of value.records)
      plant(
        org,
        call,
        { type: link.object.name, node, parent: { [link.field.name]: result.id }, depth: at.depth + 1 },
        out,
      );
  }
}

/** POST /composite/tree/X: all records or none. */
function tree(org: OrgState, call: RestCall, type: string): RestReply {
  const { records } = bodyOf(call);
  if (!Array.isArray(records)) throw new SalesforceError('JSON_PARSER_ERROR', 'The records property must be an array');
  const results: TreeResult[] = [];
  try {
    org.db.transaction(() => {
      for (const node of records as Input[]) plant(org, call, { type, node, parent: {}, depth: 1 }, results);
    });
  } catch (error) {
    if (!(error instanceof TreeFailed)) throw error;
    return { status: 400, body: { hasErrors: true, results: results.filter((result) => result.errors) } };
  }
  return { status: 201, body: { hasErrors: false, results } };
}

/** POST /composite/graph: each graph is done as a whole or not at all. */
function graphs(composite: Composite, call: RestCall): RestReply {
  const { graphs: asked } = bodyOf(call);
  if (!Array.isArray(asked) || asked.length > MAX_GRAPHS)
    throw new SalesforceError('BAD_REQUEST', `The graphs property must be a list of at most ${MAX_GRAPHS} graphs.`);
  const answers = (asked as { graphId?: string; compositeRequest?: never[] }[]).map((graph) => {
    const requests = graph.compositeRequest ?? [];
    if (requests.length > MAX_NODES)
      throw new SalesforceError(
        'BAD_REQUEST',
        `A graph has at most ${MAX_NODES} nodes; ${graph.graphId ?? ''} has ${requests.length}.`,
      );
    const { responses, isDone }: { responses: SubResponse[]; isDone: boolean } = composite.run(call, requests, true);
    return { graphId: graph.graphId ?? '', graphResponse: { compositeResponse: responses }, isSuccessful: isDone };
  });
  return ok({ graphs: answers });
}

export function batchRoutes(rest: Dispatcher, org: OrgState, composite: Composite): void {
  rest.add('POST', '/composite/batch', (call) => batch(rest, call));
  rest.add('POST', '/composite/tree/:object', (call, { object = '' }) => tree(org, call, object));
  rest.add('POST', '/composite/graph', (call) => graphs(composite, call));
}
