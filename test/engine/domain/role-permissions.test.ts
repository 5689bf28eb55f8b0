// What the roles of jobs may do in a World whose policies decide.
import { ServiceSupport } from '@holdfast/model';
import {
  BACKUP_ACTIONS,
  DELETION_ACTIONS,
  NeededAction,
  RESTORE_ACTIONS,
} from '../../../engine/src/domain/job-actions';
import { NO_REASON } from '../../../engine/src/domain/reasons';
import { isAction } from '../../../engine/src/domain/policy/action-tables';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { detachRolePolicy } from '../../../engine/src/operations/iam/detach-role-policy';
import { putRolePermissionsBoundary } from '../../../engine/src/operations/iam/put-role-permissions-boundary';
import { createGrant } from '../../../engine/src/operations/kms/create-grant';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { CMK, DAY, ENV, HOUR, plan, resource, ROLE, rule, until, vaultArn, world } from '../scenarios/stage';
import {
  allow,
  backedUp,
  BACKUPS,
  copied,
  deny,
  DISK,
  enforced,
  ESTATE,
  FILES,
  KEY_ID,
  last,
  NO_ACCESS,
  NO_KEY,
  NOT_AUTHORIZED,
  own,
  restored,
  RESTORES,
  TABLE,
  TRUST,
} from '../scenarios/enforced-stage';

const IAM_ROWS = [BACKUP_ACTIONS, DELETION_ACTIONS, RESTORE_ACTIONS].flatMap((table) =>
  Object.entries(table).flatMap(([service, actions]) =>
    actions.map((needed): [string, string, NeededAction] => [service, needed.action, needed]),
  ),
);

test.each(IAM_ROWS)('%s: %s is an action that AWS has, of a service that is backed up', (service, action) => {
  expect([isAction(action), ServiceSupport.all().some(({ id }) => id === service)]).toEqual([true, true]);
});

test('every service has what its backup needs', () => {
  expect(Object.keys(BACKUP_ACTIONS).sort()).toEqual(
    ServiceSupport.all()
      .map(({ id }) => id)
      .sort(),
  );
});

test('what is asked as if policies decided leaves it as it was whether they do', () => {
  const { permissions } = world('2027-01-01', {}).ledger;
  expect([permissions.asEnforced(() => permissions.enforced), permissions.enforced]).toEqual([true, false]);
  const fails = () => {
    throw new Error('so');
  };
  expect(() => permissions.asEnforced(fails)).toThrow('so');
  expect(permissions.enforced).toBe(false);
});

describe('a backup', () => {
  test.each([DISK, TABLE])('of $service completes with the managed policy, and fails without', ({ arn }) => {
    expect(backedUp(enforced(), arn)).toBe('COMPLETED');
    expect(backedUp(enforced([]), arn)).toBe(NOT_AUTHORIZED);
  });

  test('says which policy kept it, in the job, in the log, and to whoever asks for the resource', () => {
    const state = enforced();
    own(state, { Sid: 'NoSnapshots', ...deny('ec2:CreateSnapshot') });
    backedUp(state);
    const because =
      'the role may not back up the resource (arn:aws:sts::111122223333:assumed-role/backup/AWSBackup-backup may not' +
      ` ec2:CreateSnapshot ${DISK.arn}: NoSnapshots of the identity-based policy own of ${ROLE} denies it)`;
    expect(state.jobsOf(DISK.arn).at(-1)?.why).toBe(because);
    const [event] = state.events().filter(({ kind }) => kind === 'access');
    expect(event).toMatchObject({ what: 'denied', resourceArn: DISK.arn, backupVaultArn: vaultArn('main') });
    expect(because).toContain(event?.why ?? 'none');
  });

  test('follows a policy for one resource, or for what has a tag', () => {
    const tagged = resource('ebs', 'vol-0123456789abcdef1', { tags: { keep: 'yes' } });
    const state = enforced([], { ...ESTATE, resources: [DISK, tagged] });
    own(state, allow('ec2:CreateSnapshot', DISK.arn));
    expect([backedUp(state), backedUp(state, tagged.arn)]).toEqual(['COMPLETED', NOT_AUTHORIZED]);
    own(state, allow('ec2:CreateSnapshot', '*', { Condition: { StringEquals: { 'aws:ResourceTag/keep': 'yes' } } }));
    expect([backedUp(state), backedUp(state, tagged.arn)]).toEqual([NOT_AUTHORIZED, 'COMPLETED']);
  });

  test('is limited by the boundary of the role', () => {
    const state = enforced();
    putRolePermissionsBoundary(state, ENV, { RoleName: 'backup', PermissionsBoundary: RESTORES });
    expect(backedUp(state)).toBe(NOT_AUTHORIZED);
    putRolePermissionsBoundary(state, ENV, { RoleName: 'backup', PermissionsBoundary: BACKUPS });
    expect(backedUp(state)).toBe('COMPLETED');
  });

  test('follows a condition on the clock, which no kept answer hides', () => {
    const state = enforced();
    const Condition = { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:30:00Z' } };
    own(state, deny('ec2:CreateSnapshot', '*', { Condition }));
    expect([backedUp(state), backedUp(state)]).toEqual(['COMPLETED', NOT_AUTHORIZED]);
  });

  test('of a role that the World does not know fails', () => {
    const state = enforced();
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: DISK.arn, IamRoleArn: `${ROLE}2` });
    expect(last(state, DISK.arn)).toBe('IAM Role cannot be assumed by AWS Backup');
  });

  test('under a key needs its policy, or a grant; snapshots are made without the key of the vault (B7.1/1)', () => {
    const keyed = (Statement: object[]) => {
      const state = enforced();
      createKey(state, ENV, { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }, KEY_ID);
      return state;
    };
    const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ENV.account}:root` }, Resource: '*' };
    expect(backedUp(keyed([{ ...root, Action: 'kms:*' }]), FILES.arn)).toBe('COMPLETED');
    const closed = keyed([{ ...root, Action: 'kms:Describe*' }]);
    expect([backedUp(closed, FILES.arn), backedUp(closed)]).toEqual([NO_KEY, 'COMPLETED']);
    createGrant(closed, ENV, { KeyId: CMK, GranteePrincipal: ROLE, Operations: ['CreateGrant'] });
    expect(backedUp(closed, FILES.arn)).toBe('COMPLETED');
  });
});

describe('a copy within the account', () => {
  const ready = () => {
    const state = enforced();
    backedUp(state);
    return state;
  };

  test('completes with the managed policy', () => {
    expect(copied(ready())).toBe('COMPLETED');
  });

  // prettier-ignore
  test.each([
    ['out of the vault',            deny('backup:CopyFromBackupVault'), NO_ACCESS],
    ['into that vault',             deny('backup:CopyIntoBackupVault', vaultArn('second')), NO_ACCESS],
    ['into another',                deny('backup:CopyIntoBackupVault', vaultArn('third')), 'COMPLETED'],
    ['to a vault in that Region',   deny('backup:CopyFromBackupVault', '*', { Condition: { 'ForAnyValue:ArnLike': { 'backup:CopyTargets': `arn:aws:backup:${ENV.region}:*:*` } } }), NO_ACCESS],
    ['to a vault in another',       deny('backup:CopyFromBackupVault', '*', { Condition: { 'ForAnyValue:ArnLike': { 'backup:CopyTargets': 'arn:aws:backup:us-east-1:*:*' } } }), 'COMPLETED'],
  ])('that the policy of the role denies %s (B6.3/8, B11.5/1)', (_, statement, expected) => {
    const state = ready();
    own(state, statement);
    expect(copied(state)).toBe(expected);
  });

  test('fails when the access policy of the destination denies it (B7.2/1)', () => {
    const state = ready();
    const Statement = { Effect: 'Deny', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    putBackupVaultAccessPolicy(state, ENV, { BackupVaultName: 'second', Policy });
    expect(copied(state)).toBe(NO_ACCESS);
  });

  test('needs the key of the destination', () => {
    const state = ready();
    const Statement = { Effect: 'Allow', Principal: { AWS: `${ROLE}2` }, Action: 'kms:*', Resource: '*' };
    createKey(state, ENV, { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }, KEY_ID);
    expect(copied(state)).toBe(NO_KEY);
  });
});

describe('a restore', () => {
  test('needs the policy for restores', () => {
    const tried = (managed: string[]) => {
      const state = enforced(managed);
      backedUp(state);
      return [state, restored(state)] as const;
    };
    expect(tried([BACKUPS, RESTORES])[1]).toBe('COMPLETED');
    const [refused, status] = tried([BACKUPS]);
    expect(status).toBe('FAILED');
    const [event] = refused.events().filter(({ kind }) => kind === 'access');
    expect(event?.why).toContain('may not ec2:CreateVolume');
  });
});

describe('deletion with the role that made a snapshot', () => {
  const kept = plan('daily', [rule('daily', { lifecycle: { deleteAfterDays: 1 } })]);
  const statuses = (state: WorldState, arn: string) => state.pointsOf(arn).map(({ status }) => status);

  test('leaves it EXPIRED when the lifecycle ends and the role may not; the service-linked role may (B5.1/1)', () => {
    const state = enforced([BACKUPS], { ...ESTATE, plans: [kept] });
    until(state, '2027-01-01T12:00Z');
    own(state, { Sid: 'Keep', ...deny('ec2:DeleteSnapshot') }, deny('dynamodb:DeleteBackup'));
    until(state, '2027-01-03T03:00Z');
    expect([statuses(state, DISK.arn), statuses(state, TABLE.arn)]).toEqual([['EXPIRED', 'COMPLETED'], ['COMPLETED']]);
    const [event] = state.events().filter(({ kind }) => kind === 'access');
    expect(event?.why).toMatch(/may not ec2:DeleteSnapshot arn:aws:ec2:.*: Keep of the identity-based policy own of/);
  });

  test('answers a call and leaves the point EXPIRED (vector 15)', () => {
    const state = enforced();
    backedUp(state);
    detachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn: BACKUPS });
    deleteRecoveryPoint(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: state.pointsOf(DISK.arn)[0]?.recoveryPointArn,
    });
    expect(statuses(state, DISK.arn)).toEqual(['EXPIRED']);
  });
});

describe('who can be assumed', () => {
  const trust = (Service: string, more = {}) =>
    JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...more } });
  const stage = (AssumeRolePolicyDocument: string, strict = true) => {
    const state = enforced([]);
    state.ledger.roles.strict = strict;
    createRole(state, ENV, { RoleName: 'other', AssumeRolePolicyDocument });
    const [main, second] = ['main', 'second'].map((name) => state.ledger.vaults.tryFind(ENV, name)!);
    const may = (name: string | undefined, vaultOf = main!, service?: string) =>
      state.ledger.permissions.assumed(name && ROLE.replace('backup', name), vaultOf, service) === NO_REASON;
    return { may, second, state };
  };

  test('a role by the service that it trusts, each service by itself, whichever asks first', () => {
    const { may, second } = stage(trust('backup.amazonaws.com'));
    expect([may('other'), may('other', second, 'malware.amazonaws.com'), may('other', second)]).toEqual([
      true,
      false,
      true,
    ]);
    const scanner = stage(trust('malware.amazonaws.com'));
    expect([scanner.may('other'), scanner.may('other', undefined, 'malware.amazonaws.com')]).toEqual([false, true]);
  });

  test('for the vaults that its trust names', () => {
    const Condition = { ArnEquals: { 'aws:SourceArn': vaultArn('second') } };
    const { may, second } = stage(trust('backup.amazonaws.com', { Condition }));
    expect([may('other'), may('other', second), may('other')]).toEqual([false, true, false]);
  });

  test('no role at all, and a service-linked one, need no leave; one that is not there only where roles are few', () => {
    const { may, state } = stage(TRUST);
    expect([may(undefined), may('aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup')]).toEqual([
      true,
      true,
    ]);
    expect(may('gone')).toBe(false);
    state.ledger.roles.strict = false;
    state.ledger.policyVersion++;
    expect(may('gone')).toBe(true);
  });
});

test('each resource, vault and role gets an answer of its own, and a new one once a policy changes', () => {
  const state = enforced();
  own(state, { Sid: 'No', ...deny('ec2:CreateSnapshot') });
  expect([backedUp(state), backedUp(state, TABLE.arn), backedUp(state), backedUp(state, DISK.arn, 'second')]).toEqual([
    ...[NOT_AUTHORIZED, 'COMPLETED', NOT_AUTHORIZED, NOT_AUTHORIZED],
  ]);
  own(state, allow('s3:GetObject'));
  expect([backedUp(state), backedUp(state, DISK.arn, 'second')]).toEqual(['COMPLETED', 'COMPLETED']);
});

test('only what a policy denied is told as such', () => {
  const state = enforced();
  const told = () => state.events().filter(({ kind }) => kind === 'access').length;
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: DISK.arn, IamRoleArn: `${ROLE}2` });
  until(state, new Date(state.now + HOUR).toISOString());
  expect([told(), state.ledger.permissions.explain(NO_REASON, 0, 0)]).toEqual([0, 0]);
  own(state, deny('ec2:CreateSnapshot'));
  backedUp(state);
  expect(told()).toBe(1);
});

test('nothing of it is asked in a World whose policies do not decide', () => {
  const state = new WorldState({ start: parseInstant('2027-01-01') });
  deploy(state, ESTATE);
  const { decisions } = state.ledger;
  decisions.listen();
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  expect([backedUp(state), copied(state)]).toEqual(['COMPLETED', 'COMPLETED']);
  const RecoveryPointArn = state.pointsOf(DISK.arn)[0]?.recoveryPointArn;
  const Metadata = { availabilityZone: `${ENV.region}a`, encrypted: 'false' };
  startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
  until(state, new Date(state.now + DAY).toISOString());
  expect(state.summary().restoreJobs).toEqual({ COMPLETED: 1 });
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  expect(state.pointsOf(DISK.arn).filter(({ backupVaultArn }) => backupVaultArn === vaultArn('main'))).toEqual([]);
  // But whether the role, which is there, trusts AWS Backup.
  expect(new Set(decisions.latest().map(({ action }) => action))).toEqual(new Set(['sts:AssumeRole']));
});

test('policies are asked once for the like of a job while none changes, and each time where the clock decides', () => {
  const state = enforced();
  const { decisions } = state.ledger;
  decisions.listen();
  const asked = (arn = DISK.arn) => {
    const before = decisions.latest().length;
    expect(backedUp(state, arn)).toBe('COMPLETED');
    return decisions.latest().length - before;
  };
  const first = asked();
  expect(first).toBeGreaterThan(0);
  expect([asked(), asked()]).toEqual([0, 0]);
  expect(asked(TABLE.arn)).toBeGreaterThan(0);
  own(state, allow('s3:ListAllMyBuckets'));
  expect([asked(), asked()]).toEqual([first, 0]);
  own(state, deny('*', '*', { Condition: { DateGreaterThan: { 'aws:CurrentTime': '2028-01-01T00:00:00Z' } } }));
  asked();
  expect(asked()).toBeGreaterThan(0);
});

describe('nothing is asked', () => {
  const SERVICE_LINKED = `arn:aws:iam::${ENV.account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

  test('where nobody said a role', () => {
    const state = enforced();
    backedUp(state);
    const { permissions, resources, vaults, points, decisions } = state.ledger;
    const [disk, vault] = [resources.tryFind(DISK.arn)!, vaults.tryFind(ENV, 'second')!];
    const [row = -1] = disk.series.flatMap((series) => points.rowsOf(series));
    decisions.listen();
    expect([
      permissions.backup(undefined, vault, disk),
      permissions.copy(undefined, row, vault),
      permissions.deletion(undefined, row),
      permissions.restore(undefined, row, DISK.arn, ENV),
      permissions.index(undefined, row),
      permissions.scan(undefined, row, undefined),
    ]).toEqual(Array<number>(6).fill(NO_REASON));
    expect(decisions.latest()).toEqual([]);
  });

  test('that the service-linked role might not do, of any service (B12)', () => {
    const all = ServiceSupport.all().map(({ id }) => resource(id, `one-${id}`));
    const state = enforced([], { ...ESTATE, resources: all });
    const { permissions, resources, vaults } = state.ledger;
    const refused = all.filter(
      ({ arn }) =>
        permissions.backup(SERVICE_LINKED, vaults.tryFind(ENV, 'main')!, resources.tryFind(arn)!) !== NO_REASON,
    );
    expect(refused).toEqual([]);
  });
});
