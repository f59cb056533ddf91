import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { changed, proposalWorld, type ProposalWorld } from '../kit/proposalWorld.ts';

/** Some of these solve two or three times on a busy machine. */
vi.setConfig({ testTimeout: 240_000 });

let world: ProposalWorld;
beforeAll(async () => void (world = await proposalWorld()));
afterAll(() => world.house.close());

describe('re-planning', () => {
  test('a leave is covered by others who keep all they have', async () => {
    const { geography, found, newDraft, named } = world;
    const plan = await newDraft('Leave');
    const gone = plan.territories.findIndex(({ name }) => name === 'Central Jersey');
    const result = await found(plan, { task: { kind: 'leave', territory: plan.territories[gone]!.id } });
    expect(result.owners).not.toContain(gone);
    expect(changed(plan.owners, result.owners).every((unit) => plan.owners[unit] === gone)).toBe(true);
    expect(result.after).toHaveLength(24);
    expect(result.moves.every(({ fromName }) => fromName === 'Central Jersey')).toBe(true);
    expect(result.notes.join()).toContain('taken back as a whole');
    expect(result.notes.join()).toMatch(
      /Nobody who takes something goes over 115 % of the hours|Over 115 % of their hours by this: /,
    );
    const [rejected] = result.moves;
    const keepUnits = rejected!.units;
    const forbidden = keepUnits.map((unit) => ({ unit, territory: named(rejected!.toName!) }));
    const task = { kind: 'leave', territory: plan.territories[gone]!.id };
    const again = await found(plan, { task, keepUnits, rules: { forbidden } });
    const stays = again.owners.flatMap((owner, unit) => (keepUnits.includes(geography.ids[unit]!) ? [owner] : []));
    expect(stays.map((owner) => plan.territories[owner]?.name)).not.toContain(rejected!.toName);
  });

  test('two that become one leave nobody behind, and only neighbours can', async () => {
    const { house, computed, found, newDraft, named } = world;
    const plan = await newDraft('Merge');
    const [a, b] = house.sample.planted.merge;
    const result = await found(plan, { task: { kind: 'merge', territory: a!.id, other: b!.id } });
    const gone = plan.territories.findIndex(({ id }) => id === b!.id);
    expect(result.owners).not.toContain(gone);
    expect(result.after.find(({ id }) => id === a!.id)!.utilization).toBeLessThan(1.15);
    const far = await computed(plan, {
      task: { kind: 'merge', territory: named('Boston Metro'), other: named('Pittsburgh') },
    });
    expect(far.error!.message).toContain('Boston Metro and Pittsburgh do not touch');
  });

  test('a new rep gets the best centre; the draft holds the territory, and a publish would make it', async () => {
    const { ops, show, computed, newDraft, accept } = world;
    const plan = await newDraft('Hire');
    const { id, result } = await computed(plan, { task: { kind: 'addRep' } });
    expect(result!.added!.givers.length).toBeGreaterThan(0);
    expect(result!.after).toHaveLength(26);
    expect(result!.after[25]!.utilization).toBeGreaterThan(0.7);
    expect(result!.owners).toContain(25);
    const limits = { accountsShare: 0.01, salesShare: 1 };
    const narrow = await computed(plan, { task: { kind: 'addRep' }, limits });
    expect(narrow.error!.message).toMatch(/hands over \d+ % of accounts in any case, more than the 1 % allowed/);
    const accepted = await accept(id, { version: 1 });
    expect([accepted.status, accepted.json.version]).toEqual([200, 2]);
    const after = await show(plan.id);
    expect(after.territories).toHaveLength(26);
    expect(after.territories[25]).toMatchObject({ id: result!.added!.id, vacant: true });
    expect(after.owners).toEqual(result!.owners);
    const asked = { alignmentId: plan.id, version: 2 };
    const preview = await ops<{ structure: string[] }>('POST', '/api/publishes/preview', asked);
    expect([preview.status, preview.json.structure]).toEqual([200, [`Create the territory ${result!.added!.name}.`]]);
    const again = await accept(id, { version: 1 });
    expect([again.status, again.json.error.code]).toEqual([409, 'alignment_stale']);
  });

  test('a rep who moves drives from another home: the draft has it, and only those around may change', async () => {
    const { ops, show, computed, newDraft, accept, named } = world;
    const plan = await newDraft('Move');
    const at = plan.territories.findIndex(({ name }) => name === 'Southern Maine');
    const { id, result } = await computed(plan, {
      task: { kind: 'moveRep', territory: named('Southern Maine'), zip: '04401' },
    });
    const [before, after] = [result!.before, result!.after].map((rows) =>
      rows.find(({ id: own }) => own === named('Southern Maine'))!,
    );
    expect(after!.utilization).not.toBeCloseTo(before!.utilization, 3);
    expect(result!.owners).toHaveLength(plan.owners.length);
    const far = plan.territories.findIndex(({ name }) => name === 'Pittsburgh');
    expect(changed(plan.owners, result!.owners).filter((unit) => plan.owners[unit] === far)).toEqual([]);
    expect((await accept(id, { version: 1 })).status).toBe(200);
    const draft = await show(plan.id);
    expect(draft.territories[at]).toMatchObject({ homeZip: '04401' });
    expect(draft.owners).toEqual(result!.owners);
    const body = { alignmentId: plan.id, version: 2, preset: 'fewestChanges' };
    const nowhere = { kind: 'moveRep', territory: named('Southern Maine'), zip: '99999' };
    const refused = await ops<{ error: { code: string } }>('POST', '/api/proposals', { ...body, task: nowhere });
    expect(refused.json.error.code).toBe('geography_unknown');
  });
});

test('plans between few changes and best balance: four to six, none beaten by another, one of them is taken', async () => {
  const { show, computed, newDraft, accept } = world;
  const plan = await newDraft('Trade-off');
  const { id, tradeOff, result } = await computed(plan, { preset: 'balanced', task: { kind: 'tradeOff' } });
  expect(result).toBeNull();
  const { plans, today } = tradeOff!;
  expect(plans.length).toBeGreaterThanOrEqual(4);
  expect(plans.length).toBeLessThanOrEqual(6);
  const shares = plans.map(({ accountsShare }) => accountsShare);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  for (const one of plans)
    for (const other of plans)
      expect(
        other.onTarget > one.onTarget && other.accountsShare < one.accountsShare && other.travelHours < one.travelHours,
      ).toBe(false);
  expect(Math.max(...plans.map(({ onTarget }) => onTarget))).toBeGreaterThan(today.onTarget);
  const missing = await accept(id, { version: 1, plan: 19 });
  expect([missing.status, missing.json.error.code]).toEqual([400, 'bad_request']);
  const accepted = await accept(id, { version: 1, plan: 1 });
  expect(accepted.json.version).toBe(2);
  expect((await show(plan.id)).owners).toEqual(plans[1]!.owners);
});
