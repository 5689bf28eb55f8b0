import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { BackupKey, CopyAccountOptions, CopyDestination, IVault, Plan, PlanProps, Vault } from '@holdfast/cdktf';
import { App, TerraformResource, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { addresses, all, message, only, refusal, resolve, sentence, stackOf, synth, variables } from './support/stacks';

const ACCOUNT = '111122223333';
const BUNKER = '444455556666';
const REPLICATED = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const VAULT = 'aws_backup_vault';
const AT = 'rules[0].copyActions[0].destination';
const SIX = { 'holdfast:awsProviderVersion': '6.0.0' };
const FIVE = { 'holdfast:awsProviderVersion': '5.100.0' };

function west(stack: TerraformStack, over: object = {}): AwsProvider {
  return new AwsProvider(stack, 'West', { alias: 'eu-west-1', region: 'eu-west-1', ...over });
}

function bunker(stack: TerraformStack, over: object = {}): AwsProvider {
  const alias = `eu-central-1-${BUNKER}`;
  return new AwsProvider(stack, 'Bunker', { alias, region: 'eu-central-1', allowedAccountIds: [BUNKER], ...over });
}

/** A plan over a vault that is there already. */
function copying(stack: Construct, destinations: CopyDestination[], props: Partial<PlanProps> = {}, id = 'Plan'): Plan {
  const vault = Vault.fromBackupVaultArn(`arn:aws:backup:eu-central-1:${ACCOUNT}:backup-vault:primary`);
  const copyActions = destinations.map((destination) => ({ destination, deleteAfterDays: 90 }));
  const rules = [{ ruleName: 'daily', vault, deleteAfterDays: 35, copyActions }];
  return new Plan(stack, id, { backupPlanName: 'ledger', rules, ...props });
}

function destinationArns(stack: TerraformStack): unknown[] {
  const [rule] = only(stack, 'aws_backup_plan').rule as { copy_action: { destination_vault_arn: string }[] }[];
  return rule!.copy_action.map((copy) => copy.destination_vault_arn);
}

function statementsOf(stack: TerraformStack): { Sid: string; Condition?: unknown }[] {
  const { policy } = only(stack, 'aws_backup_vault_policy');
  return (JSON.parse(policy as string) as { Statement: { Sid: string }[] }).Statement;
}

/** What a plan in `S` with one such copy is refused for. */
function refused(destination: CopyDestination, stack = stackOf(FIVE)): string {
  return refusal(() => copying(stack, [destination]));
}

describe('a vault', () => {
  test('is what it was, by itself and as a destination', () => {
    const stack = stackOf();
    const vault = new Vault(stack, 'Copies', { backupVaultName: 'copies', provider: west(stack) });
    const destination = CopyDestination.vault(vault);
    expect(resolve(stack, [destination.backupVaultName, destination.backupVaultArn])).toEqual(
      resolve(stack, [vault.backupVaultName, vault.backupVaultArn]),
    );
    copying(stack, [destination]);
    expect(destinationArns(stack)).toEqual([resolve(stack, vault.backupVaultArn)]);
  });

  test('brings its lock along, against which the copy is held', () => {
    const stack = stackOf();
    const vault = new Vault(stack, 'Copies', {
      backupVaultName: 'copies',
      provider: west(stack),
      vaultLock: { minRetentionDays: 91 },
    });
    expect(refused(CopyDestination.vault(vault), stack)).toContain('[copy-action-retention-in-lock]');
  });
});

describe('another Region', () => {
  test('gets a vault that keeps what it holds, and a key that rotates, by the provider with its name', () => {
    const stack = stackOf(FIVE);
    west(stack);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    expect(only(stack, VAULT)).toMatchObject({
      name: 'holdfast-copies',
      provider: 'aws.eu-west-1',
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_kms_key')).toMatchObject({
      description: 'Encrypts the copies in the backup vault holdfast-copies',
      enable_key_rotation: true,
      rotation_period_in_days: 365,
      provider: 'aws.eu-west-1',
      lifecycle: { prevent_destroy: true },
    });
    expect(statementsOf(stack).map(({ Sid }) => Sid)).toEqual(['DenyEmptyingTheVault']);
    expect(all(stack, 'aws_iam_role')).toEqual([]);
    expect(destinationArns(stack)).toEqual(['${aws_backup_vault.Copies-eu-west-1_Vault-holdfast-copies_1992DBE0.arn}']);
  });

  test('needs no account of the provider, which Terraform is asked for', () => {
    const stack = new TerraformStack(Testing.app(), 'S');
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
    west(stack);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    expect(addresses(stack).filter((address) => address.startsWith('data.aws_caller_identity'))).toHaveLength(1);
  });

  test('keeps its ids and addresses', () => {
    const stack = stackOf(FIVE);
    west(stack);
    copying(stack, [CopyDestination.region('eu-west-1', { recoveryRoleName: 'recovery' })]);
    expect(stack.node.findChild('Copies-eu-west-1').node.children.map(({ node }) => node.path)).toEqual([
      'S/Copies-eu-west-1/Key-holdfast-copies',
      'S/Copies-eu-west-1/Vault-holdfast-copies',
      'S/Copies-eu-west-1/Role-recovery',
    ]);
    expect(addresses(stack).filter((address) => !/policy_attachment|backup_plan/.test(address))).toEqual([
      'aws_backup_vault.Copies-eu-west-1_Vault-holdfast-copies_1992DBE0',
      'aws_backup_vault_policy.Copies-eu-west-1_Vault-holdfast-copies_Policy_4E36FA25',
      'aws_iam_role.Copies-eu-west-1_Role-recovery_Role_7C555A85',
      'aws_kms_key.Copies-eu-west-1_Key-holdfast-copies_CD503829',
    ]);
  });

  test('is what it is told to be', () => {
    const stack = stackOf(FIVE);
    const provider = west(stack, { alias: 'ireland' });
    copying(stack, [
      CopyDestination.region('eu-west-1', {
        backupVaultName: 'second',
        provider,
        vaultLock: { minRetentionDays: 30, changeableForDays: 3 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
        breakGlassRoleArns: [`arn:aws:iam::${ACCOUNT}:role/break-glass`],
        recoveryRoleName: 'recovery',
        preventDestroy: false,
        tags: { owner: 'platform' },
      }),
    ]);
    expect(only(stack, VAULT)).toMatchObject({ name: 'second', tags: { owner: 'platform' }, provider: 'aws.ireland' });
    expect(only(stack, 'aws_kms_key')).toMatchObject({ tags: { owner: 'platform' } });
    expect(only(stack, 'aws_backup_vault_lock_configuration')).toMatchObject({
      min_retention_days: 30,
      changeable_for_days: 3,
    });
    expect(statementsOf(stack)).toMatchObject([
      { Condition: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/break-glass`] } } },
      { Sid: 'DenyWeakeningTheVault' },
    ]);
    expect(only(stack, 'aws_iam_role')).toMatchObject({ name: 'recovery' });
    expect(Testing.synth(stack)).not.toContain('"prevent_destroy": true');
    expect(all(stack, 'aws_iam_role_policy_attachment').length).toBeGreaterThan(2);
  });

  test('is made by a provider with the alias that was named', () => {
    const stack = stackOf(FIVE);
    west(stack, { alias: 'ireland' });
    copying(stack, [CopyDestination.region('eu-west-1', { providerAlias: 'ireland' })]);
    expect(only(stack, VAULT)).toMatchObject({ provider: 'aws.ireland' });
  });

  test('gets a replica of a multi-Region key, of the same stack too, or a key that is there', () => {
    const stack = stackOf(FIVE);
    west(stack);
    const { keyArn: primaryKeyArn } = new BackupKey(stack, 'Key', { multiRegion: true });
    copying(stack, [CopyDestination.region('eu-west-1', { primaryKeyArn })]);
    expect(only(stack, 'aws_kms_replica_key')).toMatchObject({
      primary_key_arn: '${aws_kms_key.Key_961B73FD.arn}',
      provider: 'aws.eu-west-1',
    });
    const there = stackOf(FIVE);
    west(there);
    const encryptionKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    copying(there, [CopyDestination.region('eu-west-1', { encryptionKeyArn })]);
    expect(only(there, VAULT)).toMatchObject({ kms_key_arn: encryptionKeyArn });
    expect(all(there, 'aws_kms_key')).toEqual([]);
  });

  test('brings its lock along, against which the copy is held', () => {
    const stack = stackOf(FIVE);
    west(stack);
    expect(refused(CopyDestination.region('eu-west-1', { vaultLock: { minRetentionDays: 91 } }), stack)).toContain(
      'rules[0].copyActions[0].lifecycle.deleteAfterDays must be at least 91 days, the bounds of vault holdfast-copies, got 90 days [copy-action-retention-in-lock]',
    );
  });
});

describe('with version 6 of the AWS provider', () => {
  test('another Region needs no provider: each resource says its Region', () => {
    const stack = stackOf(SIX);
    copying(stack, [CopyDestination.region('eu-west-1', { primaryKeyArn: REPLICATED, recoveryRoleName: 'recovery' })]);
    const holder = stack.node.findChild('Copies-eu-west-1');
    const made = holder.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
    expect(made.length).toBeGreaterThan(4);
    for (const type of [VAULT, 'aws_backup_vault_policy', 'aws_kms_replica_key']) {
      expect(only(stack, type)).toMatchObject({ region: 'eu-west-1' });
      expect(only(stack, type)).not.toHaveProperty('provider');
    }
    expect(only(stack, 'aws_iam_role')).not.toHaveProperty('region');
    expect(only(stack, 'aws_backup_plan')).not.toHaveProperty('region');
  });

  test('the provider with the name of the Region is taken where there is one, and what is asked for by name has to be there', () => {
    const stack = stackOf(SIX);
    west(stack);
    copying(stack, [CopyDestination.region('eu-west-1')]);
    expect(only(stack, VAULT)).toMatchObject({ provider: 'aws.eu-west-1' });
    expect(only(stack, VAULT)).not.toHaveProperty('region');
    expect(refused(CopyDestination.region('eu-west-1', { providerAlias: 'x' }), stackOf(SIX))).toContain(
      '[copy-destination-provider]',
    );
  });

  test('the copy is held against the vault there', () => {
    const lock = { vaultLock: { minRetentionDays: 91 } };
    expect(refused(CopyDestination.region('eu-west-1', lock), stackOf(SIX))).toContain(
      'the bounds of vault holdfast-copies',
    );
  });
});

describe('another account', () => {
  test('lets the account of the plan copy in, and nobody else', () => {
    const stack = stackOf();
    bunker(stack);
    copying(stack, [CopyDestination.account(BUNKER)]);
    expect(only(stack, VAULT)).toMatchObject({ provider: `aws.eu-central-1-${BUNKER}` });
    expect(statementsOf(stack).slice(1)).toEqual([
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
    const stack = stackOf();
    bunker(stack, { region: 'eu-west-1', alias: `eu-west-1-${BUNKER}` });
    const options = { region: 'eu-west-1', organizationId: 'o-a1b2c3d4e5', createServiceLinkedRole: true };
    copying(stack, [CopyDestination.account(BUNKER, options)]);
    expect(statementsOf(stack).slice(1)).toMatchObject([
      { Sid: 'AllowCopiesFromOrganization', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ]);
    expect(only(stack, 'aws_iam_service_linked_role')).toEqual({
      aws_service_name: 'backup.amazonaws.com',
      provider: `aws.eu-west-1-${BUNKER}`,
    });
    expect(only(stack, VAULT).depends_on).toEqual([expect.stringMatching(/^aws_iam_service_linked_role\.Copies-/)]);
  });

  test('lets in every account whose plans copy to it, each once', () => {
    const stack = stackOf();
    bunker(stack);
    const third = new AwsProvider(stack, 'Third', {
      alias: 'third',
      region: 'eu-central-1',
      allowedAccountIds: ['777788889999'],
    });
    const destination = CopyDestination.account(BUNKER);
    copying(stack, [destination]);
    copying(stack, [destination], {}, 'Second');
    copying(stack, [destination], { provider: third }, 'Third-Plan');
    expect(statementsOf(stack).map(({ Sid }) => Sid)).toEqual([
      'DenyEmptyingTheVault',
      `AllowCopiesFrom${ACCOUNT}`,
      'AllowCopiesFrom777788889999',
    ]);
  });
});

test('what is made is found again by later copies to the same place', () => {
  const stack = stackOf();
  west(stack);
  bunker(stack);
  const lock = { vaultLock: { minRetentionDays: 7 } };
  copying(stack, [CopyDestination.region('eu-west-1', lock), CopyDestination.account(BUNKER)]);
  copying(stack, [CopyDestination.region('eu-west-1'), CopyDestination.region('eu-west-1', lock)], {}, 'Second');
  copying(stack, [CopyDestination.region('eu-west-1', { backupVaultName: 'other' })], {}, 'Other');
  expect(
    all(stack, VAULT)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['holdfast-copies', 'holdfast-copies', 'other']);
});

describe('fails', () => {
  const text = (id: string) => variables(new TerraformStack(new App(), `V${id}`)).text(id);
  const account = (options: CopyAccountOptions) => CopyDestination.account(BUNKER, options);

  // prettier-ignore
  test.each<[string, CopyDestination, string]>([
    ['with a Region that is none',       CopyDestination.region('Ireland'),                   sentence('copy-destination-region', `${AT}.region`, 'Ireland')],
    ['with a Region of the deployment',  CopyDestination.region(text('region')),              sentence('copy-destination-region', `${AT}.region`, 'a value of the deployment')],
    ['with an account that is none',     CopyDestination.account('4444'),                     sentence('copy-destination-account', `${AT}.account`, '4444')],
    ['with the Region of the plan',      CopyDestination.region('eu-central-1'),              sentence('copy-destination-elsewhere', AT, 'account 111122223333 in eu-central-1, which is here')],
    ['with two keys',                    account({ encryptionKeyArn: REPLICATED, primaryKeyArn: REPLICATED }), sentence('copy-destination-key', `${AT}.primaryKeyArn`, 'both')],
    ['with an organization that is none', account({ organizationId: 'o-1' }),                 sentence('copy-destination-organization', `${AT}.organizationId`, 'o-1')],
    ['with a role of no name',           account({ recoveryRoleName: 'a role' }),             sentence('copy-destination-role-name', `${AT}.recoveryRoleName`, 'a role')],
    ['with a vault of the deployment',   account({ backupVaultName: text('name') }),          sentence('copy-destination-vault-name', `${AT}.backupVaultName`, 'a value of the deployment')],
    ['without a provider for the Region', CopyDestination.region('eu-west-1'),                sentence('copy-destination-provider', `${AT}.providerAlias`, "none with the alias eu-west-1; add new AwsProvider(stack, 'eu-west-1', { alias: 'eu-west-1', region: 'eu-west-1' }) before the plan")],
    ['without a provider for the account', CopyDestination.account(BUNKER),                   sentence('copy-destination-provider', `${AT}.providerAlias`, `none with the alias eu-central-1-${BUNKER}; add new AwsProvider(stack, 'eu-central-1-${BUNKER}', { alias: 'eu-central-1-${BUNKER}', region: 'eu-central-1', allowedAccountIds: ['${BUNKER}'] }) before the plan`)],
  ])('%s', (_, destination, expected) => {
    expect(refused(destination)).toBe(message('S/Plan', [expected]));
  });

  test('as the vault that a rule backs up into, unless it only names one', () => {
    const rules = (vault: IVault) => ({ backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
    const declare = (vault: IVault) => () => new Plan(stackOf(), 'Plan', rules(vault));
    const said = sentence('copy-destination-target', 'rules[0].vault', `the destination ${BUNKER} eu-west-1`);
    expect(refusal(declare(CopyDestination.account(BUNKER, { region: 'eu-west-1' })))).toBe(message('S/Plan', [said]));
    const named = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:main');
    expect(declare(CopyDestination.vault(named))).not.toThrow();
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['of another Region',               { region: 'us-east-1' },       `eu-central-1-${BUNKER} of the Region us-east-1`],
    ['of another account',              { allowedAccountIds: ['777788889999'] }, `eu-central-1-${BUNKER} of the account 777788889999`],
    ['that does not name its account',  { allowedAccountIds: undefined }, `eu-central-1-${BUNKER} that does not name its account`],
  ])('with a provider %s', (_, over, given) => {
    const stack = stackOf();
    bunker(stack, over);
    expect(refused(CopyDestination.account(BUNKER), stack)).toContain(`got ${given}; make it new AwsProvider(stack, `);
  });

  test('with a provider of another account for another Region', () => {
    const stack = stackOf();
    const provider = west(stack, { allowedAccountIds: [BUNKER] });
    expect(refused(CopyDestination.region('eu-west-1', { provider }), stack)).toContain(
      `${AT}.provider must be an AWS provider of the stack for the Region and the account of the copy, got eu-west-1 of the account ${BUNKER}`,
    );
  });

  test('where the provider of the plan leaves its Region open', () => {
    const stack = new TerraformStack(Testing.app(), 'S');
    new AwsProvider(stack, 'Aws', {});
    west(stack);
    expect(refused(CopyDestination.region('eu-west-1'), stack)).toContain('[copy-destination-environment]');
  });

  test('with other things for the same vault', () => {
    const stack = stackOf();
    west(stack);
    copying(stack, [CopyDestination.region('eu-west-1', { tags: { owner: 'platform' } })]);
    const later = CopyDestination.region('eu-west-1', { tags: { owner: 'data' }, preventDestroy: false });
    expect(refusal(() => copying(stack, [later], {}, 'Second'))).toBe(
      message('S/Second', [
        sentence(
          'copy-destination-conflict',
          `${AT}.tags`,
          '{"owner":"data"}, where it was {"owner":"platform"} before',
        ),
        sentence('copy-destination-conflict', `${AT}.preventDestroy`, 'false, where it was left out before'),
      ]),
    );
  });

  test('with a replica in another account', () => {
    const stack = stackOf();
    bunker(stack, { region: 'eu-west-1', alias: `eu-west-1-${BUNKER}` });
    expect(refused(account({ primaryKeyArn: REPLICATED, region: 'eu-west-1' }), stack)).toContain(
      '[key-replica-account]',
    );
  });
});

test('takes tokens for what Terraform alone has to know', () => {
  const stack = stackOf();
  west(stack);
  const { number, text } = variables(stack);
  const vaultLock = { minRetentionDays: number('least'), maxRetentionDays: number('most') };
  const tags = { owner: text('owner') };
  copying(stack, [CopyDestination.region('eu-west-1', { vaultLock, tags, encryptionKeyArn: text('key') })]);
  expect(only(stack, VAULT)).toMatchObject({ kms_key_arn: '${var.key}', tags: { owner: '${var.owner}' } });
  expect(synth(stack).resource).toHaveProperty('aws_backup_vault_lock_configuration');
});
