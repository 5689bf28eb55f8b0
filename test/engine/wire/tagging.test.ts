// The Resource Groups Tagging API over everything that has tags.
import { BackupClient, CreateBackupVaultCommand, ListTagsCommand } from '@aws-sdk/client-backup';
import { CreateVolumeCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetResourcesCommand,
  GetTagKeysCommand,
  GetTagValuesCommand,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { World } from '@holdfast/engine';
import { planOfTag } from '../../support/daily-plan';

test('what is tagged there is backed up from then on, whatever made it', async () => {
  const here = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  await planOfTag(here);
  const tagging = here.client(ResourceGroupsTaggingAPIClient);
  const ec2 = here.client(EC2Client);
  const { VolumeId = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 8 }));
  const volume = `arn:aws:ec2:us-east-1:123456789012:volume/${VolumeId}`;
  const bucket = here.add({ type: 'S3', name: 'reports', tags: { owner: 'ops' } });
  const nobody = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-0';
  const tagged = await tagging.send(
    new TagResourcesCommand({ ResourceARNList: [volume, bucket.arn, nobody], Tags: { backup: 'daily' } }),
  );
  expect(Object.keys(tagged.FailedResourcesMap ?? {})).toEqual([nobody]);
  await here.advance({ days: 1 });
  expect(here.pointsOf(volume)).toHaveLength(1);
  expect(here.pointsOf('reports')).toHaveLength(1);
  const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }));
  expect(Volumes?.[0]?.Tags).toEqual([{ Key: 'backup', Value: 'daily' }]);
  await tagging.send(new UntagResourcesCommand({ ResourceARNList: [volume], TagKeys: ['backup'] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf(volume)).toHaveLength(1);
  expect(here.pointsOf('reports')).toHaveLength(2);
});

test('resources are found by tag, type and ARN, in pages', async () => {
  const here = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const tagging = here.client(ResourceGroupsTaggingAPIClient);
  for (const name of ['one', 'two', 'three']) {
    here.add({ type: 'DynamoDB', name, tags: { team: name === 'one' ? 'a' : 'b', name } });
  }
  const backup = here.client(BackupClient);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main', BackupVaultTags: { team: 'b' } }));
  const vault = 'arn:aws:backup:us-east-1:123456789012:backup-vault:main';
  const arns = async (input: object) =>
    (await tagging.send(new GetResourcesCommand(input))).ResourceTagMappingList?.map(({ ResourceARN }) =>
      ResourceARN?.split(/[:/]/).at(-1),
    );
  expect(await arns({})).toEqual(['main', 'one', 'three', 'two']);
  expect(await arns({ TagFilters: [{ Key: 'team', Values: ['b'] }] })).toEqual(['main', 'three', 'two']);
  expect(await arns({ TagFilters: [{ Key: 'team' }, { Key: 'name', Values: ['two', 'one'] }] })).toEqual([
    'one',
    'two',
  ]);
  expect(await arns({ ResourceTypeFilters: ['dynamodb:table'], TagFilters: [{ Key: 'team', Values: ['b'] }] })).toEqual(
    ['three', 'two'],
  );
  expect(await arns({ ResourceTypeFilters: ['backup'] })).toEqual(['main']);
  expect(await arns({ ResourceARNList: [vault] })).toEqual(['main']);
  await expect(arns({ ResourceARNList: [vault], ResourceTypeFilters: ['backup'] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(arns({ ResourcesPerPage: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  const first = await tagging.send(new GetResourcesCommand({ ResourcesPerPage: 3 }));
  expect(first.ResourceTagMappingList).toHaveLength(3);
  expect(await arns({ ResourcesPerPage: 3, PaginationToken: first.PaginationToken })).toEqual(['two']);
  expect((await tagging.send(new GetTagKeysCommand({}))).TagKeys).toEqual(['name', 'team']);
  expect((await tagging.send(new GetTagValuesCommand({ Key: 'team' }))).TagValues).toEqual(['a', 'b']);
  await tagging.send(new TagResourcesCommand({ ResourceARNList: [vault], Tags: { team: 'c' } }));
  const { Tags } = await backup.send(new ListTagsCommand({ ResourceArn: vault }));
  expect(Tags).toEqual({ team: 'c' });
  const own = tagging.send(new TagResourcesCommand({ ResourceARNList: [vault], Tags: { 'aws:x': '1' } }));
  await expect(own).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
