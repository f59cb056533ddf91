import type { LeafletMouseEvent, Map as LeafletMap } from 'leaflet';
import type { Drawing } from './drawing.ts';
import type { Card, HoverCard } from './hoverCard.ts';

export interface PointingPorts {
  readonly cardAt: (x: number, y: number) => Card | null;
  readonly clicked: (x: number, y: number) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly left: () => void;
}

/** Mouse, pen, finger and keys on the map: a drag draws while a drawing tool is in hand, else the card follows. */
export function listenForPointing(map: LeafletMap, drawing: Drawing, card: HoverCard, ports: PointingPorts): void {
  const container = map.getContainer();
  const place = (event: PointerEvent): [number, number] => {
    const box = container.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  container.addEventListener('pointerdown', (event) => {
    // a second finger means the map, not the drawing
    if (!event.isPrimary && event.pointerType === 'touch') return drawing.cancel();
    if (event.button !== 0 || !drawing.isActive || isControl(event)) return;
    container.setPointerCapture?.(event.pointerId);
    card.hide();
    drawing.down(...place(event));
  });
  container.addEventListener('pointermove', (event) => {
    const [x, y] = place(event);
    drawing.move(x, y);
    // a finger that moves moves the map; its card comes with a tap
    if (drawing.isDrawing || event.pointerType === 'touch') return;
    const found = isControl(event) ? null : ports.cardAt(x, y);
    if (found) card.show(found, x, y);
    else card.hide();
  });
  container.addEventListener('pointerup', () => drawing.up());
  container.addEventListener('pointercancel', () => drawing.cancel());
  container.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch') card.hide();
  });
  map.on('movestart', () => card.hide());
  container.addEventListener('keydown', ports.key);
  container.addEventListener('blur', ports.left);
  map.on('click', ({ containerPoint: { x, y }, originalEvent }: LeafletMouseEvent) => {
    if (drawing.isActive) return;
    const found = (originalEvent as PointerEvent).pointerType === 'touch' ? ports.cardAt(x, y) : null;
    ports.clicked(x, y);
    if (found) card.show(found, x, y);
  });
}

/** While something is drawn the map keeps still under the pointer, and a finger draws instead of scrolling the page. */
export function holdStill(map: LeafletMap, isDrawing: boolean, cursor: string): void {
  for (const handler of [map.dragging, map.boxZoom, map.doubleClickZoom]) {
    if (isDrawing) handler.disable();
    else handler.enable();
  }
  const { style } = map.getContainer();
  style.setProperty('touch-action', isDrawing ? 'none' : '');
  style.setProperty('cursor', cursor);
}

function isControl(event: Event): boolean {
  return event.composedPath().some((node) => node instanceof Element && node.classList.contains('leaflet-control'));
}
