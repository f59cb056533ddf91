/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  againstAPlanByHeads: 'Against a plan by heads',
  comparing: 'Comparing…',
  noPopulationIsLoadedYetLoadATable:
    'No population is loaded yet. Load a table of ZIPs and heads under “Use my own files”, and this shows what a plan by population would miss.',
  zip: 'ZIP',
  demand: 'Demand',
  heads: 'Heads',
  demandForHeads: 'Demand for heads',
  aPlanByPopulationWouldPutOfThe:
    'A plan by population would put {0} of the demand elsewhere. It misses most in these ZIPs:',
  noHeads: 'no heads',
  headsColumnLoaded: 'Heads: {0}, column {1}, loaded {2}.',
};
