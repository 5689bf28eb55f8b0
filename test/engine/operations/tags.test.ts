import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupVaultCommand,
  CreateLegalHoldCommand,
  CreateRestoreTestingPlanCommand,
  DescribeRegionSettingsCommand,
  ExportBackupPlanTemplateCommand,
  GetBackupPlanFromJSONCommand,
  GetSupportedResourceTypesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListTagsCommand,
  StartBackupJobCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { World } from '../../../engine/src/testing/world';

const ROLE = 'arn:aws:iam::123456789012:role/backup';
const FILES = 'arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0';

function stage() {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  return { world, client: world.client(BackupClient) };
}

async function vault(client: BackupClient, BackupVaultTags: Record<string, string> = {}) {
  const made = await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main', BackupVaultTags }));
  return made.BackupVaultArn;
}

async function tagsOf(client: BackupClient, ResourceArn: string | undefined) {
  return (await client.send(new ListTagsCommand({ ResourceArn }))).Tags;
}

const RULE = { RuleName: 'daily', TargetBackupVaultName: 'main' };

// prettier-ignore
const MAKERS: [what: string, make: (client: BackupClient, tags: Record<string, string>) => Promise<string | undefined>][] = [
  ['a vault',                vault],
  ['a plan',                 async (client, BackupPlanTags) =>
    (await client.send(new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'plan', Rules: [RULE] }, BackupPlanTags }))).BackupPlanArn],
  ['a legal hold',           async (client, Tags) =>
    (await client.send(new CreateLegalHoldCommand({ Title: 'court', Description: 'case', Tags }))).LegalHoldArn],
  ['a restore testing plan', async (client, Tags) =>
    (await client.send(new CreateRestoreTestingPlanCommand({
      RestoreTestingPlan: {
        RestoreTestingPlanName: 'test',
        ScheduleExpression: 'cron(0 5 * * ? *)',
        RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW', IncludeVaults: ['*'], RecoveryPointTypes: ['SNAPSHOT'] },
      },
      Tags,
    }))).RestoreTestingPlanArn],
];

test.each(MAKERS)('%s has the tags that it was made with, and those that it gets and loses', async (_, make) => {
  const { client } = stage();
  const ResourceArn = await make(client, { a: '1', b: '2' });
  expect(await tagsOf(client, ResourceArn)).toEqual({ a: '1', b: '2' });
  await client.send(new TagResourceCommand({ ResourceArn, Tags: { b: '3', c: '4' } }));
  expect(await tagsOf(client, ResourceArn)).toEqual({ a: '1', b: '3', c: '4' });
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeyList: ['a', 'absent'] }));
  expect(await tagsOf(client, ResourceArn)).toEqual({ b: '3', c: '4' });
});

test('a recovery point has the tags of its resource at that time, those of its job, which win, later ones, and that of AWS Backup (B9.3/1, B11.6/2)', async () => {
  const { world, client } = stage();
  await vault(client);
  const files = { type: 'EFS', name: 'fs-1', tags: { stage: 'test', owner: 'a' } };
  const { arn } = world.add(files);
  const RecoveryPointTags = { owner: 'b' };
  await client.send(
    new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE, RecoveryPointTags }),
  );
  await world.advance({ hours: 1 });
  world.add({ ...files, tags: { stage: 'live' } });
  const listed = await client.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: 'main' }));
  const ResourceArn = listed.RecoveryPoints?.[0]?.RecoveryPointArn;
  const source = { 'aws:backup:source-resource': arn };
  expect(await tagsOf(client, ResourceArn)).toEqual({ stage: 'test', owner: 'b', ...source });
  await client.send(new TagResourceCommand({ ResourceArn, Tags: { kept: 'yes' } }));
  expect(await tagsOf(client, ResourceArn)).toEqual({ stage: 'test', owner: 'b', kept: 'yes', ...source });
});

test('pages of tags are of keys in ascending order', async () => {
  const { client } = stage();
  const ResourceArn = await vault(client, { c: '3', a: '1', b: '2' });
  const first = await client.send(new ListTagsCommand({ ResourceArn, MaxResults: 2 }));
  expect(first.Tags).toEqual({ a: '1', b: '2' });
  const rest = await client.send(new ListTagsCommand({ ResourceArn, MaxResults: 2, NextToken: first.NextToken }));
  expect([rest.Tags, rest.NextToken]).toEqual([{ c: '3' }, undefined]);
});

// prettier-ignore
test.each([
  ['50 tags',             50, 'none'],
  ['51 tags',             51, 'LimitExceededException'],
] as const)('a vault may have %s or not', async (_, count, expected) => {
  const { client } = stage();
  const ResourceArn = await vault(client, { t0: '' });
  const Tags = Object.fromEntries(Array.from({ length: count - 1 }, (__, i) => [`t${i + 1}`, '']));
  const fault = await client.send(new TagResourceCommand({ ResourceArn, Tags })).then(() => 'none', (error: Error) => error.name);
  expect(fault).toBe(expected);
  expect(Object.keys((await tagsOf(client, ResourceArn)) ?? {})).toHaveLength(expected === 'none' ? count : 1);
});

test('keys of AWS, and what is not there, are refused', async () => {
  const { client } = stage();
  const ResourceArn = await vault(client);
  for (const key of ['aws:x', 'AWS:x']) {
    await expect(client.send(new TagResourceCommand({ ResourceArn, Tags: { [key]: '1' } }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('does not begin with aws:'),
    });
    const untag = client.send(new UntagResourceCommand({ ResourceArn, TagKeyList: [key] }));
    await expect(untag).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  }
  await expect(tagsOf(client, `${ResourceArn}x`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const other = ResourceArn?.replace('123456789012', '111111111111');
  await expect(tagsOf(client, other)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

// prettier-ignore
const GIVERS: [what: string, give: (client: BackupClient, tags: Record<string, string>) => Promise<unknown>][] = [
  ...MAKERS,
  ['what a rule makes', (client, RecoveryPointTags) =>
    client.send(new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'plan', Rules: [{ ...RULE, RecoveryPointTags }] } }))],
  ['what a job makes',  async (client, RecoveryPointTags) => {
    await vault(client);
    await client.send(new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn: FILES, IamRoleArn: ROLE, RecoveryPointTags }));
  }],
];

test.each(GIVERS)('%s is given no tags of AWS, and none that are longer than tags are', async (_, give) => {
  const answer = async (tags: Record<string, string>): Promise<string> => {
    const { world, client } = stage();
    world.add({ arn: FILES });
    return give(client, tags).then(
      () => 'none',
      (error: Error) => error.name,
    );
  };
  expect(await answer({ ['k'.repeat(128)]: 'v'.repeat(256) })).toBe('none');
  const refused: Record<string, string>[] = [
    { 'aws:team': 'a' },
    { ['k'.repeat(129)]: '' },
    { k: 'v'.repeat(257) },
    { 'a#': 'b' },
  ];
  for (const tags of refused) {
    expect(await answer(tags)).toBe('InvalidParameterValueException');
  }
});

test('every type is supported and opted in until somebody says otherwise (B3.3/2)', async () => {
  const { client } = stage();
  const { ResourceTypes = [] } = await client.send(new GetSupportedResourceTypesCommand({}));
  expect(ResourceTypes).toEqual(expect.arrayContaining(['Aurora', 'DynamoDB', 'EBS', 'EFS', 'S3', 'CloudFormation']));
  const settings = () => client.send(new DescribeRegionSettingsCommand({}));
  const { ResourceTypeOptInPreference: before = {}, ResourceTypeManagementPreference: managed } = await settings();
  expect(before).toMatchObject({ Aurora: true, DynamoDB: true, EBS: true, EFS: true, RDS: true, S3: true });
  // Source B3.3/2.
  expect(managed).toEqual({ CloudFormation: true, DSQL: true, DynamoDB: true, EFS: true });
  await client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EFS: false } }));
  expect((await settings()).ResourceTypeOptInPreference).toEqual({ ...before, EFS: false });
});

test('a plan that is exported can be read again', async () => {
  const { client } = stage();
  await vault(client);
  const BackupPlan = { BackupPlanName: 'plan', Rules: [{ ...RULE, Lifecycle: { DeleteAfterDays: 9 } }] };
  const { BackupPlanId } = await client.send(new CreateBackupPlanCommand({ BackupPlan }));
  const { BackupPlanTemplateJson } = await client.send(new ExportBackupPlanTemplateCommand({ BackupPlanId }));
  const read = await client.send(new GetBackupPlanFromJSONCommand({ BackupPlanTemplateJson }));
  expect(read.BackupPlan).toEqual(BackupPlan);
  for (const text of ['{', '[]', '"x"']) {
    const wrong = client.send(new GetBackupPlanFromJSONCommand({ BackupPlanTemplateJson: text }));
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  }
  const faulty = JSON.stringify({ ...BackupPlan, Rules: [{ ...RULE, Lifecycle: { DeleteAfterDays: 0 } }] });
  const refused = client.send(new GetBackupPlanFromJSONCommand({ BackupPlanTemplateJson: faulty }));
  await expect(refused).rejects.toThrow('DeleteAfterDays cannot be less than 1');
});
