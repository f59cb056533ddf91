import { buildForceApp } from './build.ts';
import { missingParts } from './checkBundles.ts';
import { typeErrors } from './checkTypes.ts';

/** `npm run build`: what a deploy to an org needs; fails when a bundle is not whole or its types are wrong. */
const problems = typeErrors();
const { bundles, map } = await buildForceApp();
problems.push(...missingParts());
for (const problem of problems) console.error(problem);
console.log(`Lightning bundles: ${bundles}. Map resource: ${map}.`);
if (problems.length > 0) process.exitCode = 1;
