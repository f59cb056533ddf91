import { readFile } from 'node:fs/promises';
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

/** Lightning Web Security may silently lose \`element.style.x = v\`; \`setProperty\` is a call and gets through. */
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

/** Bundles the map with Leaflet and the shared core into one script that sets \`self.bailiwickMap\`, and its style sheet. */
export async function buildMapResource(): Promise<void> {
  const shared: esbuild.BuildOptions = {
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    target: 'es2022',
  };
  await esbuild.build({
    ...shared,
    entryPoints: [join(MAP_DIR, 'main.ts')],
    outfile: MAP_SCRIPT,
    format: 'iife',
    mainFields: ['module', 'main'],
    alias: { leaflet: 'leaflet/dist/leaflet-src.esm.js' },
    plugins: [safeStyles],
  });
  await esbuild.build({
    ...shared,
    entryPoints: [join(MAP_DIR, 'map.css')],
    outfile: MAP_STYLE,
    loader: { '.png': 'empty' },
  });
}
