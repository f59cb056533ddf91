/** What this bundle says; the build makes each text a custom label of the org. */
export const texts = {
  otherPayers: 'Other payers',
  medicareClaimsStandForMoreWhere:
    'Medicare claims stand for more where other payers pay. A factor for a state or a county (five digits), with its source; the county goes before its state.',
  remove: 'Remove',
  stateOrCounty: 'State or county',
  factor: 'Factor',
  whereItComesFrom: 'Where it comes from',
  add: 'Add',
  removeTheFactorOf: 'Remove the factor of {0}',
  nameAStateByTwoLettersMaOrACounty: 'Name a state by two letters (MA) or a county by five digits (25025).',
  aFactorIsANumberAbove0AndUpTo100: 'A factor is a number above 0 and up to 100.',
  sayWhereTheFactorComesFromItStands: 'Say where the factor comes from: it stands beside every figure.',
};
