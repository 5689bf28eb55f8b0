// Stacks made, shown, rolled back and deleted by the official client of CloudFormation.
import {
  BackupClient,
  CreateBackupVaultCommand,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateStackCommand,
  CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
  GetStackPolicyCommand,
  SetStackPolicyCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { World } from '@holdfast/engine';

const ACCOUNT = '123456789012';

const TEMPLATE = {
  Description: 'Backups of one team',
  Parameters: {
    Days: { Type: 'Number', Default: 35, MinValue: 1 },
    Secret: { Type: 'String', NoEcho: true, Default: 'hush' },
  },
  Conditions: { Never: { 'Fn::Equals': [{ Ref: 'Days' }, '0'] } },
  Resources: {
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'tagged',
          IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Resources: ['*'],
        },
      },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: 'daily',
          BackupPlanRule: [
            {
              RuleName: 'daily',
              TargetBackupVault: { Ref: 'Vault' },
              ScheduleExpression: 'cron(0 5 * * ? *)',
              Lifecycle: { DeleteAfterDays: { Ref: 'Days' } },
            },
          ],
        },
      },
    },
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: {
        BackupVaultName: { 'Fn::Sub': '${AWS::StackName}-vault' },
        EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
        AccessPolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
        },
      },
    },
    Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'of backups' } },
    Alias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/backups', TargetKeyId: { Ref: 'Key' } },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
      },
    },
    More: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'more',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] },
        Roles: [{ Ref: 'Role' }],
      },
    },
    Ghost: { Type: 'AWS::Backup::BackupVault', Condition: 'Never', Properties: { BackupVaultName: 'ghost' } },
  },
  Outputs: {
    VaultArn: { Value: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, Description: 'of the vault' },
    PlanId: { Value: { Ref: 'Plan' } },
  },
};

interface Here {
  readonly world: World;
  readonly client: CloudFormationClient;
}

function here(): Here {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  return { world, client: world.client(CloudFormationClient) };
}

function create({ client }: Here, template: unknown, more: Partial<CreateStackCommandInput> = {}) {
  const TemplateBody = JSON.stringify(template);
  const Capabilities = ['CAPABILITY_IAM' as const];
  return client.send(new CreateStackCommand({ StackName: 'team', TemplateBody, Capabilities, ...more }));
}

async function stackOf({ client }: Here, StackName = 'team') {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Stacks[0];
}

/** Statuses of a stack and its resources, oldest first. */
async function eventsOf({ client }: Here, StackName = 'team'): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.reverse().map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`);
}

test('a stack makes its resources in the order of their references, and says what they are called', async () => {
  const at = here();
  const { StackId } = await create(at, TEMPLATE, { Tags: [{ Key: 'team', Value: 'a' }] });
  const stack = await stackOf(at);
  const vaultArn = `arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:team-vault`;
  expect(stack).toMatchObject({ StackId, StackStatus: 'CREATE_COMPLETE', Description: 'Backups of one team' });
  expect(stack?.Parameters).toEqual([
    { ParameterKey: 'Days', ParameterValue: '35' },
    { ParameterKey: 'Secret', ParameterValue: '****' },
  ]);
  const { BackupPlansList = [] } = await at.world.client(BackupClient).send(new ListBackupPlansCommand({}));
  expect(stack?.Outputs).toEqual([
    { OutputKey: 'VaultArn', OutputValue: vaultArn, Description: 'of the vault' },
    { OutputKey: 'PlanId', OutputValue: BackupPlansList[0]?.BackupPlanId },
  ]);
  const events = await eventsOf(at);
  const done = events.filter((one) => one.endsWith('CREATE_COMPLETE')).map((one) => one.split(' ')[0]);
  expect(done).toEqual(['Key', 'Vault', 'Plan', 'Role', 'Selection', 'Alias', 'More', 'team']);
  expect(events.slice(0, 4)).toEqual([
    'team CREATE_IN_PROGRESS',
    'Key CREATE_IN_PROGRESS',
    'Key CREATE_IN_PROGRESS',
    'Key CREATE_COMPLETE',
  ]);
});

test('what a stack made is there for the clients of other services', async () => {
  const at = here();
  await create(at, TEMPLATE);
  const [backup, iam, kms] = [at.world.client(BackupClient), at.world.client(IAMClient), at.world.client(KMSClient)];
  const { StackResources = [] } = await at.client.send(new DescribeStackResourcesCommand({ StackName: 'team' }));
  const ids = Object.fromEntries(StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId]));
  expect(Object.keys(ids)).not.toContain('Ghost');
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  expect(Aliases).toMatchObject([{ AliasName: 'alias/backups', TargetKeyId: ids['Key'] }]);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: ids['Key'] }));
  const vault = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: ids['Vault'] }));
  expect(vault.EncryptionKeyArn).toBe(KeyMetadata?.Arn);
  const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId: ids['Plan'] }));
  expect(BackupPlan?.Rules?.[0]).toMatchObject({ Lifecycle: { DeleteAfterDays: 35 } });
  const listed = await backup.send(new ListBackupSelectionsCommand({ BackupPlanId: ids['Plan'] }));
  const [selection] = listed.BackupSelectionsList ?? [];
  expect(ids['Selection']).toBe(`${selection?.SelectionId}_${ids['Plan']}`);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: ids['Role'] }));
  expect(selection?.IamRoleArn).toBe(Role?.Arn);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: ids['Role'] }))).PolicyNames).toEqual(['more']);
});

test('a stack that was deleted leaves nothing but a key that waits, and is found by its id alone', async () => {
  const at = here();
  const { StackId } = await create(at, TEMPLATE);
  const { StackResourceDetail: key } = await at.client.send(
    new DescribeStackResourceCommand({ StackName: 'team', LogicalResourceId: 'Key' }),
  );
  await at.client.send(new DeleteStackCommand({ StackName: 'team' }));
  await expect(stackOf(at)).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id team does not exist',
    $metadata: { httpStatusCode: 400 },
  });
  expect((await stackOf(at, StackId))?.StackStatus).toBe('DELETE_COMPLETE');
  const deleted = (await eventsOf(at, StackId)).filter((one) => one.endsWith('DELETE_COMPLETE'));
  expect(deleted.map((one) => one.split(' ')[0])).toEqual([
    ...['More', 'Alias', 'Selection', 'Role', 'Plan', 'Vault', 'Key', 'team'],
  ]);
  const vaults = await at.world.client(BackupClient).send(new ListBackupVaultsCommand({}));
  expect(vaults.BackupVaultList).toEqual([]);
  const { KeyMetadata } = await at.world
    .client(KMSClient)
    .send(new DescribeKeyCommand({ KeyId: key?.PhysicalResourceId }));
  expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
  // A stack of the name is another one, and its key, too.
  const again = await create(at, TEMPLATE);
  expect(again.StackId).not.toBe(StackId);
  const { StackSummaries = [] } = await at.client.send(new ListStacksCommand({}));
  expect(StackSummaries.map((one) => one.StackStatus)).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
  // What is not there can be deleted.
  await at.client.send(new DeleteStackCommand({ StackName: 'none' }));
});

test('a resource that AWS refuses rolls the stack back, with its words as the reason', async () => {
  const at = here();
  await at.world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'team-vault' }));
  await create(at, TEMPLATE);
  expect(await stackOf(at)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  const { StackEvents = [] } = await at.client.send(new DescribeStackEventsCommand({ StackName: 'team' }));
  const failed = StackEvents.find((one) => one.ResourceStatus === 'CREATE_FAILED');
  expect(failed?.LogicalResourceId).toBe('Vault');
  expect(failed?.ResourceStatusReason).toContain('Backup vault with the same name already exists: team-vault');
  expect(failed?.ResourceStatusReason).toContain('HandlerErrorCode: AlreadyExists');
  expect(await eventsOf(at)).toEqual([
    'team CREATE_IN_PROGRESS',
    'Key CREATE_IN_PROGRESS',
    'Key CREATE_IN_PROGRESS',
    'Key CREATE_COMPLETE',
    'Vault CREATE_IN_PROGRESS',
    'Vault CREATE_FAILED',
    'team ROLLBACK_IN_PROGRESS',
    'Key DELETE_IN_PROGRESS',
    'Key DELETE_COMPLETE',
    'team ROLLBACK_COMPLETE',
  ]);
});

test('what becomes of a stack that fails is as its caller says', async () => {
  const template = {
    Resources: {
      First: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'first' } },
      Second: { Type: 'AWS::Nothing::Here', DependsOn: 'First' },
    },
  };
  const at = here();
  await create(at, template, { StackName: 'kept', OnFailure: 'DO_NOTHING' });
  expect(await stackOf(at, 'kept')).toMatchObject({ StackStatus: 'CREATE_FAILED' });
  const { StackResources = [] } = await at.client.send(new DescribeStackResourcesCommand({ StackName: 'kept' }));
  expect(StackResources.map((one) => [one.ResourceStatus, one.ResourceStatusReason])).toEqual([
    ['CREATE_COMPLETE', undefined],
    ['CREATE_FAILED', 'NotEmulated: AWS::Nothing::Here is not emulated'],
  ]);
  await at.client.send(new DeleteStackCommand({ StackName: 'kept' }));
  const { StackId } = await create(at, template, { StackName: 'gone', OnFailure: 'DELETE' });
  expect(await stackOf(at, StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  const vaults = await at.world.client(BackupClient).send(new ListBackupVaultsCommand({}));
  expect(vaults.BackupVaultList).toEqual([]);
});

test('a resource whose policy retains it outlives its stack', async () => {
  const at = here();
  const vault = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'kept' } };
  const { StackId } = await create(at, { Resources: { Vault: { ...vault, DeletionPolicy: 'Retain' } } });
  await at.client.send(new DeleteStackCommand({ StackName: 'team' }));
  expect(await eventsOf(at, StackId)).toContain('Vault DELETE_SKIPPED');
  await at.world.client(BackupClient).send(new DescribeBackupVaultCommand({ BackupVaultName: 'kept' }));
});

test('a stack that cannot be deleted is, once what fails is retained', async () => {
  const at = here();
  at.world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  const { StackId } = await create(at, TEMPLATE);
  await at.world.advance({ days: 2 });
  await at.client.send(new DeleteStackCommand({ StackName: 'team' }));
  expect(await stackOf(at)).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [Vault]. ',
  });
  await at.client.send(new DeleteStackCommand({ StackName: 'team', RetainResources: ['Vault'] }));
  expect(await stackOf(at, StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await at.world.client(BackupClient).send(new DescribeBackupVaultCommand({ BackupVaultName: 'team-vault' }));
});

test('termination protection keeps a stack', async () => {
  const at = here();
  await create(at, TEMPLATE, { EnableTerminationProtection: true });
  const remove = () => at.client.send(new DeleteStackCommand({ StackName: 'team' }));
  await expect(remove()).rejects.toMatchObject({ name: 'ValidationError' });
  await at.client.send(
    new UpdateTerminationProtectionCommand({ StackName: 'team', EnableTerminationProtection: false }),
  );
  await remove();
  await expect(stackOf(at)).rejects.toMatchObject({ name: 'ValidationError' });
});

// prettier-ignore
test.each([
  ['a template that is none',       { TemplateBody: '{"Resources": 1}' },                                  'ValidationError'],
  ['a template without resources',  { TemplateBody: '{"Resources": {}}' },                                 'ValidationError'],
  ['no template',                   { TemplateBody: undefined },                                           'ValidationError'],
  ['a name that is none',           { StackName: '1' },                                                    'ValidationError'],
  ['a capability that is missing',  { Capabilities: [] },                                                  'InsufficientCapabilitiesException'],
  ['a parameter that is unknown',   { Parameters: [{ ParameterKey: 'No', ParameterValue: '1' }] },         'ValidationError'],
  ['a parameter that is too small', { Parameters: [{ ParameterKey: 'Days', ParameterValue: '0' }] },       'ValidationError'],
  ['a parameter that is no number', { Parameters: [{ ParameterKey: 'Days', ParameterValue: 'x' }] },       'ValidationError'],
  ['two ways to fail',              { OnFailure: 'DELETE', DisableRollback: true },                        'ValidationError'],
] as const)('fails without a stack for %s', async (_what, more, name) => {
  const at = here();
  await expect(create(at, TEMPLATE, more as Partial<CreateStackCommandInput>)).rejects.toMatchObject({ name });
  const { Stacks } = await at.client.send(new DescribeStacksCommand({}));
  expect(Stacks).toEqual([]);
});

test('fails without a stack for resources that wait for each other, and for a name that is taken', async () => {
  const at = here();
  const vault = (of: string) => ({ Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { Ref: of } } });
  const circle = create(at, { Resources: { A: vault('B'), B: vault('A') } });
  await expect(circle).rejects.toMatchObject({ message: expect.stringContaining('Circular dependency') });
  await create(at, TEMPLATE);
  await expect(create(at, TEMPLATE)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});

test('a template is given back as it came, and summed up', async () => {
  const at = here();
  await create(at, TEMPLATE);
  const { TemplateBody } = await at.client.send(new GetTemplateCommand({ StackName: 'team' }));
  expect(JSON.parse(TemplateBody ?? '')).toEqual(TEMPLATE);
  const summary = await at.client.send(new GetTemplateSummaryCommand({ StackName: 'team' }));
  expect(summary).toMatchObject({ Capabilities: ['CAPABILITY_IAM'], Description: 'Backups of one team' });
  expect(summary.Parameters?.map((one) => [one.ParameterKey, one.NoEcho])).toEqual([
    ['Days', false],
    ['Secret', true],
  ]);
  const validated = await at.client.send(new ValidateTemplateCommand({ TemplateBody }));
  expect(validated).toMatchObject({ Capabilities: ['CAPABILITY_IAM'] });
  const listed = await at.client.send(new ListStackResourcesCommand({ StackName: 'team' }));
  expect(listed.StackResourceSummaries).toHaveLength(7);
});

test('a stack policy is kept', async () => {
  const at = here();
  await create(at, TEMPLATE);
  const StackPolicyBody = '{"Statement":[]}';
  await at.client.send(new SetStackPolicyCommand({ StackName: 'team', StackPolicyBody }));
  expect(await at.client.send(new GetStackPolicyCommand({ StackName: 'team' }))).toMatchObject({ StackPolicyBody });
});
