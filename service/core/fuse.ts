import type { AccountId, TerritoryId } from './ids.ts';

/** At which share of accounts an unattended run stops before it writes. Ratios: 0.02 is 2 %. */
export interface FuseLimits {
  readonly movedShare: number;
  readonly territoryShare: number;
  readonly vanishedShare: number;
  readonly newShare: number;
}

/** What a run would do, as far as the fuse asks. */
export interface FuseInput {
  /** Accounts of the team that the plan knows. */
  readonly accounts: number;
  /** Territory changes: from null is a first place, to null is none any more. */
  readonly moves: readonly { accountId: AccountId; from: TerritoryId | null; to: TerritoryId | null }[];
  /** Accounts that change owner, whether or not they change territory. */
  readonly handed: readonly AccountId[];
  /** Accounts that had a place until now, and those of them that the plan places nowhere now. */
  readonly placed: number;
  readonly vanished: number;
  /** Accounts of each territory as they are now. */
  readonly sizes: ReadonlyMap<TerritoryId, number>;
  readonly names: ReadonlyMap<TerritoryId, string>;
  /** Open deals that would change owner in a late stage. */
  readonly lateDeals: readonly { name: string; stage: string }[];
}

export interface FuseReason {
  readonly kind: 'moved' | 'territory' | 'deals' | 'vanished' | 'new';
  readonly sentence: string;
  readonly n: number;
  readonly of: number;
  readonly share: number | null;
  readonly limit: number | null;
  readonly territoryName: string | null;
}

/** Late stages: the last third of those before Closed, at least one. Stages in the order of the sales process. */
export function lateStages(stages: readonly string[]): string[] {
  const open = stages.filter((stage) => !/^closed\b/i.test(stage));
  return open.slice(open.length - Math.ceil(open.length / 3));
}

const percent = (ratio: number): string => `${Math.round(ratio * 1000) / 10} %`;
const accountsWord = (n: number): string => (n === 1 ? '1 account' : `${n} accounts`);

/** A share of something that is empty is everything, so that the fuse never sleeps because of a zero. */
const shareOf = (n: number, of: number): number => (n === 0 ? 0 : n / Math.max(1, of));

/** Why a run has to ask first; empty where it may go on. A limit is passed by more than it, not by exactly it. */
export function blownFuses(input: FuseInput, limits: FuseLimits): FuseReason[] {
  const isMove = ({ from }: { from: TerritoryId | null }): boolean => from !== null;
  const left = new Set(input.moves.filter(isMove).map(({ accountId }) => accountId));
  const fresh = new Set(input.moves.map(({ accountId }) => accountId).filter((accountId) => !left.has(accountId)));
  // a new account gets its first owner together with its first territory: that is no move
  const moved = new Set([...left, ...input.handed.filter((accountId) => !fresh.has(accountId))]);
  return [
    ...passed('vanished', { n: input.vanished, of: input.placed }, limits.vanishedShare),
    ...passed('moved', { n: moved.size, of: input.accounts }, limits.movedShare),
    ...passed('new', { n: fresh.size, of: input.accounts }, limits.newShare),
    ...territoryReasons(input, limits.territoryShare),
    ...dealReasons(input.lateDeals),
  ];
}

const SENTENCES = {
  vanished: 'lost their place: their ZIPs are gone or on no map',
  moved: 'would change territory or owner',
  new: 'would get their first territory',
};

function passed(kind: keyof typeof SENTENCES, { n, of }: { n: number; of: number }, limit: number): FuseReason[] {
  const share = shareOf(n, of);
  if (share <= limit) return [];
  const sentence = `${accountsWord(n)} of ${of} (${percent(share)}) ${SENTENCES[kind]}; at most ${percent(limit)} may without asking.`;
  return [{ kind, sentence, n, of, share, limit, territoryName: null }];
}

/** Gained or lost by one territory; the fullest breach first. First places count for nobody's loss, but for a gain. */
function territoryReasons({ moves, sizes, names }: FuseInput, limit: number): FuseReason[] {
  const gained = new Map<TerritoryId, number>();
  const lost = new Map<TerritoryId, number>();
  const note = (counts: Map<TerritoryId, number>, id: TerritoryId | null) => {
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const { from, to } of moves) {
    if (from === null || from === to) continue;
    note(lost, from);
    note(gained, to);
  }
  return [...new Set([...gained.keys(), ...lost.keys()])]
    .flatMap((id) => {
      const [gains, losses, of] = [gained.get(id) ?? 0, lost.get(id) ?? 0, sizes.get(id) ?? 0];
      const n = Math.max(gains, losses);
      const share = shareOf(n, of);
      if (share <= limit) return [];
      const name = names.get(id) ?? id;
      const verb = losses >= gains ? 'lose' : 'gain';
      const sentence = `${name} would ${verb} ${accountsWord(n)} (${percent(share)} of its ${of}); at most ${percent(limit)} may without asking.`;
      return [{ kind: 'territory' as const, sentence, n, of, share, limit, territoryName: name }];
    })
    .sort((a, b) => b.share - a.share);
}

function dealReasons(deals: FuseInput['lateDeals']): FuseReason[] {
  const [first] = deals;
  if (!first) return [];
  const n = deals.length;
  const what = n === 1 ? '1 open deal in a late stage' : `${n} open deals in late stages`;
  const sentence = `${what} would change owner, such as "${first.name}" (${first.stage}); none may without asking.`;
  return [{ kind: 'deals', sentence, n, of: n, share: null, limit: null, territoryName: null }];
}
