import mapScript from '@salesforce/resourceUrl/bailiwickMap';
import mapStyle from '@salesforce/resourceUrl/bailiwickMapStyle';
import { loadScript, loadStyle } from 'lightning/platformResourceLoader';
import type { LightningElement } from 'lwc';
import type { BailiwickMap } from '../../../../map/main.ts';

declare global {
  // The static resource sets it.
  var bailiwickMap: BailiwickMap | undefined;
}

/** The map and the shared formulas, from the static resource; loaded once a page. */
export async function loadMap(component: LightningElement): Promise<BailiwickMap> {
  if (!self.bailiwickMap) await Promise.all([loadScript(component, mapScript), loadStyle(component, mapStyle)]);
  if (!self.bailiwickMap) throw new Error('The map did not load. Reload the page.');
  return self.bailiwickMap;
}
