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
