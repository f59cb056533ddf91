/** The suite of accounts on an org with other field names, record types, Person Accounts and the ZIP in the shipping address. */
process.env['BAILIWICK_TEST_ORG'] = 'otherNames';
await import('../accounts.test.ts');
