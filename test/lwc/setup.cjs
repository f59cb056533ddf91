const { readFileSync } = require('node:fs');
const path = require('node:path');

// jsdom lays nothing out: every element has one size, or Leaflet would see an empty map.
Object.defineProperty(window.HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 });
Object.defineProperty(window.HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
window.PointerEvent ??= class extends window.MouseEvent {};

// The static resource as an org would load it: real Leaflet, real drawing code, on the canvas stub.
const file = path.resolve(__dirname, '../../force-app/main/default/staticresources/bailiwickMap.js');
window.eval(readFileSync(file, 'utf8'));
