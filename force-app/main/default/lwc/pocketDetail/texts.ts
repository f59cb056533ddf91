/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  topFacilities: 'Top facilities',
  topPhysicians: 'Top physicians',
  saveTheListAsCsv: 'Save the list as CSV',
  whatLeadsAndAccountsWouldThisGive: 'What leads and accounts would this give?',
  noAccount: 'no account',
  inNoTerritory: 'in no territory',
  noRecentActivity: 'no recent activity',
  createALead: 'create a lead',
  createAnAccount: 'create an account',
  giveTheAccountAnOwner: 'give the account an owner',
  visitAgain: 'visit again',
  zipsMostDollarsFirst: 'ZIPs, most dollars first: {0}.',
  lead: 'lead|leads',
  account: 'account|accounts',
  wouldBeCreated: '{0} would be created',
  nothingWouldBeCreated: 'Nothing would be created',
  wouldGetAnOwnerWouldBeVisitedAgain:
    '{0}; {1} would get an owner, {2} would be visited again. Nothing is written to Salesforce: save the list and import it there.',
  pocketLeadsCsv: 'Pocket {0} leads.csv',
  noZip: 'no ZIP',
  about: 'about',
};
