import { salesforceError } from '../errors.ts';
import type { RestCall } from './call.ts';

/** Areas of the REST API that this stand-in leaves out, by their first segment. */
const AREAS: Record<string, string> = {
  actions: 'invocable actions',
  analytics: 'reports and dashboards',
  appMenu: 'the app menu',
  chatter: 'Chatter',
  commerce: 'commerce',
  compactLayouts: 'page layouts',
  connect: 'the Connect API',
  consent: 'consent',
  'email-templates': 'email templates',
  event: 'platform events',
  folders: 'folders',
  knowledgeManagement: 'Knowledge',
  licensing: 'licensing',
  metadata: 'the Metadata API',
  nouns: 'nouns',
  process: 'approvals and process rules',
  quickActions: 'quick actions',
  scheduling: 'scheduling',
  serviceTemplates: 'service templates',
  smartdatadiscovery: 'Einstein',
  support: 'Knowledge support',
  tooling: 'the Tooling API',
  'ui-api': 'the User Interface API',
  wave: 'CRM Analytics',
};

/** @throws NOT_FOUND with one sentence where the path lies in an area that is left out */
export function refuseOutside(call: RestCall): void {
  const what = AREAS[call.path[0] ?? ''];
  if (what) throw salesforceError.outside(what);
  const blob = call.path[0] === 'sobjects' && call.path[3];
  if (blob && /^(Body|VersionData|richTextImageFields)$/.test(blob))
    throw salesforceError.outside('files and other blobs');
}

/** Paths outside the versioned REST API. */
export const OUTSIDE_PATHS: [RegExp, string][] = [
  [/^\/services\/async\//, 'Bulk API 1.0; use Bulk API 2.0 (/jobs/ingest)'],
  [/^\/services\/apexrest\//, 'Apex REST'],
  [/^\/services\/Soap\/[cmsT]/, 'this SOAP API'],
  [/^\/cometd\//, 'the Streaming API'],
  [/^\/services\/apexsoap/i, 'Apex SOAP'],
];
