import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import lwcModule from '@lwc/rollup-plugin';
import replaceModule from '@rollup/plugin-replace';
import { transform } from 'esbuild';
import { rollup, type Plugin } from 'rollup';
import { buildForceApp } from '../../../force-app/build/build.ts';
import { bundleSources } from '../../../force-app/build/compileBundles.ts';
import { cachedStep, contentHash } from '../../../force-app/build/contentHash.ts';
import { bundleNames, CACHE_DIR, filesBelow, LWC_DIR, ROOT } from '../../../force-app/build/paths.ts';
import { salesforceModules } from './salesforceModules.ts';

const HERE = import.meta.dirname;
/** Both packages' types describe CommonJS; their modules are the functions themselves. */
const lwc = lwcModule as unknown as (options: Record<string, unknown>) => Plugin;
const replace = replaceModule as unknown as (options: Record<string, unknown>) => Plugin;
export const HOST_DIR = join(CACHE_DIR, 'host');

/** Builds the Lightning bundles, the map and the page host that shows them; unchanged sources cost nothing. */
export async function buildHost(): Promise<string> {
  await buildForceApp();
  const markup = filesBelow(LWC_DIR).filter((file) => /\.(html|css)$/.test(file));
  const own = filesBelow(HERE).filter((file) => !file.endsWith('startHost.ts'));
  const hash = contentHash([join(ROOT, 'package-lock.json'), ...own, ...bundleSources(), ...markup]);
  await cachedStep('host', hash, [join(HOST_DIR, 'main.js'), join(HOST_DIR, 'slds.css')], async () => {
    rmSync(HOST_DIR, { recursive: true, force: true });
    await bundlePages();
    copyDesignSystem();
  });
  return HOST_DIR;
}

async function bundlePages(): Promise<void> {
  const bundle = await rollup({
    input: join(HERE, 'page/main.ts'),
    onwarn: (warning, warn) => {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
      if (
        warning.plugin !== 'rollup-plugin-lwc-compiler' &&
        !/CIRCULAR|THIS_IS_UNDEFINED|EVAL/.test(warning.code ?? '')
      )
        warn(warning);
    },
    plugins: [
      salesforceModules(join(HERE, 'shims/runtime.ts')),
      eraseTypes(),
      lwc({
        rootDir: join(HERE, 'page'),
        modules: moduleRecords(),
        enableDynamicComponents: true,
        exclude: [/\0/],
        enableSyntheticElementInternals: true,
      }),
      replace({
        'import.meta.env.SSR': 'false',
        'process.env.NODE_ENV': JSON.stringify('production'),
        preventAssignment: true,
      }),
    ],
  });
  await bundle.write({
    dir: HOST_DIR,
    entryFileNames: 'main.js',
    chunkFileNames: 'chunk-[name].js',
    format: 'es',
    compact: true,
  });
  await bundle.close();
}

/** A bundle's script, or its styles where it has nothing else. */
function bundleEntry(name: string): string {
  const script = join(LWC_DIR, name, `${name}.js`);
  return existsSync(script) ? script : join(LWC_DIR, name, `${name}.css`);
}

/** `c/*` are our bundles; our shims come before the base components' own stand-ins, and the first record wins. */
function moduleRecords() {
  const shims = join(HERE, 'shims/lightning');
  return [
    ...bundleNames().map((name) => ({ name: `c/${name}`, path: bundleEntry(name) })),
    ...readdirSync(shims).map((file) => ({ name: `lightning/${basename(file, '.ts')}`, path: join(shims, file) })),
    { npm: 'lightning-base-components' },
  ];
}

function eraseTypes(): Plugin {
  return {
    name: 'erase-types',
    async transform(source, id) {
      if (!/\.ts(\?|$)/.test(id)) return null;
      const { code } = await transform(source, { loader: 'ts', target: 'es2022' });
      return { code, map: null };
    },
  };
}

function copyDesignSystem(): void {
  const require = createRequire(import.meta.url);
  const assets = join(dirname(require.resolve('@salesforce-ux/design-system/package.json')), 'assets');
  cpSync(join(assets, 'styles/salesforce-lightning-design-system.min.css'), join(HOST_DIR, 'slds.css'));
  const styles = ['header.css', 'page.css'].map((file) => readFileSync(join(HERE, 'page', file), 'utf8'));
  writeFileSync(join(HOST_DIR, 'host.css'), styles.join('\n'));
}
