import { join } from 'node:path';
import { bundleSources, compileBundles, emittedFile } from './compileBundles.ts';
import { cachedStep, contentHash } from './contentHash.ts';
import { buildMapResource, MAP_SCRIPT, MAP_STYLE } from './mapResource.ts';
import { textsFile, writeLabels } from './labels.ts';
import { filesBelow, LABELS_FILE, LWC_DIR, MAP_DIR, ROOT } from './paths.ts';

const BUILD_SOURCES = filesBelow(import.meta.dirname);

/** Builds what the org needs: JavaScript of every bundle, the custom labels and the map's static resource. Unchanged parts are left alone. */
export async function buildForceApp(): Promise<{ bundles: 'built' | 'cached'; map: 'built' | 'cached' }> {
  const sources = bundleSources();
  const lock = [join(ROOT, 'package-lock.json')];
  const bundles = await cachedStep(
    'bundles',
    contentHash([...BUILD_SOURCES, ...sources]),
    [...sources.map(emittedFile), LABELS_FILE],
    () => {
      compileBundles();
      writeLabels();
    },
  );
  // the map bundles the words and the formulas that components use too
  const shared = [join(LWC_DIR, 'bailiwick/filled.ts'), textsFile('mapWords')];
  const mapSources = [...filesBelow(MAP_DIR), ...filesBelow(join(ROOT, 'service/core')), ...shared];
  const map = await cachedStep(
    'map',
    contentHash([...lock, ...BUILD_SOURCES, ...mapSources]),
    [MAP_SCRIPT, MAP_STYLE],
    buildMapResource,
  );
  return { bundles, map };
}
