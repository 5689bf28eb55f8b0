import { CopyAccountOptions, CopyDestination, CopyVaultOptions, Plan, PlanProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { App, CfnParameter, DefaultStackSynthesizer, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refusal } from './support/stacks';

const ACCOUNT = '111122223333';
const BUNKER = '444455556666';
const REPLICATED = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';

/** A stack with a vault that is there already. */
function source(app: Construct, id = 'S', region = 'eu-central-1', account = ACCOUNT): Stack {
  return new Stack(app, id, { env: { account, region } });
}

function copying(stack: Construct, destinations: CopyDestination[], props: Partial<PlanProps> = {}, id = 'Plan'): Plan {
  const vault = backup.BackupVault.fromBackupVaultName(stack, `${id}Vault`, 'primary');
  const copyActions = destinations.map((destination) => ({ destination, deleteAfter: Duration.days(90) }));
  const rules = [{ ruleName: 'daily', vault, deleteAfter: Duration.days(35), copyActions }];
  return new Plan(stack, id, { backupPlanName: 'ledger', rules, ...props });
}

/** The stacks that were made for copies: all whose ids are of that form. */
function made(scope: Construct): Stack[] {
  return scope.node.children.filter((child): child is Stack => /-\d{12}-/.test(child.node.id));
}

function destinationArns(stack: Stack): unknown[] {
  const [plan] = Object.values(Template.fromStack(stack).findResources(PLAN)) as {
    Properties: { BackupPlan: { BackupPlanRule: { CopyActions: { DestinationBackupVaultArn: unknown }[] }[] } };
  }[];
  return plan!.Properties.BackupPlan.BackupPlanRule[0]!.CopyActions.map((copy) => copy.DestinationBackupVaultArn);
}

const arn = (region: string, account: string, name = 'holdfast-copies') => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:backup:${region}:${account}:backup-vault:${name}`]],
});

function statementsOf(stack: Stack): { Sid: string; Principal: unknown; Condition?: unknown }[] {
  const [vault] = Object.values(Template.fromStack(stack).findResources(VAULT)) as {
    Properties: { AccessPolicy: { Statement: { Sid: string; Principal: unknown }[] } };
  }[];
  return vault!.Properties.AccessPolicy.Statement;
}

/** What a plan in `S` with one such copy is refused for. */
function refused(destination: CopyDestination, stack: (app: App) => Stack = (app) => source(app)): string {
  return refusal(() => copying(stack(new App()), [destination]));
}

describe('another Region', () => {
  test('gets a stack with a vault that keeps what it holds, and a key that rotates', () => {
    const app = new App();
    const stack = source(app);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    const [there, ...more] = made(app);
    expect(more).toEqual([]);
    expect(there).toMatchObject({ region: 'eu-west-1', account: ACCOUNT, stackName: 'holdfast-copies' });
    expect(there?.node.id).toBe(`holdfast-copies-${ACCOUNT}-eu-west-1`);
    const template = Template.fromStack(there!);
    template.hasResource(VAULT, {
      DeletionPolicy: 'Retain',
      Properties: { BackupVaultName: 'holdfast-copies', LockConfiguration: Match.absent() },
    });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.resourceCountIs('AWS::IAM::ServiceLinkedRole', 0);
    expect(statementsOf(there!).map(({ Sid }) => Sid)).toEqual(['DenyEmptyingTheVault']);
  });

  test('is named by its ARN and deployed first, without a reference between the stacks', () => {
    const app = new App();
    const stack = source(app);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    expect(destinationArns(stack)).toEqual([arn('eu-west-1', ACCOUNT)]);
    expect(stack.dependencies).toEqual(made(app));
    expect(Template.fromStack(made(app)[0]!).toJSON()).not.toHaveProperty('Outputs');
  });

  test('keeps its ids and logical ids', () => {
    const app = new App();
    copying(source(app), [CopyDestination.region('eu-west-1', { recoveryRoleName: 'recovery' })]);
    const [there] = made(app);
    const id = `holdfast-copies-${ACCOUNT}-eu-west-1`;
    expect(there!.node.children.map(({ node }) => node.path)).toEqual([
      `${id}/Key-holdfast-copies`,
      `${id}/Vault-holdfast-copies`,
      `${id}/Role-recovery`,
    ]);
    expect(Object.keys(Template.fromStack(there!).toJSON().Resources as object)).toEqual([
      'Keyholdfastcopies10329B2E',
      'Vaultholdfastcopies6888F132',
      'RolerecoveryB17F4ECC',
    ]);
  });

  test('is what it is told to be', () => {
    const app = new App();
    copying(source(app), [
      CopyDestination.region('eu-west-1', {
        backupVaultName: 'second',
        supportStackName: 'ledger-copies',
        vaultLock: { minRetentionDays: 30, changeableForDays: 3 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
        breakGlassRoleArns: [`arn:aws:iam::${ACCOUNT}:role/break-glass`],
        recoveryRoleName: 'recovery',
        tags: { owner: 'platform' },
      }),
    ]);
    const [there] = made(app);
    expect(there).toMatchObject({ stackName: 'ledger-copies' });
    const template = Template.fromStack(there!);
    template.hasResourceProperties(VAULT, {
      BackupVaultName: 'second',
      BackupVaultTags: { owner: 'platform' },
      LockConfiguration: { MinRetentionDays: 30, ChangeableForDays: 3 },
    });
    expect(statementsOf(there!)).toMatchObject([
      { Condition: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/break-glass`] } } },
      { Sid: 'DenyWeakeningTheVault' },
    ]);
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'recovery',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'backup.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', { Tags: [{ Key: 'owner', Value: 'platform' }] });
  });

  test('gets a replica of a multi-Region key, or a key that is there', () => {
    const replica = new App();
    copying(source(replica), [CopyDestination.region('eu-west-1', { primaryKeyArn: REPLICATED })]);
    const template = Template.fromStack(made(replica)[0]!);
    template.hasResourceProperties('AWS::KMS::ReplicaKey', { PrimaryKeyArn: REPLICATED });
    template.resourceCountIs('AWS::KMS::Key', 0);
    const there = new App();
    const encryptionKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    copying(source(there), [CopyDestination.region('eu-west-1', { encryptionKeyArn })]);
    Template.fromStack(made(there)[0]!).hasResourceProperties(VAULT, { EncryptionKeyArn: encryptionKeyArn });
  });

  test('brings its lock along, against which the copy is held', () => {
    expect(refused(CopyDestination.region('eu-west-1', { vaultLock: { minRetentionDays: 91 } }))).toContain(
      'rules[0].copyActions[0].lifecycle.deleteAfterDays must be at least 91 days, the bounds of vault holdfast-copies, got 90 days [copy-action-retention-in-lock]',
    );
  });
});

test('takes tokens for what is written into the template alone', () => {
  const app = new App();
  const params = new Stack(app, 'Params', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const number = (id: string) => new CfnParameter(params, id, { type: 'Number' }).valueAsNumber;
  const vaultLock = { minRetentionDays: number('Least'), maxRetentionDays: number('Most') };
  expect(() => copying(source(app), [CopyDestination.region('eu-west-1', { vaultLock })])).not.toThrow();
  expect(made(app)).toHaveLength(1);
});

describe('another account', () => {
  test('lets the account of the plan copy in, and nobody else', () => {
    const app = new App();
    const stack = source(app);
    copying(stack, [CopyDestination.account(BUNKER)]);
    const [there] = made(app);
    expect(there).toMatchObject({ region: 'eu-central-1', account: BUNKER });
    expect(destinationArns(stack)).toEqual([arn('eu-central-1', BUNKER)]);
    expect(statementsOf(there!).slice(1)).toEqual([
      {
        Sid: `AllowCopiesFrom${ACCOUNT}`,
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
      },
    ]);
  });

  test('in another Region lets an organization copy in, and gets the role that receives copies', () => {
    const app = new App();
    const options = { region: 'eu-west-1', organizationId: 'o-a1b2c3d4e5', createServiceLinkedRole: true };
    copying(source(app), [CopyDestination.account(BUNKER, options)]);
    const [there] = made(app);
    expect(there).toMatchObject({ region: 'eu-west-1', account: BUNKER });
    expect(statementsOf(there!).slice(1)).toMatchObject([
      { Sid: 'AllowCopiesFromOrganization', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ]);
    const template = Template.fromStack(there!);
    template.hasResourceProperties('AWS::IAM::ServiceLinkedRole', { AWSServiceName: 'backup.amazonaws.com' });
    template.hasResource(VAULT, { DependsOn: ['ServiceLinkedRole'] });
  });

  test('lets in every account whose plans copy to it, each once', () => {
    const app = new App();
    const bunker = CopyDestination.account(BUNKER);
    copying(source(app, 'One'), [bunker]);
    copying(source(app, 'Two'), [bunker]);
    copying(source(app, 'Three', 'eu-central-1', '777788889999'), [bunker]);
    const [there, ...more] = made(app);
    expect(more).toEqual([]);
    expect(statementsOf(there!).map(({ Sid }) => Sid)).toEqual([
      'DenyEmptyingTheVault',
      `AllowCopiesFrom${ACCOUNT}`,
      'AllowCopiesFrom777788889999',
    ]);
  });
});

describe('the stack that is made', () => {
  test('is found again by later copies to the same place', () => {
    const app = new App();
    const stack = source(app);
    const lock: CopyVaultOptions = { vaultLock: { minRetentionDays: 7 } };
    copying(stack, [CopyDestination.region('eu-west-1', lock), CopyDestination.account(BUNKER)]);
    copying(stack, [CopyDestination.region('eu-west-1'), CopyDestination.region('eu-west-1', lock)], {}, 'Second');
    copying(source(app, 'T'), [CopyDestination.region('eu-west-1', { backupVaultName: 'other' })]);
    expect(made(app).map(({ node }) => node.id)).toEqual([
      `holdfast-copies-${ACCOUNT}-eu-west-1`,
      `holdfast-copies-${BUNKER}-eu-central-1`,
    ]);
    Template.fromStack(made(app)[0]!).resourceCountIs(VAULT, 2);
  });

  test('belongs to its stage, whose name its name and that of the vault begin with', () => {
    const app = new App();
    const stages = ['Dev', 'Prod'].map((id) => new Stage(app, id));
    for (const stage of stages) {
      copying(source(stage), [CopyDestination.region('eu-west-1')]);
    }
    expect(made(app)).toEqual([]);
    expect(stages.flatMap(made).map(({ stackName }) => stackName)).toEqual([
      'Dev-holdfast-copies',
      'Prod-holdfast-copies',
    ]);
    Template.fromStack(made(stages[1]!)[0]!).hasResourceProperties(VAULT, { BackupVaultName: 'Prod-holdfast-copies' });
    expect(
      app
        .synth()
        .getNestedAssembly('assembly-Prod')
        .stacks.map(({ stackName }) => stackName),
    ).toEqual(['Prod-holdfast-copies', 'Prod-S']);
  });

  test('is made for copies in both directions, without a circle', () => {
    const app = new App();
    copying(source(app, 'West', 'eu-west-1'), [CopyDestination.region('eu-central-1')]);
    copying(source(app, 'Central', 'eu-central-1'), [CopyDestination.region('eu-west-1')]);
    expect(made(app)).toHaveLength(2);
    const names = app.synth().stacks.map(({ id }) => id);
    expect(names.indexOf('West')).toBeGreaterThan(names.indexOf(`holdfast-copies-${ACCOUNT}-eu-central-1`));
    expect(names.indexOf('Central')).toBeGreaterThan(names.indexOf(`holdfast-copies-${ACCOUNT}-eu-west-1`));
  });

  test('does not wait for itself where the author deploys it after the plan', () => {
    const app = new App();
    const [first, second] = [source(app, 'First'), source(app, 'Second')];
    copying(first, [CopyDestination.region('eu-west-1')]);
    made(app)[0]!.addStackDependency(second);
    copying(second, [CopyDestination.region('eu-west-1')]);
    expect(second.dependencies).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  test('waits for nothing that is nested, but makes the stack around it wait', () => {
    const app = new App();
    const stack = source(app);
    copying(new NestedStack(stack, 'Nested'), [CopyDestination.region('eu-west-1')]);
    expect(stack.dependencies).toEqual(made(app));
  });

  test('is deployed by the bootstrap of the source, and protected as it is', () => {
    const app = new App();
    const stack = new Stack(app, 'S', {
      env: { account: ACCOUNT, region: 'eu-central-1' },
      synthesizer: new DefaultStackSynthesizer({ qualifier: 'ledger' }),
      terminationProtection: true,
    });
    copying(stack, [CopyDestination.region('eu-west-1')]);
    expect(made(app)[0]).toMatchObject({ terminationProtection: true });
    expect(made(app)[0]!.synthesizer.bootstrapQualifier).toBe('ledger');
  });
});

describe('what it refuses', () => {
  const text = (app: App, id: string) => new CfnParameter(new Stack(app, `P${id}`), id).valueAsString;
  const bunker = (options: CopyAccountOptions) => CopyDestination.account(BUNKER, options);

  // prettier-ignore
  test.each<[string, CopyDestination, string]>([
    ['a Region that is none',     CopyDestination.region('Ireland'),                 '.region must be the name of a Region, known at synthesis, got Ireland [copy-destination-region]'],
    ['a Region of the deployment', CopyDestination.region(text(new App(), 'Region')), '.region must be the name of a Region, known at synthesis, got a value of the deployment [copy-destination-region]'],
    ['an account that is none',   CopyDestination.account('4444'),                   '.account must be the id of an account, 12 digits, known at synthesis, got 4444 [copy-destination-account]'],
    ['the Region of the plan',    CopyDestination.region('eu-central-1'),            ' must be another Region or account than that of the plan, beside which a vault takes copies as it is, got account 111122223333 in eu-central-1, which is here [copy-destination-elsewhere]'],
    ['two keys',                  bunker({ encryptionKeyArn: REPLICATED, primaryKeyArn: REPLICATED }), '.primaryKeyArn must be one of encryptionKeyArn and primaryKeyArn, got both [copy-destination-key]'],
    ['an organization that is none', bunker({ organizationId: 'o-1' }),              '.organizationId must be the id of an organization, o- and 10 to 32 letters or digits, got o-1 [copy-destination-organization]'],
    ['a role of no name',         bunker({ recoveryRoleName: 'a role' }),            '.recoveryRoleName must be 1 to 64 letters, digits and _+=,.@-, known at synthesis, got a role [copy-destination-role-name]'],
  ])('%s', (_, destination, message) => {
    expect(refused(destination)).toContain(`rules[0].copyActions[0].destination${message}`);
  });

  test('names that are values of the deployment', () => {
    const name = text(new App(), 'Name');
    const names = { supportStackName: name, backupVaultName: name, recoveryRoleName: name };
    const message = refused(CopyDestination.region('eu-west-1', names));
    expect(message).toContain('[copy-destination-stack-name]');
    expect(message).toContain('[copy-destination-vault-name]');
    expect(message).toContain('[copy-destination-role-name]');
  });

  test('a plan in a stack that leaves its place open', () => {
    expect(refused(CopyDestination.region('eu-west-1'), (app) => new Stack(app, 'S'))).toContain(
      'rules[0].copyActions[0].destination must be used in a stack whose account and Region are known, from which the other place is told, got a stack that leaves its account and its Region open [copy-destination-environment]',
    );
  });

  test('a replica in another account', () => {
    expect(refused(bunker({ primaryKeyArn: REPLICATED, region: 'eu-west-1' }))).toContain('[key-replica-account]');
  });

  test('a name that no vault may have, at the vault', () => {
    expect(refused(CopyDestination.region('eu-west-1', { backupVaultName: 'a vault' }))).toContain(
      'backupVaultName must be 2 to 50 letters, digits, - and _, got a vault [vault-name]',
    );
  });

  test('another partition, and another account in China', () => {
    expect(refused(CopyDestination.region('cn-north-1'))).toContain('[copy-action-partition]');
    const china = (app: App) => source(app, 'S', 'cn-north-1');
    expect(refused(CopyDestination.account(BUNKER), china)).toContain('[copy-action-cross-account-china]');
  });

  test('wishes that differ from those before, each of them', () => {
    const app = new App();
    const stack = source(app);
    copying(stack, [CopyDestination.region('eu-west-1', { tags: { owner: 'platform' } })]);
    const later = CopyDestination.region('eu-west-1', {
      vaultLock: { minRetentionDays: 7 },
      tags: { owner: 'ledger' },
    });
    const message = refusal(() => copying(stack, [later], {}, 'Second'));
    const path = 'rules[0].copyActions[0].destination';
    const allowed = 'must be given alike wherever copies go to the same vault, or left out';
    expect(message).toContain(
      `${path}.vaultLock ${allowed}, got {"minRetentionDays":7}, where it was left out before [copy-destination-conflict]`,
    );
    expect(message).toContain(
      `${path}.tags ${allowed}, got {"owner":"ledger"}, where it was {"owner":"platform"} before [copy-destination-conflict]`,
    );
  });

  test('nothing that is waived', () => {
    const app = new App();
    const stack = source(app);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    const waivers = [{ rule: 'copy-destination-conflict', path: '*', reason: 'the first wish counts' }];
    const later = CopyDestination.region('eu-west-1', { tags: { owner: 'ledger' } });
    expect(() => copying(stack, [later], { waivers }, 'Second')).not.toThrow();
  });
});
