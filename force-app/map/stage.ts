import { Control, control, Map as LeafletMap, TileLayer } from 'leaflet';
import { fit, type Bounds } from './fit.ts';
import type { GeographyInfo } from './geographyData.ts';

const MAX_ZOOM = 13;
const STILL = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false };

/** Leaflet with the panes between which units are drawn: land below the tiles, lines and labels above them. */
export function makeStage(container: HTMLElement, { minZoom, bounds, basemap }: GeographyInfo): LeafletMap {
  const zooms = { minZoom, maxZoom: MAX_ZOOM };
  const leaflet = new LeafletMap(container, { ...STILL, ...zooms, attributionControl: false, zoomControl: false });
  leaflet.createPane('land').style.setProperty('z-index', '150');
  leaflet.createPane('above').style.setProperty('z-index', '450');
  show(leaflet, bounds, minZoom);
  control.zoom({ position: 'topright' }).addTo(leaflet);
  control.scale({ position: 'bottomleft', maxWidth: 110 }).addTo(leaflet);
  if (basemap) addBasemap(leaflet, basemap);
  return leaflet;
}

/** Tiles of the customer's own server. Without CORS their pictures could not be saved with the map. */
function addBasemap(leaflet: LeafletMap, { url, attribution }: { url: string; attribution: string }): void {
  leaflet.createPane('basemap').style.setProperty('z-index', '140');
  new TileLayer(url, { pane: 'basemap', crossOrigin: 'anonymous', referrerPolicy: 'no-referrer' }).addTo(leaflet);
  const note = new Control({ position: 'bottomleft' });
  note.onAdd = () => {
    const box = document.createElement('span');
    box.setAttribute('class', 'bailiwick-attribution');
    box.textContent = attribution;
    return box;
  };
  note.addTo(leaflet);
  // what lies over it lets it through
  leaflet.getPane('tilePane')?.style.setProperty('opacity', '0.72');
}

/** Brings these bounds into sight, as big as the map allows. */
export function show(leaflet: LeafletMap, bounds: Bounds, minZoom: number): void {
  const { lat, lon, zoom } = fit(bounds, leaflet.getSize(), minZoom);
  leaflet.setView([lat, lon], zoom, { animate: false });
}

/** Keeps the map as big as its frame; answers how to stop that. */
export function followSize(leaflet: LeafletMap): () => void {
  if (typeof ResizeObserver === 'undefined') return () => undefined;
  const resizes = new ResizeObserver(() => leaflet.invalidateSize({ animate: false }));
  resizes.observe(leaflet.getContainer());
  return () => resizes.disconnect();
}
