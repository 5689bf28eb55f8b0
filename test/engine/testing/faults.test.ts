import '@holdfast/engine/jest';
import {
  BackupClient,
  ListBackupVaultsCommand,
  StartRestoreJobCommand,
  DescribeRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { SQSClient, CreateQueueCommand } from '@aws-sdk/client-sqs';
import { Fault, IngestRefusal, matchers, World } from '@holdfast/engine';
import type { Estate } from '@holdfast/model';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const IRELAND = { ...ENV, region: 'eu-west-1' };
const FAR_KEY = CMK.replace(ENV.region, IRELAND.region);
const DAILY = rule('daily', {
  scheduleExpression: 'cron(0 5 ? * * *)',
  startWindowMinutes: 60,
  completionWindowMinutes: 120,
  copyActions: [{ destinationBackupVaultArn: vaultArn('far', IRELAND) }],
});

async function stage(more: Partial<Estate> = {}): Promise<World> {
  const world = new World({ start: START, account: ENV.account, region: ENV.region });
  await world.deploy({
    vaults: [vault('main'), vault('far', { env: IRELAND, encryptionKeyArn: FAR_KEY })],
    resources: [resource('efs', 'fs-1')],
    plans: [plan('p', [DAILY])],
    ...more,
  });
  return world;
}

async function nameOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

describe('world.faults', () => {
  test('lists what was added, with what became of it', async () => {
    const world = await stage();
    const out: Fault = {
      kind: 'region-out',
      region: ENV.region,
      from: '2027-01-02T00:00:00Z',
      to: '2027-01-04T00:00:00Z',
    };
    expect(world.faults.add(out)).toEqual({
      id: 'fault-1',
      fault: out,
      from: '2027-01-02T00:00:00Z',
      to: '2027-01-04T00:00:00Z',
      state: 'planned',
      strikes: 0,
    });
    expect(world.faults.add({ kind: 'job-hangs', rule: 'none' })).toMatchObject({
      from: START,
      to: undefined,
      state: 'active',
    });
    await world.advance({ days: 2 });
    // A backup that is due at 05:00 and looks every 10 minutes for an hour.
    expect(world.faults.list().map(({ id, state, strikes }) => [id, state, strikes])).toEqual([
      ['fault-1', 'active', 6],
      ['fault-2', 'active', 0],
    ]);
    await world.advance({ days: 2 });
    expect(world.faults.list()[0]?.state).toBe('over');
  });

  test('clears one, or all, and names those there are when there is no such fault', async () => {
    const world = await stage();
    expect(() => world.faults.clear('fault-1')).toThrow("id must be one of no faults, got 'fault-1'");
    world.faults.add({ kind: 'role-unassumable', role: ROLE });
    world.faults.add({ kind: 'key-disabled', key: CMK });
    expect(() => world.faults.clear('x')).toThrow("id must be one of fault-1, fault-2, got 'x'");
    world.faults.clear('fault-1');
    expect(world.faults.list().map(({ state }) => state)).toEqual(['over', 'active']);
    world.faults.clear();
    await world.advance({ days: 1 });
    expect(world.summary().backupJobs).toEqual({ COMPLETED: 1 });
  });

  // prettier-ignore
  test.each<[unknown, string]>([
    [undefined, 'kind must be one of region-out, account-suspended,'],
    [{ kind: 'flood' }, 'got "flood"'],
    [{ kind: 'region-out' }, 'region is not set'],
    [{ kind: 'region-out', region: 'Ireland' }, "region must be a Region such as eu-west-1, got 'Ireland'"],
    [{ kind: 'region-out', region: 'eu-west-1', vault: 'x' }, 'vault is not a field here'],
    [{ kind: 'region-out', region: 'eu-west-1', from: 'soon' }, "from must be ISO 8601 such as 2027-01-01T00:00:00Z, got 'soon'"],
    [{ kind: 'region-out', region: 'eu-west-1', from: '2026-12-31' }, 'from must not be before 2027-01-01T00:00:00Z, got 2026-12-31'],
    [{ kind: 'region-out', region: 'eu-west-1', to: START }, `to must be after ${START}, got ${START}`],
    [{ kind: 'job-fails', probability: 0 }, 'probability must be above 0 and at most 1, got 0'],
    [{ kind: 'job-fails', probability: 1.01 }, 'probability must be above 0 and at most 1, got 1.01'],
    [{ kind: 'job-fails', probability: NaN }, 'probability must be a number, got null'],
    [{ kind: 'job-fails', jobs: 'scan' }, "jobs must be one of backup, copy, restore, got 'scan'"],
    [{ kind: 'job-fails', service: 'DynamoBD' }, 'did you mean dynamodb?'],
    [{ kind: 'job-fails', retryable: 'yes' }, 'retryable must be true or false, got "yes"'],
    [{ kind: 'account-suspended', account: '1234' }, "account must be an account of 12 digits, got '1234'"],
    [{ kind: 'role-unassumable', role: 'backup' }, "role must be the ARN of a role, got 'backup'"],
    [{ kind: 'key-disabled', key: 'alias/x' }, "key must be the ARN of a key, got 'alias/x'"],
    [{ kind: 'key-deleted', key: CMK, to: '2027-02-01' }, 'to must be left out, as a deleted key stays so, got 2027-02-01'],
    [{ kind: 'calls-refused', exception: 'Oops' }, 'exception must be one of ThrottlingException,'],
    [{ kind: 'calls-refused', exception: 'ResourceNotFoundException' }, 'service must be backup where the exception is ResourceNotFoundException, got none'],
    [{ kind: 'calls-refused', exception: 'ResourceNotFoundException', service: 'kms' }, 'got "kms"'],
    [{ kind: 'calls-refused', exception: 'ResourceNotFoundException', service: 'backup' }, 'operation must be an operation where'],
    [{ kind: 'calls-refused', exception: 'ConflictException', service: 'backup', operation: 'DescribeBackupJob' }, "exception must be one that AWS Backup has for DescribeBackupJob (ServiceUnavailableException, DependencyFailureException, InvalidParameterValueException, MissingParameterValueException, ResourceNotFoundException, ThrottlingException, AccessDeniedException), got 'ConflictException'"],
  ])('refuses %p: %s', async (fault, message) => {
    const world = await stage();
    const add = () => world.faults.add(fault as Fault);
    expect(add).toThrow(IngestRefusal);
    expect(add).toThrow('World.faults.add: ');
    expect(add).toThrow(message);
    expect(world.faults.list()).toEqual([]);
  });
});

describe('calls', () => {
  test('to a Region that is out fail, to others do not, nor to what is one for all Regions', async () => {
    const world = await stage();
    world.faults.add({ kind: 'region-out', region: 'eu-west-1' });
    const call = (region: string) =>
      nameOf(world.client(BackupClient, { region }).send(new ListBackupVaultsCommand({})));
    expect(await call('eu-west-1')).toBe('ServiceUnavailableException: The service is unavailable.');
    expect(await call(ENV.region)).toBe('none');
    expect(await nameOf(world.client(IAMClient, { region: 'eu-west-1' }).send(new ListRolesCommand({})))).toBe('none');
    world.faults.clear();
    expect(await call('eu-west-1')).toBe('none');
  });

  test('are throttled by service, operation, principal and place, under the name that the service has for it', async () => {
    const world = await stage();
    const list = (principal?: string) =>
      nameOf(
        world.client(BackupClient, principal === undefined ? {} : { principal }).send(new ListBackupVaultsCommand({})),
      );
    const struck = async (fault: Partial<Fault>, call: () => Promise<string>) => {
      world.faults.clear();
      world.faults.add({ kind: 'calls-refused', ...fault } as Fault);
      return call();
    };
    expect(await struck({ service: 'backup' }, list)).toBe('ThrottlingException: Rate exceeded');
    expect(await struck({ service: 'kms' }, list)).toBe('none');
    expect(await struck({ operation: 'ListBackupVaults' }, list)).toBe('ThrottlingException: Rate exceeded');
    expect(await struck({ operation: 'StartBackupJob' }, list)).toBe('none');
    expect(await struck({ principal: ROLE }, () => list(ROLE))).toBe('ThrottlingException: Rate exceeded');
    expect(await struck({ principal: ROLE }, list)).toBe('none');
    expect(await struck({ region: 'eu-west-1' }, list)).toBe('none');
    expect(await struck({ account: '999999999999' }, list)).toBe('none');
    expect(await struck({ exception: 'LimitExceededException', message: 'Too many vaults.' }, list)).toBe(
      'LimitExceededException: Too many vaults.',
    );
    const notFound = {
      service: 'backup',
      operation: 'ListBackupVaults',
      exception: 'ResourceNotFoundException',
    } as const;
    expect(await struck(notFound, list)).toBe(
      'ResourceNotFoundException: A resource that is required for the action does not exist.',
    );
    const iam = () => nameOf(world.client(IAMClient).send(new ListRolesCommand({})));
    expect(await struck({}, iam)).toMatch(/^Throttling: Rate exceeded/);
    const sqs = () => nameOf(world.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' })));
    expect(await struck({}, sqs)).toMatch(/^RequestThrottled/);
  });

  test('are each drawn for themselves, the same in two Worlds of one seed', async () => {
    const run = async () => {
      const world = await stage();
      world.faults.add({ kind: 'calls-refused', probability: 0.4 });
      const client = world.client(BackupClient);
      const answers: string[] = [];
      for (let i = 0; i < 100; i++) {
        answers.push(await nameOf(client.send(new ListBackupVaultsCommand({}))));
      }
      return answers.map((answer) => (answer === 'none' ? '.' : 'x')).join('');
    };
    const [one, other] = [await run(), await run()];
    expect(one).toBe(other);
    expect(one.replaceAll('.', '').length).toBeGreaterThan(25);
    expect(one.replaceAll('.', '').length).toBeLessThan(55);
  });

  test('of an account without access are denied', async () => {
    const world = await stage();
    world.faults.add({ kind: 'account-suspended', account: ENV.account });
    const list = nameOf(world.client(BackupClient).send(new ListBackupVaultsCommand({})));
    expect(await list).toBe('AccessDeniedException: You are not authorized to perform this operation.');
  });
});

describe('restores', () => {
  async function restored(
    fault: Fault,
    hours = 1,
  ): Promise<{ status: string | undefined; message: string | undefined; world: World }> {
    const world = await stage();
    await world.advance({ days: 1 });
    const [point] = world.pointsOf('fs-1');
    const client = world.client(BackupClient);
    const { RestoreJobId } = await client.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: point?.recoveryPointArn,
        IamRoleArn: ROLE,
        Metadata: {
          'file-system-id': 'fs-1',
          newFileSystem: 'true',
          CreationToken: 't',
          Encrypted: 'false',
          PerformanceMode: 'generalPurpose',
        },
      }),
    );
    world.faults.add(fault);
    await world.advance({ hours });
    world.faults.clear();
    const job = await client.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    return { status: job.Status, message: job.StatusMessage, world };
  }

  // prettier-ignore
  test.each<[Fault, string, string | undefined]>([
    [{ kind: 'point-corrupted' }, 'FAILED', 'The recovery point is corrupted.'],
    [{ kind: 'point-corrupted', vault: 'far' }, 'COMPLETED', undefined],
    [{ kind: 'point-corrupted', recoveryPoint: 'arn:aws:backup:eu-central-1:111122223333:recovery-point:none' }, 'COMPLETED', undefined],
    [{ kind: 'job-fails', jobs: 'restore', message: 'No room.' }, 'FAILED', 'No room.'],
    [{ kind: 'job-fails', jobs: 'backup' }, 'COMPLETED', undefined],
    [{ kind: 'job-hangs', jobs: 'restore' }, 'RUNNING', undefined],
    [{ kind: 'job-fails', retryable: true }, 'PENDING', undefined],
    [{ kind: 'region-out', region: ENV.region }, 'PENDING', undefined],
    [{ kind: 'account-suspended', account: ENV.account }, 'FAILED', 'You are not authorized to perform this operation.'],
    [{ kind: 'role-unassumable', role: ROLE }, 'FAILED', 'IAM Role cannot be assumed by AWS Backup'],
    [{ kind: 'key-disabled', key: CMK }, 'FAILED', 'KMS key is either disabled or pending deletion or access to KMS key is denied'],
  ])('under %p are %s', async (fault, status, message) => {
    expect(await restored(fault)).toMatchObject({ status, message });
  });

  test('that waited go on when the fault is over', async () => {
    const { world } = await restored({ kind: 'region-out', region: ENV.region });
    await world.advance({ hours: 1 });
    expect(world.summary().restoreJobs).toEqual({ COMPLETED: 1 });
  });
});

describe('world.remove', () => {
  test('takes a resource away that add makes again', async () => {
    const world = await stage();
    const added = world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
    world.remove('orders');
    expect(world.summary().resources).toMatchObject({ total: 1 });
    expect(() => world.remove('orders')).toThrow(
      "resource must be one that is there, by ARN or by its only name, got 'orders'",
    );
    expect(world.add({ arn: added.arn }).arn).toBe(added.arn);
    world.remove(added.arn);
    expect(world.summary().resources).toMatchObject({ total: 1 });
  });

  test('leaves points that can still be asked about', async () => {
    const world = await stage();
    await world.advance({ days: 2 });
    world.remove('fs-1');
    expect(world.pointsOf('fs-1')).toHaveLength(4);
    expect(world).toSurvive({ kind: 'region-out', region: ENV.region }, { resource: 'fs-1' });
    expect(world.explain('fs-1').recoveryPoints).toHaveLength(4);
  });
});

describe('three days without a Region', () => {
  const OUT: Fault = {
    kind: 'region-out',
    region: ENV.region,
    from: '2027-01-10T00:00:00Z',
    to: '2027-01-13T00:00:00Z',
  };

  test('are missed, and the next run is on time', async () => {
    const world = await stage();
    world.faults.add(OUT);
    await world.advance({ days: 30 });
    expect(world.summary().backupJobs).toEqual({ COMPLETED: 27, EXPIRED: 3 });
    expect(world.summary().copyJobs).toEqual({ COMPLETED: 27 });
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 96.1 });
    expect(world).not.toMeetRpo({ resource: 'fs-1', hours: 96 });
    const text = matchers.toMeetRpo(world, { resource: 'fs-1', hours: 96 }).message();
    expect(text).toContain('oldest: 96.03 h at 2027-01-13T05:02:00Z');
    expect(text).toContain(
      '2027-01-10T06:00:00Z backup-job EXPIRED in vault main, rule daily: injected: Region eu-central-1 is out, until the start window closed',
    );
    const jobs = world.explain('fs-1').jobs;
    expect(jobs.map(({ state }) => state)).toEqual(['EXPIRED', 'EXPIRED', 'EXPIRED']);
    expect(jobs[0]?.why).toBe('injected: Region eu-central-1 is out, until the start window closed');
  });

  test('of the Region of the copies keep those waiting until it is back, while backups go on', async () => {
    const world = await stage();
    world.faults.add({ ...OUT, region: IRELAND.region });
    await world.advance({ days: 30 });
    expect(world.summary().backupJobs).toEqual({ COMPLETED: 30 });
    expect(world.summary().copyJobs).toEqual({ COMPLETED: 30 });
  });

  test('give the same history with the same seed, and that of no faults without faults', async () => {
    const digest = async (faults: readonly Fault[], seed: number) => {
      const world = new World({ start: START, account: ENV.account, region: ENV.region, seed });
      await world.deploy({
        vaults: [vault('main')],
        resources: [resource('efs', 'fs-1')],
        plans: [plan('p', [{ ...DAILY, copyActions: [] }])],
      });
      faults.forEach((fault) => world.faults.add(fault));
      await world.advance({ days: 20 });
      return world.summary().digest;
    };
    const some: Fault[] = [OUT, { kind: 'job-fails', probability: 0.2 }, { kind: 'job-hangs', probability: 0.1 }];
    expect(await digest(some, 7)).toBe(await digest([...some].reverse(), 7));
    expect(await digest(some, 7)).not.toBe(await digest(some, 8));
    expect(await digest([], 7)).not.toBe(await digest(some, 7));
  });
});

describe('toSurvive', () => {
  // prettier-ignore
  test.each<[Fault, boolean, boolean]>([
    [{ kind: 'region-out', region: ENV.region }, true, true],
    [{ kind: 'region-out', region: ENV.region, account: '999999999999' }, true, true],
    [{ kind: 'account-suspended', account: ENV.account }, false, false],
    [{ kind: 'key-disabled', key: CMK }, true, true],
    [{ kind: 'key-pending-deletion', key: FAR_KEY }, true, false],
    [{ kind: 'key-deleted', key: FAR_KEY }, true, false],
    [{ kind: 'resource-deleted', resource: 'fs-1' }, true, true],
    [{ kind: 'point-corrupted' }, false, false],
    [{ kind: 'point-corrupted', vault: 'far' }, true, false],
    [{ kind: 'point-corrupted', resource: 'fs-2' }, true, true],
  ])('takes the faults of world.faults: %p leaves a point: %p, a copy: %p', async (fault, point, copy) => {
    const world = await stage();
    await world.advance({ days: 2 });
    expect(matchers.toSurvive(world, fault).pass).toBe(point);
    expect(matchers.toHaveRestorableCopyAfter(world, fault).pass).toBe(copy);
  });

  test('names the fault, and refuses one that keeps nobody from restoring', async () => {
    const world = await stage();
    await world.advance({ days: 1 });
    const corrupted: Fault = { kind: 'point-corrupted', service: 'EFS' };
    expect(matchers.toSurvive(world, corrupted).message()).toContain(
      'has a restorable recovery point after point-corrupted service=EFS',
    );
    expect(() => matchers.toSurvive(world, { kind: 'job-hangs' })).toThrow(
      /a loss must be a fault that keeps restores .*, got job-hangs/,
    );
    expect(() => matchers.toSurvive(world, { kind: 'region-out', region: 'x' })).toThrow(
      "loss: region must be a Region such as eu-west-1, got 'x'",
    );
  });
});
