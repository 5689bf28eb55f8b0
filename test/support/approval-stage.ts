// A served World with multi-party approval: what tests of it have in common.
import {
  AssociateBackupVaultMpaApprovalTeamCommand,
  BackupClient,
  CreateLogicallyAirGappedBackupVaultCommand,
} from '@aws-sdk/client-backup';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorld } from '../../engine/src/host/served-world';
import { sendSigned } from './signed';

export const [ACCOUNT, RECOVERY, REGION] = ['111111111111', '222222222222', 'us-east-1'];
export const PREFIX = `arn:aws:mpa:${REGION}:${ACCOUNT}`;
export const SOURCE = `${PREFIX}:identity-source/IamIdentityCenter`;
export const POLICY = 'arn:aws:mpa:::aws:policy/backup.amazonaws.com/CreateRestoreAccessVault';
export const CENTER = {
  IamIdentityCenter: { InstanceArn: 'arn:aws:sso:::instance/ssoins-a1b2c3d4e5f6a7b8', Region: REGION },
};
export const BackupVaultName = 'gap';
export const VAULT_ARN = `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:${BackupVaultName}`;

const clients: { destroy(): void }[] = [];
/** Where the World is served. */
export let front: HttpFront;

export async function begin(enforceIam = false) {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  front = await HttpFront.open(
    new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam }),
  );
}

/** Ends what was begun. */
export async function end(): Promise<void> {
  clients.splice(0).forEach((client) => client.destroy());
  await front.close();
}

export function send(method: string, path: string, body?: object, region = REGION, accessKeyId = ACCOUNT) {
  return sendSigned(front.url, { service: 'mpa', region, accessKeyId }, [method, path, body]);
}

/** The body of an answer that is none of an error. */
export async function ok(method: string, path: string, body?: object) {
  const answer = await send(method, path, body);
  expect([answer.status, answer.error, answer.body]).toEqual([200, null, expect.anything()]);
  return answer.body;
}

export const at = encodeURIComponent;

export function client<C extends { destroy(): void }>(Client: new (config: object) => C, accessKeyId = ACCOUNT): C {
  const credentials = { accessKeyId, secretAccessKey: 'holdfast' };
  const made = new Client({ region: REGION, endpoint: front.url, credentials, maxAttempts: 1 });
  clients.push(made);
  return made;
}

export function approvers(...ids: string[]) {
  return ids.map((PrimaryIdentityId) => ({ PrimaryIdentityId, PrimaryIdentitySourceArn: SOURCE }));
}

export function teamInput(more: object = {}) {
  return {
    Name: 'restores',
    Description: 'who lets others restore',
    ApprovalStrategy: { MofN: { MinApprovalsRequired: 2 } },
    Approvers: approvers('ann', 'bob', 'cy'),
    Policies: [{ PolicyArn: `${POLICY}/$DEFAULT` }],
    ...more,
  };
}

/** An identity source and a team; its ARN. */
export async function withTeam(more: object = {}): Promise<string> {
  await ok('POST', '/identity-sources', { IdentitySourceParameters: CENTER });
  return (await ok('POST', '/approval-teams', teamInput(more))).Arn;
}

export function team(arn: string) {
  return ok('GET', `/approval-teams/${at(arn)}`);
}

export async function waiting(arn: string): Promise<string> {
  const Filters = [{ FieldName: 'SessionStatus', Operator: 'EQ', Value: 'PENDING' }];
  const { Sessions } = await ok('POST', `/approval-teams/${at(arn)}/sessions/?List`, { Filters });
  expect(Sessions).toHaveLength(1);
  return Sessions[0].SessionArn;
}

export async function control(what: string, body: object) {
  const answer = await fetch(`${front.url}/_holdfast/${what}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

export async function answer(session: string, said: 'approve' | 'deny') {
  expect((await control('approvals', { session, answer: said })).status).toBe(200);
}

export async function airGapped(MpaApprovalTeamArn: string) {
  const backup = client(BackupClient);
  await backup.send(
    new CreateLogicallyAirGappedBackupVaultCommand({ BackupVaultName, MinRetentionDays: 7, MaxRetentionDays: 60 }),
  );
  await backup.send(new AssociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName, MpaApprovalTeamArn }));
  return backup;
}
