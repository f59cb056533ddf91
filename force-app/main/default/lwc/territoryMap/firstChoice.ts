import type { LayerChoice } from 'c/bailiwick';
import { NO_LAYERS } from './layerKeeper';

/** What the map begins with, as the page's builder wishes: a measure (or "territory"), and layers parted by commas. */
export function firstChoice(measure: string, layers: string): LayerChoice {
  const wanted = layers.split(/[\s,]+/).filter((layer) => layer !== '');
  const has = (layer: string) => wanted.includes(layer);
  return {
    ...NO_LAYERS,
    color: measure === 'territory' ? '' : measure,
    circles: wanted.length === 0 || has('circles'),
    physicians: has('physicians'),
    facilities: has('facilities'),
    homes: has('homes'),
  };
}
