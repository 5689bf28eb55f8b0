import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { BackupKey, BackupKeyReplica, SourceKeyGrants, SourceKeyGrantsProps } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const ACCOUNT = '111122223333';
const THERE = '444455556666';
const IMPORTED = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/backup`;

interface Statement {
  readonly Sid?: string;
  readonly Condition?: object;
}

function grants(stack: TerraformStack, props: Partial<SourceKeyGrantsProps> = {}): SourceKeyGrants {
  const key = props.key ?? new BackupKey(stack, 'Key');
  return new SourceKeyGrants(stack, 'Grants', { destinationAccounts: [THERE], ...props, key });
}

function statementsOf(stack: TerraformStack, type = 'aws_kms_key'): Statement[] {
  return (JSON.parse(only(stack, type).policy as string) as { Statement: Statement[] }).Statement;
}

test('adds to the policy of a key what AWS Backup of another account needs to copy', () => {
  const stack = stackOf();
  const { added, statements } = grants(stack);
  expect(added).toBe(true);
  expect(statementsOf(stack).slice(3)).toEqual([
    {
      Sid: `AllowCopiesTo${THERE}`,
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${THERE}:root`] },
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
  expect((statements as Statement[]).map(({ Sid }) => Sid)).toEqual([
    `AllowCopiesTo${THERE}`,
    `AllowGrantsFor${THERE}`,
  ]);
  expect(annotations(stack, 'warn')).toEqual([]);
});

test('adds to the policy of a replica, too', () => {
  const stack = stackOf();
  const primaryKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
  grants(stack, { key: new BackupKeyReplica(stack, 'Key', { primaryKeyArn }) });
  expect(statementsOf(stack, 'aws_kms_replica_key')).toHaveLength(5);
});

test('adds what the roles need, and whole accounts where that is asked for', () => {
  const stack = stackOf();
  grants(stack, { backupRoleArns: [ROLE], trustWholeAccounts: true });
  const [read, grant, copy] = statementsOf(stack).slice(3);
  expect(read).toMatchObject({ Sid: 'AllowBackupRoles', Condition: { ArnLike: { 'aws:PrincipalArn': [ROLE] } } });
  expect(grant?.Sid).toBe('AllowBackupRolesToGrant');
  expect(copy).not.toHaveProperty('Condition');
});

test('adds nothing where nothing is asked for', () => {
  const stack = stackOf();
  expect(grants(stack, { destinationAccounts: undefined })).toMatchObject({ added: true, statements: [] });
  expect(statementsOf(stack)).toHaveLength(3);
});

describe('a key of elsewhere', () => {
  test('is told of, with what its policy needs', () => {
    const stack = stackOf();
    const { added, statements } = grants(stack, { key: BackupKey.fromKeyArn(IMPORTED) });
    expect(added).toBe(false);
    const given = `${IMPORTED} of elsewhere, whose policy needs ${JSON.stringify(statements)}`;
    expect(annotations(stack, 'warn')).toEqual([`S/Grants: ${sentence('key-policy-elsewhere', 'key', given)}`]);
  });

  test('has its statements as a document that its owner puts into the policy', () => {
    const stack = stackOf();
    const { policyDocument, statements } = grants(stack, { key: BackupKey.fromKeyArn(IMPORTED) });
    expect(JSON.parse(policyDocument)).toEqual({ Version: '2012-10-17', Statement: statements });
  });

  test('has nothing said of it once somebody answers for it', () => {
    const stack = stackOf();
    const waivers = [{ rule: 'key-policy-elsewhere', path: 'key', reason: 'the security team added them' }];
    grants(stack, { key: BackupKey.fromKeyArn(IMPORTED), waivers });
    expect(annotations(stack, 'warn')).toEqual([]);
    expect(annotations(stack, 'info')).toEqual([expect.stringMatching(/waived: the security team added them$/)]);
  });

  test('that Terraform makes keeps the policy that its declaration has', () => {
    const stack = stackOf();
    const { added } = grants(stack, { key: BackupKey.fromKmsKey(new KmsKey(stack, 'Plain', {})) });
    expect(added).toBe(false);
    expect(only(stack, 'aws_kms_key')).toEqual({});
    expect(annotations(stack, 'warn')).toEqual([expect.stringContaining('got a key of elsewhere')]);
  });

  test('has the account of its ARN', () => {
    const key = BackupKey.fromKeyArn(`arn:aws-cn:kms:cn-north-1:${THERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
    const { statements } = grants(stackOf(), { key, destinationAccounts: undefined, backupRoleArns: [ROLE] });
    expect(statements[0]).toMatchObject({ Principal: { AWS: [`arn:aws-cn:iam::${THERE}:root`] } });
  });
});

test('fails on an account that is none, and warns of that of the key', () => {
  expect(refusal(() => grants(stackOf(), { destinationAccounts: [THERE, '4444'] }))).toBe(
    message('S/Grants', [sentence('key-destination-account', 'destinationAccounts[1]', '4444')]),
  );
  const stack = stackOf();
  grants(stack, { destinationAccounts: [ACCOUNT] });
  expect(annotations(stack, 'warn')).toEqual([
    `S/Grants: ${sentence('key-destination-own-account', 'destinationAccounts[0]', ACCOUNT)}`,
  ]);
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  const made = grants(stack, { destinationAccounts: [text('account')], backupRoleArns: [text('role')] });
  expect(resolve(stack, made.statements)).toMatchObject([
    { Condition: { ArnLike: { 'aws:PrincipalArn': ['${var.role}'] } } },
    { Sid: 'AllowBackupRolesToGrant' },
    { Principal: { AWS: ['arn:aws:iam::${var.account}:root'] } },
    { Sid: 'AllowGrantsFor${var.account}' },
  ]);
});

test('makes no resource of its own', () => {
  const stack = stackOf();
  grants(stack);
  expect(stack.node.findChild('Grants').node.findAll()).toHaveLength(1);
  expect(addresses(stack)).toEqual(['aws_kms_key.Key_961B73FD']);
});
