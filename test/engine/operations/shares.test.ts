import {
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DescribeBackupVaultCommand,
  DescribeRecoveryPointCommand,
  ListBackupVaultsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  AcceptResourceShareInvitationCommand,
  AssociateResourceShareCommand,
  CreateResourceShareCommand,
  DeleteResourceShareCommand,
  DisassociateResourceShareCommand,
  EnableSharingWithAwsOrganizationCommand,
  GetResourceShareInvitationsCommand,
  GetResourceSharesCommand,
  RAMClient,
  RejectResourceShareInvitationCommand,
} from '@aws-sdk/client-ram';
import { World } from '../../../engine/src/testing/world';

const OWNER = '111111111111';
const GUEST = '222222222222';
const region = 'eu-central-1';
const BackupVaultName = 'gap';
const VAULT_ARN = `arn:aws:backup:${region}:${OWNER}:backup-vault:gap`;

/** A World whose account `OWNER` has an air-gapped vault with one point. */
async function stage() {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: OWNER, region });
  const owner = world.client(BackupClient);
  await owner.send(
    new CreateLogicallyAirGappedBackupVaultCommand({ BackupVaultName, MinRetentionDays: 7, MaxRetentionDays: 60 }),
  );
  await owner.send(new CreateBackupVaultCommand({ BackupVaultName: 'plain' }));
  await world.advance({ minutes: 5 });
  const { arn } = world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  await owner.send(
    new StartBackupJobCommand({
      BackupVaultName,
      ResourceArn: arn,
      IamRoleArn: `arn:aws:iam::${OWNER}:role/backup`,
      Lifecycle: { DeleteAfterDays: 30 },
    }),
  );
  await world.advance({ hours: 1 });
  const guest = world.client(BackupClient, { account: GUEST });
  return { world, guest, ram: world.client(RAMClient), guestRam: world.client(RAMClient, { account: GUEST }) };
}

function share(ram: RAMClient, more: object = {}) {
  return ram.send(
    new CreateResourceShareCommand({ name: 'vaults', resourceArns: [VAULT_ARN], principals: [GUEST], ...more }),
  );
}

async function invitation(guestRam: RAMClient) {
  const { resourceShareInvitations } = await guestRam.send(new GetResourceShareInvitationsCommand({}));
  return resourceShareInvitations?.[0];
}

function accept(guestRam: RAMClient, resourceShareInvitationArn: string | undefined) {
  return guestRam.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
}

function look(guest: BackupClient) {
  return guest.send(new DescribeBackupVaultCommand({ BackupVaultName, BackupVaultAccountId: OWNER }));
}

test('a guest looks and restores once it accepted, and copies nothing (B7.5/5, B7.5/4)', async () => {
  const { world, guest, ram, guestRam } = await stage();
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await share(ram);
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await accept(guestRam, (await invitation(guestRam))?.resourceShareInvitationArn);
  expect(await look(guest)).toMatchObject({ BackupVaultArn: VAULT_ARN, NumberOfRecoveryPoints: 1 });
  const listed = await guest.send(new ListBackupVaultsCommand({ ByShared: true }));
  expect(listed.BackupVaultList).toMatchObject([{ BackupVaultArn: VAULT_ARN }]);
  expect((await guest.send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
  const named = { BackupVaultName, BackupVaultAccountId: OWNER };
  const { RecoveryPoints } = await guest.send(new ListRecoveryPointsByBackupVaultCommand(named));
  const RecoveryPointArn = RecoveryPoints?.[0]?.RecoveryPointArn;
  expect(await guest.send(new DescribeRecoveryPointCommand({ ...named, RecoveryPointArn }))).toMatchObject({
    Status: 'COMPLETED',
  });
  const IamRoleArn = `arn:aws:iam::${GUEST}:role/restore`;
  const Metadata = {
    'file-system-id': 'fs-1',
    newFileSystem: 'true',
    Encrypted: 'false',
    PerformanceMode: 'generalPurpose',
  };
  await guest.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
  await world.advance({ hours: 1 });
  expect(world.summary().restoreJobs).toEqual({ COMPLETED: 1 });
  const copy = new StartCopyJobCommand({
    RecoveryPointArn,
    SourceBackupVaultName: BackupVaultName,
    DestinationBackupVaultArn: VAULT_ARN,
    IamRoleArn,
  });
  await expect(guest.send(copy)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

// prettier-ignore
test.each([
  ['a minute before twelve hours', 12 * 60 - 1, 'ACCEPTED'],
  ['at twelve hours',              12 * 60,     'EXPIRED'],
] as const)('an invitation is accepted %s or not (B7.5/5)', async (_, minutes, expected) => {
  const { world, ram, guestRam } = await stage();
  await share(ram);
  const arn = (await invitation(guestRam))?.resourceShareInvitationArn;
  await world.advance({ minutes });
  const name = await accept(guestRam, arn).then(() => 'none', (error: Error) => error.name);
  expect(name).toBe(expected === 'ACCEPTED' ? 'none' : 'ResourceShareInvitationExpiredException');
  expect((await invitation(guestRam))?.status).toBe(expected);
});

test('an invitation is answered once', async () => {
  const { guest, ram, guestRam } = await stage();
  await share(ram);
  const resourceShareInvitationArn = (await invitation(guestRam))?.resourceShareInvitationArn;
  await guestRam.send(new RejectResourceShareInvitationCommand({ resourceShareInvitationArn }));
  await expect(accept(guestRam, resourceShareInvitationArn)).rejects.toThrow('rejected before');
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

// prettier-ignore
test.each([
  ['an organization',          { principals: ['arn:aws:organizations::999999999999:organization/o-1234567890'] },  'OperationNotPermittedException'],
  ['a unit',                   { principals: ['arn:aws:organizations::999999999999:ou/o-1234567890/ou-ab12-1'] },  'OperationNotPermittedException'],
  ['something else',           { principals: ['somebody'] },                                                      'InvalidParameterException'],
] as const)('a vault is not shared with %s (B7.5/5)', async (_, more, name) => {
  const { ram } = await stage();
  await expect(share(ram, more)).rejects.toMatchObject({ name });
});

test('a standard vault, and one of somebody else, is not shared (B7.5/5)', async () => {
  const { ram, guestRam } = await stage();
  const resourceArns = [VAULT_ARN.replace('gap', 'plain')];
  await expect(share(ram, { resourceArns })).rejects.toMatchObject({ name: 'UnknownResourceException' });
  await expect(share(guestRam)).rejects.toMatchObject({ name: 'UnknownResourceException' });
});

describe('in an organization', () => {
  async function organized() {
    const made = await stage();
    const organizations = made.world.client(OrganizationsClient);
    await organizations.send(new CreateOrganizationCommand({}));
    const created = await organizations.send(new CreateAccountCommand({ AccountName: 'm', Email: 'm@example.com' }));
    return { ...made, member: created.CreateAccountStatus?.AccountId ?? '' };
  }

  test('its accounts are let in at once where it shares with itself, others are invited', async () => {
    const { world, ram, guestRam, member } = await organized();
    await ram.send(new EnableSharingWithAwsOrganizationCommand({}));
    await share(ram, { principals: [GUEST, member] });
    expect(await look(world.client(BackupClient, { account: member }))).toMatchObject({ BackupVaultArn: VAULT_ARN });
    expect((await invitation(guestRam))?.status).toBe('PENDING');
    await expect(guestRam.send(new EnableSharingWithAwsOrganizationCommand({}))).rejects.toThrow('management account');
  });

  test('nobody from outside is let into a share that is for its accounts alone', async () => {
    const { ram, member } = await organized();
    await expect(share(ram, { allowExternalPrincipals: false })).rejects.toThrow(`${GUEST} is not in it`);
    const { resourceShare } = await share(ram, { allowExternalPrincipals: false, principals: [member] });
    expect(resourceShare).toMatchObject({ status: 'ACTIVE', allowExternalPrincipals: false });
  });
});

test('vaults and accounts come to a share and leave it', async () => {
  const { guest, ram, guestRam } = await stage();
  const { resourceShare } = await share(ram, { resourceArns: [], principals: [] });
  const resourceShareArn = resourceShare?.resourceShareArn;
  const parts = { resourceShareArn, resourceArns: [VAULT_ARN], principals: [GUEST] };
  const associated = await ram.send(new AssociateResourceShareCommand(parts));
  expect(associated.resourceShareAssociations).toMatchObject([
    { associatedEntity: VAULT_ARN, status: 'ASSOCIATED' },
    { associatedEntity: GUEST, status: 'ASSOCIATING', external: true },
  ]);
  await accept(guestRam, (await invitation(guestRam))?.resourceShareInvitationArn);
  const others = await guestRam.send(new GetResourceSharesCommand({ resourceOwner: 'OTHER-ACCOUNTS' }));
  expect(others.resourceShares).toMatchObject([{ resourceShareArn }]);
  const left = await ram.send(new DisassociateResourceShareCommand({ resourceShareArn, resourceArns: [VAULT_ARN] }));
  expect(left.resourceShareAssociations).toMatchObject([{ associatedEntity: VAULT_ARN, status: 'DISASSOCIATED' }]);
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await ram.send(new AssociateResourceShareCommand({ resourceShareArn, resourceArns: [VAULT_ARN] }));
  await look(guest);
  await ram.send(new DisassociateResourceShareCommand({ resourceShareArn, principals: [GUEST] }));
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('the same request again answers with the share that it made', async () => {
  const { ram } = await stage();
  const first = await share(ram, { clientToken: 'once' });
  const again = await share(ram, { clientToken: 'once' });
  expect(again.resourceShare?.resourceShareArn).toBe(first.resourceShare?.resourceShareArn);
  const other = await share(ram, { clientToken: 'twice' });
  expect(other.resourceShare?.resourceShareArn).not.toBe(first.resourceShare?.resourceShareArn);
});

test('a share that is deleted lets nobody in', async () => {
  const { guest, ram, guestRam } = await stage();
  const { resourceShare } = await share(ram);
  await accept(guestRam, (await invitation(guestRam))?.resourceShareInvitationArn);
  const resourceShareArn = resourceShare?.resourceShareArn;
  await expect(guestRam.send(new DeleteResourceShareCommand({ resourceShareArn }))).rejects.toThrow(
    'could not be found',
  );
  await ram.send(new DeleteResourceShareCommand({ resourceShareArn }));
  await expect(look(guest)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const own = await ram.send(new GetResourceSharesCommand({ resourceOwner: 'SELF' }));
  expect(own.resourceShares).toMatchObject([{ status: 'DELETED' }]);
});
