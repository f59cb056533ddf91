import { count, plural, usd } from 'c/bailiwick';
import type { Preview } from 'c/bailiwick';

/** One line of a list: what, and what about it. */
export interface Line {
  what: string;
  note: string;
}

/** The sums of a preview, as short figures. */
export function previewFigures({ counts, apiCalls, deals }: Preview) {
  return [
    { label: 'accounts come to a territory', value: count(counts.add) },
    { label: 'accounts leave a territory', value: count(counts.remove) },
    { label: 'accounts change owner', value: count(counts.owners) },
    { label: 'open deals on them', value: count(deals.length) },
    { label: 'stay as they are', value: count(counts.unchanged) },
    {
      label: `API calls needed (${count(apiCalls.used)} of ${count(apiCalls.limit)} used today)`,
      value: count(apiCalls.needed),
    },
  ];
}

/** Everything that will change or will not, list by list. */
export function previewTabs(preview: Preview): { name: string; label: string; rows: Line[] }[] {
  const tab = (name: string, label: string, rows: Line[]) => ({ name, label: `${label} ${count(rows.length)}`, rows });
  return [
    tab(
      'reps',
      'Reps',
      preview.perRep.map(({ repName, gains, loses, gainsSalesUsd, losesSalesUsd }) => ({
        what: repName,
        note: [
          gains > 0 ? `gains ${plural(gains, 'account')}, ${usd(gainsSalesUsd)} sales` : '',
          loses > 0 ? `loses ${plural(loses, 'account')}, ${usd(losesSalesUsd)} sales` : '',
        ]
          .filter(Boolean)
          .join('; '),
      })),
    ),
    tab(
      'add',
      'Accounts',
      preview.add.map(({ accountName, zip, fromTerritoryName, territoryName }) => ({
        what: accountName,
        note: `${zip ?? 'no ZIP'} · ${fromTerritoryName ?? 'no territory'} → ${territoryName}`,
      })),
    ),
    tab(
      'owners',
      'Owners',
      preview.owners.map(({ accountName, fromName, toName }) => ({
        what: accountName,
        note: `${fromName} → ${toName}`,
      })),
    ),
    tab(
      'deals',
      'Open deals',
      preview.deals.map(({ name, accountName, stage, amountUsd, fromName, toName, action }) => ({
        what: `${name} · ${accountName}`,
        note: `${stage}, ${usd(amountUsd)} · ${action === 'move' ? `${fromName} → ${toName}` : `stays with ${fromName}`}`,
      })),
    ),
    tab(
      'kept',
      'Not touched',
      preview.kept.map(({ accountName, territoryName, why }) => ({
        what: accountName,
        note: `${territoryName} · ${why === 'rule-made' ? 'made by an assignment rule' : 'made by somebody else'}`,
      })),
    ),
    tab(
      'unplaced',
      'No place',
      preview.unplaced.map(({ accountName, zip, why }) => ({ what: accountName, note: `${zip ?? 'no ZIP'} · ${why}` })),
    ),
  ];
}
