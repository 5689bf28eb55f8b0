// Stack sets: one design, and its stacks in accounts and Regions.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { World } from '@holdfast/engine';

const StackSetName = 'vaults';
const [ONE, TWO] = ['111111111111', '222222222222'];

function template(prefix = 'team'): string {
  return JSON.stringify({
    Parameters: { Name: { Type: 'String', Default: 'vault' } },
    Resources: {
      Vault: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: { 'Fn::Sub': `${prefix}-\${Name}` } },
      },
    },
  });
}

function here() {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudFormationClient);
  const vaults = async (account: string, region: string) => {
    const { BackupVaultList = [] } = await world
      .client(BackupClient, { account, region })
      .send(new ListBackupVaultsCommand({}));
    return BackupVaultList.map((one) => one.BackupVaultName);
  };
  return { world, client, vaults };
}

test('a stack set has stacks in each account and Region that it is told, each with its own parameters', async () => {
  const { client, vaults } = here();
  const { StackSetId } = await client.send(new CreateStackSetCommand({ StackSetName, TemplateBody: template() }));
  const Accounts = [ONE, TWO];
  const Regions = ['us-east-1', 'eu-central-1'];
  const { OperationId } = await client.send(new CreateStackInstancesCommand({ StackSetName, Accounts, Regions }));
  expect(await vaults(TWO, 'eu-central-1')).toEqual(['team-vault']);
  const { Summaries } = await client.send(new ListStackInstancesCommand({ StackSetName }));
  expect(Summaries?.map((one) => [one.Account, one.Region, one.Status])).toEqual([
    [ONE, 'us-east-1', 'CURRENT'],
    [ONE, 'eu-central-1', 'CURRENT'],
    [TWO, 'us-east-1', 'CURRENT'],
    [TWO, 'eu-central-1', 'CURRENT'],
  ]);
  const { StackSetOperation } = await client.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId }));
  expect(StackSetOperation).toMatchObject({ Action: 'CREATE', Status: 'SUCCEEDED', StackSetId });
  const ParameterOverrides = [{ ParameterKey: 'Name', ParameterValue: 'other' }];
  const some = { StackSetName, Accounts: [ONE], Regions: ['us-east-1'] };
  await client.send(new UpdateStackInstancesCommand({ ...some, ParameterOverrides }));
  expect(await vaults(ONE, 'us-east-1')).toEqual(['team-other']);
  expect(await vaults(TWO, 'us-east-1')).toEqual(['team-vault']);
  // The design changes everywhere; what is otherwise in one account stays so.
  await client.send(new UpdateStackSetCommand({ StackSetName, TemplateBody: template('new') }));
  expect(await vaults(ONE, 'us-east-1')).toEqual(['new-other']);
  expect(await vaults(TWO, 'eu-central-1')).toEqual(['new-vault']);
  const operations = await client.send(new ListStackSetOperationsCommand({ StackSetName }));
  expect(operations.Summaries?.map((one) => one.Action)).toEqual(['UPDATE', 'UPDATE', 'CREATE']);
  await expect(client.send(new DeleteStackSetCommand({ StackSetName }))).rejects.toMatchObject({
    name: 'StackSetNotEmptyException',
  });
  const all = { StackSetName, Accounts, Regions, RetainStacks: false };
  await client.send(new DeleteStackInstancesCommand(all));
  expect(await vaults(ONE, 'us-east-1')).toEqual([]);
  await client.send(new DeleteStackSetCommand({ StackSetName }));
  expect((await client.send(new ListStackSetsCommand({}))).Summaries).toEqual([]);
});

test('an account where the stack fails makes the operation fail, and the others have theirs', async () => {
  const { world, client, vaults } = here();
  const taken = new CreateBackupVaultCommand({ BackupVaultName: 'team-vault' });
  await world.client(BackupClient, { account: ONE }).send(taken);
  await client.send(new CreateStackSetCommand({ StackSetName, TemplateBody: template() }));
  const targets = { StackSetName, Accounts: [ONE, TWO], Regions: ['us-east-1'] };
  const { OperationId } = await client.send(new CreateStackInstancesCommand(targets));
  const results = await client.send(new ListStackSetOperationResultsCommand({ StackSetName, OperationId }));
  expect(results.Summaries).toMatchObject([
    { Account: ONE, Status: 'FAILED', StatusReason: expect.stringContaining('already exists: team-vault') },
    { Account: TWO, Status: 'SUCCEEDED' },
  ]);
  const instance = { StackSetName, StackInstanceAccount: ONE, StackInstanceRegion: 'us-east-1' };
  const { StackInstance } = await client.send(new DescribeStackInstanceCommand(instance));
  expect(StackInstance).toMatchObject({ Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' } });
  expect(await vaults(TWO, 'us-east-1')).toEqual(['team-vault']);
});

test('a stack set of an organization reaches the accounts of a unit, the management account left out', async () => {
  const { world, client, vaults } = here();
  const organizations = world.client(OrganizationsClient);
  await organizations.send(new CreateOrganizationCommand({}));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id;
  const { OrganizationalUnit: unit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'shops' }),
  );
  const made = await organizations.send(new CreateAccountCommand({ AccountName: 'shop', Email: 'shop@example.com' }));
  const account = made.CreateAccountStatus?.AccountId ?? '';
  await organizations.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: root, DestinationParentId: unit?.Id }),
  );
  const AutoDeployment = { Enabled: true, RetainStacksOnAccountRemoval: false };
  const settings = { PermissionModel: 'SERVICE_MANAGED' as const, AutoDeployment };
  const service = { ...settings, ManagedExecution: { Active: true } };
  await client.send(new CreateStackSetCommand({ StackSetName, TemplateBody: template(), ...service }));
  const DeploymentTargets = { OrganizationalUnitIds: [root ?? ''] };
  await client.send(new CreateStackInstancesCommand({ StackSetName, DeploymentTargets, Regions: ['us-east-1'] }));
  expect(await vaults(account, 'us-east-1')).toEqual(['team-vault']);
  expect(await vaults('123456789012', 'us-east-1')).toEqual([]);
  const { StackSet } = await client.send(new DescribeStackSetCommand({ StackSetName }));
  expect(StackSet).toMatchObject({ ...service, OrganizationalUnitIds: [root], Regions: ['us-east-1'] });
  // What a call does not say stays as it is.
  await client.send(new UpdateStackSetCommand({ StackSetName, TemplateBody: template('new') }));
  expect((await client.send(new DescribeStackSetCommand({ StackSetName }))).StackSet).toMatchObject(service);

  const { OrganizationalUnit: empty } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'empty' }),
  );
  const nobody = { StackSetName, DeploymentTargets: { OrganizationalUnitIds: [empty?.Id ?? ''] } };
  const { OperationId } = await client.send(new CreateStackInstancesCommand({ ...nobody, Regions: ['us-east-1'] }));
  const results = await client.send(new ListStackSetOperationResultsCommand({ StackSetName, OperationId }));
  expect(results.Summaries).toEqual([]);
  await expect(client.send(new CreateStackInstancesCommand({ ...nobody, Regions: [] }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('fails for a stack set that is not there, and for a name that is taken', async () => {
  const { client } = here();
  const missing = client.send(new DescribeStackSetCommand({ StackSetName }));
  await expect(missing).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
  const create = () => client.send(new CreateStackSetCommand({ StackSetName, TemplateBody: template() }));
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'NameAlreadyExistsException' });
});
