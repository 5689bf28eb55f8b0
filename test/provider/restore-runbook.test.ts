import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RestoreRole, RestoreRunbook, RestoreRunbookProps, Vault } from '@holdfast/cdktf';
import { RestoreRunbooks } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  all,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const TYPE = 'aws_ssm_document';
const ROLE = 'arn:aws:iam::111122223333:role/restore';

function runbook(stack: TerraformStack, props: Partial<RestoreRunbookProps> = {}): RestoreRunbook {
  return new RestoreRunbook(stack, 'Restore', { resourceType: 'EBS', ...props });
}

function content(stack: TerraformStack): unknown {
  return JSON.parse(String(only(stack, TYPE).content));
}

/** Statements of all policies that are made; quotes within expressions would not be those of JSON. */
function statements(stack: TerraformStack): { Action: string[]; Resource: string[] }[] {
  return all(stack, 'aws_iam_policy').flatMap(
    ({ policy }) =>
      JSON.parse(String(policy).replace(/\$\{[^}]*\}/g, (expression) => expression.replace(/"/g, "'"))).Statement,
  );
}

test('is an Automation document of the model, under a name of its own', () => {
  const stack = stackOf();
  const made = runbook(stack);
  const { content: text, depends_on: waits, ...others } = only(stack, TYPE);
  expect(others).toEqual({
    name: expect.stringMatching(/^runbook-S-Restore-[0-9a-f]{8}$/),
    document_type: 'Automation',
    document_format: 'JSON',
  });
  const roles = {
    automationRoleArn: String(resolve(stack, made.automationRole.arn)),
    restoreRoleArn: String(resolve(stack, made.restoreRoleArn)),
  };
  expect(JSON.parse(String(text))).toEqual(
    JSON.parse(JSON.stringify(RestoreRunbooks.document({ resourceType: 'EBS' }, roles))),
  );
  expect(waits).toHaveLength(2);
  expect(resolve(stack, made.documentName)).toMatch(/^\$\{aws_ssm_document\.Restore_\w{8}\.name\}$/);
});

test('takes every property', () => {
  const stack = stackOf();
  const backupVault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const made = runbook(stack, {
    resourceType: 'RDS',
    documentName: 'restore-rds',
    backupVault,
    metadataDefaults: { DBSubnetGroupName: 'restored' },
    timeoutHours: 48,
    restoreRoleArn: ROLE,
    tags: { owner: 'platform' },
  });
  expect(made.restoreRole).toBeUndefined();
  expect(only(stack, TYPE)).toMatchObject({ name: 'restore-rds', tags: { owner: 'platform' } });
  const roles = { automationRoleArn: String(resolve(stack, made.automationRole.arn)), restoreRoleArn: ROLE };
  const declared = {
    resourceType: 'RDS',
    backupVaultName: String(resolve(stack, backupVault.backupVaultName)),
    metadataDefaults: { DBSubnetGroupName: 'restored' },
    timeoutHours: 48,
  };
  expect(content(stack)).toEqual(JSON.parse(JSON.stringify(RestoreRunbooks.document(declared, roles))));
  expect(only(stack, 'aws_iam_role').tags).toEqual({ owner: 'platform' });
});

test('leaves to Terraform what it alone knows', () => {
  const stack = stackOf();
  const { number, text } = variables(stack);
  runbook(stack, {
    resourceType: 'RDS',
    documentName: text('name'),
    backupVault: Vault.fromBackupVaultArn(text('vault')),
    metadataDefaults: { DBSubnetGroupName: text('subnets') },
    timeoutHours: number('hours'),
    restoreRoleArn: text('role'),
  });
  const document = only(stack, TYPE);
  expect(document.name).toBe('${var.name}');
  expect(document.content).toContain('"timeoutSeconds":${(var.hours * 3600)}');
  expect(document.content).toContain('${var.subnets}');
  expect(document.content).toContain('element(split(');
});

test('lets its automation restore points of its type, and pass on the role of restores to AWS Backup alone', () => {
  const stack = stackOf();
  runbook(stack, { restoreRoleArn: ROLE });
  const env = { partition: 'aws', region: 'eu-central-1', account: '111122223333' };
  expect(statements(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
      Resource: RestoreRunbooks.recoveryPointArns('EBS', env),
    },
    { Effect: 'Allow', Action: ['backup:DescribeRestoreJob'], Resource: ['*'] },
    {
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [ROLE],
      Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    },
  ]);
  expect(JSON.parse(String(only(stack, 'aws_iam_role').assume_role_policy)).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'ssm.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

test('lets a restore role of its own pass the roles that it is given', () => {
  const stack = stackOf();
  const instance = 'arn:aws:iam::111122223333:role/instance';
  runbook(stack, { resourceType: 'EC2', passedRoleArns: [instance] });
  expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: ['iam:PassRole'], Resource: [instance] });
  expect(only(stack, TYPE).depends_on).toHaveLength(3);
});

test('waits for the policies of a role of ours', () => {
  const stack = stackOf();
  runbook(stack, { restoreRoleArn: new RestoreRole(stack, 'Role', { services: ['s3'] }).roleArn });
  expect(only(stack, TYPE).depends_on).toHaveLength(3);
});

test('has the policies of buckets for buckets alone', () => {
  const stack = stackOf();
  runbook(stack, { resourceType: 'S3' });
  const managed = all(stack, 'aws_iam_role_policy_attachment').filter(({ policy_arn: arn }) =>
    String(arn).startsWith('arn:aws:iam::aws:'),
  );
  expect(managed).toHaveLength(2);
});

test('lets a role start it', () => {
  const stack = stackOf();
  const made = runbook(stack, { restoreRoleArn: ROLE });
  const attachment = made.grantStart('OnCall', 'on-call');
  expect(resolve(stack, attachment.roleInput)).toBe('on-call');
  expect(statements(stack).slice(-2)).toEqual([
    {
      Effect: 'Allow',
      Action: ['ssm:StartAutomationExecution'],
      Resource: [
        expect.stringMatching(
          /^\$\{replace\(aws_ssm_document\.\w+\.arn, ':document\/', ':automation-definition\/'\)\}:\*$/,
        ),
      ],
    },
    {
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [resolve(stack, made.automationRole.arn)],
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    },
  ]);
});

test('is made by the provider that it names', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', {
    alias: 'west',
    region: 'eu-west-1',
    allowedAccountIds: ['444455556666'],
  });
  runbook(stack, { provider });
  for (const type of [TYPE, 'aws_iam_role', 'aws_iam_policy', 'aws_iam_role_policy_attachment']) {
    expect(new Set(all(stack, type).map((it) => it.provider))).toEqual(new Set(['aws.west']));
  }
  expect(String(statements(stack)[0]!.Resource)).toContain('eu-west-1');
});

test('fails for what Systems Manager or AWS Backup refuses, at once', () => {
  const props = { resourceType: 'RDS', documentName: 'aws', metadataDefaults: { Nothing: 'x' }, timeoutHours: 169 };
  const said = refusal(() => runbook(stackOf(), props));
  expect(said).toContain('S/Restore: 3 value(s) that AWS Backup refuses');
  expect(said).toContain(sentence('restore-runbook-timeout', 'timeoutHours', '169'));
  expect(refusal(() => runbook(stackOf(), { resourceType: 'Nothing' }))).toBe(
    message('S/Restore', [sentence('restore-runbook-resource-type', 'resourceType', 'Nothing')]),
  );
});

test('writes waivers into the comment', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'restore-runbook-timeout', path: '*', reason: 'it works' }];
  runbook(stack, { timeoutHours: 169, waivers });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = runbook(stack, { passedRoleArns: [ROLE] });
  made.grantStart('OnCall', 'on-call');
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Restore',
    'S/Restore/RestoreRole',
    'S/Restore/AWSBackupServiceRolePolicyForRestores',
    'S/Restore/RestorePolicy',
    'S/Restore/RestorePolicyAttachment',
    'S/Restore/AutomationRole',
    'S/Restore/AutomationPolicy',
    'S/Restore/AutomationPolicyAttachment',
    'S/Restore/Resource',
    'S/Restore/OnCall',
    'S/Restore/OnCallAttachment',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_iam_policy.Restore_AutomationPolicy_50DDB04E',
    'aws_iam_policy.Restore_OnCall_E8605F5F',
    'aws_iam_policy.Restore_RestorePolicy_7C852A5E',
    'aws_iam_role.Restore_AutomationRole_804FC10B',
    'aws_iam_role.Restore_RestoreRole_75B3C071',
    'aws_iam_role_policy_attachment.Restore_AWSBackupServiceRolePolicyForRestores_CB8490E5',
    'aws_iam_role_policy_attachment.Restore_AutomationPolicyAttachment_2C8FF6D1',
    'aws_iam_role_policy_attachment.Restore_OnCallAttachment_18C544E8',
    'aws_iam_role_policy_attachment.Restore_RestorePolicyAttachment_36C4C372',
    'aws_ssm_document.Restore_1151E6A7',
  ]);
});
