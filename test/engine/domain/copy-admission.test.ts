import { admits, Outsider } from '../../../engine/src/domain/copy-admission';

const ACTION = 'backup:CopyIntoBackupVault';
const WHO: Outsider = {
  account: '111122223333',
  roleArn: 'arn:aws:iam::111122223333:role/backup',
  membership: { id: 'o-a1b2c3d4e5', path: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/', isManagementAccount: false },
};

function statement(more: object): object {
  return { Effect: 'Allow', Principal: '*', Action: ACTION, Resource: '*', ...more };
}

// prettier-ignore
test.each([
  ['anybody',                              [statement({})], true],
  ['the account',                          [statement({ Principal: { AWS: WHO.account } })], true],
  ['the root of the account',              [statement({ Principal: { AWS: ['arn:aws:iam::111122223333:root'] } })], true],
  ['the role',                             [statement({ Principal: { AWS: WHO.roleArn } })], true],
  ['another account',                      [statement({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } })], false],
  ['a service',                            [statement({ Principal: { Service: 'backup.amazonaws.com' } })], false],
  ['another action',                       [statement({ Action: 'backup:StartRestoreJob' })], false],
  ['all actions of the service',           [statement({ Action: ['backup:*'] })], true],
  ['the organization',                     [statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })], true],
  ['another organization',                 [statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } })], false],
  ['the unit',                             [statement({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*/ou-ab12-11111111/*' } } })], true],
  ['another unit',                         [statement({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-2*' } } })], false],
  ['all but another account',              [statement({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } } })], true],
  ['all, then not this account',           [statement({}), statement({ Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalAccount': WHO.account } } })], false],
  ['all, then not another account',        [statement({}), statement({ Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalAccount': '999999999999' } } })], true],
])('a policy for %s lets the copy in or not (B6.3/3)', (_, Statement, expected) => {
  expect(admits(JSON.stringify({ Statement }), ACTION, WHO)).toBe(expected);
});

test('nobody gets in without a policy, and an account of no organization not by a condition on one (B6.3/3)', () => {
  expect(admits(undefined, ACTION, WHO)).toBe(false);
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
  const policy = JSON.stringify({ Statement: statement({ Condition }) });
  expect(admits(policy, ACTION, { ...WHO, membership: undefined })).toBe(false);
});
