// Identities of several accounts and partitions side by side, and what is answered about them to jobs.
import { NO_REASON, ROLE_UNASSUMABLE } from '../../../engine/src/domain/reasons';
import { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { deploy } from '../../../engine/src/ingest/deploy';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { attachUserPolicy } from '../../../engine/src/operations/iam/attach-user-policy';
import { createPolicy } from '../../../engine/src/operations/iam/create-policy';
import { createPolicyVersion } from '../../../engine/src/operations/iam/create-policy-version';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { deletePolicy } from '../../../engine/src/operations/iam/delete-policy';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { deleteUser } from '../../../engine/src/operations/iam/delete-user';
import { getPolicy } from '../../../engine/src/operations/iam/get-policy';
import { getUser } from '../../../engine/src/operations/iam/get-user';
import { listEntitiesForPolicy } from '../../../engine/src/operations/iam/list-entities-for-policy';
import { listPolicies } from '../../../engine/src/operations/iam/list-policies';
import { listRoles } from '../../../engine/src/operations/iam/list-roles';
import { listUsers } from '../../../engine/src/operations/iam/list-users';
import { putRolePermissionsBoundary } from '../../../engine/src/operations/iam/put-role-permissions-boundary';
import { backedUp, DISK, enforced, ESTATE, FILES, last, restored, TRUST } from '../scenarios/enforced-stage';
import { ENV, resource, ROLE, until, vault, vaultArn, world } from '../scenarios/stage';

const OTHER = { ...ENV, account: '444455556666' };
const CHINA = { ...ENV, partition: 'aws-cn', region: 'cn-north-1' };
const NAMES = ['carl', 'anna', 'dora', 'bert'];
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const SCANNER = 'malware-protection.guardduty.amazonaws.com';

describe('an account', () => {
  const filled = () => {
    const state = world('2027-01-01', {});
    for (const env of [ENV, OTHER, CHINA]) {
      for (const name of env === ENV ? NAMES : NAMES.slice(0, 1)) {
        createRole(state, env, { RoleName: name, AssumeRolePolicyDocument: TRUST });
        createUser(state, env, { UserName: name });
        createPolicy(state, env, { PolicyName: name, PolicyDocument: POLICY });
      }
    }
    return state;
  };

  test('lists its roles, users and policies by ARN, and those of no other account or partition', () => {
    const state = filled();
    const listed = (env = ENV) => [
      listRoles(state, env, {}).Roles?.map(({ RoleName }) => RoleName),
      listUsers(state, env, {}).Users?.map(({ UserName }) => UserName),
      listPolicies(state, env, { Scope: 'Local' }).Policies?.map(({ PolicyName }) => PolicyName),
    ];
    const sorted = [...NAMES].sort();
    expect(listed()).toEqual([sorted, sorted, sorted]);
    expect(listed(OTHER)).toEqual([['carl'], ['carl'], ['carl']]);
    expect(listed(CHINA)).toEqual([['carl'], ['carl'], ['carl']]);
  });

  test('finds a user by name among its own', () => {
    const state = filled();
    expect(getUser(state, ENV, { UserName: 'bert' }).User?.Arn).toBe(`arn:aws:iam::${ENV.account}:user/bert`);
    expect(() => getUser(state, OTHER, { UserName: 'bert' })).toThrow();
    expect(() => getUser(state, { ...ENV, account: '777788889999' }, { UserName: 'carl' })).toThrow();
    expect(() => getUser(state, ENV, { UserName: 'emil' })).toThrow();
    deleteUser(state, ENV, { UserName: 'carl' });
    expect(getUser(state, OTHER, { UserName: 'carl' }).User?.Arn).toBe(`arn:aws:iam::${OTHER.account}:user/carl`);
  });

  test('keeps a policy that is the boundary of a role, as it does one that is attached', () => {
    const state = filled();
    const PolicyArn = `arn:aws:iam::${ENV.account}:policy/carl`;
    putRolePermissionsBoundary(state, ENV, { RoleName: 'anna', PermissionsBoundary: PolicyArn });
    expect(() => deletePolicy(state, ENV, { PolicyArn })).toThrow();
    attachUserPolicy(state, ENV, { UserName: 'dora', PolicyArn: PolicyArn.replace('carl', 'bert') });
    attachUserPolicy(state, ENV, { UserName: 'dora', PolicyArn });
    const held = (PolicyUsageFilter?: 'PermissionsBoundary' | 'PermissionsPolicy') => {
      const { PolicyRoles, PolicyUsers } = listEntitiesForPolicy(state, ENV, {
        PolicyArn,
        ...(PolicyUsageFilter === undefined ? {} : { PolicyUsageFilter }),
      });
      return [
        ...(PolicyRoles ?? []).map(({ RoleName }) => RoleName),
        ...(PolicyUsers ?? []).map(({ UserName }) => UserName),
      ];
    };
    expect(held()).toEqual(['anna', 'dora']);
    expect([held('PermissionsBoundary'), held('PermissionsPolicy')]).toEqual([['anna'], ['dora']]);
    expect(getPolicy(state, ENV, { PolicyArn }).Policy).toMatchObject({
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
    });
    deletePolicy(state, ENV, { PolicyArn: PolicyArn.replace('carl', 'anna') });
  });
});

test('the version of a policy that is the default is the one that decides', () => {
  const state = enforced([]);
  const allow = (Action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const PolicyArn = createPolicy(state, ENV, { PolicyName: 'backup', PolicyDocument: allow('ec2:Describe*') }).Policy
    ?.Arn;
  putRolePermissionsBoundary(state, ENV, { RoleName: 'backup', PermissionsBoundary: PolicyArn });
  const more = enforced();
  const arn = createPolicy(more, ENV, { PolicyName: 'backup', PolicyDocument: allow('ec2:Describe*') }).Policy?.Arn;
  putRolePermissionsBoundary(more, ENV, { RoleName: 'backup', PermissionsBoundary: arn });
  expect(backedUp(more)).not.toBe('COMPLETED');
  createPolicyVersion(more, ENV, { PolicyArn: arn, PolicyDocument: allow('ec2:*'), SetAsDefault: false });
  expect(backedUp(more)).not.toBe('COMPLETED');
  createPolicyVersion(more, ENV, { PolicyArn: arn, PolicyDocument: allow('ec2:*'), SetAsDefault: true });
  expect(backedUp(more)).toBe('COMPLETED');
});

describe('what is answered about a role', () => {
  const stage = (enforceIam: boolean) => {
    const state = new WorldState({ start: parseInstant('2027-01-01'), enforceIam, keepEvents: 1000 });
    deploy(state, { vaults: [vault('aa'), vault('bb')], resources: [DISK] });
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    const [aa, bb] = ['aa', 'bb'].map((name) => state.ledger.vaults.tryFindByArn(vaultArn(name)));
    const disk = state.ledger.resources.tryFind(DISK.arn);
    if (aa === undefined || bb === undefined || disk === undefined) {
      throw new Error('the stage is not set');
    }
    return { state, aa, bb, disk, permissions: state.ledger.permissions };
  };

  test('is told for each vault and for each service that would assume it', () => {
    const { state, aa, bb, permissions } = stage(false);
    const only = {
      Effect: 'Allow',
      Principal: { Service: 'backup.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { ArnLike: { 'aws:SourceArn': bb.arn } },
    };
    createRole(state, ENV, {
      RoleName: 'narrow',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: only }),
    });
    const narrow = ROLE.replace(/backup$/, 'narrow');
    for (let n = 0; n < 2; n++) {
      expect(permissions.assumed(ROLE, aa)).toBe(NO_REASON);
      expect(permissions.assumed(ROLE, aa, SCANNER)).toBe(ROLE_UNASSUMABLE);
      expect(permissions.assumed(ROLE, bb, SCANNER)).toBe(ROLE_UNASSUMABLE);
      expect(permissions.assumed(ROLE, bb)).toBe(NO_REASON);
      expect([permissions.assumed(narrow, aa), permissions.assumed(narrow, bb)]).toEqual([ROLE_UNASSUMABLE, NO_REASON]);
    }
    deleteRole(state, ENV, { RoleName: 'backup' });
    expect(permissions.assumed(ROLE, aa)).toBe(ROLE_UNASSUMABLE);
  });

  test('is yes for none, and for the service-linked role that no account can change', () => {
    const { state, aa, disk, permissions } = stage(true);
    const linked = `arn:aws:iam::${ENV.account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
    state.ledger.roles.strict = true;
    expect([permissions.assumed(undefined, aa), permissions.assumed(linked, aa)]).toEqual([NO_REASON, NO_REASON]);
    expect(permissions.assumed(`${ROLE}2`, aa)).toBe(ROLE_UNASSUMABLE);
    expect(permissions.backup(undefined, aa, disk)).toBe(NO_REASON);
    expect(permissions.backup(ROLE, aa, disk)).not.toBe(NO_REASON);
  });

  test('about points is yes where no role is asked for', () => {
    const state = enforced();
    backedUp(state);
    const { permissions, vaults } = state.ledger;
    const second = vaults.tryFindByArn(vaultArn('second'));
    expect(second && permissions.copy(undefined, 0, second)).toBe(NO_REASON);
    expect([permissions.deletion(undefined, 0), permissions.restore(undefined, 0, DISK.arn, ENV)]).toEqual([
      NO_REASON,
      NO_REASON,
    ]);
    expect(second && permissions.copy(`${ROLE}2`, 0, second)).not.toBe(NO_REASON);
    expect(permissions.deletion(`${ROLE}2`, 0)).not.toBe(NO_REASON);
    expect(permissions.restore(`${ROLE}2`, 0, DISK.arn, ENV)).not.toBe(NO_REASON);
  });
});

test('the log tells of a denial where a policy was in the way, and of nothing else', () => {
  const denials = (state: WorldState) => state.events().filter(({ kind }) => kind === 'access');
  const state = enforced();
  backedUp(state, FILES.arn, 'main');
  expect([last(state, FILES.arn), denials(state)]).toEqual(['COMPLETED', []]);
  deleteRoleOf(state);
  backedUp(state);
  expect(last(state, DISK.arn)).toBe('IAM Role cannot be assumed by AWS Backup');
  expect(denials(state)).toEqual([]);
  const taken = resource('dynamodb-advanced', 'orders');
  const plain = world('2027-01-01', { ...ESTATE, resources: [taken] });
  backedUp(plain, taken.arn);
  expect(restored(plain, taken.arn, { targetTableName: 'orders' })).toBe('FAILED');
  expect(denials(plain)).toEqual([]);
  const refused = enforced();
  backedUp(refused);
  startRestoreJob(refused, ENV, {
    RecoveryPointArn: refused.pointsOf(DISK.arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { availabilityZone: `${ENV.region}a`, encrypted: 'false' },
  });
  until(refused, '2027-01-02');
  expect(denials(refused)).toMatchObject([{ what: 'denied', resourceArn: DISK.arn }]);
  const texts = [state, plain, refused].flatMap((one) => one.events().map(({ why }) => why));
  expect(texts.filter((why) => why.includes('undefined'))).toEqual([]);
});

function deleteRoleOf(state: WorldState): void {
  for (const role of state.ledger.roles.rolesOf(ENV)) {
    role.attached.clear();
    deleteRole(state, ENV, { RoleName: role.name });
  }
}
