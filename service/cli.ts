/** The same jobs without a screen. Errors go to stderr; exit code 1 for a failure, 2 for bad input. */
import { BailiwickError } from './core/errors.ts';
import { CHECK_HELP, checkCommand, OPTIMIZE_HELP, optimizeCommand } from './planCommands.ts';

interface Command {
  readonly help: string;
  run(args: string[]): Promise<{ text: string; json: unknown; ok?: boolean }>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  optimize: { help: OPTIMIZE_HELP, run: optimizeCommand },
  check: { help: CHECK_HELP, run: checkCommand },
};

const HELP = `bailiwick <command>

  optimize       make balanced territories from files of units and edges
  check          recompute everything that a plan claims

bailiwick <command> --help tells the flags. --json prints for machines.`;

async function main([name, ...args]: string[]): Promise<number> {
  const command = COMMANDS[name ?? ''];
  if (!command) {
    const asked = name === undefined || name === '--help' || name === 'help';
    (asked ? process.stdout : process.stderr).write(
      asked ? `${HELP}\n` : `There is no command "${name}".\n\n${HELP}\n`,
    );
    return asked ? 0 : 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  const { text, json, ok = true } = await command.run(args);
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(json)}\n` : text);
  return ok ? 0 : 1;
}

/** Codes that mean the caller can correct the input. */
const BAD_INPUT = new Set([
  'bad_request',
  'file_not_recognized',
  'geography_unknown',
  'infeasible',
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
