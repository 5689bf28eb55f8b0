import { SourceKeyGrants, SourceKeyGrantsProps } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const ACCOUNT = '111122223333';
const THERE = '444455556666';
const IMPORTED = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function grants(stack: Stack, props: Partial<SourceKeyGrantsProps> = {}): SourceKeyGrants {
  return new SourceKeyGrants(stack, 'Grants', {
    key: new kms.Key(stack, 'Key'),
    destinationAccounts: [THERE],
    ...props,
  });
}

function statementsOf(stack: Stack) {
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  return (key as { Properties: { KeyPolicy: { Statement: { Sid?: string; Condition?: object }[] } } }).Properties
    .KeyPolicy.Statement;
}

test('adds to the policy of a key what AWS Backup of another account needs to copy', () => {
  const stack = stackOf();
  const { added, statements } = grants(stack);
  expect(added).toBe(true);
  expect(statementsOf(stack).slice(1)).toEqual([
    {
      Sid: `AllowCopiesTo${THERE}`,
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${THERE}:root` },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'aws:PrincipalArn': [
            `arn:aws:iam::${THERE}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
          ],
        },
      },
    },
    expect.objectContaining({
      Sid: `AllowGrantsFor${THERE}`,
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    }),
  ]);
  expect(statements.map(({ Sid }) => Sid as string)).toEqual([`AllowCopiesTo${THERE}`, `AllowGrantsFor${THERE}`]);
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('adds what the roles need, and whole accounts where that is asked for', () => {
  const stack = stackOf();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
  grants(stack, { backupRoles: [role], trustWholeAccounts: true });
  const [, read, grant, copy] = statementsOf(stack);
  expect(read).toMatchObject({
    Sid: 'AllowBackupRoles',
    Condition: { ArnLike: { 'aws:PrincipalArn': [{ 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] }] } },
  });
  expect(grant?.Sid).toBe('AllowBackupRolesToGrant');
  expect(copy).not.toHaveProperty('Condition');
});

test('adds nothing where nothing is asked for', () => {
  const stack = stackOf();
  expect(grants(stack, { destinationAccounts: undefined })).toMatchObject({ added: true, statements: [] });
  expect(statementsOf(stack)).toHaveLength(1);
});

test('tells what a key of elsewhere needs', () => {
  const stack = stackOf();
  const { added, statements } = grants(stack, { key: kms.Key.fromKeyArn(stack, 'Imported', IMPORTED) });
  expect(added).toBe(false);
  expect(statements).toHaveLength(2);
  expect(annotations(stack, 'warning')).toEqual([
    `/S/Grants: key must be a key whose policy this app writes, or one whose policy has these statements, got ${IMPORTED} of elsewhere, whose policy needs ${JSON.stringify(statements)} [key-policy-elsewhere] (AWS Backup facts B13/2)`,
  ]);
});

test('keeps quiet about a key of elsewhere that has them', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'key-policy-elsewhere', path: 'key', reason: 'the security team added them' }];
  grants(stack, { key: kms.Key.fromKeyArn(stack, 'Imported', IMPORTED), waivers });
  expect(annotations(stack, 'warning')).toEqual([]);
  expect(annotations(stack, 'info')).toEqual([expect.stringMatching(/waived: the security team added them$/)]);
});

test('refuses an account that is none, and warns of that of the key', () => {
  expect(refusal(() => grants(stackOf(), { destinationAccounts: [THERE, '4444'] }))).toContain(
    'destinationAccounts[1] must be the id of an account, 12 digits, got 4444 [key-destination-account]',
  );
  const stack = stackOf();
  grants(stack, { destinationAccounts: [ACCOUNT] });
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining(`got ${ACCOUNT} [key-destination-own-account]`),
  ]);
});

test('takes an account by parameter', () => {
  const stack = stackOf();
  expect(() =>
    grants(stack, { destinationAccounts: [stack.formatArn({ service: 'x', resource: 'y' })] }),
  ).not.toThrow();
});

test('keeps its ids', () => {
  const stack = stackOf();
  grants(stack);
  expect(
    stack.node
      .findChild('Grants')
      .node.findAll()
      .map(({ node }) => node.path),
  ).toEqual(['S/Grants']);
});
