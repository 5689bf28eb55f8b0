// Stacks updated by the official client of CloudFormation: by change sets and directly, in place and by replacement.
import {
  BackupClient,
  CreateBackupVaultCommand,
  GetBackupPlanCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import {
  ChangeSetNotFoundException,
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateChangeSetCommandInput,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListExportsCommand,
  ListImportsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { World } from '@holdfast/engine';

interface Shape {
  readonly vaultName?: string;
  readonly days?: number;
  readonly extra?: string;
  readonly policy?: boolean;
}

function template({ vaultName = 'first', days = 35, extra, policy = false }: Shape = {}): string {
  const AccessPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
  };
  const BackupPlanRule = [
    { RuleName: 'daily', TargetBackupVault: { Ref: 'Vault' }, Lifecycle: { DeleteAfterDays: days } },
  ];
  return JSON.stringify({
    Resources: {
      Vault: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: vaultName, ...(policy && { AccessPolicy }) },
      },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanName: 'daily', BackupPlanRule } },
      },
      ...(extra !== undefined && {
        Extra: { Type: 'AWS::Backup::BackupVault', DependsOn: 'Plan', Properties: { BackupVaultName: extra } },
      }),
    },
    Outputs: { Vault: { Value: { Ref: 'Vault' } } },
  });
}

const StackName = 'team';

class Here {
  readonly world = new World({ start: '2027-01-01T00:00:00Z' });
  readonly client = this.world.client(CloudFormationClient);

  async create(shape?: Shape): Promise<void> {
    await this.client.send(new CreateStackCommand({ StackName, TemplateBody: template(shape) }));
  }

  async update(shape: Shape, more: { DisableRollback?: boolean } = {}): Promise<void> {
    await this.client.send(new UpdateStackCommand({ StackName, TemplateBody: template(shape), ...more }));
  }

  async changeSet(shape: Shape | undefined, more: Partial<CreateChangeSetCommandInput> = {}) {
    const TemplateBody = template(shape);
    const input = { StackName, ChangeSetName: 'changes', TemplateBody, ...more };
    await this.client.send(new CreateChangeSetCommand(input));
    return this.changes();
  }

  changes() {
    const input = { StackName, ChangeSetName: 'changes', IncludePropertyValues: true };
    return this.client.send(new DescribeChangeSetCommand(input));
  }

  async execute(): Promise<void> {
    await this.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'changes' }));
  }

  async stack() {
    return (await this.client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  }

  /** Events since the last update began, oldest first. */
  async events(): Promise<string[]> {
    const { StackEvents = [] } = await this.client.send(new DescribeStackEventsCommand({ StackName }));
    const begin = StackEvents.findIndex((one) => one.ResourceStatusReason === 'User Initiated');
    const since = StackEvents.slice(0, begin + 1).reverse();
    return since.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`);
  }

  async idOf(LogicalResourceId: string): Promise<string> {
    const found = await this.client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId }));
    return found.StackResourceDetail?.PhysicalResourceId ?? '';
  }

  async vaults(): Promise<(string | undefined)[]> {
    const { BackupVaultList = [] } = await this.world.client(BackupClient).send(new ListBackupVaultsCommand({}));
    return BackupVaultList.map((one) => one.BackupVaultName);
  }

  async daysOfPlan(): Promise<number | undefined> {
    const input = { BackupPlanId: await this.idOf('Plan') };
    const { BackupPlan } = await this.world.client(BackupClient).send(new GetBackupPlanCommand(input));
    return BackupPlan?.Rules?.[0]?.Lifecycle?.DeleteAfterDays;
  }
}

test('an update makes the change sets of the stack obsolete', async () => {
  const here = new Here();
  await here.create();
  const { ChangeSetId } = await here.changeSet({ days: 40 });
  await here.update({ days: 50 });
  expect(await here.changes()).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'OBSOLETE' });
  const listed = await here.client.send(new ListChangeSetsCommand({ StackName }));
  expect(listed.Summaries?.map((one) => one.ExecutionStatus)).toEqual(['OBSOLETE']);
  await expect(here.execute()).rejects.toMatchObject({
    name: 'InvalidChangeSetStatusException',
    message: `ChangeSet [${ChangeSetId}] cannot be executed in its current execution status of [OBSOLETE]`,
  });
  expect(await here.daysOfPlan()).toBe(50);
});

test('an update that is refused leaves change sets as they are', async () => {
  const here = new Here();
  await here.create();
  await here.changeSet({ days: 40 });
  await expect(here.update({})).rejects.toMatchObject({ message: 'No updates are to be performed.' });
  await here.execute();
  expect(await here.daysOfPlan()).toBe(40);
});

test('a change set makes a stack once it is executed, and nothing before', async () => {
  const here = new Here();
  const set = await here.changeSet(undefined, { ChangeSetType: 'CREATE' });
  expect(set).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
  expect(set.Changes?.map((one) => [one.ResourceChange?.Action, one.ResourceChange?.LogicalResourceId])).toEqual([
    ['Add', 'Vault'],
    ['Add', 'Plan'],
  ]);
  expect((await here.stack())?.StackStatus).toBe('REVIEW_IN_PROGRESS');
  expect(await here.vaults()).toEqual([]);
  const { TemplateBody } = await here.client.send(new GetTemplateCommand({ StackName, ChangeSetName: 'changes' }));
  expect(TemplateBody).toBe(template());
  await here.execute();
  expect(await here.stack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ChangeSetId: set.ChangeSetId });
  expect(await here.vaults()).toEqual(['first']);
});

test('a change set names each property that differs, and whether it takes another resource', async () => {
  const here = new Here();
  await here.create();
  const set = await here.changeSet({ vaultName: 'second', days: 40, extra: 'more' });
  const changes = (set.Changes ?? []).map((one) => one.ResourceChange);
  expect(changes).toMatchObject([
    {
      LogicalResourceId: 'Vault',
      Action: 'Modify',
      Replacement: 'True',
      Scope: ['Properties'],
      PhysicalResourceId: 'first',
      Details: [
        {
          Target: {
            Attribute: 'Properties',
            Name: 'BackupVaultName',
            RequiresRecreation: 'Always',
            BeforeValue: 'first',
            AfterValue: 'second',
          },
          Evaluation: 'Static',
        },
      ],
    },
    {
      LogicalResourceId: 'Plan',
      Action: 'Modify',
      Replacement: 'False',
      Details: [{ Target: { Name: 'BackupPlan', RequiresRecreation: 'Never' }, Evaluation: 'Dynamic' }],
    },
    { LogicalResourceId: 'Extra', Action: 'Add' },
  ]);
  expect(await here.vaults()).toEqual(['first']);
});

test('a change set without changes has failed, in the words that clients look for', async () => {
  const here = new Here();
  await here.create();
  const set = await here.changeSet(undefined);
  expect(set).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', Changes: [] });
  expect(set.StatusReason).toMatch(/^The submitted information didn't contain changes\./);
  await expect(here.execute()).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
});

test('a change set that was deleted, or never made, is not found, and deleting it again succeeds', async () => {
  const here = new Here();
  await here.create();
  await here.changeSet({ days: 40 });
  const listed = () => here.client.send(new ListChangeSetsCommand({ StackName }));
  expect((await listed()).Summaries).toMatchObject([{ ChangeSetName: 'changes', Status: 'CREATE_COMPLETE' }]);
  const remove = () => here.client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: 'changes' }));
  await remove();
  await remove();
  expect((await listed()).Summaries).toEqual([]);
  const missing = await here.changes().catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(ChangeSetNotFoundException);
  expect(missing).toMatchObject({ $metadata: { httpStatusCode: 404 } });
});

test('an update changes in place what it can, and leaves the rest alone', async () => {
  const here = new Here();
  await here.create();
  const plan = await here.idOf('Plan');
  await here.update({ days: 40 });
  expect(await here.daysOfPlan()).toBe(40);
  expect(await here.idOf('Plan')).toBe(plan);
  expect(await here.events()).toEqual([
    'team UPDATE_IN_PROGRESS',
    'Plan UPDATE_IN_PROGRESS',
    'Plan UPDATE_COMPLETE',
    'team UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'team UPDATE_COMPLETE',
  ]);
});

test('an update makes another resource in the place of one, and what refers to it follows', async () => {
  const here = new Here();
  await here.create();
  await here.update({ vaultName: 'second' });
  expect(await here.vaults()).toEqual(['second']);
  expect((await here.stack())?.Outputs).toMatchObject([{ OutputValue: 'second' }]);
  expect(await here.events()).toEqual([
    'team UPDATE_IN_PROGRESS',
    'Vault UPDATE_IN_PROGRESS',
    'Vault UPDATE_IN_PROGRESS',
    'Vault UPDATE_COMPLETE',
    'Plan UPDATE_IN_PROGRESS',
    'Plan UPDATE_COMPLETE',
    'team UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Vault DELETE_IN_PROGRESS',
    'Vault DELETE_COMPLETE',
    'team UPDATE_COMPLETE',
  ]);
});

test('an update that fails goes back to what was: replaced, changed and new resources alike', async () => {
  const here = new Here();
  await here.create();
  await here.world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'taken' }));
  await here.update({ vaultName: 'second', days: 40, extra: 'taken' });
  expect(await here.stack()).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await here.vaults()).toEqual(['first', 'taken']);
  expect(await here.daysOfPlan()).toBe(35);
  expect((await here.stack())?.Outputs).toMatchObject([{ OutputValue: 'first' }]);
  expect(await here.idOf('Vault')).toBe('first');
  const events = await here.events();
  expect(events.slice(events.indexOf('Extra CREATE_FAILED'))).toEqual([
    'Extra CREATE_FAILED',
    'team UPDATE_ROLLBACK_IN_PROGRESS',
    'Plan UPDATE_IN_PROGRESS',
    'Plan UPDATE_COMPLETE',
    'Vault UPDATE_COMPLETE',
    'team UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Vault DELETE_IN_PROGRESS',
    'Vault DELETE_COMPLETE',
    'team UPDATE_ROLLBACK_COMPLETE',
  ]);
  // The stack can be updated again.
  await here.update({ days: 41 });
  expect(await here.daysOfPlan()).toBe(41);
});

test('an update that may not roll back stays where it failed', async () => {
  const here = new Here();
  await here.create();
  await here.world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'taken' }));
  await here.update({ days: 40, extra: 'taken' }, { DisableRollback: true });
  expect(await here.stack()).toMatchObject({ StackStatus: 'UPDATE_FAILED' });
  expect(await here.daysOfPlan()).toBe(40);
});

test('an update removes what the template no longer has', async () => {
  const here = new Here();
  await here.create({ extra: 'more' });
  expect(await here.vaults()).toEqual(['first', 'more']);
  await here.update({});
  expect(await here.vaults()).toEqual(['first']);
  expect((await here.events()).slice(-4)).toEqual([
    'team UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Extra DELETE_IN_PROGRESS',
    'Extra DELETE_COMPLETE',
    'team UPDATE_COMPLETE',
  ]);
});

test('fails to update what would stay as it is, and what is not there', async () => {
  const here = new Here();
  await here.create();
  await expect(here.update({})).rejects.toMatchObject({ message: 'No updates are to be performed.' });
  await here.client.send(new DeleteStackCommand({ StackName }));
  await expect(here.update({ days: 40 })).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a value that one stack exports is another one’s, and stays for as long as it is used', async () => {
  const here = new Here();
  const exporting = (name: string) =>
    JSON.stringify({
      Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: name } } },
      Outputs: { Name: { Value: { Ref: 'Vault' }, Export: { Name: 'vault' } } },
    });
  const importing = JSON.stringify({
    Resources: {
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'p',
            BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: { 'Fn::ImportValue': 'vault' } }],
          },
        },
      },
    },
  });
  const create = (StackName: string, TemplateBody: string) =>
    here.client.send(new CreateStackCommand({ StackName, TemplateBody }));
  const statusOf = async (name: string) =>
    (await here.client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  await create('early', importing);
  expect((await statusOf('early'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
  await create('below', exporting('aa'));
  await create('above', importing);
  expect((await statusOf('above'))?.StackStatus).toBe('CREATE_COMPLETE');
  const { Exports } = await here.client.send(new ListExportsCommand({}));
  expect(Exports).toMatchObject([{ Name: 'vault', Value: 'aa' }]);
  expect((await here.client.send(new ListImportsCommand({ ExportName: 'vault' }))).Imports).toEqual(['above']);
  // Neither deleted nor changed.
  await here.client.send(new DeleteStackCommand({ StackName: 'below' }));
  expect(await statusOf('below')).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'Export vault cannot be deleted as it is in use by above',
  });
  await create('twin', exporting('bb'));
  expect(await statusOf('twin')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  await here.client.send(new DeleteStackCommand({ StackName: 'above' }));
  await here.client.send(new DeleteStackCommand({ StackName: 'below' }));
  expect(await here.vaults()).toEqual([]);
});
