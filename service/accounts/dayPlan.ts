import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import { shortTour } from '../core/tour.ts';
import type { Tier } from '../core/workload.ts';
import type { RequestUser } from '../http/identity.ts';
import type { PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import type { MarketFigures } from './ports.ts';
import { placeOfAccount, type Sight } from './sight.ts';
import { waysBetween } from './ways.ts';
import { visitCalendar, visitSheet, type Visit, type VisitDay } from './visits.ts';

/** Visits of accounts without a tier take as long as those of the smallest. */
const LEAST_TIER: Tier = 'C';

export interface DayPlanRequest {
  readonly accounts: readonly string[];
  readonly territory: string;
  /** Such as 2026-12-01. */
  readonly date: string;
  /** Minutes after midnight at which the first way begins. */
  readonly begin: number;
}

/** Tomorrow's visits in driving order from home and back, with their times. */
export function createDayPlan({ ports, book }: PageDeps, { sight, now }: { sight: Sight; now: () => Date }) {
  async function plan(user: RequestUser, request: DayPlanRequest) {
    const { plan: live, territory } = await sight.territory(user, request.territory as TerritoryId);
    const market = await ports.figures(live.teamId);
    const { parts } = await book.measured(market);
    const chosen = await chosenAccounts(user, request.accounts);
    const known = chosen.flatMap((account) => {
      const place = placeOfAccount(account, ports.geography);
      return place ? [{ account, place }] : [];
    });
    const stops = known.map(({ place }) => place);
    const places = territory.home ? [territory.home, ...stops] : stops;
    const { way, isByRoad } = await waysBetween(ports, places, market.travel);
    const tour = shortTour(stops, territory.home, way);
    const legs = territory.home ? tour.legs : [0, ...tour.legs];
    let at = request.begin;
    const visits = tour.order.map((i, turn): Visit => {
      const { account } = known[i]!;
      const part = parts.get(account.id);
      const drive = legs[turn] ?? 0;
      const arrive = at + drive;
      at = arrive + minutesWith(market, part?.tier ?? null);
      return { ...facts(account), tier: part?.tier ?? null, headroomUsd: part?.headroomUsd ?? 0, driveMinutes: drive, arrive, leave: at }; // prettier-ignore
    });
    const day: VisitDay = {
      date: request.date,
      visits,
      driveMinutes: tour.minutes,
      visitMinutes: visits.reduce((sum, { arrive, leave }) => sum + leave - arrive, 0),
      backMinutes: territory.home ? (tour.legs.at(-1) ?? 0) : 0,
    };
    const left = chosen.filter((account) => !known.some((each) => each.account === account));
    return { territory, day, isByRoad, fromHome: territory.home !== null, withoutPlace: left.map(({ name }) => name) };
  }

  /** @throws BailiwickError not_found where one is not there or not shared */
  async function chosenAccounts(user: RequestUser, ids: readonly string[]): Promise<KnownAccount[]> {
    const wanted = [...new Set(ids)] as AccountId[];
    const found = (await Promise.all(wanted.map((id) => book.find(id)))).flatMap((account) => account ?? []);
    const readable = await sight.readable(user, found);
    if (readable.length === wanted.length) return readable;
    throw new BailiwickError('not_found', 'One of the accounts is not there, or is not shared with you.', {
      action: 'Choose again from the list.',
    });
  }

  return {
    show: async (user: RequestUser, request: DayPlanRequest) => {
      const { territory, day, ...rest } = await plan(user, request);
      return { territoryName: territory.name, ...day, ...rest };
    },
    calendar: async (user: RequestUser, request: DayPlanRequest) =>
      visitCalendar([(await plan(user, request)).day], now().toISOString()),
    sheet: async (user: RequestUser, request: DayPlanRequest) => {
      const { territory, day, fromHome, isByRoad } = await plan(user, request);
      const start = fromHome ? 'From home and back.' : 'From the first visit to the last: no home is known.';
      return visitSheet(`Day plan, ${territory.name}`, [day], [`${start} ${timesAre(isByRoad)}`]);
    },
  };
}

export const timesAre = (isByRoad: boolean): string =>
  isByRoad ? 'Drive times are by road.' : 'Drive times are estimates.';

export const facts = ({ id, name, kind, street, city }: KnownAccount) => ({ id, name, kind, street, city });

export function minutesWith({ callPlan }: MarketFigures, tier: Tier | null): number {
  return callPlan.tiers[tier ?? LEAST_TIER].minutesPerCall || callPlan.tiers.A.minutesPerCall;
}
