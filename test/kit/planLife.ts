import type { Ask, House } from './house.ts';
import { startHouse } from './house.ts';
import { startSampleService } from '../../service/local/parts.ts';
import { parseCsv } from '../../service/core/csv.ts';
import { waitFor } from './waitFor.ts';
import type { RunningService } from '../../service/serve.ts';

export interface Plan {
  id: string;
  name: string;
  version: number;
  state: string;
  stage: string;
  owners: number[];
  territories: ({ id: string; name: string; repId: string | null; repName: string | null } | null)[];
}
export interface Life {
  state: string;
  stage: string;
  version: number;
  path: {
    stage: string;
    isNow: boolean;
    isDone: boolean;
    byName: string | null;
    at: string | null;
    note: string | null;
  }[];
  steps: { what: string; note: string | null; byName: string; at: string }[];
  can: string[];
  touched: number;
  accounts: number;
  needsApproval: boolean;
  approval: {
    missing: string[];
    approvers: string[];
    approvals: { byName: string; isCurrent: boolean; territories: number }[];
  };
  schedule: {
    effectiveOn: string;
    state: string;
    reason: string | null;
    action: string | null;
    runId: string | null;
  } | null;
  cover: Cover | null;
  notices: { kind: string; userName: string; state: string; subject: string; sentAt: string | null }[];
}
export interface Cover {
  id: string;
  alignmentId: string;
  proposalId: string;
  state: string;
  backOn: string;
  stayed: string[];
  reason: string | null;
}
export type Refusal = { error: { code: string; message: string; action: string } };

/** The house with a clock that only the test moves, and plans to lead through their lives. */
export class PlanWorld {
  /** How far the house's clock is ahead of the machine's: tokens are checked by the machine's. */
  aheadMs = 0;
  house!: House;
  service!: RunningService;
  rep!: Ask;
  neighbor!: Ask;
  manager!: Ask;
  ops!: Ask;
  teamId = '';
  zips: string[] = [];

  async open(): Promise<void> {
    this.house = await startHouse({ now: () => new Date(Date.now() + this.aheadMs) });
    this.service = this.house.service;
    const { users, teams } = this.house.sample.planted;
    [this.rep, this.neighbor, this.manager, this.ops] = [
      this.house.api(users.rep),
      this.house.api(users.neighborRep),
      this.house.api(users.manager),
      this.house.api(users.salesOps),
    ];
    this.teamId = teams.sales.id;
    const { unitsPath } = (await this.ops<{ unitsPath: string }>('GET', '/api/geography')).json;
    this.zips = ((await (await fetch(`${this.house.service.url}${unitsPath}`)).json()) as { ids: string[] }).ids;
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.house.close();
  }

  /** A new process over the same directory, at the same address. */
  async restart(): Promise<void> {
    const { port } = new URL(this.house.service.url);
    await this.service.close();
    const ports = { ...this.house.options.ports, servicePort: Number(port) };
    this.service = await startSampleService({ ...this.house.options, ports }, this.house.org, ['http://localhost:1']);
  }

  day(from = 0): string {
    const zone = 'America/New_York';
    return new Date(Date.now() + this.aheadMs + from * 86_400_000).toLocaleDateString('en-CA', { timeZone: zone });
  }
  forward(days: number): void {
    this.aheadMs += days * 86_400_000;
  }
  async look(): Promise<void> {
    await this.service.house.watch.look();
    await this.service.house.sync.idle();
    await this.service.house.auto.idle();
  }

  /** Waits until a computation is done. */
  async computed(id: string): Promise<void> {
    const ask = () => this.ops<{ state: string }>('GET', `/api/proposals/${id}`);
    const { json, text } = await waitFor(ask, (answer) => ['done', 'failed'].includes(answer.json.state), 120_000);
    if (json.state === 'failed') throw new Error(text);
  }

  async live(): Promise<Plan> {
    const { alignments } = (await this.ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${this.teamId}`)).json;
    return this.plan(alignments.find(({ state }) => state === 'live')!.id);
  }
  async plan(id: string): Promise<Plan> {
    return (await this.ops<Plan>('GET', `/api/alignments/${id}`)).json;
  }
  async life(id: string): Promise<Life> {
    return (await this.ops<Life>('GET', `/api/alignments/${id}/life`)).json;
  }

  /** A draft in which some ZIPs of the rep go to her neighbour. */
  async draft(name: string, { by = this.ops, count = 2 }: { by?: Ask; count?: number } = {}): Promise<Plan> {
    const live = await this.live();
    const made = await by<Plan>('POST', '/api/alignments', { teamId: this.teamId, name, from: live.id });
    if (made.status !== 201) throw new Error(made.text);
    await this.move(made.json, { by, count });
    return this.plan(made.json.id);
  }
  indexOf(plan: Plan, userId: string): number {
    return plan.territories.findIndex((each) => each?.repId === userId);
  }
  movesOf(plan: Plan, count: number) {
    const { users } = this.house.sample.planted;
    const [from, to] = [this.indexOf(plan, users.rep), this.indexOf(plan, users.neighborRep)];
    const units = plan.owners.flatMap((owner, unit) => (owner === from ? [unit] : [])).slice(0, count);
    return units.map((unit) => ({
      unit: this.zips[unit]!,
      from: plan.territories[from]!.id,
      to: plan.territories[to]!.id,
    }));
  }
  async move(plan: Plan, { by = this.ops, count = 1 }: { by?: Ask; count?: number } = {}) {
    const moves = this.movesOf(plan, count);
    return by<{ version: number } & Refusal>('POST', `/api/alignments/${plan.id}/moves`, {
      version: plan.version,
      moves,
    });
  }

  /** Accounts that a plan moves, each with its territory there, as the preview of its publish lists them. */
  async movedBy(id: string): Promise<Record<string, string>> {
    const { version, territories } = await this.plan(id);
    const { text } = await this.ops('POST', '/api/publishes/preview.csv', { alignmentId: id, version });
    const ids = new Map(territories.map((each) => [each!.name, each!.id]));
    const moves = parseCsv(text, 'preview.csv').rows.filter(({ cells }) => cells[0] === 'moves in');
    return Object.fromEntries(moves.map(({ cells }) => [cells[1]!, ids.get(cells[6]!) ?? '']));
  }
  /** The territories of accounts, asked past the service. */
  async inOrg(accountIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.house.query<{ ObjectId: string; Territory2Id: string }>(
      `SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association WHERE ObjectId IN (${accountIds.map((id) => `'${id}'`).join()})`,
    );
    return new Map(rows.map((row) => [row.ObjectId, row.Territory2Id]));
  }
  /** Somebody takes every account out of a territory, past the service. */
  async emptyInOrg(territoryId: string): Promise<void> {
    const rows = await this.house.query<{ Id: string }>(
      `SELECT Id FROM ObjectTerritory2Association WHERE Territory2Id = '${territoryId}'`,
    );
    for (let k = 0; k < rows.length; k += 200) {
      const ids = rows.slice(k, k + 200).map(({ Id }) => Id);
      const url = `${this.house.org.url}/services/data/v66.0/composite/sobjects?ids=${ids.join()}`;
      const answer = await fetch(url, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${this.house.options.orgToken}` },
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
  }

  async step(id: string, step: string, { by = this.ops, note = '' }: { by?: Ask; note?: string } = {}) {
    const { version } = await this.plan(id);
    return by<Life & Refusal>('POST', `/api/alignments/${id}/steps`, { step, version, note });
  }
  async schedule(id: string, effectiveOn: string) {
    const { version } = await this.plan(id);
    return this.ops<Life & Refusal>('POST', `/api/alignments/${id}/schedule`, { version, effectiveOn });
  }
  async settings(change: Record<string, unknown>) {
    const url = `/api/teams/${this.teamId}/plan-settings`;
    const { version, settings } = (await this.ops<{ version: number; settings: object }>('GET', url)).json;
    return this.ops<Refusal>('PUT', url, { ...settings, ...change, version });
  }
  async publish(id: string, by = this.ops, more: { part?: object; accountIds?: string[] } = {}) {
    const { version } = await this.plan(id);
    const request = { alignmentId: id, version, ...more };
    const preview = await by<{ previewHash: string }>('POST', '/api/publishes/preview', request);
    const { previewHash } = preview.json;
    const answer = await by<{ id: string } & Refusal>('POST', '/api/publishes', { ...request, previewHash });
    await this.service.house.sync.idle();
    return answer;
  }
}
