import type { Plugin } from 'rollup';
import { allLabels } from '../../../force-app/build/labels.ts';

const PREFIX = '\0salesforce:';
/** Currency, number formats, labels of their own and the like are left to what the base components bring themselves. */
const SCOPED = /^@salesforce\/(apex|label\/c\.|resourceUrl|user|customPermission|client|i18n\/(locale|timeZone)$)/;

/** The `@salesforce/*` modules that an org makes at run time, answered from the page's context. */
export function salesforceModules(runtime: string): Plugin {
  const labels = new Map(allLabels().map(({ name, text }) => [`c.${name}`, text]));
  return {
    name: 'salesforce-modules',
    resolveId: (id) => (SCOPED.test(id) ? PREFIX + id : null),
    load: (id) =>
      id.startsWith(PREFIX) ? moduleSource(id.slice(PREFIX.length), JSON.stringify(runtime), labels) : null,
  };
}

function moduleSource(id: string, runtime: string, labels: ReadonlyMap<string, string>): string {
  const [, kind, ...rest] = id.split('/');
  const name = JSON.stringify(rest.join('/'));
  switch (kind) {
    case 'apex':
      return `import { apexMethod } from ${runtime}; export default apexMethod(${name});`;
    case 'label':
      // the words themselves in the org's language; here the English ones
      return `export default ${JSON.stringify(textOf(rest.join('/'), labels))};`;
    case 'resourceUrl':
      return `export default '/resource/' + ${name};`;
    case 'user':
      return `import { context } from ${runtime}; export default ${rest[0] === 'Id' ? 'context.userId' : 'false'};`;
    case 'i18n':
      // the user's own in Salesforce; here the browser's
      return rest[0] === 'timeZone'
        ? `export default Intl.DateTimeFormat().resolvedOptions().timeZone;`
        : `export default navigator.language || 'en-US';`;
    case 'client':
      return `export default globalThis.innerWidth < 768 ? 'Small' : 'Large';`;
    default:
      return `import { context } from ${runtime}; export default context.permissions.includes(${name}) || undefined;`;
  }
}

function textOf(label: string, labels: ReadonlyMap<string, string>): string {
  const text = labels.get(label);
  if (text === undefined) throw new Error(`The package has no custom label ${label}.`);
  return text;
}
