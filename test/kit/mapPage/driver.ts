import { makeRealm } from './lightningRealm.ts';

/** The page's own side: makes the realm, runs the map in it, and plays the user. Times are in milliseconds. */
type Run = (name: string, argument: string) => Promise<string>;
export type Realm = 'outside' | 'inside' | 'plainInside';

let run: Run | undefined;
const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const container = () => document.querySelector<HTMLElement>('#map')!;

/** What happens in animation frames is script time too. */
let frameScript = 0;
const nextFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (work) =>
  nextFrame((at) => {
    const start = performance.now();
    work(at);
    frameScript += performance.now() - start;
  });

function point(type: string, x: number, y: number): number {
  const { left, top } = container().getBoundingClientRect();
  const init = { clientX: left + x, clientY: top + y, button: 0, buttons: 1, bubbles: true, cancelable: true };
  const start = performance.now();
  container().dispatchEvent(new PointerEvent(`pointer${type}`, { ...init, pointerId: 1, isPrimary: true }));
  container().dispatchEvent(new MouseEvent(`mouse${type}`, init));
  return performance.now() - start;
}

const driver = {
  /** Runs the map's script and what plays the component, and opens the market. */
  async start(realm: Realm, mapScript: string): Promise<{ realmMs: number; firstMapMs: number }> {
    const [map, component] = await Promise.all(
      [mapScript, '/component.js'].map(async (path) => (await fetch(path)).text()),
    );
    const expose = (given: Run) => (run = given);
    const before = performance.now();
    let evaluate: (code: string) => void = (code) => void (0, eval)(code);
    if (realm === 'outside') Object.assign(window, { expose });
    else evaluate = makeRealm({ expose }, realm === 'plainInside');
    const start = performance.now();
    evaluate(map ?? '');
    evaluate(component ?? '');
    await driver.ask('open');
    return { realmMs: start - before, firstMapMs: performance.now() - start };
  },
  async ask(name: string, argument: unknown = null): Promise<unknown> {
    if (!run) throw new Error('The map has not started.');
    return JSON.parse(await run(name, JSON.stringify(argument))) as unknown;
  },
  async timed(name: string, argument: unknown = null): Promise<number> {
    const start = performance.now();
    await driver.ask(name, argument);
    await frame();
    await frame();
    return performance.now() - start;
  },
  /** Time between frames while nobody does anything: what this machine can do at all. */
  async idle(count: number): Promise<number[]> {
    const frames: number[] = [];
    let last = await frame();
    for (let i = 0; i < count; i++) {
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    return frames;
  },
  /** Drags the map along a way, one move a frame: script time of each move, and time between frames. */
  async drag(steps: number, pixels: number): Promise<{ script: number[]; frames: number[] }> {
    const [script, frames]: [number[], number[]] = [[], []];
    let [x, y] = [700, 450];
    point('down', x, y);
    let last = await frame();
    for (let i = 0; i < steps; i++) {
      const turned = i % 40 < 20 ? -1 : 1;
      [x, y] = [x + turned * pixels, y + (turned * pixels) / 2];
      frameScript = 0;
      const ms = point('move', x, y);
      const now = await frame();
      script.push(ms + frameScript);
      frames.push(now - last);
      last = now;
    }
    point('up', x, y);
    return { script, frames };
  },
  /** Draws a lasso around the middle: script time of each move. */
  async lasso(radius: number): Promise<number[]> {
    const corners = Array.from({ length: 24 }, (_, i) => (i / 24) * 2 * Math.PI);
    const at = (angle: number): [number, number] => [700 + radius * Math.cos(angle), 450 + radius * Math.sin(angle)];
    const moves: number[] = [];
    point('down', ...at(0));
    for (const angle of corners.slice(1)) {
      frameScript = 0;
      const ms = point('move', ...at(angle));
      await frame();
      moves.push(ms + frameScript);
    }
    point('up', ...at(6));
    await frame();
    return moves;
  },
};

export type Driver = typeof driver;
Object.assign(window, { driver });
