// Multi-party approval over a socket, with AWS Backup beside it: teams, what they are asked, and what comes of it.
import {
  AssociateBackupVaultMpaApprovalTeamCommand,
  BackupClient,
  CreateRestoreAccessBackupVaultCommand,
  DescribeBackupVaultCommand,
} from '@aws-sdk/client-backup';
import {
  AcceptResourceShareInvitationCommand,
  CreateResourceShareCommand,
  DisassociateResourceShareCommand,
  GetResourceShareInvitationsCommand,
  ListResourceSharePermissionsCommand,
  RAMClient,
} from '@aws-sdk/client-ram';
import {
  RECOVERY,
  PREFIX,
  SOURCE,
  BackupVaultName,
  VAULT_ARN,
  at,
  begin,
  end,
  send,
  ok,
  REGION,
  client,
  approvers,
  teamInput,
  withTeam,
  team,
  waiting,
  control,
  answer,
  airGapped,
} from '../../support/approval-stage';

/** The ARN of a share of the team that the recovery account accepted. */
async function shareWithRecovery(arn: string): Promise<string> {
  const input = { name: 'teams', resourceArns: [arn], principals: [RECOVERY] };
  const { resourceShare } = await client(RAMClient).send(new CreateResourceShareCommand(input));
  const recovery = client(RAMClient, RECOVERY);
  const { resourceShareInvitations = [] } = await recovery.send(new GetResourceShareInvitationsCommand({}));
  const resourceShareInvitationArn = resourceShareInvitations[0]?.resourceShareInvitationArn;
  await recovery.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
  return resourceShare?.resourceShareArn ?? '';
}

beforeEach(() => begin());

afterEach(() => end());

test('a team that was made over the wire is the one that a vault has, and its session lets another account in (B7.5/8)', async () => {
  const arn = await withTeam({ Tags: { for: 'recovery' } });
  expect(arn).toMatch(new RegExp(`^${PREFIX}:approval-team/restores-[0-9a-f-]{36}$`));
  expect(await team(arn)).toMatchObject({ Name: 'restores', Status: 'ACTIVE', NumberOfApprovers: 3 });
  await airGapped(arn);
  const recovery = client(BackupClient, RECOVERY);
  await shareWithRecovery(arn);
  const asked = { SourceBackupVaultArn: VAULT_ARN, RequesterComment: 'we were attacked' };
  const { RestoreAccessBackupVaultName: name } = await recovery.send(new CreateRestoreAccessBackupVaultCommand(asked));
  const session = await waiting(arn);
  expect(await ok('GET', `/sessions/${at(session)}`)).toMatchObject({
    ApprovalTeamName: 'restores',
    ApprovalStrategy: { MofN: { MinApprovalsRequired: 2 } },
    ActionName: 'backup:CreateRestoreAccessBackupVault',
    ProtectedResourceArn: VAULT_ARN,
    RequesterAccountId: RECOVERY,
    RequesterServicePrincipal: 'backup.amazonaws.com',
    RequesterComment: 'we were attacked',
    Status: 'PENDING',
    ExecutionStatus: 'PENDING',
    InitiationTime: '2027-01-01T00:00:00Z',
    ExpirationTime: '2027-01-02T00:00:00Z',
  });
  await answer(session, 'approve');
  const { ApproverResponses, ...rest } = await ok('GET', `/sessions/${at(session)}`);
  expect(rest).toMatchObject({
    Status: 'APPROVED',
    ExecutionStatus: 'EXECUTED',
    CompletionTime: '2027-01-01T00:00:00Z',
  });
  expect(ApproverResponses.map(({ IdentityId, Response }: Record<string, string>) => [IdentityId, Response])).toEqual([
    ['ann', 'APPROVED'],
    ['bob', 'APPROVED'],
    ['cy', 'NO_RESPONSE'],
  ]);
  const vault = await recovery.send(new DescribeBackupVaultCommand({ BackupVaultName: name }));
  expect(vault.VaultState).toBe('AVAILABLE');
});

test('a team answers to the accounts that it is shared with, and they see it (B7.5/8)', async () => {
  const arn = await withTeam();
  await airGapped(arn);
  const recovery = client(BackupClient, RECOVERY);
  const ask = () => recovery.send(new CreateRestoreAccessBackupVaultCommand({ SourceBackupVaultArn: VAULT_ARN }));
  const see = (path: string) => send('GET', path, undefined, REGION, RECOVERY);
  await expect(ask()).rejects.toThrow(`Approval team ${arn} is not shared with account ${RECOVERY}.`);
  expect((await see(`/approval-teams/${at(arn)}`)).status).toBe(403);
  const share = await shareWithRecovery(arn);
  expect((await see(`/approval-teams/${at(arn)}`)).body).toMatchObject({ Arn: arn, Status: 'ACTIVE' });
  const listed = await send('POST', '/approval-teams/?List', undefined, REGION, RECOVERY);
  expect(listed.body.ApprovalTeams).toMatchObject([{ Arn: arn }]);
  const changed = await send('PATCH', `/approval-teams/${at(arn)}`, { Description: 'x' }, REGION, RECOVERY);
  expect(changed.error).toBe('AccessDeniedException');
  const ram = client(RAMClient);
  const { permissions } = await ram.send(new ListResourceSharePermissionsCommand({ resourceShareArn: share }));
  expect(permissions).toMatchObject([{ name: 'AWSRAMMPAApprovalTeamAccess' }]);
  await ask();
  await ram.send(new DisassociateResourceShareCommand({ resourceShareArn: share, resourceArns: [arn] }));
  expect((await see(`/approval-teams/${at(arn)}`)).status).toBe(403);
});

test('a session that its owner cancels lets nobody in, and another team is not there', async () => {
  const arn = await withTeam();
  const backup = await airGapped(arn);
  const other = `${PREFIX}:approval-team/nobody`;
  const command = new AssociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName, MpaApprovalTeamArn: other });
  await expect(backup.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const recovery = client(BackupClient, RECOVERY);
  await shareWithRecovery(arn);
  const asking = new CreateRestoreAccessBackupVaultCommand({ SourceBackupVaultArn: VAULT_ARN });
  const { RestoreAccessBackupVaultName: name } = await recovery.send(asking);
  const session = await waiting(arn);
  await ok('PUT', `/sessions/${at(session)}`);
  expect(await ok('GET', `/sessions/${at(session)}`)).toMatchObject({ Status: 'CANCELLED', ExecutionStatus: 'FAILED' });
  const vault = await recovery.send(new DescribeBackupVaultCommand({ BackupVaultName: name }));
  expect(vault.VaultState).toBe('FAILED');
  expect(await send('PUT', `/sessions/${at(session)}`)).toMatchObject({ status: 409, error: 'ConflictException' });
});

test('an update is a draft until the team agrees; whoever is new is invited; other sessions end', async () => {
  const arn = await withTeam();
  await airGapped(arn);
  const { VersionId: first } = await team(arn);
  const Approvers = approvers('ann', 'bob', 'cy', 'dee');
  const { VersionId } = await ok('PATCH', `/approval-teams/${at(arn)}`, { Description: 'more', Approvers });
  expect(Number(VersionId)).toBeGreaterThan(Number(first));
  expect(await team(arn)).toMatchObject({
    Status: 'ACTIVE',
    StatusCode: 'UPDATE_PENDING_APPROVAL',
    Description: 'who lets others restore',
    VersionId: first,
    PendingUpdate: { VersionId, Description: 'more', NumberOfApprovers: 4, StatusCode: 'UPDATE_PENDING_APPROVAL' },
  });
  const session = await waiting(arn);
  expect(await send('PATCH', `/approval-teams/${at(arn)}`, { Description: 'x' })).toMatchObject({ status: 409 });
  expect(await send('DELETE', `/approval-teams/${at(arn)}/${VersionId}`)).toMatchObject({ status: 409 });
  await shareWithRecovery(arn);
  const asking = new CreateRestoreAccessBackupVaultCommand({ SourceBackupVaultArn: VAULT_ARN });
  await client(BackupClient, RECOVERY).send(asking);
  await answer(session, 'approve');
  const after = await team(arn);
  expect(after).toMatchObject({ Description: 'more', VersionId, NumberOfApprovers: 4, UpdateSessionArn: session });
  expect([after.StatusCode, after.PendingUpdate]).toEqual([undefined, undefined]);
  const { Sessions } = await ok('POST', `/approval-teams/${at(arn)}/sessions/?List`, {});
  expect(
    Sessions.map(({ ActionName, Status, StatusCode }: Record<string, string>) => [ActionName, Status, StatusCode]),
  ).toEqual([
    ['backup:CreateRestoreAccessBackupVault', 'CANCELLED', 'CONFIGURATION_CHANGED'],
    ['mpa:UpdateApprovalTeam', 'APPROVED', undefined],
  ]);
});

test('a draft that was not agreed to stays until it is deleted, one that was cancelled goes', async () => {
  const arn = await withTeam();
  const update = async () => (await ok('PATCH', `/approval-teams/${at(arn)}`, { Description: 'other' })).VersionId;
  const version = await update();
  await answer(await waiting(arn), 'deny');
  expect(await team(arn)).toMatchObject({
    StatusCode: 'UPDATE_FAILED_APPROVAL',
    PendingUpdate: { VersionId: version, StatusCode: 'UPDATE_FAILED_APPROVAL' },
  });
  await ok('DELETE', `/approval-teams/${at(arn)}/${version}`);
  expect((await team(arn)).PendingUpdate).toBeUndefined();
  await update();
  await ok('PUT', `/sessions/${at(await waiting(arn))}`);
  const { StatusCode, PendingUpdate, Description } = await team(arn);
  expect([StatusCode, PendingUpdate, Description]).toEqual([undefined, undefined, 'who lets others restore']);
  await update();
  await control('clock', { advance: 'PT24H1S' });
  expect(await team(arn)).toMatchObject({ StatusCode: 'UPDATE_FAILED_APPROVAL' });
});

test('a team goes when it agrees, after the days that were asked for; its source can go then', async () => {
  const arn = await withTeam();
  const remove = (days?: number) =>
    ok('POST', `/approval-teams/${at(arn)}?Delete`, days === undefined ? {} : { PendingWindowDays: days });
  await remove();
  expect((await team(arn)).StatusCode).toBe('DELETE_PENDING_APPROVAL');
  await answer(await waiting(arn), 'deny');
  expect((await team(arn)).StatusCode).toBe('DELETE_FAILED_APPROVAL');
  expect(await remove(3)).toEqual({
    DeletionStartTime: '2027-01-01T00:00:00Z',
    DeletionCompletionTime: '2027-01-04T00:00:00Z',
  });
  await answer(await waiting(arn), 'approve');
  expect((await team(arn)).Status).toBe('DELETING');
  expect(await send('DELETE', `/identity-sources/${at(SOURCE)}`)).toMatchObject({ error: 'ConflictException' });
  await control('clock', { advance: 'PT71H59M59S' });
  expect((await team(arn)).Status).toBe('DELETING');
  await control('clock', { advance: 'PT2S' });
  expect(await send('GET', `/approval-teams/${at(arn)}`)).toMatchObject({ error: 'ResourceNotFoundException' });
  await ok('DELETE', `/identity-sources/${at(SOURCE)}`);
  await ok('DELETE', `/identity-sources/${at(SOURCE)}`);
  expect((await ok('POST', '/identity-sources/?List')).IdentitySources).toEqual([]);
});

test('a team with an approver from nowhere is INACTIVE until it is updated, or deleted', async () => {
  const Approvers = [...approvers('ann', 'bob'), { PrimaryIdentityId: 'eve', PrimaryIdentitySourceArn: `${SOURCE}x` }];
  const arn = await withTeam({ Approvers });
  expect(await team(arn)).toMatchObject({ Status: 'INACTIVE', StatusCode: 'FAILED_VALIDATION' });
  expect(await send('POST', `/approval-teams/${at(arn)}?Delete`, {})).toMatchObject({ error: 'ConflictException' });
  await expect(airGapped(arn)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await ok('PATCH', `/approval-teams/${at(arn)}`, { Approvers: approvers('ann', 'bob', 'cy') });
  expect((await team(arn)).Status).toBe('ACTIVE');
  const second = (await ok('POST', '/approval-teams', teamInput({ Name: 'second', Approvers }))).Arn;
  const { VersionId } = await team(second);
  await ok('DELETE', `/approval-teams/${at(second)}/${VersionId}`);
  expect(await send('GET', `/approval-teams/${at(second)}`)).toMatchObject({ status: 404 });
});

test('a baseline asks some of a team whether they are there', async () => {
  const arn = await withTeam();
  const ann = (await team(arn)).Approvers[0].ApproverId;
  const begin = async (ApproverIds?: string[]) =>
    (await ok('POST', `/approval-teams/${at(arn)}/baseline`, { ApproverIds })).BaselineSessionArn;
  const session = await begin([ann]);
  expect((await team(arn)).Approvers[0].PendingBaselineSessionArn).toBe(session);
  const again = await ok('GET', `/sessions/${at(await begin([ann]))}`);
  expect(again).toMatchObject({ Status: 'FAILED', StatusCode: 'ALL_APPROVERS_IN_SESSION' });
  await answer(session, 'approve');
  expect((await team(arn)).Approvers.map(({ LastActivity }: Record<string, string>) => LastActivity)).toEqual([
    'BASELINED',
    'RESPONDED_TO_INVITATION',
    'RESPONDED_TO_INVITATION',
  ]);
  const unknown = await send('POST', `/approval-teams/${at(arn)}/baseline`, { ApproverIds: ['x'] });
  expect(unknown.error).toBe('ValidationException');
});
