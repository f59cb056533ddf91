import type { Express } from 'express';
import { createApp } from './app.ts';
import { pinBoundaries } from './boundaries.ts';
import { openClaimsSide } from './claimsSide.ts';
import { compose, type House } from './compose.ts';
import type { GeographySlice } from './geography/geography.ts';
import { importersOf } from './importers.ts';
import { openIntake } from './intakeSide.ts';
import type { Org } from './org/org.ts';
import { hospitalPlaces, openRegistrySide } from './registrySide.ts';
import type { ServiceOptions } from './serve.ts';
import type { Store } from './store/store.ts';
import { osrmRoads } from './roads/osrm.ts';

/** Everything that stands on one geography; what outlives a change of boundaries is handed in. */
export interface Inside {
  readonly app: Express;
  readonly house: House;
  close(): Promise<void>;
}

export interface Ground {
  readonly store: Store;
  readonly org: Org;
  readonly geography: GeographySlice;
  /** Rebuilds the inside on what is loaded now; answers once it has begun. */
  readonly applyBoundaries: () => void;
}

/** Brings the plans onto the geography, opens all slices on it and closes them in reverse order; a failure leaves nothing open. */
export async function openInside(ground: Ground, options: ServiceOptions): Promise<Inside> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  try {
    const { store, org, geography } = ground;
    const { dataDir, log, now = () => new Date() } = options;
    const units = geography.geography;
    await pinBoundaries(store, { dataDir, geography: units, now, log });
    const registry = await openRegistrySide({ dataDir, store, geography: units });
    opened.push(() => registry.close());
    const claims = await openClaimsSide({ dataDir, geography: units, placesOf: hospitalPlaces(registry.registry) });
    opened.push(() => claims.close());
    await options.prepare?.(claims.claims);
    const { sample, origins, apiShare, routingUrl } = options;
    const roads = routingUrl ? osrmRoads({ url: routingUrl, now, log }) : null;
    const house = compose({ ...ground, dataDir, claims, registry, now, sample, log, origins, apiShare, roads });
    opened.push(() => house.close());
    const slices = { claims: claims.claims, registry: registry.registry, geography: units, house };
    const intake = openIntake(dataDir, importersOf({ ...slices, store, dataDir, now }), { now, log });
    opened.push(() => intake.close());
    await house.start(options.sheets);
    const app = createApp({
      routes: [...house.routes, ...intake.routes],
      geography: geography.publicRouter,
      verify: options.verifier(org.orgId),
      origins: options.origins,
      log,
    });
    return { app, house, close };
  } catch (error) {
    await close();
    throw error;
  }
}
