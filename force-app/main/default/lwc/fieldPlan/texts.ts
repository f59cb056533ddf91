/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  fieldPlan: 'Field plan',
  groupingTheVisitsOfAMonthIntoDays: 'Grouping the visits of a month into days…',
  nobodyIsToBeCalledOnNoAccountOf:
    'Nobody is to be called on: no account of this territory with an address is shared with you.',
  whoIsCalledOnHowOften: 'Who is called on how often',
  tier: 'Tier',
  accounts: 'Accounts',
  callsAYear: 'Calls a year',
  each: 'Each',
  thisMonth: 'This month',
  firstDay: 'First day',
  saveToPrintPdf: 'Save to print (PDF)',
  saveForTheCalendar: 'Save for the calendar',
  groupedByDirectionFromHomeDrive:
    'Grouped by direction from home; drive times are estimates from distances, without roads or traffic.',
  visit: 'visit|visits',
  day: 'day|days',
  takeAMonthHasWorkingDays: '{0} take {1}; a month has {2} working days.',
  thatIsMoreThanAMonthTheLastDaysRun: '{0} That is more than a month: the last days run into the next one.',
  showTheNextDays: 'Show the next {0} days',
  fieldPlan2: '{0} field plan.{1}',
  withCustomersOnTheRoad: '{0}, {1} with customers, {2} on the road',
  tier2: 'tier {0}',
  byRoad: 'Grouped by direction from home; drive times are by road, without traffic.',
};
