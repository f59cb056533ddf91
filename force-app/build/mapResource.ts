import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { MAP_DIR, RESOURCE_DIR } from './paths.ts';

export const MAP_SCRIPT = join(RESOURCE_DIR, 'bailiwickMap.js');
export const MAP_STYLE = join(RESOURCE_DIR, 'bailiwickMapStyle.css');

const STYLE_WRITE = /([\w$]+(?:\.[\w$]+|\[\w+\])*)\.style(?:\.(\w+)|\[([^\]]+)\])\s*=(?!=)\s*([^;]+);/g;
const LOCAL_STYLE_WRITE = /^(\s*)style\[(\w+)\]\s*=(?!=)\s*([^;]+);/gm;
const HELPER = `
function bailiwickSetStyle(style, name, value) {
  var property = name.replace(/[A-Z]/g, function (letter) { return '-' + letter.toLowerCase(); }).replace(/^webkit-/, '-webkit-');
  style.setProperty(property, value === null ? '' : String(value));
}
`;

/** Lightning Web Security may silently lose `element.style.x = v`; `setProperty` is a call and gets through. */
export function rewriteStyleWrites(source: string): string {
  const quoted = source.replace(STYLE_WRITE, (...match: string[]) => {
    const [, element, name, key, value] = match;
    return `bailiwickSetStyle(${element}.style, ${name === undefined ? key : `'${name}'`}, ${value});`;
  });
  return quoted.replace(LOCAL_STYLE_WRITE, '$1bailiwickSetStyle(style, $2, $3);') + HELPER;
}

const safeStyles: esbuild.Plugin = {
  name: 'safe-styles',
  setup(build) {
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => ({
      contents: rewriteStyleWrites(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

const SHARED: esbuild.BuildOptions = {
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
  write: false,
};

/** The map with Leaflet and the shared core as one script that sets `self.bailiwickMap`. Tests also want it with Leaflet as it is. */
export async function mapScript({ hasSafeStyles }: { hasSafeStyles: boolean }): Promise<string> {
  const built = await esbuild.build({
    ...SHARED,
    entryPoints: [join(MAP_DIR, 'main.ts')],
    format: 'iife',
    mainFields: ['module', 'main'],
    alias: { leaflet: 'leaflet/dist/leaflet-src.esm.js' },
    plugins: hasSafeStyles ? [safeStyles] : [],
  });
  return built.outputFiles?.[0]?.text ?? '';
}

export async function mapStyle(): Promise<string> {
  const built = await esbuild.build({
    ...SHARED,
    entryPoints: [join(MAP_DIR, 'map.css')],
    loader: { '.png': 'empty' },
  });
  return built.outputFiles?.[0]?.text ?? '';
}

/** Writes the static resource and its style sheet. */
export async function buildMapResource(): Promise<void> {
  await writeFile(MAP_SCRIPT, await mapScript({ hasSafeStyles: true }));
  await writeFile(MAP_STYLE, await mapStyle());
}
