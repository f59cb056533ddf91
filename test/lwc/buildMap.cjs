const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** The components are tested with the map that an org would load; unchanged, it is not built again. */
module.exports = () => {
  const root = path.resolve(__dirname, '../..');
  const node = path.join(root, 'node_modules/.bin/node');
  const code = "import('./force-app/build/build.ts').then((build) => build.buildForceApp())";
  const { status, stderr } = spawnSync(node, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The map did not build: ${stderr}`);
};
