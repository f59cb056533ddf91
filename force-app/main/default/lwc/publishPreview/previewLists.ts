import { count, filled, moment, plural, usd } from 'c/bailiwick';
import type { Conflict, Preview } from 'c/bailiwick';
import { texts } from './texts';

/** One line of a list: what, and what about it. */
export interface Line {
  what: string;
  note: string;
  accountId?: string;
}

interface List {
  value: string;
  label: string;
  rows: Line[];
  /** Also what the screen does not get. */
  total: number;
}

/** The sums of a preview, as short figures; what is not part of it is not told. */
export function previewFigures({ counts }: Preview) {
  return [
    { label: texts.accountsComeToATerritory, value: counts.add, always: true },
    { label: texts.accountsLeaveATerritory, value: counts.remove, always: true },
    { label: texts.accountsChangeOwner, value: counts.owners, always: true },
    { label: texts.openDealsMove, value: counts.deals, always: counts.dealsStaying > 0 },
    { label: texts.openDealsStay, value: counts.dealsStaying, always: counts.deals > 0 },
    { label: texts.changesToAccountTeams, value: counts.teamMembers, always: false },
    { label: texts.rowsNotedAndGivenBack, value: counts.restored, always: false },
    { label: texts.codesStamped, value: counts.stamps, always: false },
    { label: texts.stayAsTheyAre, value: counts.unchanged, always: true },
  ]
    .filter(({ value, always }) => always || value > 0)
    .map(({ label, value }) => ({ label, value: count(value) }));
}

/** Everything that will change or will not, list by list; lists that rarely have rows come only with rows. */
export function previewTabs(preview: Preview, leftOut: readonly Conflict[]): List[] {
  const { counts } = preview;
  const optional = [
    list('teams', texts.accountTeams, { rows: preview.teamMembers.map(memberLine), total: counts.teamMembers }),
    list('stamps', texts.codes, { rows: preview.stamps.map(stampLine), total: counts.stamps }),
    list('territories', texts.territories, { rows: preview.structure.map((what) => ({ what, note: '' })) }),
  ].filter(({ total }) => total > 0);
  const conflicts = [...leftOut, ...preview.conflicts];
  return [
    list('reps', texts.reps, { rows: preview.perRep.map(repLine) }),
    list('add', texts.moves, { rows: moveLines(preview), total: counts.add + leaving(preview).total }),
    list('owners', texts.owners, { rows: preview.owners.map(ownerLine), total: counts.owners }),
    list('deals', texts.openDeals, { rows: preview.deals.map(dealLine), total: counts.deals + counts.dealsStaying }),
    ...optional,
    list('conflicts', texts.conflicts, { rows: conflicts.map(conflictLine), total: leftOut.length + counts.conflicts }),
    list('kept', texts.notTouched, { rows: preview.kept.map(keptLine), total: counts.kept }),
    list('unplaced', texts.noPlace, { rows: preview.unplaced.map(unplacedLine), total: counts.unplaced }),
  ];
}

function list(value: string, label: string, { rows, total = rows.length }: { rows: Line[]; total?: number }): List {
  return { value, label, rows, total };
}

/** Accounts that leave a territory and come to no other: the others are told by where they go. */
function leaving({ add, remove, counts }: Preview) {
  const coming = new Set(add.map(({ accountId }) => accountId));
  const rows = remove.filter(({ accountId }) => !coming.has(accountId));
  const isWhole = remove.length === counts.remove && add.length === counts.add;
  return { rows, total: isWhole ? rows.length : Math.max(0, counts.remove - counts.add) };
}

function moveLines(preview: Preview): Line[] {
  const come = preview.add.map(({ accountName, zip, fromTerritoryName, territoryName }) => ({
    what: accountName,
    note: `${zip ?? texts.noZip} · ${fromTerritoryName ?? texts.noTerritory} → ${territoryName}`,
  }));
  const go = leaving(preview).rows.map(({ accountName, territoryName }) => ({
    what: accountName,
    note: filled(texts.noTerritoryOfThisTeam, territoryName),
  }));
  return [...come, ...go];
}

function repLine({ repName, gains, loses, gainsSalesUsd, losesSalesUsd }: Preview['perRep'][number]): Line {
  const parts = [
    gains > 0 ? filled(texts.gainsSales, plural(gains, texts.account), usd(gainsSalesUsd)) : '',
    loses > 0 ? filled(texts.losesSales, plural(loses, texts.account), usd(losesSalesUsd)) : '',
  ];
  return { what: repName, note: parts.filter((part) => part !== '').join('; ') };
}

const ownerLine = ({ accountName, fromName, toName }: Preview['owners'][number]): Line => ({
  what: accountName,
  note: `${fromName ?? texts.nobody} → ${toName}`,
});

function dealLine({ name, accountName, stage, amountUsd, fromName, toName, action }: Preview['deals'][number]): Line {
  const amount = amountUsd === null ? texts.noAmount : usd(amountUsd);
  const owner = action === 'move' ? `${fromName} → ${toName}` : filled(texts.staysWith, fromName);
  return {
    what: name.startsWith(accountName) ? name : `${name} · ${accountName}`,
    note: `${stage}, ${amount} · ${owner}`,
  };
}

const MEMBERS = { add: texts.joinsTheAccountTeam, remove: texts.leavesTheAccountTeam, giveBack: texts.isGivenBackToIt };
const memberLine = ({ accountName, name, what }: Preview['teamMembers'][number]): Line => ({
  what: accountName,
  note: `${name} ${MEMBERS[what]}`,
});

const stampLine = ({ accountName, field, from, to }: Preview['stamps'][number]): Line => ({
  what: accountName,
  note: `${field}: ${from ?? texts.empty} → ${to ?? texts.empty}`,
});

const keptLine = ({ accountName, territoryName, why }: Preview['kept'][number]): Line => ({
  what: accountName,
  note: `${territoryName} · ${why === 'rule-made' ? texts.madeByAnAssignmentRule : texts.madeBySomebodyElse}`,
});

const unplacedLine = ({ accountName, zip, why }: Preview['unplaced'][number]): Line => ({
  what: accountName,
  note: `${zip ?? texts.noZip} · ${why}`,
});

function conflictLine({ accountId, accountName, what, byName, at }: Conflict): Line {
  const by = [byName, at === null ? null : moment(at)].filter((part) => part !== null).join(', ');
  return { accountId, what: accountName, note: by === '' ? what : `${what} ${by}` };
}
