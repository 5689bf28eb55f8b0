// Bounds of single values, from the API model and from model's rules: where both know one, they agree.
import {
  BackupClient,
  GetBackupVaultAccessPolicyCommand,
  ListBackupJobsCommand,
  StartScanJobCommand,
} from '@aws-sdk/client-backup';
import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRoleCommand, IAMClient, TagRoleCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, KMSClient } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import {
  BackupFrameworkRules,
  BackupPlanRules,
  BackupVaultRules,
  EventRuleLimits,
  FrameworkControl,
  PlainValues,
} from '@holdfast/model';
import { World } from '@holdfast/engine';
import { refuseOutOfBounds } from '../../../engine/src/wire/constraints';
import { ENV, plan, rule, vault } from '../scenarios/stage';

const VALUES = new PlainValues();

function isRefused(operation: string, input: object): boolean {
  try {
    refuseOutOfBounds('backup', operation, input);
    return false;
  } catch {
    return true;
  }
}

// prettier-ignore
test.each<[policy: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number }]>([
  [{ MaximumRetryAttempts: -1 }],
  [{ MaximumRetryAttempts: 0 }],
  [{ MaximumRetryAttempts: 185 }],
  [{ MaximumRetryAttempts: 186 }],
  [{ MaximumEventAgeInSeconds: 59 }],
  [{ MaximumEventAgeInSeconds: 60 }],
  [{ MaximumEventAgeInSeconds: 86_400 }],
  [{ MaximumEventAgeInSeconds: 86_401 }],
])('a target may be tried again with %j for the API model, for model/ and for a deployment, or for none', async (RetryPolicy) => {
  const Targets = [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:123456789012:q', RetryPolicy }];
  const { MaximumRetryAttempts: attempts = 0, MaximumEventAgeInSeconds: age = EventRuleLimits.MAXIMUM_EVENT_AGE_SECONDS } = RetryPolicy;
  const fits =
    attempts >= 0 && attempts <= EventRuleLimits.MAXIMUM_RETRY_ATTEMPTS &&
    age >= EventRuleLimits.MINIMUM_EVENT_AGE_SECONDS && age <= EventRuleLimits.MAXIMUM_EVENT_AGE_SECONDS;
  const all = new World({ start: '2027-01-01T00:00:00Z' });
  const events = all.client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["a"]}' }));
  const put = events.send(new PutTargetsCommand({ Rule: 'r', Targets })).then(() => true, (error: Error) => error.name);
  expect(await put).toBe(fits || 'ValidationException');
  const Properties = { Name: 's', EventPattern: { source: ['a'] }, Targets };
  const deployed = all.deploy({ Resources: { R: { Type: 'AWS::Events::Rule', Properties } } }).then(() => true, () => false);
  expect(await deployed).toBe(fits);
  if (fits) {
    const listed = await events.send(new ListTargetsByRuleCommand({ Rule: 's' }));
    expect(listed.Targets).toMatchObject([{ RetryPolicy }]);
  }
});

const NAMES = ['', 'x', 'xx', 'x'.repeat(50), 'x'.repeat(51), 'a b', 'a.b', 'a-b', 'a_b', 'é9'];

test.each(NAMES)('a vault may be called %j for both or for neither', (BackupVaultName) => {
  const found = BackupVaultRules.check(vault(BackupVaultName), '', VALUES);
  expect(isRefused('CreateBackupVault', { BackupVaultName })).toBe(found.length > 0);
});

test.each(NAMES)('a rule may be called %j for both or for neither', (RuleName) => {
  const found = BackupPlanRules.check(plan('p', [rule(RuleName)]), '', VALUES).filter((one) =>
    one.path.endsWith('ruleName'),
  );
  const input = { BackupPlan: { BackupPlanName: 'p', Rules: [{ RuleName, TargetBackupVaultName: 'main' }] } };
  expect(isRefused('CreateBackupPlan', input)).toBe(found.length > 0);
});

test.each(['f', '1', 'f1', 'f_1', 'f-1', 'x'.repeat(256), 'x'.repeat(257)])(
  'a framework may be called %j for both or for neither',
  (frameworkName) => {
    const controls = [FrameworkControl.custom('BACKUP_RECOVERY_POINT_ENCRYPTED')];
    const found = BackupFrameworkRules.check({ frameworkName, env: ENV, controls }, '', VALUES);
    expect(isRefused('CreateFramework', { FrameworkName: frameworkName })).toBe(found.length > 0);
  },
);

// prettier-ignore
test.each([
  ['UpdateFramework',            { FrameworkDescription: '' },          false],
  ['UpdateFramework',            { FrameworkDescription: ' ' },         true],
  ['ListBackupJobs',             { MaxResults: 0 },                     true],
  ['ListBackupJobs',             { MaxResults: 1 },                     false],
  ['ListBackupJobs',             { MaxResults: 1000 },                  false],
  ['ListBackupJobs',             { MaxResults: 1001 },                  true],
  ['ListBackupJobs',             { ByState: 'RUNNING' },                false],
  ['ListBackupJobs',             { ByState: 'WALKING' },                true],
  ['ListBackupJobs',             { ByAccountId: '12345678901' },        true],
  ['ListBackupJobs',             { ByAccountId: '123456789012' },       false],
  ['GetBackupPlan',              { MaxScheduledRunsPreview: 10 },       false],
  ['GetBackupPlan',              { MaxScheduledRunsPreview: 11 },       true],
  ['UpdateTieringConfiguration', { TieringConfiguration: { BackupVaultName: '*',  ResourceSelection: [] } }, false],
  ['UpdateTieringConfiguration', { TieringConfiguration: { BackupVaultName: '**', ResourceSelection: [] } }, true],
  ['UpdateTieringConfiguration', { TieringConfiguration: { ResourceSelection: [{ TieringDownSettingsInDays: 59 }] } }, true],
  ['UpdateTieringConfiguration', { TieringConfiguration: { ResourceSelection: [{ TieringDownSettingsInDays: 60 }] } }, false],
  ['ListTags',                   { ResourceArn: 'anything' },           false],
] as const)('%s with %j is refused: %s', (operation, input, refused) => {
  expect(isRefused(operation, input)).toBe(refused);
});

test('every member that is out of its bounds is named, in the words of AWS', async () => {
  const client = new World({ start: '2027-01-01T00:00:00Z', seed: 1 }).client(BackupClient);
  const short = client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'x' }));
  await expect(short).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      "1 validation error detected: Value 'x' at 'backupVaultName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9\\-\\_]{2,50}$",
  });
  const odd = client.send(new ListBackupJobsCommand({ MaxResults: 1001, ByAccountId: '1' }));
  await expect(odd).rejects.toThrow(/^2 validation errors detected: .*; Value /);
  const scan = { BackupVaultName: 'main', IamRoleArn: 'r', ScannerRoleArn: 's', RecoveryPointArn: 'p' };
  const walking = new StartScanJobCommand({ ...scan, MalwareScanner: 'GUARDDUTY', ScanMode: 'WALKING' as 'FULL_SCAN' });
  await expect(client.send(walking)).rejects.toThrow('enum value set: [FULL_SCAN, INCREMENTAL_SCAN]');
});

const world = () => new World({ start: '2027-01-01T00:00:00Z' });

// prettier-ignore
test.each<[string, (all: World) => Promise<unknown>, string, string]>([
  ['a role of 65 characters',   (all) => all.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'r'.repeat(65), AssumeRolePolicyDocument: '{}' })), 'ValidationError', `1 validation error detected: Value '${'r'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`],
  ['a rule with a colon',       (all) => all.client(EventBridgeClient).send(new PutRuleCommand({ Name: ':test', EventPattern: '{"source":["a"]}' })), 'ValidationException', "1 validation error detected: Value ':test' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
  ['a session with a space',    (all) => all.client(STSClient).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'a role' })), 'ValidationError', "1 validation error detected: Value 'a role' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"],
  ['an alias with a space',     (all) => all.client(KMSClient).send(new CreateAliasCommand({ AliasName: 'alias/a b', TargetKeyId: 'k' })), 'ValidationException', "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"],
  ['a tag key of a control character', (all) => all.client(IAMClient).send(new TagRoleCommand({ RoleName: 'r', Tags: [{ Key: 'a\u0001', Value: '' }] })), 'ValidationError', "1 validation error detected: Value 'a\u0001' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"],
])('%s is refused in the words of its service', async (_, call, name, message) => {
  await expect(call(world())).rejects.toMatchObject({ name, message });
});

test('letters of any alphabet are letters of a tag, and names at their bounds go through', async () => {
  const iam = world().client(IAMClient);
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  const Tags = [{ Key: 'équipe 東京', Value: 'Ä/б' }];
  await iam.send(new CreateRoleCommand({ RoleName: 'r'.repeat(64), AssumeRolePolicyDocument, Tags }));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'r'.repeat(64) }));
  expect(Role?.Tags).toEqual(Tags);
});
