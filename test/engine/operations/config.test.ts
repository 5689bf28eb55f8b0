import { BackupClient, CreateFrameworkCommand, DescribeFrameworkCommand } from '@aws-sdk/client-backup';
import {
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  DeleteConfigurationRecorderCommand,
  DeleteConformancePackCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConformancePacksCommand,
  DescribeConformancePackStatusCommand,
  DescribeDeliveryChannelsCommand,
  LastDeliveryChannelDeleteFailedException,
  ListTagsForResourceCommand,
  MaxNumberOfConfigurationRecordersExceededException,
  MaxNumberOfDeliveryChannelsExceededException,
  NoAvailableConfigurationRecorderException,
  NoAvailableDeliveryChannelException,
  NoSuchConfigRuleException,
  NoSuchConfigurationRecorderException,
  NoSuchConformancePackException,
  NoSuchDeliveryChannelException,
  PutConfigRuleCommand,
  PutConfigurationRecorderCommand,
  PutConformancePackCommand,
  PutDeliveryChannelCommand,
  ResourceNotFoundException,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-config-service';
import { World } from '@holdfast/engine';

const START = new Date('2027-01-01T00:00:00Z');
const ROLE = 'arn:aws:iam::123456789012:role/config';

function begin() {
  const world = new World({ start: START.toISOString(), seed: 1 });
  return { world, config: world.client(ConfigServiceClient) };
}

async function recorded(config: ConfigServiceClient, resourceTypes: ConfigTypes): Promise<void> {
  const recordingGroup = { allSupported: false, resourceTypes: [...resourceTypes] };
  const ConfigurationRecorder = { name: 'main', roleARN: ROLE, recordingGroup };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
}

type ConfigTypes = readonly (
  'AWS::Backup::BackupPlan' | 'AWS::Backup::BackupVault' | 'AWS::Config::ResourceCompliance'
)[];

test('a recorder records once it has a channel, which stays for as long', async () => {
  const { config } = begin();
  const ConfigurationRecorderName = 'main';
  const channel = { name: 'c', s3BucketName: 'history' };
  const early = config.send(new PutDeliveryChannelCommand({ DeliveryChannel: channel }));
  await expect(early).rejects.toBeInstanceOf(NoAvailableConfigurationRecorderException);
  const missing = config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
  await expect(missing).rejects.toBeInstanceOf(NoSuchConfigurationRecorderException);
  await recorded(config, ['AWS::Backup::BackupPlan']);
  const silent = config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
  await expect(silent).rejects.toBeInstanceOf(NoAvailableDeliveryChannelException);
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: channel }));
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
  const { ConfigurationRecordersStatus } = await config.send(new DescribeConfigurationRecorderStatusCommand({}));
  expect(ConfigurationRecordersStatus).toMatchObject([{ name: 'main', recording: true, lastStartTime: START }]);
  const { ConfigurationRecorders } = await config.send(new DescribeConfigurationRecordersCommand({}));
  expect(ConfigurationRecorders).toMatchObject([
    { roleARN: ROLE, recordingGroup: { recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' } } },
  ]);
  const kept = config.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'c' }));
  await expect(kept).rejects.toBeInstanceOf(LastDeliveryChannelDeleteFailedException);
  await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
  const described = await config.send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: ['c'] }));
  expect(described.DeliveryChannels).toEqual([channel]);
  await config.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'c' }));
  const gone = config.send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: ['c'] }));
  await expect(gone).rejects.toBeInstanceOf(NoSuchDeliveryChannelException);
  await config.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName }));
  expect((await config.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders).toEqual([]);
});

test('an account and Region has one recorder and one channel', async () => {
  const { config } = begin();
  await recorded(config, ['AWS::Backup::BackupPlan']);
  await recorded(config, ['AWS::Backup::BackupVault']);
  const second = config.send(
    new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'b', roleARN: ROLE } }),
  );
  await expect(second).rejects.toBeInstanceOf(MaxNumberOfConfigurationRecordersExceededException);
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'c', s3BucketName: 'history' } }));
  const other = config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'd', s3BucketName: 'history' } }));
  await expect(other).rejects.toBeInstanceOf(MaxNumberOfDeliveryChannelsExceededException);
});

test('rules and conformance packs are kept, changed, tagged and deleted', async () => {
  const { config } = begin();
  const ConfigRule = { ConfigRuleName: 'r', Source: { Owner: 'AWS' as const, SourceIdentifier: 'X' } };
  const early = config.send(new PutConfigRuleCommand({ ConfigRule }));
  await expect(early).rejects.toBeInstanceOf(NoAvailableConfigurationRecorderException);
  await recorded(config, ['AWS::Backup::BackupPlan']);
  await config.send(new PutConfigRuleCommand({ ConfigRule, Tags: [{ Key: 'a', Value: '1' }] }));
  await config.send(new PutConfigRuleCommand({ ConfigRule: { ...ConfigRule, Description: 'second' } }));
  const { ConfigRules = [] } = await config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: ['r'] }));
  expect(ConfigRules).toMatchObject([{ ConfigRuleName: 'r', Description: 'second', ConfigRuleState: 'ACTIVE' }]);
  const ResourceArn = ConfigRules[0]?.ConfigRuleArn ?? '';
  await config.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
  await config.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  const { Tags } = await config.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  await config.send(new DeleteConfigRuleCommand({ ConfigRuleName: 'r' }));
  const gone = config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: ['r'] }));
  await expect(gone).rejects.toBeInstanceOf(NoSuchConfigRuleException);
  const untagged = config.send(new ListTagsForResourceCommand({ ResourceArn }));
  await expect(untagged).rejects.toBeInstanceOf(ResourceNotFoundException);

  const pack = { ConformancePackName: 'p', TemplateBody: 'Resources: {}', DeliveryS3Bucket: 'packs' };
  const { ConformancePackArn } = await config.send(new PutConformancePackCommand(pack));
  const status = await config.send(new DescribeConformancePackStatusCommand({ ConformancePackNames: ['p', 'q'] }));
  expect(status.ConformancePackStatusDetails).toMatchObject([
    { ConformancePackName: 'p', ConformancePackState: 'CREATE_COMPLETE', LastUpdateCompletedTime: START },
  ]);
  const packs = await config.send(new DescribeConformancePacksCommand({}));
  expect(packs.ConformancePackDetails).toMatchObject([{ ConformancePackArn, DeliveryS3Bucket: 'packs' }]);
  await config.send(new DeleteConformancePackCommand({ ConformancePackName: 'p' }));
  const missing = config.send(new DescribeConformancePacksCommand({ ConformancePackNames: ['p'] }));
  await expect(missing).rejects.toBeInstanceOf(NoSuchConformancePackException);
});

test('rules come in pages of 25', async () => {
  const { config } = begin();
  await recorded(config, ['AWS::Backup::BackupPlan']);
  for (let i = 0; i < 26; i++) {
    const Source = { Owner: 'AWS' as const, SourceIdentifier: 'X' };
    await config.send(new PutConfigRuleCommand({ ConfigRule: { ConfigRuleName: `r${i}`, Source } }));
  }
  const first = await config.send(new DescribeConfigRulesCommand({}));
  const second = await config.send(new DescribeConfigRulesCommand({ NextToken: first.NextToken }));
  expect([first.ConfigRules?.length, second.ConfigRules?.length, second.NextToken]).toEqual([25, 1, undefined]);
});

test('a framework is as active as the recorder of its account and Region records what it needs (B10.1/4, B10.1/5)', async () => {
  const { world, config } = begin();
  const backup = world.client(BackupClient);
  const FrameworkControls = [{ ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK' }];
  await backup.send(new CreateFrameworkCommand({ FrameworkName: 'f', FrameworkControls }));
  const status = async () => (await backup.send(new DescribeFrameworkCommand({ FrameworkName: 'f' }))).FrameworkStatus;
  // Nobody made a recorder: it is taken to record.
  expect(await status()).toBe('ACTIVE');
  await recorded(config, ['AWS::Backup::BackupPlan']);
  expect(await status()).toBe('INACTIVE');
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'c', s3BucketName: 'history' } }));
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'main' }));
  expect(await status()).toBe('PARTIALLY_ACTIVE');
  await recorded(config, ['AWS::Backup::BackupPlan', 'AWS::Config::ResourceCompliance']);
  expect(await status()).toBe('ACTIVE');
  await recorded(config, ['AWS::Backup::BackupVault']);
  expect(await status()).toBe('INACTIVE');
});
