import type { PublishOptions } from './publishAnswers';

export interface SetupChecks {
  checks: { name: string; title: string; state: 'ok' | 'warn' | 'bad'; what: string; click: string | null }[];
  state: 'ok' | 'warn' | 'bad';
  at: string;
}

export interface Fuse {
  movedShare: number;
  territoryShare: number;
  vanishedShare: number;
  newShare: number;
  dealStage: string | null;
}

/** How a team's plan is written to the CRM without anybody at the screen. */
export interface SyncSettings {
  isOn: boolean;
  isPaused: boolean;
  strategy: Omit<PublishOptions, 'part'>;
  /** Cron in the org's time zone; null: never by the clock. */
  schedule: string | null;
  fullComparison: string;
  onClaims: boolean;
  /** A file in the inbox of the data directory; null = none. */
  sheetName: string | null;
  onChanges: boolean;
  pollMinutes: number;
  quiet: { from: string; to: string }[];
  fuse: Fuse;
  webhookUrl: string | null;
  tellUserIds: string[];
}

export interface SyncSettingsAnswer {
  teamId: string;
  teamName: string;
  /** 0: never saved. */
  version: number;
  settings: SyncSettings;
  hasWebhookSecret: boolean;
  savedByName: string | null;
  savedAt: string | null;
  timeZone: string;
  nextRunAt: string | null;
  nextTimes: string[];
  isQuietNow: boolean;
  stages: string[];
}

export interface SyncRun {
  id: string;
  trigger: 'schedule' | 'claims' | 'changes' | 'nightly' | 'person' | 'catchUp' | 'effectiveDate';
  state: 'running' | 'nothing' | 'waiting' | 'done' | 'partial' | 'failed' | 'skipped' | 'dismissed';
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  alignmentId: string | null;
  alignmentName: string | null;
  alignmentVersion: number | null;
  counts: {
    accounts: number;
    moved: number;
    placed: number;
    add: number;
    remove: number;
    owners: number;
    deals: number;
    conflicts: number;
  } | null;
  apiCalls: number;
  publishId: string | null;
  reason: string | null;
  action: string | null;
  fuse: { kind: string; sentence: string; n: number; of: number; territoryName: string | null }[];
  previewHash: string | null;
  byName: string | null;
  notified: string[];
}

export interface SyncRuns {
  runs: SyncRun[];
  waiting: SyncRun | null;
  isRunning: boolean;
}

export type DriftAction = 'accept' | 'adopt' | 'putBack' | 'exclude';

export interface DriftLine {
  key: string;
  kind: string;
  accountId: string | null;
  accountName: string | null;
  zip: string | null;
  plan: string | null;
  crm: string | null;
  sentence: string;
  byName: string | null;
  at: string | null;
  actions: DriftAction[];
}

export interface Drift {
  teamId: string;
  alignmentId: string;
  alignmentName: string;
  readAt: string;
  counts: { kind: string; n: number; title: string; about: string; actions: DriftAction[] }[];
  total: number;
  items: DriftLine[];
  offset: number;
}

export interface DriftPreview {
  previewHash: string;
  action: DriftAction;
  n: number;
  sentences: string[];
  leftOut: { key: string; why: string }[];
}

export interface DriftDone {
  action: DriftAction;
  done: number;
  problems: string[];
  publishId: string | null;
  alignmentId: string | null;
}
