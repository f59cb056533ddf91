import { MAP_AUDIT_HELP, mapAuditCommand } from './auditCommand.ts';
import { PLAN_DRIFT_HELP, planDriftCommand } from './driftCommand.ts';
import type { InsightPorts } from './field.ts';
import type { InsightAnswer } from './flags.ts';
import { SIZE_HELP, sizeCommand } from './sizeCommand.ts';
import { WHITE_SPACE_HELP, whiteSpaceCommand } from './whiteSpaceCommand.ts';

interface InsightCommand {
  readonly help: string;
  run(args: string[], ports: InsightPorts): Promise<InsightAnswer>;
}

/** Jobs on claims and files, without a CRM. */
export const INSIGHT_COMMANDS: Readonly<Record<'white-space' | 'size' | 'drift' | 'audit', InsightCommand>> = {
  'white-space': { help: WHITE_SPACE_HELP, run: whiteSpaceCommand },
  size: { help: SIZE_HELP, run: sizeCommand },
  drift: { help: PLAN_DRIFT_HELP, run: planDriftCommand },
  audit: { help: MAP_AUDIT_HELP, run: mapAuditCommand },
};
