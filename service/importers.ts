import type { Claims } from './claims/claims.ts';
import { guardRule } from './claims/guard.ts';
import { findLive } from './alignments/store.ts';
import type { House } from './compose.ts';
import type { Geography } from './core/geography.ts';
import { importAny } from './geography/importAny.ts';
import { importTable } from './geography/importTable.ts';
import { LoadedStore } from './geography/loadedStore.ts';
import type { Importer, ImportWishes } from './intake/importJobs.ts';
import { sheetImporter } from './sheetSide.ts';
import type { Registry } from './registry/registry.ts';
import type { Store } from './store/store.ts';

export interface ImporterDeps {
  readonly claims: Claims;
  readonly registry: Registry;
  readonly geography: Geography;
  readonly house: House;
  readonly store: Store;
  readonly dataDir: string;
  readonly now: () => Date;
}

/** Every kind of file that can be dropped, by its word on the command line. */
export function importersOf({
  claims,
  registry,
  geography,
  house,
  store,
  dataDir,
  now,
}: ImporterDeps): Readonly<Record<string, Importer>> {
  const { scope, alignments } = house;
  const livePlanId = async (teamId: Parameters<typeof findLive>[1]) => (await findLive(store.db, teamId))?.id ?? null;
  return {
    claims: claimsImporter(claims),
    registry: registryImporter(registry),
    population: populationImporter(claims),
    sheet: sheetImporter({ scope, alignments, geography, livePlanId, now }),
    ...geographyImporters(dataDir, now),
  };
}

/** Claims take their columns, a period, a name to save the columns under, and the rule of their small counts. */
export function claimsImporter(claims: Claims): Importer {
  return {
    label: 'Claims',
    about:
      'CMS by provider and service, CMS inpatient or outpatient volumes, or any vendor table: you name its columns once.',
    run: ({ path: file, name, wishes, onProgress, signal }) =>
      claims.importClaims(file, { name, onProgress, signal, ...columnWishes(wishes) }),
  };
}

/** Heads per ZIP, to be seen beside the demand. */
export function populationImporter(claims: Claims): Importer {
  return {
    label: 'Population or head count',
    about: 'A table of ZIPs and heads: what a plan by population would miss is shown beside the demand.',
    run: async ({ path: file, name }) => {
      const report = await claims.importBaseline(file, name);
      const layoutName = `Heads per ZIP, column ${report.headsColumn}`;
      const rowsSetAside = report.rowsRead - report.rowsKept;
      return { ...report, file: name, layoutName, rowsSetAside, repaired: [], warnings: [] };
    },
  };
}

/** What a registry file is its header tells. */
export function registryImporter(registry: Registry): Importer {
  return {
    label: 'Providers and facilities',
    about:
      'CMS hospitals, facility lists with NPI or CCN, NPPES, code lists with descriptions, the NUCC taxonomy, or who works where.',
    run: ({ path: file, name, onProgress, signal }) => registry.importFile(file, { name, onProgress, signal }),
  };
}

function columnWishes({ columns, constants, saveAs, mappingName, period, below, imputed }: ImportWishes) {
  const mapping = columns
    ? { columns: columns as Record<string, string>, constants: constants as Record<string, string> | undefined }
    : undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const given = {
    ...(typeof below === 'number' ? { below } : {}),
    ...(typeof imputed === 'number' ? { imputed } : {}),
  };
  const rule = Object.keys(given).length > 0 ? guardRule(given) : undefined;
  return { mapping, saveAs: text(saveAs), mappingName: text(mappingName), period: text(period), rule };
}

const TAKES_EFFECT =
  'The map uses it once it is applied below, or from the next start of the service on; plans are carried over then, as new versions.';

function geographyImporters(dataDir: string, now: () => Date): Readonly<Record<string, Importer>> {
  const loaded = new LoadedStore(dataDir);
  const told = <R extends { warnings: readonly string[] }>(report: R) => ({
    ...report,
    warnings: [...report.warnings, TAKES_EFFECT],
  });
  return {
    geography: {
      label: 'ZIP areas',
      about:
        'ZIP areas as GeoJSON, TopoJSON or a zipped Census shapefile, state by state, or the Census gazetteer. They replace the approximate areas.',
      run: async ({ path, name, wishes }) => {
        const { zipProperty } = wishes;
        const property = typeof zipProperty === 'string' ? zipProperty : undefined;
        return told(await importAny(loaded, { path, name, zipProperty: property, now: now() }));
      },
    },
    crosswalk: {
      label: 'ZIP crosswalk',
      about: 'ZIP to ZCTA, or ZIP to county, as tab, pipe or comma separated text.',
      run: async ({ path, name }) => told(await importTable(loaded, { path, name, now: now() })),
    },
  };
}
