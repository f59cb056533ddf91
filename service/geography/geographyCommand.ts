import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import { freshGeography } from './boundaries.ts';
import { withStore, type CommandAnswer } from './cli.ts';
import { edgesCsv, sumsByUnit, unitsCsv } from './exportUnits.ts';
import { marketStates } from './loaded.ts';
import { statesInUse, withActive, withoutShapes, type LoadedIndex, type UnitChoice } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { fipsOf } from './states.ts';

export const GEOGRAPHY_HELP = `bailiwick geography --data DIR [--use ID] [--approximate ST,ST] [--states ST,ST] [--units CHOICE]
                    [--out-units FILE.csv] [--out-edges FILE.csv] [--demand FILE.csv] [--json]

  Lists the boundaries loaded into DIR and which of them are in use, and writes units and neighbours for "optimize".
  What is chosen here is kept, and the service uses it from its next start on.

  --use ID             puts loaded boundaries to use again, by their id
  --approximate ST,ST  goes back to approximate ZIP areas in these states
  --states ST,ST       states of the market; "usual" for the Northeast and the states with loaded areas
  --units CHOICE       zip; county; or county:NY,CT,44001 for the counties of these states, or these counties, and ZIPs elsewhere
  --out-units FILE     CSV: unit,lat,lon,county,state,area_km2 and the sums of --demand; a county's unit is C and its FIPS
  --out-edges FILE     CSV: unit,neighbor,bridge (1 for a water or gap link)
  --demand FILE        what "demand --by zip" wrote, summed into the units`;

const FLAGS = {
  data: { type: 'string' },
  use: { type: 'string' },
  approximate: { type: 'string' },
  states: { type: 'string' },
  units: { type: 'string' },
  'out-units': { type: 'string' },
  'out-edges': { type: 'string' },
  demand: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Values = { readonly [Flag in keyof typeof FLAGS]?: string | boolean | undefined };

/** `geography --data DIR …` */
export async function geographyCommand(args: string[]): Promise<CommandAnswer> {
  const { values } = parseArgs({ args, options: FLAGS });
  if (values.demand !== undefined && values['out-units'] === undefined)
    throw new BailiwickError('bad_request', '--demand goes into the file of --out-units, which was not given.', {
      action: 'See --help.',
    });
  return withStore(values.data, async (store) => {
    const index = changed(store, values);
    if (index !== store.index) store.save(index);
    const listed = listOf(store);
    const written = await writeFiles(store, values);
    return { text: told(listed) + written.text, json: { ...listed, ...written.json } };
  });
}

const list = (text: string | boolean | undefined) =>
  String(text ?? '')
    .split(',')
    .map((item) => item.trim().toUpperCase())
    .filter((item) => item !== '');

function changed(store: LoadedStore, { use, approximate, states, units }: Values): LoadedIndex {
  let { index } = store;
  if (approximate !== undefined) index = withoutShapes(index, named(approximate));
  if (use !== undefined) index = withActive(index, store.version(String(use)));
  if (states !== undefined) index = { ...index, states: states === 'usual' ? null : named(states) };
  if (units !== undefined) index = { ...index, units: choiceOf(String(units)) };
  return index;
}

/** States by their codes. @throws BailiwickError geography_unknown, bad_request for none */
function named(text: string | boolean): string[] {
  const states = list(text);
  if (states.length === 0)
    throw new BailiwickError('bad_request', 'No state was named.', { action: 'Write codes such as NY,CT.' });
  states.forEach(fipsOf);
  return states;
}

function choiceOf(text: string): UnitChoice {
  if (text === 'zip' || text === 'county') return text;
  const parts = list(/^county:(.+)$/.exec(text)?.[1]);
  if (parts.length === 0)
    throw new BailiwickError('bad_request', `--units ${text} is neither zip nor county nor county:ST,ST.`, {
      action: 'See --help.',
    });
  const counties = parts.filter((part) => /^\d{5}$/.test(part));
  const countyStates = parts.filter((part) => !counties.includes(part));
  countyStates.forEach(fipsOf);
  return { countyStates, counties };
}

function listOf(store: LoadedStore) {
  const { versions, units } = store.index;
  return {
    states: marketStates(store.index),
    units,
    versions: versions.map((version) => ({
      id: version.id,
      kind: version.kind,
      file: version.file,
      vintage: version.vintage,
      importedAt: version.importedAt,
      states: version.report.states,
      inUse: statesInUse(store.index, version),
    })),
  };
}

function told({ states, units, versions }: ReturnType<typeof listOf>): string {
  const choice = typeof units === 'string' ? units : `county:${[...units.countyStates, ...units.counties].join(',')}`;
  const rows = versions.map(({ id, kind, file, vintage, importedAt, states: counts, inUse }) => {
    const holds = kind === 'shapes' ? ` for ${Object.keys(counts).join(', ')}` : '';
    const use = inUse.length === 0 ? 'not in use' : inUse[0] === 'all' ? 'in use' : `in use in ${inUse.join(', ')}`;
    return `  ${id}  ${kind}${holds}, ${file}, boundaries of ${vintage ?? 'a year that is not stated'}, imported ${importedAt.slice(0, 10)}: ${use}\n`;
  });
  const loaded = rows.length === 0 ? 'Nothing is loaded: ZIP areas are approximate.\n' : `Loaded:\n${rows.join('')}`;
  return `States: ${states.join(', ')}. Units: ${choice}.\n${loaded}`;
}

async function writeFiles(store: LoadedStore, values: Values): Promise<{ text: string; json: object }> {
  const [units, edges] = [values['out-units'], values['out-edges']];
  if (units === undefined && edges === undefined) return { text: '', json: {} };
  const geography = freshGeography(store);
  const sums =
    values.demand === undefined
      ? null
      : sumsByUnit(geography, await readText(String(values.demand)), String(values.demand));
  if (units !== undefined) await writeFile(String(units), unitsCsv(geography, sums));
  if (edges !== undefined) await writeFile(String(edges), edgesCsv(geography));
  const links = geography.neighbors.reduce((sum, next) => sum + next.length, 0) / 2;
  const unplaced = sums ? ` ${sums.unplaced} rows of ${String(values.demand)} name no ZIP of these states.` : '';
  const files = [units, edges].filter((file) => file !== undefined).join(' and ');
  return {
    text: `${geography.ids.length} units with ${links} links, ${geography.bridges.length} of them over water or a gap, written to ${files}.${unplaced}\n`,
    json: {
      geographyKey: geography.key,
      written: { units: geography.ids.length, links, bridges: geography.bridges.length },
      unplaced: sums?.unplaced ?? null,
    },
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BailiwickError('bad_request', `${file} cannot be read.`, { action: 'Check the path.', cause });
  }
}
