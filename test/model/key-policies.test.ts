import { KeyPolicies } from '@holdfast/model';

const HERE = { partition: 'aws', account: '123456789012' };
const ROOT = 'arn:aws:iam::123456789012:root';
const ROLE = 'arn:aws:iam::123456789012:role/backup';
const LINKED = 'arn:aws:iam::123456789012:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
const THERE = '210987654321';
const LINKED_THERE = `arn:aws:iam::${THERE}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const GRANTS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];
const FOR_SERVICES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const by = (...roles: string[]) => ({ ArnLike: { 'aws:PrincipalArn': roles } });
const allow = (Sid: string, principals: string[], Action: string[], Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: principals },
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
});

test('names the role with which AWS Backup receives copies', () => {
  expect(KeyPolicies.serviceLinkedRoleArn('aws', THERE)).toBe(LINKED_THERE);
  expect(KeyPolicies.serviceLinkedRoleArn('aws-cn', THERE)).toMatch(/^arn:aws-cn:iam::210987654321:role\//);
});

test('leaves administration to IAM unless somebody is named', () => {
  const statements = [allow('LeaveToIam', [ROOT], ['kms:*'])];
  expect(KeyPolicies.administration(HERE)).toEqual(statements);
  expect(KeyPolicies.administration({ ...HERE, adminArns: [] })).toEqual(statements);
});

test('lets those who administer do that and make vaults by way of AWS Backup, but use the key in no other way', () => {
  const [administration, vaults, ...more] = KeyPolicies.administration({ ...HERE, adminArns: [ROLE] });
  expect(more).toEqual([]);
  expect(administration).toMatchObject({ Sid: 'AllowAdministration', Principal: { AWS: [ROLE] }, Resource: '*' });
  expect(administration.Action).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']));
  expect(administration.Action.filter((action: string) => /Grant|crypt|DataKey|^kms:\*$/.test(action))).toEqual([
    'kms:RevokeGrant',
  ]);
  expect(vaults).toEqual(
    allow(
      'AllowMakingVaults',
      [ROLE],
      ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'],
      { StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' } },
    ),
  );
});

test('lets the service-linked role use the key of a vault', () => {
  expect(KeyPolicies.vaultKey(HERE)).toEqual([
    allow('AllowAwsBackup', [ROOT], USE, by(LINKED)),
    allow('AllowAwsBackupToGrant', [ROOT], GRANTS, { ...by(LINKED), ...FOR_SERVICES }),
  ]);
});

test('lets the roles that are given use the key of a vault', () => {
  expect(KeyPolicies.vaultKey({ ...HERE, roleArns: [LINKED, ROLE] })[0].Condition).toEqual(by(LINKED, ROLE));
});

test('the key of a resource needs nothing for copies that stay in the account and are left to IAM', () => {
  expect(KeyPolicies.sourceKey(HERE)).toEqual([]);
});

test('lets roles of the account read the key of a resource', () => {
  expect(KeyPolicies.sourceKey({ ...HERE, roleArns: [ROLE] })).toEqual([
    allow('AllowBackupRoles', [ROOT], USE, by(ROLE)),
    allow('AllowBackupRolesToGrant', [ROOT], GRANTS, { ...by(ROLE), ...FOR_SERVICES }),
  ]);
});

test('lets AWS Backup of each destination account read the key of a resource, and nobody else there', () => {
  const statements = KeyPolicies.sourceKey({ ...HERE, destinationAccounts: [THERE, '333333333333'] });
  expect(statements.slice(0, 2)).toEqual([
    allow(`AllowCopiesTo${THERE}`, [`arn:aws:iam::${THERE}:root`], USE, by(LINKED_THERE)),
    allow(`AllowGrantsFor${THERE}`, [`arn:aws:iam::${THERE}:root`], GRANTS, { ...by(LINKED_THERE), ...FOR_SERVICES }),
  ]);
  expect(statements.map(({ Sid }) => Sid as string)).toEqual([
    `AllowCopiesTo${THERE}`,
    `AllowGrantsFor${THERE}`,
    'AllowCopiesTo333333333333',
    'AllowGrantsFor333333333333',
  ]);
});

test('trusts whole accounts where that is asked for, with grants for services of AWS alone', () => {
  const [use, grants] = KeyPolicies.sourceKey({ ...HERE, destinationAccounts: [THERE], trustWholeAccounts: true });
  expect(use).toEqual(allow(`AllowCopiesTo${THERE}`, [`arn:aws:iam::${THERE}:root`], USE));
  expect(grants.Condition).toEqual(FOR_SERVICES);
});

test('no statement of a policy shares its name with another', () => {
  const all = [
    ...KeyPolicies.administration({ ...HERE, adminArns: [ROLE] }),
    ...KeyPolicies.vaultKey(HERE),
    ...KeyPolicies.sourceKey({ ...HERE, roleArns: [ROLE], destinationAccounts: [THERE] }),
  ];
  expect(new Set(all.map(({ Sid }) => Sid as string)).size).toBe(all.length);
  const document = KeyPolicies.document(all);
  expect(document).toEqual({ Version: '2012-10-17', Statement: all });
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
