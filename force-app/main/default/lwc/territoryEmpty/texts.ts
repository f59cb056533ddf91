/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  openTheTerritoryWorkbench: 'Open the territory workbench',
  noRepSaidThatSomethingIsWrongIn: 'No rep said that something is wrong in your territories.',
  youWorkNoTerritoryYourselfThe:
    'You work no territory yourself. The territories that you manage are in the workbench; what their reps say is wrong is below.',
  youHave: 'You have',
  thisPersonHas: 'This person has',
  noTerritoryTerritoryAdminsGive:
    '{0} no territory. Territory Admins give territories their reps in Salesforce’s Territory Management.',
};
