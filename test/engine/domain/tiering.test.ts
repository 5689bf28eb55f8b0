import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createTieringConfiguration } from '../../../engine/src/operations/backup/create-tiering-configuration';
import { deleteTieringConfiguration } from '../../../engine/src/operations/backup/delete-tiering-configuration';
import { getTieringConfiguration } from '../../../engine/src/operations/backup/get-tiering-configuration';
import { listTieringConfigurations } from '../../../engine/src/operations/backup/list-tiering-configurations';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateTieringConfiguration } from '../../../engine/src/operations/backup/update-tiering-configuration';
import { AwsFault } from '../../../engine/src/operations/fault';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'pictures');
const FILES = resource('efs', 'files');

function stage(...resources: StatefulResource[]): WorldState {
  const state = world('2027-01-01T05:00Z', { vaults: [vault('main'), vault('other')], resources });
  for (const { arn } of resources) {
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
  }
  return until(state, '2027-01-01T06:00Z');
}

function configuration(BackupVaultName: string, days = 60, Resources = ['*'], name = 'tiers') {
  const ResourceSelection = [{ ResourceType: 'S3', Resources, TieringDownSettingsInDays: days }];
  return { TieringConfigurationName: name, BackupVaultName, ResourceSelection };
}

function create(state: WorldState, ...input: Parameters<typeof configuration>) {
  return createTieringConfiguration(state, ENV, { TieringConfiguration: configuration(...input) });
}

/** When points moved, and of which bucket. */
function moves(state: WorldState): string[] {
  return state
    .events()
    .filter((event) => event.kind === 'tiering' && event.what === 'moved to the low-cost warm tier')
    .map((event) => `${new Date(event.at).toISOString()} ${event.resourceArn?.split(':').at(-1)}`);
}

test('a point of S3 moves at the first midnight at which it is old enough, others never (B5.7/1)', () => {
  const state = stage(BUCKET, FILES);
  create(state, 'main');
  expect(moves(until(state, '2027-03-02T23:59:59Z'))).toEqual([]);
  expect(moves(until(state, '2027-12-31'))).toEqual(['2027-03-03T00:00:00.000Z pictures']);
  const row = state.ledger.points.rowsOf(state.ledger.resources.tryFind(BUCKET.arn)?.series[0] ?? -1)[0] ?? -1;
  expect(state.tiering.isTiered(row)).toBe(true);
});

test('the configuration of a vault wins over that of every vault, 36500 days keep a bucket out (B5.7/1)', () => {
  const general = stage(BUCKET);
  create(general, '*', 90);
  expect(moves(until(general, '2027-12-31'))).toEqual(['2027-04-02T00:00:00.000Z pictures']);
  const own = stage(BUCKET);
  create(own, '*', 90);
  create(own, 'main', 60, ['*'], 'own');
  expect(moves(until(own, '2027-12-31'))).toEqual(['2027-03-03T00:00:00.000Z pictures']);
  const elsewhere = stage(BUCKET);
  create(elsewhere, '*', 90);
  create(elsewhere, 'main', 60, ['arn:aws:s3:::another'], 'own');
  expect(moves(until(elsewhere, '2027-12-31'))).toEqual([]);
  const out = stage(BUCKET);
  create(out, 'main', 36_500);
  expect(moves(until(out, '2128-01-01'))).toEqual([]);
});

test('a configuration that is deleted moves nothing more, and takes nothing back (B5.7/1)', () => {
  const state = stage(BUCKET);
  create(state, 'main');
  until(state, '2027-03-04');
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
  deleteTieringConfiguration(state, ENV, { TieringConfigurationName: 'tiers' });
  expect(moves(until(state, '2027-12-31'))).toHaveLength(1);
  create(state, 'main');
  expect(moves(until(state, '2028-01-02'))).toHaveLength(2);
});

test('a vault has one configuration, a name is taken once, and a request is answered once (B5.7/1)', () => {
  const state = stage(BUCKET);
  const input = { TieringConfiguration: configuration('main'), CreatorRequestId: 'one' };
  const made = createTieringConfiguration(state, ENV, input);
  expect(made.TieringConfigurationArn).toMatch(/:tiering-configuration:tiers-[0-9a-f-]{36}$/);
  expect(createTieringConfiguration(state, ENV, input)).toEqual(made);
  expect(() => create(state, 'other')).toThrow('already exists');
  expect(() => create(state, 'main', 60, ['*'], 'second')).toThrow('already exists');
  create(state, '*', 60, ['*'], 'second');
  expect(listTieringConfigurations(state, ENV, {}).TieringConfigurations).toMatchObject([
    { TieringConfigurationName: 'second', BackupVaultName: '*' },
    { TieringConfigurationName: 'tiers', BackupVaultName: 'main' },
  ]);
  expect(listTieringConfigurations(state, { ...ENV, region: 'eu-west-1' }, {}).TieringConfigurations).toEqual([]);
});

test('what is outside the bounds is refused, an update takes effect and is shown (B5.7/1)', () => {
  const state = stage(BUCKET);
  expect(() => create(state, 'main', 59)).toThrow(AwsFault);
  expect(() => create(state, 'main', 36_501)).toThrow(AwsFault);
  expect(() => create(state, 'nowhere')).toThrow(AwsFault);
  create(state, 'main', 60);
  create(state, 'other', 60, ['*'], 'second');
  const { TieringConfigurationName: _name, ...changed } = configuration('main', 100, [BUCKET.arn]);
  const update = (TieringConfiguration: typeof changed) =>
    updateTieringConfiguration(state, ENV, { TieringConfigurationName: 'tiers', TieringConfiguration });
  expect(() => update({ ...changed, BackupVaultName: 'other' })).toThrow(AwsFault);
  update(changed);
  const { TieringConfiguration } = getTieringConfiguration(state, ENV, { TieringConfigurationName: 'tiers' });
  expect(TieringConfiguration).toMatchObject({ ...changed, LastUpdatedTime: new Date('2027-01-01T06:00Z') });
  expect(() => getTieringConfiguration(state, ENV, { TieringConfigurationName: 'none' })).toThrow(AwsFault);
  expect(moves(until(state, '2027-12-31'))).toEqual(['2027-04-12T00:00:00.000Z pictures']);
});

describe('several configurations', () => {
  const listed = (state: WorldState, env = ENV) =>
    listTieringConfigurations(state, env, {}).TieringConfigurations?.map((one) => one.TieringConfigurationName);

  test('are listed by name, and have ARNs that nothing but their place and name tell apart (B5.7/1)', () => {
    const IRELAND = { ...ENV, region: 'eu-west-1' };
    const made = () => {
      const state = world('2027-01-01', { vaults: ['va', 'vb', 'vc', 'vd'].map((name) => vault(name)) });
      const names = [
        ['vc', 'x2'],
        ['va', 'x3'],
        ['vd', 'x1'],
        ['vb', 'x4'],
      ] as const;
      const arns = names.map(([of, name]) => create(state, of, 60, ['*'], name).TieringConfigurationArn);
      const TieringConfiguration = configuration('*', 60, ['*'], 'x1');
      arns.push(createTieringConfiguration(state, IRELAND, { TieringConfiguration }).TieringConfigurationArn);
      expect(listed(state)).toEqual(['x1', 'x2', 'x3', 'x4']);
      return arns.map((arn) => arn?.slice(-36));
    };
    expect(new Set(made()).size).toBe(5);
    expect(made()).toEqual(made());
  });

  test('are about the vaults of their account and Region alone, and about S3 alone (B5.7/1)', () => {
    const OTHER = { ...ENV, account: '444455556666' };
    const elsewhere = stage(BUCKET, FILES);
    const TieringConfiguration = configuration('*');
    createTieringConfiguration(elsewhere, OTHER, { TieringConfiguration });
    expect(moves(until(elsewhere, '2027-12-31'))).toEqual([]);
  });

  test('the general one is for what no vault says for itself, and a bucket by name wins over all (B5.7/1)', () => {
    const state = stage(BUCKET);
    create(state, 'other', 60, ['*'], 'a');
    create(state, '*', 90, ['*'], 'b');
    expect(moves(until(state, '2027-12-31'))).toEqual(['2027-04-02T00:00:00.000Z pictures']);
    const named = stage(BUCKET);
    const TieringConfiguration = {
      ...configuration('main'),
      ResourceSelection: [
        { ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 },
        { ResourceType: 'S3', Resources: [BUCKET.arn], TieringDownSettingsInDays: 70 },
      ],
    };
    createTieringConfiguration(named, ENV, { TieringConfiguration });
    expect(moves(until(named, '2027-12-31'))).toEqual(['2027-03-13T00:00:00.000Z pictures']);
  });

  test('move what was made at midnight exactly so many days later, and look again the day after (B5.7/1)', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET] });
    const back = () =>
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
    back();
    create(state, 'main');
    until(state, '2027-01-01T12:00Z');
    back();
    expect(moves(until(state, '2027-12-31'))).toEqual([
      '2027-03-02T00:00:00.000Z pictures',
      '2027-03-03T00:00:00.000Z pictures',
    ]);
  });

  test('that come late move at the next midnight what is old enough by then (B5.7/1)', () => {
    const state = stage(BUCKET);
    until(state, '2027-03-02T06:00Z');
    create(state, 'main');
    expect(moves(until(state, '2027-12-31'))).toEqual(['2027-03-03T00:00:00.000Z pictures']);
  });

  test('made while another stands look no more often, and begin again after none was left (B5.7/1)', () => {
    const state = stage(BUCKET);
    create(state, 'main', 60, ['*'], 'a');
    create(state, 'other', 60, ['*'], 'b');
    expect(moves(until(state, '2027-03-10'))).toHaveLength(1);
    deleteTieringConfiguration(state, ENV, { TieringConfigurationName: 'a' });
    deleteTieringConfiguration(state, ENV, { TieringConfigurationName: 'b' });
    until(state, '2027-03-12');
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
    until(state, '2027-03-13T01:00Z');
    create(state, 'main', 60, ['*'], 'a');
    expect(moves(until(state, '2027-12-31'))).toHaveLength(2);
  });

  test('are told of by the log with what they say', () => {
    const digests = [60, 61].map((days) => {
      const state = stage(BUCKET);
      create(state, 'main', days);
      return state.digest();
    });
    expect(digests[0]).not.toBe(digests[1]);
    const state = stage(BUCKET);
    create(state, 'main');
    const { TieringConfigurationName: _name, ...changed } = configuration('main', 100);
    const update = { TieringConfigurationName: 'tiers', TieringConfiguration: changed };
    updateTieringConfiguration(state, ENV, update);
    deleteTieringConfiguration(state, ENV, { TieringConfigurationName: 'tiers' });
    until(state, '2027-01-02');
    const told = state.events().filter(({ kind }) => kind === 'tiering');
    expect(told).toHaveLength(3);
    expect(new Set(told.map(({ what }) => what)).size).toBe(3);
  });
});
