/**
 * The three-account example under the guardrails of an organization, attacked after 400 days by everybody of its accounts,
 * with all guardrails and without each of them.
 *
 * The management account, which no policy of the organization binds (B11.4/1), can lift them all; that alone it can, and
 * what locks and policies of vaults keep stays kept then.
 */
import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLegalHoldCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultLockConfigurationCommand,
  StartBackupJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AcceptHandshakeCommand,
  InviteAccountToOrganizationCommand,
  ListPoliciesCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { Guardrails } from '@holdfast/cdk';
import { Guardrail, GuardrailStatement } from '@holdfast/model';
import { CfnOrganization, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { App, Stack, Tags } from 'aws-cdk-lib/core';
import type { Attack, Attempt } from '../../../engine/src/attack/attack';
import { World } from '../../../engine/src/testing/world';
import { buildEstate } from '../../../examples/three-accounts/estate';
import { synthCdk } from '../../support/synth';

const MANAGEMENT = '000000000001';
const WORKLOAD = '111122223333';
const MEMBERS = [WORKLOAD, '444455556666', '777788889999'];
const REGION = 'eu-central-1';
const BREAK_GLASS = 'break-glass';
/** Without it everybody of the account who may assume roles is break-glass. */
const SECOND_FACTOR = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
/** What accounts have beside the example: the role and the vault that the console makes, the latter without a lock. */
const DEFAULT_ROLE = 'service-role/AWSBackupDefaultServiceRole';
const DEFAULT_VAULT = 'Default';
const POLICY = 'backup-guardrails-scp-1';

const DAYS = 400;

const GUARDRAILS = Guardrails.recommended({ lockMinRetentionDays: 30 });

/** Recommended guardrails that stop nothing that an attack tries on the example, each with the reason. */
const OUT: Readonly<Record<string, string>> = {
  'protect-approval-teams': 'the example has no air-gapped vault, hence no team',
  'protect-service-linked-roles': 'IAM keeps the roles of AWS Backup while there is what they are for',
  'no-sharing': 'gives points away and destroys none; the table of verdicts of guardrails.test.ts holds it',
  'block-public-snapshots': 'a setting of EC2, which decides no call of those that an attack tries',
  'block-public-images': 'a setting of EC2, which decides no call of those that an attack tries',
};
const HELD = GUARDRAILS.filter(({ id }) => !Object.hasOwn(OUT, id));

/**
 * Who gets through beside the break-glass roles: the two roles that are passed to AWS Backup, by the back door of EC2, as AWS
 * Backup archives snapshots with them. Both trust AWS Backup alone, so that nobody else is them; `protect-exempt-roles`
 * keeps it so.
 */
const PASSED_TO_BACKUP =
  /^arn:aws:iam::111122223333:role\/(service-role\/AWSBackupDefaultServiceRole|shop-backupplandatarole[^/]*)$/;
const BACK_DOORS = ['ec2:ModifySnapshotTier'];

function guardrailsIn(stack: Stack, guardrails: Guardrail[], targetIds?: string[]): CfnPolicy[] {
  return new Guardrails(stack, 'Guardrails', {
    guardrails,
    ...(targetIds === undefined ? {} : { targetIds }),
    breakGlassRoleArns: [`arn:aws:iam::*:role/${BREAK_GLASS}`],
    backupRoleArns: ['arn:aws:iam::*:role/shop-backupplan*', `arn:aws:iam::*:role/${DEFAULT_ROLE}`],
  }).policies;
}

function estate(app: App): void {
  buildEstate(app);
  // The tag by which guardrails know the keys of backups.
  Tags.of(app).add('backup-key', 'true', { includeResourceTypes: ['AWS::KMS::Key'] });
  const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT, region: 'us-east-1' } });
  const organization = new CfnOrganization(stack, 'Organization');
  guardrailsIn(stack, GUARDRAILS, [organization.attrRootId]);
}

/** The service control policy of some guardrails; all of the recommended ones fit into one. */
function policyOf(guardrails: Guardrail[]): CfnPolicy {
  const scps = guardrailsIn(new Stack(new App(), 'Organization'), guardrails).filter(
    ({ type }) => type === 'SERVICE_CONTROL_POLICY',
  );
  expect(scps.map(({ name }) => name)).toEqual([POLICY]);
  return scps[0]!;
}

/** The accounts of the example join the organization, which lets them copy to each other. */
async function join(world: World): Promise<void> {
  const management = world.client(OrganizationsClient, { account: MANAGEMENT });
  for (const account of MEMBERS) {
    const Target = { Id: account, Type: 'ACCOUNT' } as const;
    const { Handshake } = await management.send(new InviteAccountToOrganizationCommand({ Target }));
    const member = world.client(OrganizationsClient, { account });
    await member.send(new AcceptHandshakeCommand({ HandshakeId: Handshake?.Id }));
  }
  const GlobalSettings = { isCrossAccountBackupEnabled: 'true' };
  const backup = world.client(BackupClient, { account: MANAGEMENT, region: 'us-east-1' });
  await backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings }));
}

async function createRole(
  world: World,
  account: string,
  role: string,
  trusts: object,
  policies: string[],
  Condition?: object,
): Promise<void> {
  const iam = world.client(IAMClient, { account });
  const [, Path = '/', RoleName = role] = /^(.*\/)([^/]+)$/.exec(`/${role}`) ?? [];
  const Statement = [{ Effect: 'Allow', Principal: trusts, Action: 'sts:AssumeRole', Condition }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
  for (const policy of policies) {
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }));
  }
}

/** A volume, an instance and a database that somebody backs up by hand, and a legal hold on the points of the shop. */
async function addHandmade(world: World): Promise<void> {
  const backup = world.client(BackupClient, { account: WORKLOAD, region: REGION });
  const BackupVaultName = DEFAULT_VAULT;
  const IamRoleArn = `arn:aws:iam::${WORKLOAD}:role/${DEFAULT_ROLE}`;
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName }));
  for (const ResourceArn of [
    `arn:aws:ec2:${REGION}:${WORKLOAD}:volume/vol-0123456789abcdef0`,
    `arn:aws:ec2:${REGION}:${WORKLOAD}:instance/i-0123456789abcdef0`,
    `arn:aws:rds:${REGION}:${WORKLOAD}:db:ledger`,
  ]) {
    world.add({ arn: ResourceArn });
    await backup.send(new StartBackupJobCommand({ BackupVaultName, ResourceArn, IamRoleArn }));
  }
  const RecoveryPointSelection = { VaultNames: ['shop'] };
  await backup.send(new CreateLegalHoldCommand({ Title: 'case', Description: 'court', RecoveryPointSelection }));
}

async function simulated(days: number): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  const { notRead } = await world.deploy(synthCdk(estate));
  expect(notRead.filter(({ type }) => type.startsWith('AWS::Organizations'))).toEqual([]);
  await join(world);
  for (const account of MEMBERS) {
    await createRole(world, account, BREAK_GLASS, { AWS: account }, ['AdministratorAccess'], SECOND_FACTOR);
  }
  await createRole(world, WORKLOAD, DEFAULT_ROLE, { Service: 'backup.amazonaws.com' }, [
    'service-role/AWSBackupServiceRolePolicyForBackup',
    'service-role/AWSBackupServiceRolePolicyForRestores',
  ]);
  await world.advance({ days: days - 1 });
  await addHandmade(world);
  await world.advance({ days: 1 });
  return world;
}

/** Puts other content into the policy of the guardrails, as the management account does. */
async function replacePolicy(world: World, content: unknown): Promise<void> {
  const management = world.client(OrganizationsClient, { account: MANAGEMENT });
  const { Policies = [] } = await management.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }));
  const PolicyId = Policies.find(({ Name }) => Name === POLICY)?.Id;
  await management.send(new UpdatePolicyCommand({ PolicyId, Content: JSON.stringify(content) }));
}

function nameOf({ principal, action, does, resource }: Attempt): string {
  return `${principal} ${action} (${does}) ${resource}`;
}

function succeeded({ attempts }: Attack): Attempt[] {
  return attempts.filter(({ succeeds }) => succeeds);
}

function isOfManagement({ principal }: Attempt): boolean {
  return principal.split(':')[4] === MANAGEMENT;
}

function isBreakGlass({ principal }: Attempt): boolean {
  return principal.endsWith(`:role/${BREAK_GLASS}`);
}

let world: World;
let guarded: Attack;

beforeAll(async () => {
  world = await simulated(DAYS);
  guarded = world.attack();
});

test('every backup of 400 days was made and copied under the guardrails, and everybody attacks', () => {
  const { backupJobs, copyJobs, recoveryPoints } = world.summary();
  expect([Object.keys(backupJobs), Object.keys(copyJobs)]).toEqual([['COMPLETED'], ['COMPLETED']]);
  const live = Object.entries(recoveryPoints.byVault).map(([arn, vault]) => [arn.split(':').at(-1), vault.live > 90]);
  expect(live).toEqual(
    expect.arrayContaining([
      ['shop', true],
      ['holdfast-copies', true],
      ['forensic-copies', true],
    ]),
  );
  const attackers = guarded.attackers.map(({ principal }) => principal);
  for (const account of MEMBERS) {
    const of = ['root', 'role/Administrator', `role/${BREAK_GLASS}`].map((who) => `arn:aws:iam::${account}:${who}`);
    expect(attackers).toEqual(expect.arrayContaining(of));
  }
  expect([...new Set(attackers.map((arn) => arn.split(':')[4]))]).toEqual([MANAGEMENT, ...MEMBERS]);
});

test('nothing destructive succeeds but for the break-glass roles, and the roles of AWS Backup by its own doors', async () => {
  const others = succeeded(guarded).filter((attempt) => !isBreakGlass(attempt) && !isOfManagement(attempt));
  const excepted = others.filter(
    ({ principal, action }) => PASSED_TO_BACKUP.test(principal) && BACK_DOORS.includes(action),
  );
  expect(others.map(nameOf)).toEqual(excepted.map(nameOf));
  const roles = [...new Set(excepted.map(({ principal }) => principal))];
  expect(roles).toHaveLength(2);
  for (const arn of roles) {
    const iam = world.client(IAMClient, { account: WORKLOAD });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }));
    const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as {
      Statement: { Principal: unknown }[];
    };
    expect(trust.Statement.map(({ Principal }) => Principal)).toEqual([{ Service: 'backup.amazonaws.com' }]);
  }
  const broken = succeeded(guarded).filter(isBreakGlass);
  expect([...new Set(broken.map(({ principal }) => principal.split(':')[4]))]).toEqual(MEMBERS);
  expect(broken.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['backup:DeleteRecoveryPoint', 'ec2:DisableImage', 'kms:ScheduleKeyDeletion']),
  );
});

test('the management account reaches nothing of its members but by its organization: it lifts their policies, or moves them (B11.4/1)', () => {
  const through = succeeded(guarded).filter(isOfManagement);
  const own = ({ target }: Attempt) => target === 'account';
  expect(new Set(through.filter((attempt) => !own(attempt)).map(({ action }) => action))).toEqual(
    new Set([
      'organizations:DisablePolicyType',
      'organizations:DisableAWSServiceAccess',
      'organizations:PutResourcePolicy',
      'backup:UpdateGlobalSettings',
      'organizations:DetachPolicy',
      'organizations:UpdatePolicy',
      'organizations:RemoveAccountFromOrganization',
      'organizations:CloseAccount',
    ]),
  );
  expect(new Set(through.filter(own).map(({ resource }) => resource))).toEqual(new Set([MANAGEMENT]));
  const members = through.filter(({ action }) => action === 'organizations:CloseAccount');
  expect(new Set(members.map(({ resource }) => resource.split('/').at(-1)))).toEqual(new Set(MEMBERS));
});

test('a break-glass role that asks for no second factor is whoever in its account may assume it', async () => {
  const [, account = ''] = MEMBERS;
  const iam = world.client(IAMClient, { account });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: BREAK_GLASS }));
  const kept = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const put = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: BREAK_GLASS, PolicyDocument }));
  await put(kept.replace(/,"Condition":\{"Bool":[^}]*\}\}/, ''));
  const administrator = `arn:aws:iam::${account}:role/Administrator`;
  const through = succeeded(world.attack(administrator));
  await put(kept);
  expect(through.map(({ action }) => action)).toEqual(expect.arrayContaining(['kms:ScheduleKeyDeletion']));
  const way = [`arn:aws:iam::${account}:role/${BREAK_GLASS}`];
  expect(through.map((attempt) => attempt.through)).toEqual(through.map(() => way));
  expect(succeeded(world.attack(administrator))).toEqual([]);
});

describe('each guardrail', () => {
  const { statements } = policyOf(GUARDRAILS).getMetadata('Holdfast') as {
    statements: Readonly<Record<string, Omit<GuardrailStatement, 'sid'>>>;
  };

  /** Attempts that a statement of the guardrail stopped. */
  function stoppedBy({ id }: Guardrail): Attempt[] {
    return guarded.attempts.filter(
      ({ stoppedBy: stop }) =>
        stop?.policy?.startsWith(`${POLICY} at r-`) === true &&
        statements[stop.statement ?? '']?.guardrails.includes(id) === true,
    );
  }

  /** What gets through without the guardrail and did not before. */
  async function throughWithout(guardrail: Guardrail): Promise<Attempt[]> {
    const rest = GUARDRAILS.filter((one) => one !== guardrail);
    expect(rest).toHaveLength(GUARDRAILS.length - 1);
    await replacePolicy(world, policyOf(rest).content);
    const before = new Set(succeeded(guarded).map(nameOf));
    return succeeded(world.attack()).filter((attempt) => !before.has(nameOf(attempt)));
  }

  afterEach(() => replacePolicy(world, policyOf(GUARDRAILS).content));

  test.each(HELD.map((guardrail): [string, Guardrail] => [guardrail.id, guardrail]))(
    'without %s an attack that it stopped succeeds',
    async (_, guardrail) => {
      const all = await throughWithout(guardrail);
      expect(all).not.toEqual([]);
      // Whoever becomes somebody whom guardrails exempt does more than what the guardrail names, by a call that it names.
      const through = all.filter(({ steps }) => !steps.some(({ action }) => guardrail.actions.includes(action)));
      const stopped = new Set(stoppedBy(guardrail).map(nameOf));
      expect(through.filter((attempt) => !stopped.has(nameOf(attempt)))).toEqual([]);
      expect(through.filter(({ action }) => !guardrail.actions.includes(action))).toEqual([]);
    },
  );

  test.each(Object.entries(OUT))('without %s nothing more succeeds: %s', async (id) => {
    const [guardrail] = GUARDRAILS.filter((one) => one.id === id);
    expect(await throughWithout(guardrail!)).toEqual([]);
  });

  test('is back afterwards', () => {
    expect(world.attack()).toEqual(guarded);
  });
});

test('without any guardrail of the organization, policies and locks of the vaults keep the copies while they stand', async () => {
  const bare = await simulated(20);
  await replacePolicy(bare, {
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: 's3:ListBucket', Resource: '*' },
  });
  const deletions = (account: string): [boolean, string | null | undefined][] => {
    const { attempts } = bare.attack(`arn:aws:iam::${account}:role/Administrator`);
    return attempts
      .filter(({ action }) => action === 'backup:DeleteRecoveryPoint')
      .map(({ succeeds, stoppedBy }) => [succeeds, stoppedBy?.policyType ?? stoppedBy?.kind]);
  };
  const each = (outcome: [boolean, string | undefined]) => [outcome, outcome];
  for (const [account, region, BackupVaultName, after] of [
    [MEMBERS[1]!, 'eu-west-1', 'holdfast-copies', [true, undefined]],
    // For ever since the 14th day.
    [MEMBERS[2]!, 'eu-north-1', 'forensic-copies', [false, 'state']],
  ] as const) {
    expect(deletions(account)).toEqual(each([false, 'resource']));
    const backup = bare.client(BackupClient, { account, region });
    await backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
    expect(deletions(account)).toEqual(each([false, 'state']));
    const unlock = backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
    await (after[0] ? unlock : expect(unlock).rejects.toThrow());
    expect(deletions(account)).toEqual(each([...after]));
  }
});
