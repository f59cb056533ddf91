import type { OrgState } from '../state.ts';
import { bulkRoutes } from '../bulk/routes.ts';
import { batchRoutes } from './batch.ts';
import { collectionRoutes } from './collectionRoutes.ts';
import { compositeRoutes } from './composite.ts';
import { Dispatcher } from './dispatcher.ts';
import { metaRoutes } from './metaRoutes.ts';
import { passwordRoutes } from './passwordRoutes.ts';
import { queryRoutes } from './queryRoutes.ts';
import { recordRoutes } from './recordRoutes.ts';
import { searchRoutes } from './search.ts';

/** Every REST resource; literal paths come before those with patterns. */
export function restRoutes(org: OrgState): Dispatcher {
  const rest = new Dispatcher();
  metaRoutes(rest, org);
  queryRoutes(rest, org);
  searchRoutes(rest, org);
  collectionRoutes(rest, org);
  batchRoutes(rest, org, compositeRoutes(rest, org));
  bulkRoutes(rest, org);
  passwordRoutes(rest, org);
  recordRoutes(rest, org);
  return rest;
}
