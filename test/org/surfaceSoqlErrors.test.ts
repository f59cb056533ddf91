import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalOrg } from '../../service/local/org/org.ts';
import { connect, failure, startSurfaceOrg } from '../kit/surfaceOrg.ts';

let org: LocalOrg;
let conn: Connection;
beforeAll(async () => {
  org = await startSurfaceOrg();
  conn = connect(org);
});
afterAll(() => org.close());

describe('refusals', () => {
  const names = 'Please reference your WSDL or the describe call for the appropriate names.';
  it.each([
    ['SELECT Id FROM', 'MALFORMED_QUERY', "unexpected token: '<EOF>'"],
    [
      'SELECT Id, Name, FirstName, LastName, Username FROM no_exist LIMIT 1',
      'INVALID_TYPE',
      '\nFirstName, LastName, Username FROM no_exist LIMIT 1\n                                   ^\nERROR at Row:1:Column:53\n',
    ],
    ['SELECT FROM Account', 'MALFORMED_QUERY', "unexpected token: 'FROM'"],
    ['SELEC Id FROM Account', 'MALFORMED_QUERY', 'unexpected token: SELEC'],
    [
      "SELECT Id FROM Account WHERE Name = 'x",
      'MALFORMED_QUERY',
      "line 1:37 mismatched character '<EOF>' expecting '''",
    ],
    ['SELECT Id FROM Account WHERE Name = :x', 'MALFORMED_QUERY', 'Bind variables only allowed in Apex code'],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Site = 'b' OR Site = 'c'",
      'MALFORMED_QUERY',
      "unexpected token: 'OR'",
    ],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    [
      'SELECT Id FROM Nothing',
      'INVALID_TYPE',
      `sObject type 'Nothing' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${names}`,
    ],
    [
      'SELECT Id, Foo FROM Account',
      'INVALID_FIELD',
      `\nSELECT Id, Foo FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Account'.`,
    ],
    ['SELECT Id, Boss.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Boss' in field path."],
    [
      'SELECT Id, (SELECT Id FROM Cats) FROM Account',
      'INVALID_FIELD',
      "Didn't understand relationship 'Cats' in field path.",
    ],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ["SELECT Id FROM Account WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: abc'],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field'],
    [
      "SELECT Id FROM Kind__c WHERE Notes__c = 'x'",
      'INVALID_FIELD',
      "field 'Notes__c' can not be filtered in a query call",
    ],
    ['SELECT Id FROM Kind__c ORDER BY Notes__c', 'INVALID_FIELD', "field 'Notes__c' can not be sorted in a query call"],
    [
      "SELECT Id FROM Account WHERE AnnualRevenue = '1'",
      'INVALID_FIELD',
      "value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE Name = 1',
      'INVALID_FIELD',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    [
      "SELECT Id FROM Account WHERE CreatedDate = '2026-01-01'",
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
  ])('%s', async (soql, code, words) => {
    const error = await failure(conn.query(soql));
    expect(error.errorCode).toBe(code);
    expect(error.message).toContain(words);
  });
});

it('a filter deeper than the store can go is too complicated, not an internal error', async () => {
  const where = Array.from({ length: 1100 }, () => "Name='a'").join(' OR ');
  const url = `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM Account WHERE ${where}`)}`;
  const reply = await conn.requestPost('/composite', {
    compositeRequest: [{ method: 'GET', url, referenceId: 'deep' }],
  });
  const message = 'Query is either selecting too many fields or the filter conditions are too complicated.';
  expect(reply).toMatchObject({
    compositeResponse: [{ httpStatusCode: 400, body: [{ errorCode: 'QUERY_TOO_COMPLICATED', message }] }],
  });
});
it('an address beyond 16,384 characters is too long', async () => {
  const names = Array.from({ length: 1500 }, (_, k) => `'name ${k}'`).join(',');
  expect((await failure(conn.query(`SELECT Id FROM Account WHERE Name IN (${names})`))).errorCode).toBe('URI_TOO_LONG');
});
