import { fieldPlan, type FieldDay, type Target } from '../core/fieldPlan.ts';
import type { TerritoryId } from '../core/ids.ts';
import type { AccountPart } from '../core/unitInputs.ts';
import type { Tier } from '../core/workload.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import { facts, minutesWith, timesAre } from './dayPlan.ts';
import type { MarketFigures } from './ports.ts';
import { placeOfAccount, type SeenTerritory, type Sight } from './sight.ts';
import { DAY_BEGINS, visitCalendar, visitSheet, workingDays, type Visit, type VisitDay } from './visits.ts';
import { waysBetween } from './ways.ts';

const HOURS_A_DAY = 8;
const TIERS: readonly Tier[] = ['A', 'B', 'C'];

interface Called {
  readonly account: KnownAccount;
  readonly part: AccountPart | undefined;
  readonly target: Target;
}

/** Who is called on how often, and the days of the coming month in driving order. */
export function createFieldPlan({ ports, book }: PageDeps, { sight, now }: { sight: Sight; now: () => Date }) {
  async function plan(user: RequestUser, id: TerritoryId, from: string | undefined) {
    const seen = await sight.territory(user, id);
    const market = await ports.figures(seen.plan.teamId);
    const first = from ?? now().toISOString().slice(0, 10);
    const called = await calledOn(user, seen, market);
    const { home, capacityHours } = seen.territory;
    const { cyclesPerYear, stopsPerDay } = market.travel;
    const places = called.map(({ target }) => target);
    const ways = await waysBetween(ports, home ? [home, ...places] : places, market.travel);
    const days = fieldPlan(places, {
      // prettier-ignore
      home,
      way: ways.way,
      cyclesPerYear,
      cycle: new Date(`${first}T00:00:00Z`).getUTCMonth() % cyclesPerYear,
      stopsPerDay,
      minutesPerDay: HOURS_A_DAY * 60,
    });
    const dates = workingDays(first, days.length);
    return {
      ...seen,
      from: first,
      isByRoad: ways.isByRoad,
      /** Working days that a month of this seat has. */
      workdays: Math.floor(capacityHours / HOURS_A_DAY / cyclesPerYear),
      tiers: TIERS.map((tier) => tierRow(tier, called, { days, market })),
      days: days.map((day, i) => dated(day, dates[i] ?? first, called)),
    };
  }

  async function calledOn(user: RequestUser, seen: SeenTerritory, market: MarketFigures): Promise<Called[]> {
    const { parts } = await book.measured(market);
    const inside = (await book.all()).filter((account) => placed(seen.plan, account).index === seen.index);
    return (await sight.readable(user, inside)).flatMap((account) => {
      const part = parts.get(account.id);
      const place = placeOfAccount(account, ports.geography);
      if (!part?.tier || !place) return [];
      const { callsPerYear } = market.callPlan.tiers[part.tier];
      const address = `${account.unit} ${(account.street ?? '').trim().toLowerCase()}`;
      const minutesPerCall = minutesWith(market, part.tier);
      return [{ account, part, target: { ...place, callsPerYear, minutesPerCall, address } }];
    });
  }

  return {
    show: async (user: RequestUser, id: TerritoryId, from: string | undefined) => {
      const { territory, plan: _, index: __, ...rest } = await plan(user, id, from);
      return { territoryId: territory.id, territoryName: territory.name, ...rest };
    },
    calendar: async (user: RequestUser, id: TerritoryId, from: string | undefined) => {
      const { territory, days } = await plan(user, id, from);
      return { name: territory.name, text: visitCalendar(days, now().toISOString()) };
    },
    sheet: async (user: RequestUser, id: TerritoryId, from: string | undefined) => {
      const { territory, days, tiers, workdays, isByRoad } = await plan(user, id, from);
      const notes = [
        tiers.map(({ tier, accounts, callsPerYear }) => `${tier}: ${accounts} accounts, ${callsPerYear} calls a year`).join(' · '), // prettier-ignore
        `${days.length} days of visits; a month has ${workdays} working days. ${timesAre(isByRoad)}`,
      ];
      return { name: territory.name, text: visitSheet(`Field plan, ${territory.name}`, days, notes) };
    },
  };
}

function tierRow(
  tier: Tier,
  called: readonly Called[],
  { days, market }: { days: readonly FieldDay[]; market: MarketFigures },
) {
  const isOf = (i: number) => called[i]?.part?.tier === tier;
  return {
    tier,
    accounts: called.filter((_, i) => isOf(i)).length,
    ...market.callPlan.tiers[tier],
    visits: days.reduce((sum, { targets }) => sum + targets.filter(isOf).length, 0),
  };
}

/** A day with the times of its visits. */
function dated(day: FieldDay, date: string, called: readonly Called[]): VisitDay {
  let at = DAY_BEGINS;
  const visits = day.targets.flatMap((target, turn): Visit[] => {
    const one = called[target];
    if (!one) return [];
    const drive = day.ways[turn] ?? 0;
    const arrive = at + drive;
    at = arrive + one.target.minutesPerCall;
    const { tier = null, headroomUsd = 0 } = one.part ?? {};
    return [{ ...facts(one.account), tier, headroomUsd, driveMinutes: drive, arrive, leave: at }];
  });
  const { driveMinutes, callMinutes, backMinutes } = day;
  return { date, visits, driveMinutes, visitMinutes: callMinutes, backMinutes };
}
