/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  whatIsShownBesideTheMap: 'What is shown beside the map',
  bars: 'Bars',
  hours: 'Hours',
  table: 'Table',
  zips: 'ZIPs',
  scatter: 'Scatter',
  accounts: 'Accounts',
};
