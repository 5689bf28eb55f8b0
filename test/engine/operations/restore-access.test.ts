import {
  AssociateBackupVaultMpaApprovalTeamCommand,
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  CreateRestoreAccessBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  DescribeRestoreJobCommand,
  DisassociateBackupVaultMpaApprovalTeamCommand,
  ListBackupVaultsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRestoreAccessBackupVaultsCommand,
  RevokeRestoreAccessBackupVaultCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { OrganizationsClient, CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { World } from '../../../engine/src/testing/world';
import { stateOf } from '../../../engine/src/testing/states';

const OWNER = '111111111111';
const RECOVERY = '222222222222';
const TEAM = 'arn:aws:mpa:us-east-1:333333333333:approval-team/backup';
const OTHER_TEAM = 'arn:aws:mpa:us-east-1:333333333333:approval-team/other';
const VAULT_ARN = `arn:aws:backup:eu-central-1:${OWNER}:backup-vault:gap`;
const BackupVaultName = 'gap';

/** A World with an air-gapped vault, and with a team when one is given. */
async function stage(teamArn?: string) {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: OWNER, region: 'eu-central-1' });
  const owner = world.client(BackupClient);
  const recovery = world.client(BackupClient, { account: RECOVERY });
  await owner.send(
    new CreateLogicallyAirGappedBackupVaultCommand({ BackupVaultName, MinRetentionDays: 7, MaxRetentionDays: 60 }),
  );
  await owner.send(new CreateBackupVaultCommand({ BackupVaultName: 'plain' }));
  if (teamArn !== undefined) {
    await associate(owner, teamArn);
  }
  await world.advance({ minutes: 5 });
  return { world, owner, recovery };
}

function associate(owner: BackupClient, MpaApprovalTeamArn: string, name = BackupVaultName) {
  return owner.send(new AssociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName: name, MpaApprovalTeamArn }));
}

function teamOf(owner: BackupClient) {
  return owner.send(new DescribeBackupVaultCommand({ BackupVaultName }));
}

/** The recovery account asks for a way into the vault. */
function ask(recovery: BackupClient, more: object = {}) {
  return recovery.send(new CreateRestoreAccessBackupVaultCommand({ SourceBackupVaultArn: VAULT_ARN, ...more }));
}

async function accessOf(owner: BackupClient) {
  const { RestoreAccessBackupVaults } = await owner.send(new ListRestoreAccessBackupVaultsCommand({ BackupVaultName }));
  return RestoreAccessBackupVaults?.[0];
}

function revoke(owner: BackupClient, RestoreAccessBackupVaultArn: string | undefined) {
  return owner.send(new RevokeRestoreAccessBackupVaultCommand({ BackupVaultName, RestoreAccessBackupVaultArn }));
}

/** ARN of the session that waits. */
function waiting(world: World): string {
  const pending = world.approvals.list().filter(({ status }) => status === 'PENDING');
  expect(pending).toHaveLength(1);
  return pending[0]?.sessionArn ?? '';
}

/** What the log says of sessions. */
function logged(world: World): string[] {
  const approvals = stateOf(world)
    .events()
    .filter(({ kind, what }) => kind === 'approval' && what !== 'team changed');
  return approvals.map(({ what }) => what);
}

describe('the approval team of a logically air-gapped vault', () => {
  test('is there at once when it is the first (B7.5/8)', async () => {
    const { world, owner } = await stage(TEAM);
    expect((await teamOf(owner)).MpaApprovalTeamArn).toBe(TEAM);
    expect(world.approvals.list()).toEqual([]);
  });

  // prettier-ignore
  test.each([
    ['agrees',         true,  'APPROVED', OTHER_TEAM],
    ['does not agree', false, 'FAILED',   TEAM],
  ] as const)('gives way to another when it %s (B7.5/8)', async (_, agrees, status, expected) => {
    const { world, owner } = await stage(TEAM);
    await associate(owner, OTHER_TEAM);
    expect((await teamOf(owner)).MpaApprovalTeamArn).toBe(TEAM);
    const session = waiting(world);
    expect(session).toMatch(/^arn:aws:mpa:us-east-1:333333333333:session\/backup\/[0-9a-f-]{36}$/);
    await expect(associate(owner, OTHER_TEAM)).rejects.toThrow('in progress');
    if (agrees) {
      world.approvals.approve(session);
    } else {
      world.approvals.deny(session);
    }
    const described = await teamOf(owner);
    expect(described.MpaApprovalTeamArn).toBe(expected);
    expect(described.LatestMpaApprovalTeamUpdate).toMatchObject({ MpaSessionArn: session, Status: status });
    await world.advance({ minutes: 1 });
    expect(logged(world)).toEqual(['requested', agrees ? 'approved' : 'denied']);
  });

  test('leaves when it agrees (B7.5/8)', async () => {
    const { world, owner } = await stage(TEAM);
    await owner.send(new DisassociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName }));
    world.approvals.approve(waiting(world));
    expect((await teamOf(owner)).MpaApprovalTeamArn).toBeUndefined();
  });

  test('that is asked for again changes nothing', async () => {
    const { world, owner } = await stage(TEAM);
    await associate(owner, TEAM);
    expect(world.approvals.list()).toEqual([]);
  });

  test('has a day to agree, and not a minute more (B7.5/9)', async () => {
    const { world, owner } = await stage(TEAM);
    await associate(owner, OTHER_TEAM);
    await world.advance({ minutes: 24 * 60 - 1 });
    expect(world.approvals.list()).toMatchObject([{ status: 'PENDING' }]);
    await world.advance({ minutes: 1 });
    const session = world.approvals.list()[0]?.sessionArn ?? '';
    await world.advance({ minutes: 1 });
    expect(world.approvals.list()).toMatchObject([{ status: 'FAILED' }]);
    expect(() => {
      world.approvals.approve(session);
    }).toThrow(`sessionArn must be a PENDING session (now none), got '${session}'`);
    expect((await teamOf(owner)).LatestMpaApprovalTeamUpdate?.StatusMessage).toBe('The approval session expired.');
    expect(logged(world)).toEqual(['requested', 'expired']);
  });

  test('is none of a standard vault, of another Region, or of something else (B7.5/8)', async () => {
    const { owner } = await stage();
    await expect(associate(owner, TEAM, 'plain')).rejects.toThrow('not a logically air-gapped');
    await expect(associate(owner, TEAM.replace('us-east-1', 'eu-west-1'))).rejects.toThrow('us-east-1');
    await expect(associate(owner, VAULT_ARN)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(owner.send(new DisassociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName }))).rejects.toThrow(
      'has no approval team',
    );
  });

  test('comes with the template of the vault', async () => {
    const world = new World({ start: '2027-01-01T00:00:00Z', account: OWNER, region: 'eu-central-1' });
    const env = { partition: 'aws', account: OWNER, region: 'eu-central-1' };
    const bounds = { minRetentionDays: 7, maxRetentionDays: 60 };
    await world.deploy({
      logicallyAirGappedVaults: [{ backupVaultName: BackupVaultName, env, ...bounds, mpaApprovalTeamArn: TEAM }],
    });
    expect((await teamOf(world.client(BackupClient))).MpaApprovalTeamArn).toBe(TEAM);
  });

  test('is there in an organization only where multi-party approval is turned on (B7.5/8)', async () => {
    const { world, owner } = await stage();
    await world.client(OrganizationsClient).send(new CreateOrganizationCommand({}));
    await expect(associate(owner, TEAM)).rejects.toThrow('Multi-party approval is not enabled');
    await owner.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { isMpaEnabled: 'true' } }));
    await associate(owner, TEAM);
    expect((await teamOf(owner)).MpaApprovalTeamArn).toBe(TEAM);
  });
});

test('a logically air-gapped vault is deleted when it is empty, and only then (B7.5/7)', async () => {
  const { world, owner } = await stage();
  const { arn: ResourceArn } = world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  const IamRoleArn = `arn:aws:iam::${OWNER}:role/backup`;
  const Lifecycle = { DeleteAfterDays: 7 };
  await owner.send(new StartBackupJobCommand({ BackupVaultName, ResourceArn, IamRoleArn, Lifecycle }));
  await world.advance({ hours: 1 });
  const remove = () => owner.send(new DeleteBackupVaultCommand({ BackupVaultName }));
  await expect(remove()).rejects.toMatchObject({ Code: 'ERROR_9101' });
  await world.advance({ days: 8 });
  await remove();
  await expect(teamOf(owner)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

describe('a restore access vault', () => {
  test('is CREATING until the team agreed, and shows the points of its source then (B7.5/8, B7.5/9)', async () => {
    const { world, owner, recovery } = await stage(TEAM);
    const files = world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
    await owner.send(
      new StartBackupJobCommand({
        BackupVaultName,
        ResourceArn: files.arn,
        IamRoleArn: `arn:aws:iam::${OWNER}:role/backup`,
        Lifecycle: { DeleteAfterDays: 30 },
      }),
    );
    await world.advance({ hours: 1 });
    const { RestoreAccessBackupVaultName: name, VaultState } = await ask(recovery, { RequesterComment: 'fire' });
    expect([name, VaultState]).toEqual(['restore-access-gap', 'CREATING']);
    const points = () => recovery.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: name }));
    await expect(points()).rejects.toThrow('not available');
    expect(world.approvals.list()).toMatchObject([{ kind: 'grant', requester: RECOVERY, comment: 'fire' }]);
    world.approvals.approve(waiting(world));
    expect((await points()).RecoveryPoints).toMatchObject([{ ResourceArn: files.arn }]);
    expect(await recovery.send(new DescribeBackupVaultCommand({ BackupVaultName: name }))).toMatchObject({
      VaultType: 'RESTORE_ACCESS_BACKUP_VAULT',
      VaultState: 'AVAILABLE',
      SourceBackupVaultArn: VAULT_ARN,
      NumberOfRecoveryPoints: 1,
    });
    const listed = await recovery.send(new ListBackupVaultsCommand({}));
    expect(listed.BackupVaultList).toMatchObject([{ BackupVaultName: name }]);
    const [point] = (await points()).RecoveryPoints ?? [];
    const { RestoreJobId } = await recovery.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: point?.RecoveryPointArn,
        IamRoleArn: `arn:aws:iam::${RECOVERY}:role/restore`,
        Metadata: {
          'file-system-id': 'fs-1',
          newFileSystem: 'true',
          Encrypted: 'false',
          PerformanceMode: 'generalPurpose',
        },
      }),
    );
    await world.advance({ hours: 1 });
    const restored = await recovery.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    expect(restored).toMatchObject({ Status: 'COMPLETED', AccountId: RECOVERY });
    expect(restored.CreatedResourceArn).toContain(`:${RECOVERY}:`);
  });

  test('is FAILED when the team does not agree in time, and can be deleted (B7.5/8, B7.5/9)', async () => {
    const { world, owner, recovery } = await stage(TEAM);
    const { RestoreAccessBackupVaultName: name } = await ask(recovery);
    await world.advance({ days: 1, minutes: 1 });
    expect((await accessOf(owner))?.VaultState).toBe('FAILED');
    await recovery.send(new DeleteBackupVaultCommand({ BackupVaultName: name }));
    expect(await accessOf(owner)).toBeUndefined();
  });

  test('that is deleted while the team is asked takes the session along', async () => {
    const { world, recovery } = await stage(TEAM);
    const { RestoreAccessBackupVaultName: name } = await ask(recovery);
    await recovery.send(new DeleteBackupVaultCommand({ BackupVaultName: name }));
    expect(world.approvals.list()).toMatchObject([{ status: 'FAILED' }]);
  });

  // prettier-ignore
  test.each([
    ['agrees',         true],
    ['does not agree', false],
  ] as const)('is taken away by the owner of its source when the team %s (B7.5/8, B7.5/9)', async (_, agrees) => {
    const { world, owner, recovery } = await stage(TEAM);
    await ask(recovery);
    world.approvals.approve(waiting(world));
    const arn = (await accessOf(owner))?.RestoreAccessBackupVaultArn;
    await revoke(owner, arn);
    await expect(revoke(owner, arn)).rejects.toThrow('in progress');
    expect(await accessOf(owner)).toMatchObject({ VaultState: 'AVAILABLE', LatestRevokeRequest: { Status: 'PENDING' } });
    if (agrees) {
      world.approvals.approve(waiting(world));
      expect(await accessOf(owner)).toBeUndefined();
    } else {
      world.approvals.deny(waiting(world));
      expect(await accessOf(owner)).toMatchObject({ VaultState: 'AVAILABLE', LatestRevokeRequest: { Status: 'FAILED' } });
    }
  });

  test('needs a source with a team, in its Region, and a name that no vault has (B1.1, B7.5/8)', async () => {
    const { owner, recovery } = await stage();
    await expect(ask(recovery)).rejects.toThrow('has no approval team');
    await associate(owner, TEAM);
    await expect(ask(recovery, { SourceBackupVaultArn: `${VAULT_ARN}x` })).rejects.toThrow('does not exist');
    await recovery.send(new CreateBackupVaultCommand({ BackupVaultName: 'taken' }));
    await expect(ask(recovery, { BackupVaultName: 'taken' })).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    const first = await ask(recovery, { BackupVaultName: 'mine', CreatorRequestId: '1' });
    const again = await ask(recovery, { BackupVaultName: 'mine', CreatorRequestId: '1' });
    expect(again.RestoreAccessBackupVaultArn).toBe(first.RestoreAccessBackupVaultArn);
    await expect(ask(recovery, { BackupVaultName: 'mine' })).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(recovery.send(new CreateBackupVaultCommand({ BackupVaultName: 'mine' }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await expect(revoke(owner, VAULT_ARN)).rejects.toThrow('does not exist');
  });
});

describe('several ways into several vaults', () => {
  const OTHER = '444444444444';

  /** Two vaults with a team; two accounts ask for ways into the first, one for a way into the second. */
  async function several() {
    const { world, owner, recovery } = await stage(TEAM);
    const second = { BackupVaultName: 'gap-2', MinRetentionDays: 7, MaxRetentionDays: 60 };
    await owner.send(new CreateLogicallyAirGappedBackupVaultCommand(second));
    await associate(owner, TEAM, 'gap-2');
    const other = world.client(BackupClient, { account: OTHER });
    await ask(other, { BackupVaultName: 'way-b' });
    await ask(recovery, { BackupVaultName: 'way-b' });
    await ask(recovery, { BackupVaultName: 'way-a' });
    await ask(recovery, { SourceBackupVaultArn: `${VAULT_ARN}-2`, BackupVaultName: 'way-c' });
    return { world, owner, recovery, other };
  }

  const waysInto = async (owner: BackupClient, name: string) => {
    const input = { BackupVaultName: name };
    const listed = await owner.send(new ListRestoreAccessBackupVaultsCommand(input));
    return (
      listed.RestoreAccessBackupVaults?.map(({ RestoreAccessBackupVaultArn: arn = '' }) =>
        arn.split(':').slice(4).join(':'),
      ) ?? []
    );
  };

  test('are listed with their source, by ARN, and in their own account (B7.5/8)', async () => {
    const { owner, recovery } = await several();
    expect(await waysInto(owner, 'gap')).toEqual([
      `${RECOVERY}:backup-vault:way-a`,
      `${RECOVERY}:backup-vault:way-b`,
      `${OTHER}:backup-vault:way-b`,
    ]);
    expect(await waysInto(owner, 'gap-2')).toEqual([`${RECOVERY}:backup-vault:way-c`]);
    const { BackupVaultList } = await recovery.send(new ListBackupVaultsCommand({}));
    expect(BackupVaultList?.map(({ BackupVaultName: name }) => name)).toEqual(['way-a', 'way-b', 'way-c']);
  });

  test('are asked for by sessions of their own, of which one that is given up ends alone (B7.5/8, B7.5/9)', async () => {
    const { world, owner, recovery } = await several();
    const sessions = world.approvals.list().map(({ sessionArn }) => sessionArn);
    expect(new Set(sessions).size).toBe(4);
    world.approvals.approve(sessions[3] ?? '');
    await associate(owner, OTHER_TEAM);
    await recovery.send(new DeleteBackupVaultCommand({ BackupVaultName: 'way-b' }));
    const states = () => world.approvals.list().map(({ status }) => status);
    expect(states()).toEqual(['PENDING', 'FAILED', 'PENDING', 'APPROVED', 'PENDING']);
    await world.advance({ days: 1, minutes: 1 });
    expect(states()).toEqual(['FAILED', 'FAILED', 'FAILED', 'APPROVED', 'FAILED']);
  });

  test('that were approved and are given up leave their session approved', async () => {
    const { world, recovery } = await several();
    const session = world.approvals.list()[3]?.sessionArn ?? '';
    world.approvals.approve(session);
    await recovery.send(new DeleteBackupVaultCommand({ BackupVaultName: 'way-c' }));
    const states = world.approvals.list().map(({ status }) => status);
    expect(states).toEqual(['PENDING', 'PENDING', 'PENDING', 'APPROVED']);
  });

  test('asked for again by one name have another session than before', async () => {
    const { world, recovery } = await several();
    await recovery.send(new DeleteBackupVaultCommand({ BackupVaultName: 'way-b' }));
    await ask(recovery, { BackupVaultName: 'way-b' });
    expect(new Set(world.approvals.list().map(({ sessionArn }) => sessionArn)).size).toBe(5);
  });
});
