// Templates in buckets, and stacks nested in stacks by them.
import { BackupClient, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';

const CHILD = JSON.stringify({
  Parameters: { Name: { Type: 'String' } },
  Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { Ref: 'Name' } } } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } } },
});
const StackName = 'team';

function parent(Name: string): string {
  const TemplateURL = 'https://templates.s3.us-east-1.amazonaws.com/child.json';
  return JSON.stringify({
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters: { Name } } } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Arn'] } } },
  });
}

test('a stack nests another by its template in a bucket, updates it and deletes it', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const [client, s3] = [world.client(CloudFormationClient), world.client(S3Client)];
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'child.json', Body: CHILD }));
  const stacks = async () => (await client.send(new DescribeStacksCommand({}))).Stacks ?? [];
  const vaults = async () => {
    const { BackupVaultList = [] } = await world.client(BackupClient).send(new ListBackupVaultsCommand({}));
    return BackupVaultList.map((one) => one.BackupVaultName);
  };
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody: parent('first') }));
  expect((await stacks()).map((one) => [one.StackStatus, one.ParentId])).toEqual([
    ['CREATE_COMPLETE', undefined],
    ['CREATE_COMPLETE', StackId],
  ]);
  expect((await stacks())[0]?.Outputs?.[0]?.OutputValue).toContain(':backup-vault:first');
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: parent('second') }));
  expect((await stacks())[0]?.Outputs?.[0]?.OutputValue).toContain(':backup-vault:second');
  expect(await vaults()).toEqual(['second']);
  // What the nested stack cannot make takes its parent back, too.
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: parent('x') }));
  expect((await stacks()).map((one) => one.StackStatus)).toEqual(['UPDATE_ROLLBACK_COMPLETE', expect.any(String)]);
  expect(await vaults()).toEqual(['second']);
  await client.send(new DeleteStackCommand({ StackName }));
  expect(await stacks()).toEqual([]);
  expect(await vaults()).toEqual([]);
});
