// Whose policies decide about a restore: those of the vault, and of the account that restores.
import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DescribeBackupVaultCommand,
  DescribeRecoveryPointCommand,
  PutBackupVaultAccessPolicyCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AcceptResourceShareInvitationCommand,
  CreateResourceShareCommand,
  GetResourceShareInvitationsCommand,
  RAMClient,
} from '@aws-sdk/client-ram';
import { World } from '@holdfast/engine';

const OWNER = '111111111111';
const GUEST = '222222222222';
const region = 'eu-central-1';
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const Metadata = { 'file-system-id': 'fs-1', newFileSystem: 'true' };

async function makeRole(world: World, account: string, RoleName: string, conditions: object, statements = [ALL]) {
  const iam = world.client(IAMClient, { account });
  const trust = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const text = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const AssumeRolePolicyDocument = text([{ ...trust, Condition: conditions }]);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: text(statements) }));
  return `arn:aws:iam::${account}:role/${RoleName}`;
}

/** A World that enforces policies, in which `OWNER` has one point of a file system. */
async function staged(airGapped: boolean) {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: OWNER, region, enforceIam: true });
  const owner = world.client(BackupClient);
  const bounds = { BackupVaultName: 'kept', MinRetentionDays: 7, MaxRetentionDays: 60 };
  await (airGapped
    ? owner.send(new CreateLogicallyAirGappedBackupVaultCommand(bounds))
    : owner.send(new CreateBackupVaultCommand({ BackupVaultName: 'kept' })));
  await world.advance({ minutes: 5 });
  const { arn } = world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  const IamRoleArn = await makeRole(world, OWNER, 'backup', {});
  const Lifecycle = { DeleteAfterDays: 30 };
  await owner.send(new StartBackupJobCommand({ BackupVaultName: 'kept', ResourceArn: arn, IamRoleArn, Lifecycle }));
  await world.advance({ hours: 1 });
  return { world, owner, RecoveryPointArn: world.pointsOf('fs-1')[0]?.recoveryPointArn };
}

async function share(world: World) {
  const ram = world.client(RAMClient);
  const guestRam = world.client(RAMClient, { account: GUEST });
  const resourceArns = [`arn:aws:backup:${region}:${OWNER}:backup-vault:kept`];
  await ram.send(new CreateResourceShareCommand({ name: 'kept', resourceArns, principals: [GUEST] }));
  const { resourceShareInvitations: [invitation] = [] } = await guestRam.send(
    new GetResourceShareInvitationsCommand({}),
  );
  const resourceShareInvitationArn = invitation?.resourceShareInvitationArn;
  await guestRam.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
}

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('the access policy of a vault keeps whom it denies from restoring, though the call does not name it (B7.2/2)', async () => {
  const { world, owner, RecoveryPointArn } = await staged(false);
  const [denied, other] = [await makeRole(world, OWNER, 'denied', {}), await makeRole(world, OWNER, 'other', {})];
  const statement = { Effect: 'Deny', Principal: { AWS: denied }, Action: 'backup:StartRestoreJob', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await owner.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: 'kept', Policy }));
  const restore = (principal: string) =>
    outcome(
      world
        .client(BackupClient, { principal })
        .send(new StartRestoreJobCommand({ RecoveryPointArn, Metadata, IamRoleArn: other })),
    );
  expect(await restore(denied)).toContain('with an explicit deny in a resource-based policy');
  expect(await restore(other)).toBe('none');
});

describe('an account with which a vault is shared (B7.5/5)', () => {
  const asked = (RecoveryPointArn: string | undefined) => {
    const named = { BackupVaultName: 'kept', BackupVaultAccountId: OWNER };
    return {
      vault: new DescribeBackupVaultCommand(named),
      point: new DescribeRecoveryPointCommand({ ...named, RecoveryPointArn }),
    };
  };

  test('lets its own principals look and restore, with a role that trusts AWS Backup for that account alone', async () => {
    const { world, RecoveryPointArn } = await staged(true);
    const operator = await makeRole(world, GUEST, 'operator', {});
    const mine = await makeRole(world, GUEST, 'mine', { StringEquals: { 'aws:SourceAccount': GUEST } });
    const guest = world.client(BackupClient, { account: GUEST, principal: operator });
    expect(await outcome(guest.send(asked(RecoveryPointArn).point))).toContain('AccessDenied');
    await share(world);
    expect(await outcome(guest.send(asked(RecoveryPointArn).vault))).toBe('none');
    expect(await outcome(guest.send(asked(RecoveryPointArn).point))).toBe('none');
    await guest.send(new StartRestoreJobCommand({ RecoveryPointArn, Metadata, IamRoleArn: mine }));
    await world.advance({ hours: 1 });
    expect(world.restoreJobs()).toMatchObject([{ state: 'COMPLETED' }]);
  });

  test('does not with a role that trusts AWS Backup for the owner, nor for whom no policy of its own allows it', async () => {
    const { world, RecoveryPointArn } = await staged(true);
    await share(world);
    const operator = await makeRole(world, GUEST, 'operator', {});
    const theirs = await makeRole(world, GUEST, 'theirs', { StringEquals: { 'aws:SourceAccount': OWNER } });
    const guest = world.client(BackupClient, { account: GUEST, principal: operator });
    await guest.send(new StartRestoreJobCommand({ RecoveryPointArn, Metadata, IamRoleArn: theirs }));
    await world.advance({ hours: 1 });
    expect(world.restoreJobs()).toMatchObject([
      { state: 'FAILED', statusMessage: 'IAM Role cannot be assumed by AWS Backup' },
    ]);
    const list = [{ Effect: 'Allow', Action: 'backup:List*', Resource: '*' }];
    const reader = await makeRole(world, GUEST, 'reader', {}, list);
    const asReader = world.client(BackupClient, { account: GUEST, principal: reader });
    expect(await outcome(asReader.send(asked(RecoveryPointArn).point))).toContain(
      'because no identity-based policy allows the backup:DescribeRecoveryPoint action',
    );
  });
});
