import mapScript from '@salesforce/resourceUrl/bailiwickMap';
import mapStyle from '@salesforce/resourceUrl/bailiwickMapStyle';
import locale from '@salesforce/i18n/locale';
import { mapWords } from 'c/mapWords';
import { loadScript, loadStyle } from 'lightning/platformResourceLoader';
import type { LightningElement } from 'lwc';
import type { BailiwickMap } from '../../../../map/main.ts';
import { texts } from './texts';

declare global {
  // The static resource sets it.
  var bailiwickMap: BailiwickMap | undefined;
}

/** The map and the shared formulas, from the static resource; loaded once a page. */
export async function loadMap(component: LightningElement): Promise<BailiwickMap> {
  if (!self.bailiwickMap) await Promise.all([loadScript(component, mapScript), loadStyle(component, mapStyle)]);
  self.bailiwickMap?.speak(mapWords, locale);
  if (!self.bailiwickMap) throw new Error(texts.theMapDidNotLoadReloadThePage);
  return self.bailiwickMap;
}
