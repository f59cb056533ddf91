import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import esbuild from 'esbuild';
import express from 'express';
import { mapScript, mapStyle } from '../../../force-app/build/mapResource.ts';
import type { GeographySlice } from '../../../service/geography/geography.ts';
import type { Market } from './component.ts';

export interface MapServer {
  readonly url: string;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>Map</title><link rel="stylesheet" href="/map.css">
<style>html,body{margin:0;height:100%}#map{position:absolute;inset:0}</style><div id="map" tabindex="0"></div><script src="/driver.js"></script>`;

/** Serves a page with the map on it, its geography and a market, and nothing of the product's service. */
export async function serveMap(geography: GeographySlice, market: Omit<Market, 'info'>): Promise<MapServer> {
  const [safe, unsafe, style, driver, component] = await Promise.all([
    mapScript({ hasSafeStyles: true }),
    mapScript({ hasSafeStyles: false }),
    mapStyle(),
    bundled('driver.ts'),
    bundled('component.ts'),
  ]);
  const app = express();
  app.use('/geo', geography.publicRouter);
  const answer = JSON.stringify({ ...market, info: geography.describe() });
  const files: [string, string, string][] = [
    ['/', 'html', PAGE],
    ['/map.css', 'css', style],
    ['/map.js', 'js', safe],
    ['/unsafeMap.js', 'js', unsafe],
    ['/driver.js', 'js', driver],
    ['/component.js', 'js', component],
    ['/market.json', 'json', answer],
  ];
  for (const [route, type, text] of files) app.get(route, (_req, res) => void res.type(type).send(text));
  const server = await new Promise<Server>((resolve) => {
    const opened = app.listen(0, '127.0.0.1', () => resolve(opened));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function bundled(file: string): Promise<string> {
  const built = await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, file)],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}
