/** The suite of sync on an org with other field names, record types, Person Accounts and the ZIP in the shipping address. */
process.env['BAILIWICK_TEST_ORG'] = 'otherNames';
await import('../sync.test.ts');
