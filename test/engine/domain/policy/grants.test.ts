// What a grant of a key is leave for: to whom, for which operations, under which encryption context.
import type { GrantTerms } from '../../../../engine/src/domain/policy/policies';
import { reachOfGrant } from '../../../../engine/src/domain/policy/grants';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';

const ROLE = 'arn:aws:iam::111122223333:role/backup';
const SESSION: Principal = {
  ...{ kind: 'role-session', arn: ROLE, account: '111122223333', userId: 'AROA:s', sessionName: 's' },
};
const SERVICE: Principal = { kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' };
type Constraints = NonNullable<GrantTerms['constraints']>;

function reach(terms: GrantTerms, asked: Partial<AuthorizationRequest>, grantee = ROLE, principal = SESSION) {
  const grant = { grantId: 'g', granteePrincipal: grantee, ...terms };
  return reachOfGrant(grant, { principal, action: 'kms:Decrypt', ...asked } as AuthorizationRequest);
}

// prettier-ignore
test.each<[grantee: string, principal: Principal, reaches: string | undefined]>([
  [ROLE,                                            SESSION, 'direct'],
  ['arn:aws:sts::111122223333:assumed-role/backup/s', SESSION, 'direct'],
  [`${ROLE}2`,                                      SESSION, undefined],
  ['backup.amazonaws.com',                          SERVICE, 'direct'],
  ['ebs.amazonaws.com',                             SERVICE, undefined],
])('a grant for %s reaches %j: %s', (grantee, principal, reaches) => {
  expect(reach({ operations: ['Decrypt'] }, {}, grantee, principal)).toBe(reaches);
});

// prettier-ignore
test.each<[action: string, operations: string[], reaches: boolean]>([
  ['kms:Decrypt',      ['Encrypt', 'Decrypt'], true],
  ['kms:decrypt',      ['Decrypt'],            true],
  ['kms:Encrypt',      ['Decrypt'],            false],
  ['kms:CreateGrant',  ['CreateGrant'],        true],
])('%s is within a grant of %j: %p', (action, operations, reaches) => {
  expect(reach({ operations }, { action })).toBe(reaches ? 'direct' : undefined);
});

const TEAM = { team: 'a' };
const BOTH = { team: 'a', stage: 'prod' };

// prettier-ignore
test.each<[constraints: Constraints, context: Record<string, string> | undefined, reaches: boolean]>([
  [{ encryptionContextEquals: TEAM },                                  TEAM,            true],
  [{ encryptionContextEquals: TEAM },                                  { Team: 'a' },   true],
  [{ encryptionContextEquals: TEAM },                                  { team: 'A' },   false],
  [{ encryptionContextEquals: TEAM },                                  BOTH,            false],
  [{ encryptionContextEquals: BOTH },                                  TEAM,            false],
  [{ encryptionContextEquals: TEAM },                                  undefined,       false],
  [{ encryptionContextSubset: TEAM },                                  BOTH,            true],
  [{ encryptionContextSubset: BOTH },                                  TEAM,            false],
  [{ encryptionContextSubset: TEAM },                                  undefined,       false],
  [{ encryptionContextEquals: BOTH, encryptionContextSubset: TEAM },   BOTH,            true],
  [{ encryptionContextEquals: TEAM, encryptionContextSubset: BOTH },   TEAM,            false],
])('a grant constrained to %j lets a context of %j: %p', (constraints, encryptionContext, reaches) => {
  const context = encryptionContext === undefined ? {} : { encryptionContext };
  const terms = { operations: ['Decrypt', 'DescribeKey'], constraints };
  expect(reach(terms, context)).toBe(reaches ? 'direct' : undefined);
  // What is done under no context is not constrained.
  expect(reach(terms, { action: 'kms:DescribeKey', ...context })).toBe('direct');
});

// prettier-ignore
test.each<[given: Constraints | undefined, asked: Constraints | undefined, operations: string[], reaches: boolean]>([
  [undefined,                         undefined,                                                            ['Decrypt'],            true],
  [undefined,                         { encryptionContextEquals: TEAM },                                    ['Decrypt'],            true],
  [undefined,                         undefined,                                                            ['Decrypt', 'Encrypt'], false],
  [{ encryptionContextEquals: TEAM }, { encryptionContextEquals: TEAM },                                    ['Decrypt'],            true],
  [{ encryptionContextEquals: TEAM }, { encryptionContextEquals: BOTH },                                    ['Decrypt'],            false],
  [{ encryptionContextEquals: TEAM }, { encryptionContextSubset: TEAM },                                    ['Decrypt'],            false],
  [{ encryptionContextEquals: TEAM }, undefined,                                                            ['Decrypt'],            false],
  [{ encryptionContextSubset: TEAM }, { encryptionContextEquals: BOTH },                                    ['Decrypt'],            true],
  [{ encryptionContextSubset: TEAM }, { encryptionContextSubset: BOTH },                                    ['Decrypt'],            true],
  [{ encryptionContextSubset: BOTH }, { encryptionContextSubset: TEAM },                                    ['Decrypt'],            false],
  [{ encryptionContextSubset: TEAM }, undefined,                                                            ['Decrypt'],            false],
])('a grant constrained to %j lets one be created that is constrained to %j, of %j: %p', (given, asked, operations, reaches) => {
  const constrained = (constraints: Constraints | undefined) => (constraints === undefined ? {} : { constraints });
  const terms = { operations: ['CreateGrant', 'Decrypt'], ...constrained(given) };
  const grant = { operations, ...constrained(asked) };
  expect(reach(terms, { action: 'kms:CreateGrant', grant })).toBe(reaches ? 'direct' : undefined);
  // A policy that is asked about the action alone has no grant before it.
  expect(reach(terms, { action: 'kms:CreateGrant' })).toBe('direct');
});
