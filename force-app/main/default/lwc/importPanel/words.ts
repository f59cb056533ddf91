import type { ImportJob } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

const MB = 1024 ** 2;

/** What is happening to a file, with a number. */
export function doingText(job: ImportJob, count: (value: number) => string): string {
  if (job.state !== 'importing')
    return filled(texts.ofMbSent, job.name, count(job.received / MB), count(Math.max(1, job.bytes / MB)));
  const share = job.doing ? filled(texts.ofThisStep, Math.round(job.doing.share * 100)) : '';
  return `${job.name}: ${job.doing?.phase ?? 'waiting'}${share}`;
}

/** Sending is the first half of the bar, importing the second. */
export function doneShare(job: ImportJob): number {
  const sent = job.bytes > 0 ? job.received / job.bytes : 0;
  return job.state === 'importing' ? 0.5 + (job.doing?.share ?? 0) / 2 : sent / 2;
}

export function unfinishedText(job: ImportJob, sent: string): string {
  if (job.received < job.bytes) return filled(texts.isHereChooseTheSameFileAgainToGoOn, job.name, sent);
  if (job.state === 'importing') return filled(texts.isBeingImported, job.name);
  return filled(texts.isHereAndNotImportedYetChooseIt, job.name);
}

const IMPORTS: Readonly<Record<string, string>> = { claims: '/imports', registry: '/registry/imports' };

/** Where all lines of a report are as a file; empty for a kind that keeps none. */
export function linesPath(kind: string, id: string): string {
  const imports = IMPORTS[kind];
  return imports === undefined ? '' : `${imports}/${id}/report.csv`;
}
