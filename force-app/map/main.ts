import { territoryColors, touchingTerritories } from '../../service/core/colors.ts';
import { apply, difference } from '../../service/core/alignment.ts';
import { unitsByTerritory } from '../../service/core/contiguity.ts';
import { band } from '../../service/core/workload.ts';
import { territorySpreads } from '../../service/core/uncertainty.ts';
import { unitWorkloadHours } from '../../service/core/measures.ts';
import { unitIndex } from '../../service/core/geography.ts';
import { Draft, type DraftData } from './draft.ts';
import { loadGeography, type GeographyData } from './geographyData.ts';
import { shortUsd } from './legend.ts';
import { MapView, type MapEvents } from './mapView.ts';
import { pdfOf } from './pdf.ts';
import { parseBreaks, quantileSteps } from './classes.ts';
import { speak } from './words.ts';

/** What the static resource hands to Lightning components. Parsing happens here, so that arrays belong to this realm. */
const bailiwickMap = {
  createMap: (container: HTMLElement, data: GeographyData, events: MapEvents) => new MapView(container, data, events),
  createDraft: (data: DraftData, geography: GeographyData) => new Draft(data, geography.units.neighbors),
  loadGeography,
  pdfOf,
  speak,
  core: {
    apply,
    band,
    difference,
    parseBreaks,
    quantileSteps,
    shortUsd,
    territoryColors,
    territorySpreads,
    touchingTerritories,
    unitIndex,
    unitsByTerritory,
    unitWorkloadHours,
  },
};

/** Shared words of core, for components that may not reach it. */
export type { TerritoryTotals, UnitInputs } from '../../service/core/measures.ts';
export type { TravelSettings } from '../../service/core/travel.ts';
export type BailiwickMap = typeof bailiwickMap;

Object.assign(self, { bailiwickMap });
