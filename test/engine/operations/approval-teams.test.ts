// Approval teams where the clock stands still until it is moved, and who may do what with them.
import { WorldState } from '../../../engine/src/domain/world-state';
import { authorize } from '../../../engine/src/operations/authorize';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';
import { createApprovalTeam } from '../../../engine/src/operations/mpa/create-approval-team';
import { createIdentitySource } from '../../../engine/src/operations/mpa/create-identity-source';
import { getApprovalTeam } from '../../../engine/src/operations/mpa/get-approval-team';
import { getIdentitySource } from '../../../engine/src/operations/mpa/get-identity-source';
import { tagResource } from '../../../engine/src/operations/mpa/tag-resource';
import { updateApprovalTeam } from '../../../engine/src/operations/mpa/update-approval-team';

const ACCOUNT = '111111111111';
const ENV = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
const START = Date.UTC(2027, 0, 1);
const MINUTE = 60_000;
const SOURCE = `arn:aws:mpa:us-east-1:${ACCOUNT}:identity-source/IamIdentityCenter`;
const InstanceArn = 'arn:aws:sso:::instance/ssoins-a1b2c3d4e5f6a7b8';

function approvers(...ids: string[]) {
  return ids.map((PrimaryIdentityId) => ({ PrimaryIdentityId, PrimaryIdentitySourceArn: SOURCE }));
}

/** A World with a team that was just made; its ARN. */
function stage(enforceIam = false) {
  const state = new WorldState({ start: START, enforceIam });
  const IamIdentityCenter = { InstanceArn, Region: 'us-east-1' };
  createIdentitySource(state, ENV, { IdentitySourceParameters: { IamIdentityCenter } });
  const made = createApprovalTeam(state, ENV, {
    Name: 'restores',
    Description: 'd',
    ApprovalStrategy: { MofN: { MinApprovalsRequired: 2 } },
    Approvers: approvers('ann', 'bob', 'cy'),
    Policies: [{ PolicyArn: 'arn:aws:mpa:::aws:policy/backup.amazonaws.com/CreateRestoreAccessVault/1' }],
    Tags: { keep: 'yes' },
  });
  return { state, arn: made.Arn ?? '' };
}

function statusAt(state: WorldState, arn: string, at: number): (string | undefined)[] {
  state.runUntil(at);
  const { Status, StatusCode } = getApprovalTeam(state, ENV, { Arn: arn });
  return [Status, StatusCode];
}

test('a team is validated and its approvers invited before it is ACTIVE, a minute each', () => {
  const { state, arn } = stage();
  const source = () => getIdentitySource(state, ENV, { IdentitySourceArn: SOURCE }).Status;
  expect([statusAt(state, arn, START), source()]).toEqual([['PENDING', 'VALIDATING'], 'CREATING']);
  const invited = ['PENDING', 'PENDING_ACTIVATION'];
  expect([statusAt(state, arn, START + MINUTE + 1), source()]).toEqual([invited, 'ACTIVE']);
  const [approver] = getApprovalTeam(state, ENV, { Arn: arn }).Approvers ?? [];
  expect(approver).toMatchObject({ PrimaryIdentityId: 'ann', PrimaryIdentityStatus: 'PENDING' });
  const busy = () => updateApprovalTeam(state, ENV, { Arn: arn, Description: 'other' });
  expect(busy).toThrow('The approval team restores is PENDING, PENDING_ACTIVATION.');
  expect(statusAt(state, arn, START + 2 * MINUTE + 1)).toEqual(['ACTIVE', undefined]);
});

test('an update with somebody new waits for the invitation after the team agreed', () => {
  const { state, arn } = stage();
  const at = START + 10 * MINUTE;
  state.runUntil(at);
  updateApprovalTeam(state, ENV, { Arn: arn, Approvers: approvers('ann', 'bob', 'dee') });
  const [session] = state.access.list();
  state.access.decide(session as NonNullable<typeof session>, true);
  expect(statusAt(state, arn, at)).toEqual(['ACTIVE', 'UPDATE_PENDING_ACTIVATION']);
  const named = () =>
    getApprovalTeam(state, ENV, { Arn: arn }).Approvers?.map(({ PrimaryIdentityId }) => PrimaryIdentityId);
  expect(named()).toEqual(['ann', 'bob', 'cy']);
  expect(statusAt(state, arn, at + MINUTE + 1)).toEqual(['ACTIVE', undefined]);
  expect(named()).toEqual(['ann', 'bob', 'dee']);
});

const ALL = { Effect: 'Allow', Action: 'mpa:*', Resource: '*' };
const UPDATE = 'UpdateApprovalTeam';

/** Whether policies let a user do it with the team. */
function allowed(operation: string, statements: readonly object[], input: object | undefined): string {
  const { state, arn } = stage(true);
  createUser(state, ENV, { UserName: 'ops' });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements }).replaceAll('TEAM', arn);
  putUserPolicy(state, ENV, { UserName: 'ops', PolicyName: 'own', PolicyDocument });
  tagResource(state, ENV, { ResourceArn: arn, Tags: { later: 'yes' } });
  const caller = { ...ENV, principalArn: `arn:aws:iam::${ACCOUNT}:user/ops` };
  try {
    authorize(state, caller, 'mpa', operation, input ?? { Arn: arn });
    return 'allowed';
  } catch (error) {
    return /on resource: (\S+) /.exec((error as Error).message)?.[1]?.replace(arn, 'TEAM') ?? String(error);
  }
}

// prettier-ignore
test.each<[operation: string, statements: object[], outcome: string, input: object | undefined]>([
  [UPDATE,                 [ALL],                                                                               'allowed', undefined],
  [UPDATE,                 [],                                                                                  'TEAM', undefined],
  [UPDATE,                 [{ ...ALL, Resource: 'TEAM' }],                                                      'allowed', undefined],
  [UPDATE,                 [{ ...ALL, Action: 'mpa:Get*' }],                                                    'TEAM', undefined],
  [UPDATE,                 [{ ...ALL, Condition: { StringEquals: { 'aws:ResourceTag/keep': 'yes' } } }],        'allowed', undefined],
  [UPDATE,                 [{ ...ALL, Condition: { StringEquals: { 'aws:ResourceTag/later': 'yes' } } }],       'allowed', undefined],
  [UPDATE,                 [{ ...ALL, Condition: { StringEquals: { 'aws:ResourceTag/keep': 'no' } } }],         'TEAM', undefined],
  ['CreateApprovalTeam',   [{ ...ALL, Condition: { StringEquals: { 'aws:RequestTag/a': '1' } } }],              'allowed', { Name: 't', Tags: { a: '1' } }],
  ['CreateApprovalTeam',   [],                                                   `${SOURCE.split(':identity')[0]}:approval-team/t-*`, { Name: 't' }],
  ['CreateIdentitySource', [{ ...ALL, Resource: SOURCE }],                                                      'allowed', { IdentitySourceParameters: {} }],
  ['CreateIdentitySource', [],                                                                                  SOURCE,    { IdentitySourceParameters: {} }],
  ['ListApprovalTeams',    [{ ...ALL, Resource: 'TEAM' }],                                                      '*',       {}],
])('mpa:%s by %j is %s', (operation, statements, outcome, input) => {
  expect(allowed(operation, statements, input)).toBe(outcome);
});
