/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  plansAccountsAndBarsCountUnderThis: 'Plans, accounts and bars count under this market.',
  countPlansUnderThisMarket: 'Count plans under this market',
  countedWhereTheyArePerformed: 'Counted where they are performed.',
  countedWhereTheCareWasGiven: 'Counted where the care was given.',
  countedWithWhoPerformsThem: 'Counted with who performs them.',
  countedWithWhoOrdersThem: 'Counted with who orders them.',
  countedWithWhoBillsThem: 'Counted with who bills them.',
  laboratoriesHoldOfTheServices:
    'Laboratories hold {0} of the services: counted where tests are performed, the demand falls into a few ZIPs.',
  noCaseHours: 'No case hours.',
  countWhereTheyArePerformed: 'Count where they are performed',
  countWithWhoOrdersThem: 'Count with who orders them',
  todayTheyCountUnder: 'Today they count under {0}.',
};
