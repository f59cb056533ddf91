/** A preview and a run in the service's own shapes. */
const account = { accountId: '001', accountName: 'St. Alban Hospital' };

export const preview = {
  previewHash: 'hash',
  counts: {
    add: 1200,
    remove: 1,
    owners: 1,
    deals: 1,
    dealsStaying: 1,
    teamMembers: 1,
    restored: 0,
    stamps: 0,
    unchanged: 7,
    kept: 1,
    unplaced: 0,
    conflicts: 2,
  },
  apiCalls: { needed: 30, used: 10, limit: 1000 },
  add: [{ ...account, zip: '02115', territoryName: 'South', fromTerritoryName: 'North' }],
  remove: [{ ...account, territoryName: 'North' }],
  owners: [{ ...account, fromName: 'Ana', toName: 'Ben' }],
  deals: [
    {
      ...account,
      id: '006',
      name: 'Knee set',
      stage: 'Negotiation',
      amountUsd: 20000,
      fromName: 'Ana',
      toName: 'Ben',
      action: 'stay',
    },
    {
      ...account,
      id: '007',
      name: 'Hip set',
      stage: 'Prospecting',
      amountUsd: null,
      fromName: 'Ana',
      toName: 'Ben',
      action: 'move',
    },
  ],
  kept: [{ ...account, accountName: 'Old Mill', territoryName: 'North', why: 'rule-made' }],
  unplaced: [],
  teamMembers: [{ ...account, name: 'Ben', what: 'add' }],
  stamps: [],
  structure: ['Create the territory Cape.'],
  conflicts: [
    { ...account, what: 'Was put into North.', byName: 'Cleo', at: '2026-01-02T10:00:00Z' },
    { accountId: '002', accountName: 'Old Mill', what: 'Was taken out of South.', byName: null, at: null },
  ],
  perRep: [{ repId: '1', repName: 'Ben', gains: 1, loses: 0, gainsSalesUsd: 5000, losesSalesUsd: 0 }],
  warnings: ['1 row of an assignment rule stays.'],
};

export const run = {
  id: 'x',
  kind: 'publish',
  origin: 'person',
  alignmentId: 'd',
  alignmentName: 'Draft of May',
  teamId: 'team',
  state: 'done',
  progress: { done: 3, total: 3, phase: 'Done' },
  outcomes: { written: 3, alreadyThere: 0, failed: 0, skipped: 0 },
  failures: [] as object[],
  error: null as object | null,
  verified: { checked: 3, asPlanned: 3, differences: [] as string[], access: { asked: 2, of: 2, blind: 0 } } as
    object | null,
  canTakeBack: true,
  canGoOn: false,
  apiCalls: 9,
  isPartOnly: false,
  byName: 'Dana',
  at: '2026-01-02T00:00:00Z',
  finishedAt: '2026-01-02T00:01:20Z' as string | null,
};
export const running = {
  ...run,
  state: 'running',
  progress: { done: 1, total: 3, phase: 'Changing owners' },
  verified: null,
  canTakeBack: false,
  finishedAt: null,
};

export const handover = {
  pairs: [{ fromName: 'Ana', toName: 'Ben', accounts: 1, salesUsd: 5000, openDeals: 1, openUsd: 20000 }],
  rows: [
    {
      ...account,
      fromName: 'Ana',
      toName: 'Ben',
      date: '2026-01-02',
      salesUsd: 5000,
      openDeals: [{ name: 'Knee set', amountUsd: 20000, nextStep: 'Call' }],
    },
  ],
};
export const takeBack = {
  previewHash: 'back',
  counts: [{ what: 'Change owner', n: 1 }],
  undo: [{ ...account, what: 'Change owner', from: 'Ben', to: 'Ana', message: null }],
  stays: [
    {
      accountId: '002',
      accountName: 'Old Mill',
      what: 'Add to territory',
      from: null,
      to: null,
      message: 'Somebody else changed it since.',
    },
  ],
  total: { undo: 1, stays: 1 },
};
