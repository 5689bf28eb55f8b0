// Drift of stacks by the official client: what somebody changed beside the stack, property by property.
import { BackupClient, PutBackupVaultAccessPolicyCommand, TagResourceCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourceDriftsCommandInput,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  DetectStackResourceDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { AuthorizeSecurityGroupIngressCommand, DeleteSubnetCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { World } from '@holdfast/engine';

const StackName = 'team';
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const Resources = {
  Vault: {
    Type: 'AWS::Backup::BackupVault',
    Properties: { BackupVaultName: 'vault', BackupVaultTags: { team: 'shop' } },
  },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'd',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: '443', ToPort: '443', CidrIp: '10.0.0.0/8' }],
    },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, ManagedPolicyArns: [] } },
  Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'key', Enabled: true } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic', DisplayName: 'before' } },
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/team', Type: 'String', Value: 'before' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
};

let world: World;
let client: CloudFormationClient;
let ids: Record<string, string>;

beforeEach(async () => {
  world = new World({ start: '2027-01-01T00:00:00Z' });
  client = world.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({ Resources });
  const Tags = [{ Key: 'stack', Value: 'team' }];
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Tags, Capabilities: ['CAPABILITY_IAM'] }));
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  ids = Object.fromEntries(StackResources.map((one) => [one.LogicalResourceId, String(one.PhysicalResourceId)]));
});

async function detect() {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
  return client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
}

async function drifts(more: Partial<DescribeStackResourceDriftsCommandInput> = {}) {
  const { StackResourceDrifts = [] } = await client.send(
    new DescribeStackResourceDriftsCommand({ StackName, ...more }),
  );
  return StackResourceDrifts;
}

test('a stack that nobody changed is in sync, and was not checked before it was asked', async () => {
  const before = await client.send(new DescribeStacksCommand({ StackName }));
  expect(before.Stacks?.[0]?.DriftInformation).toEqual({ StackDriftStatus: 'NOT_CHECKED' });
  expect(await drifts()).toEqual([]);
  expect(await detect()).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'IN_SYNC',
    DriftedStackResourceCount: 0,
  });
  // What has no drift is not among them.
  const found = await drifts();
  expect(found.map((one) => one.LogicalResourceId)).toEqual(Object.keys(Resources).filter((id) => id !== 'Queue'));
  expect(found.filter((one) => one.StackResourceDriftStatus !== 'IN_SYNC')).toEqual([]);
});

// prettier-ignore
const CHANGES: [string, () => Promise<unknown>, object[]][] = [
  ['Vault', () => world.client(BackupClient).send(new TagResourceCommand({ ResourceArn: 'arn:aws:backup:us-east-1:123456789012:backup-vault:vault', Tags: { team: 'other' } })),
    [{ PropertyPath: '/BackupVaultTags/team', ExpectedValue: 'shop', ActualValue: 'other', DifferenceType: 'NOT_EQUAL' }]],
  ['Group', () => world.client(EC2Client).send(new AuthorizeSecurityGroupIngressCommand({ GroupId: ids['Group'], IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] })),
    [{ PropertyPath: '/SecurityGroupIngress', DifferenceType: 'NOT_EQUAL' }]],
  ['Role', () => world.client(IAMClient).send(new AttachRolePolicyCommand({ RoleName: ids['Role'], PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })),
    [{ PropertyPath: '/ManagedPolicyArns', ExpectedValue: '[]', ActualValue: '["arn:aws:iam::aws:policy/AdministratorAccess"]' }]],
  ['Key', () => world.client(KMSClient).send(new DisableKeyCommand({ KeyId: ids['Key'] })),
    [{ PropertyPath: '/Enabled', ExpectedValue: 'true', ActualValue: 'false' }]],
  ['Topic', () => world.client(SNSClient).send(new SetTopicAttributesCommand({ TopicArn: ids['Topic'], AttributeName: 'DisplayName', AttributeValue: 'after' })),
    [{ PropertyPath: '/DisplayName', ExpectedValue: 'before', ActualValue: 'after' }]],
  ['Parameter', () => world.client(SSMClient).send(new PutParameterCommand({ Name: '/team', Value: 'after', Overwrite: true })),
    [{ PropertyPath: '/Value', ExpectedValue: 'before', ActualValue: 'after' }]],
];

test.each(CHANGES)('%s has drifted once somebody changed it beside the stack', async (id, change, differences) => {
  await change();
  const checked = await client.send(new DetectStackResourceDriftCommand({ StackName, LogicalResourceId: id }));
  expect(checked.StackResourceDrift).toMatchObject({
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: differences,
  });
  expect(await detect()).toMatchObject({ StackDriftStatus: 'DRIFTED', DriftedStackResourceCount: 1 });
  const modified = await drifts({ StackResourceDriftStatusFilters: ['MODIFIED'] });
  expect(modified.map((one) => one.LogicalResourceId)).toEqual([id]);
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName, LogicalResourceId: id }),
  );
  expect(StackResources[0]?.DriftInformation).toMatchObject({ StackResourceDriftStatus: 'MODIFIED' });
});

test('a resource that somebody deleted is, and what a template does not say may be anything', async () => {
  await world.client(EC2Client).send(new DeleteSubnetCommand({ SubnetId: ids['Subnet'] }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await world.client(BackupClient).send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: 'vault', Policy }));
  expect(await detect()).toMatchObject({ DriftedStackResourceCount: 1 });
  const deleted = await drifts({ StackResourceDriftStatusFilters: ['DELETED'] });
  expect(deleted).toMatchObject([{ LogicalResourceId: 'Subnet', PropertyDifferences: [] }]);
  expect(deleted[0]?.ActualProperties).toBeUndefined();
});

test('drift of what has none, is not there, or was never looked for is refused', async () => {
  const refused = [
    new DetectStackResourceDriftCommand({ StackName, LogicalResourceId: 'Queue' }),
    new DetectStackResourceDriftCommand({ StackName, LogicalResourceId: 'Other' }),
  ];
  for (const command of refused) {
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationError' });
  }
  const unknown = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: 'none' });
  await expect(client.send(unknown)).rejects.toMatchObject({ name: 'ValidationError' });
});
