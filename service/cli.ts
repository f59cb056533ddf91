/** The same jobs without a screen. Errors go to stderr; exit code 1 for a failure, 2 for bad input. */
import { compileOnce } from './compileCache.ts';
import { BailiwickError } from './core/errors.ts';

// before any command is loaded
compileOnce();

interface Command {
  readonly help: string;
  run(args: string[]): Promise<{ text: string; json: unknown; ok?: boolean; exit?: number }>;
}

/** Flags that take several values, written after each other or each with its flag. */
const LIST_FLAGS = new Set(['--codes', '--sites', '--specialties', '--measure', '--set']);

/** `--codes A B` → `--codes A --codes B`. */
function spelledOut(args: readonly string[]): string[] {
  const result: string[] = [];
  let flag: string | null = null;
  let isFirst = false;
  for (const arg of args) {
    if (arg.startsWith('--')) {
      flag = LIST_FLAGS.has(arg) ? arg : null;
      isFirst = true;
    } else if (flag && !isFirst) result.push(flag);
    else isFirst = false;
    result.push(arg);
  }
  return result;
}

/** Where ZIPs lie: loaded for those who ask. */
async function zipPoints() {
  const { zipPlaces } = await import('./geography/places.ts');
  const { STATE_CODES } = await import('./geography/states.ts');
  return () => zipPlaces(STATE_CODES);
}

/** What can be imported, by the word after `import`; each command gets that word as its first argument. */
const IMPORTS: Readonly<Record<string, () => Promise<Command>>> = {
  async claims() {
    const { IMPORT_HELP, importClaimsCommand } = await import('./claims/importCli.ts');
    const { withoutPlace } = await import('./geography/places.ts');
    const { STATE_CODES } = await import('./geography/states.ts');
    const unplaced = (zips: readonly string[]) => withoutPlace(zips, STATE_CODES);
    const { hospitalsIn } = await import('./registry/cli.ts');
    const points = await zipPoints();
    const placesIn = (dataDir: string) => hospitalsIn(dataDir, points);
    return { help: IMPORT_HELP, run: (args) => importClaimsCommand(args, { unplaced, placesIn }) };
  },
  async geography() {
    const { IMPORT_GEOGRAPHY_HELP, importGeographyCommand } = await import('./geography/cli.ts');
    return { help: IMPORT_GEOGRAPHY_HELP, run: importGeographyCommand };
  },
  async crosswalk() {
    const { IMPORT_CROSSWALK_HELP, importCrosswalkCommand } = await import('./geography/cli.ts');
    return { help: IMPORT_CROSSWALK_HELP, run: importCrosswalkCommand };
  },
  async population() {
    const { IMPORT_POPULATION_HELP, importPopulationCommand } = await import('./claims/populationCli.ts');
    return { help: IMPORT_POPULATION_HELP, run: importPopulationCommand };
  },
  async sheet() {
    const { IMPORT_SHEET_HELP, importSheetCommand } = await import('./sheetCommand.ts');
    return { help: IMPORT_SHEET_HELP, run: importSheetCommand };
  },
  async registry() {
    const { IMPORT_REGISTRY_HELP, importRegistryCommand } = await import('./registry/cli.ts');
    return { help: IMPORT_REGISTRY_HELP, run: async (args) => importRegistryCommand(args, await zipPoints()) };
  },
};

const IMPORT_HELP = `bailiwick import <what> FILE... --data DIR

  claims         claims files, with a report of every row
  geography      ZIP areas (GeoJSON, TopoJSON, Census shapefile) and the Census gazetteer
  crosswalk      tables from ZIP to ZCTA and from ZIP to county
  population     heads per ZIP, to be seen beside the demand
  sheet          ZIP-to-territory sheets, checked row by row
  registry       providers, facilities and codes

bailiwick import <what> --help tells the flags.`;

/** Jobs on a data directory with its org; a service that runs on it does them itself. */
async function ofHouse(name: string): Promise<Command> {
  const { HOUSE_COMMANDS, houseCommand } = await import('./commands/run.ts');
  return { help: HOUSE_COMMANDS[name]?.help ?? '', run: (args) => houseCommand(name, args) };
}

/** Commands on claims and files; `audit` and `drift` of files are chosen by --accounts. */
async function ofFiles(name: 'white-space' | 'size' | 'drift' | 'audit'): Promise<Command> {
  const { INSIGHT_COMMANDS } = await import('./insights/commands.ts');
  const { insightPorts } = await import('./insightPorts.ts');
  const { help, run } = INSIGHT_COMMANDS[name];
  return { help, run: (args) => run(args, insightPorts) };
}

const isOfFiles = (args: readonly string[]) =>
  args.some((arg) => arg === '--accounts' || arg.startsWith('--accounts='));

/** A command that means one thing with files and another with the house. */
async function ofEither(name: 'drift' | 'audit', args: readonly string[]): Promise<Command> {
  const [files, house] = await Promise.all([ofFiles(name), ofHouse(name)]);
  const help = `${house.help}\n\n${files.help}`;
  return { help, run: (isOfFiles(args) ? files : house).run };
}

/** Loaded when asked for: a plan from files waits for no database. */
const COMMANDS: Readonly<Record<string, (what: string | undefined, args: readonly string[]) => Promise<Command>>> = {
  async import(what) {
    if (what !== undefined && Object.hasOwn(IMPORTS, what)) return IMPORTS[what]!();
    return { help: IMPORT_HELP, run: async () => refuseImport(what) };
  },
  async imports() {
    const { IMPORTS_HELP, importsCommand } = await import('./claims/importCli.ts');
    return { help: IMPORTS_HELP, run: importsCommand };
  },
  async demand() {
    const { DEMAND_HELP, demandCommand } = await import('./claims/cli.ts');
    const { countiesOfZips } = await import('./geography/countyOf.ts');
    return { help: DEMAND_HELP, run: (args) => demandCommand(args, countiesOfZips) };
  },
  async geography() {
    const { GEOGRAPHY_HELP, geographyCommand } = await import('./geography/geographyCommand.ts');
    return { help: GEOGRAPHY_HELP, run: geographyCommand };
  },
  async registry() {
    const { REGISTRY_HELP, registryCommand } = await import('./registry/cli.ts');
    return { help: REGISTRY_HELP, run: async (args) => registryCommand(args, await zipPoints()) };
  },
  async mapping() {
    const { MAPPING_HELP, mappingCommand } = await import('./mappingCommand.ts');
    return { help: MAPPING_HELP, run: mappingCommand };
  },
  async optimize() {
    const { OPTIMIZE_HELP, optimizeCommand } = await import('./planCommands.ts');
    return { help: OPTIMIZE_HELP, run: optimizeCommand };
  },
  async check() {
    const { CHECK_HELP, checkCommand } = await import('./planCheck.ts');
    return { help: CHECK_HELP, run: checkCommand };
  },
  async plan() {
    const { planTextCommand } = await import('./planTextCommands.ts');
    const { PLAN_HELP } = await import('./commands/planCommand.ts');
    return { help: PLAN_HELP, run: planTextCommand };
  },
  publish: () => ofHouse('publish'),
  runs: () => ofHouse('runs'),
  takeback: () => ofHouse('takeback'),
  drift: (_, args) => ofEither('drift', args),
  audit: (_, args) => ofEither('audit', args),
  'white-space': () => ofFiles('white-space'),
  size: () => ofFiles('size'),
  sync: () => ofHouse('sync'),
};

const HELP = `bailiwick <command>

  import         read claims, ZIP areas, crosswalks, providers or codes into a data directory, with a report of every row
  imports        list the claims that were imported, or bring an older import back
  geography      list loaded boundaries, choose units, write units and neighbours into CSV files
  registry       look up a provider, facility or code
  mapping        which Salesforce fields hold what: show, guess, set, check
  demand         sum the claims by ZIP or county into a CSV file
  optimize       make balanced territories from files of units and edges
  check          recompute everything that a plan claims
  plan           a plan as a text: export, import, check, compare two
  publish        write a plan to Salesforce, or say what that would write (--dry-run)
  runs           what was published, and what became of it
  takeback       undo exactly what a publish wrote
  white-space    pockets of high demand that nobody works, sized in hours, reps and dollars
  size           how many reps the work needs; merge, split and hire verdicts
  drift          in what Salesforce differs from the live plan; with --accounts FILE: which territories left their range, and why
  audit          who moved an account when and why; the life of a plan; everything about a team as a file; with --accounts FILE: how fair a map is and what a good plan would gain
  sync           automatic sync: status, run now, answer the fuse

bailiwick <command> --help tells the flags. --json prints for machines.`;

function refuseImport(what: string | undefined): never {
  const named =
    what === undefined || what.startsWith('-') ? 'Nothing to import was named.' : `"${what}" is not imported.`;
  throw new BailiwickError('bad_request', named, {
    action: `Write: import ${Object.keys(IMPORTS).join('|')} FILE... --data DIR.`,
  });
}

async function main([name, ...args]: string[]): Promise<number> {
  if (!Object.hasOwn(COMMANDS, name ?? '')) {
    const asked = name === undefined || name === '--help' || name === 'help';
    (asked ? process.stdout : process.stderr).write(
      asked ? `${HELP}\n` : `There is no command "${name}".\n\n${HELP}\n`,
    );
    return asked ? 0 : 2;
  }
  const command = await COMMANDS[name!]!(args[0], args);
  if (args.includes('--help')) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  const { text, json, ok = true, exit = ok ? 0 : 1 } = await command.run(spelledOut(args));
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(json)}\n` : text);
  return exit;
}

/** Codes that mean the caller can correct the input. */
const BAD_INPUT = new Set([
  'bad_request',
  'file_not_recognized',
  'geography_unknown',
  'infeasible',
  'mapping_needed',
  'not_found',
  'plan_invalid',
  'too_large',
]);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const known = error instanceof BailiwickError ? error : null;
  const badFlag = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  process.stderr.write(
    known || badFlag
      ? `${(error as Error).message}${known?.action ? ` ${known.action}` : ' See --help.'}\n`
      : `${(error as Error).stack}\n`,
  );
  process.exitCode = badFlag || (known && BAD_INPUT.has(known.code)) ? 2 : 1;
}
