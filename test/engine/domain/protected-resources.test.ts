// Resources as they come, change and go.
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRegionSettings } from '../../../engine/src/operations/backup/update-region-settings';
import { MOVES_TO_COLD, MOVES_WHEN_OPTED_IN, STAYS_WARM } from '../../../engine/src/domain/lifecycle';
import {
  AIR_GAP_MANAGED_KEY,
  AIR_GAP_PLAIN_CLUSTER,
  AIR_GAP_UNSUPPORTED,
} from '../../../engine/src/domain/air-gap-reasons';
import { NO_REASON } from '../../../engine/src/domain/reasons';
import { SOURCE_TAG, tagsOfPoint } from '../../../engine/src/domain/tags';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { CMK, ENV, HOUR, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const MAIN = { vaults: [vault('main')] };
const IRELAND = { ...ENV, region: 'eu-west-1' };

function back(state: WorldState, arn = FILES.arn): void {
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
}

function remove(state: WorldState, arn: string): void {
  const found = state.ledger.resources.tryFind(arn);
  if (found !== undefined) {
    state.removeResource(found);
  }
}

/** Tags of the points of a resource, oldest first. */
function tags(state: WorldState, arn = FILES.arn): object[] {
  const { ledger } = state;
  const { series = [] } = ledger.resources.tryFind(arn) ?? {};
  return series.flatMap((number) =>
    ledger.points.rowsOf(number).map((row) => {
      const { [SOURCE_TAG]: _source, ...own } = tagsOfPoint(ledger, row);
      return own;
    }),
  );
}

describe('the tags of a point', () => {
  test('are those that the resource had when it was backed up, however often it was tagged since (B9.3/1)', () => {
    const state = world('2027-01-01', { ...MAIN, resources: [FILES] });
    const given: (Record<string, string> | undefined)[] = [undefined, { a: '1' }, { a: '2', b: '1' }, {}, { c: '1' }];
    for (const one of given) {
      const { tags: _tags, ...bare } = FILES;
      state.addResource(one === undefined ? bare : { ...bare, tags: one });
      back(state);
      until(state, new Date(state.now + HOUR).toISOString());
      state.addResource({ ...bare, ...(one === undefined ? {} : { tags: one }), sizeGiB: 2 });
    }
    expect(tags(state)).toEqual(given.map((one) => one ?? {}));
  });

  test('follow a change of the very instant at which it was made', () => {
    const state = world('2027-01-01', { ...MAIN, resources: [{ ...FILES, tags: { a: 'before' } }] });
    back(state);
    state.addResource({ ...FILES, tags: { a: 'after' } });
    until(state, '2027-01-01T01:00Z');
    expect(tags(state)).toEqual([{ a: 'after' }]);
  });

  test('are those that it was given itself, once it was', () => {
    const state = world('2027-01-01', { ...MAIN, resources: [{ ...FILES, tags: { a: '1' } }] });
    back(state);
    until(state, '2027-01-01T01:00Z');
    back(state);
    until(state, '2027-01-01T02:00Z');
    const [point] = state.pointsOf(FILES.arn);
    expect(tags(state)).toEqual([{ a: '1' }, { a: '1' }]);
    tagResource(state, ENV, { ResourceArn: point?.recoveryPointArn, Tags: { b: '2' } });
    expect(tags(state)).toEqual([{ a: '1', b: '2' }, { a: '1' }]);
  });
});

describe('a resource that is taken away', () => {
  test('twice takes no other along', () => {
    const others = ['fs-0', 'fs-2'].map((name) => resource('efs', name));
    const daily = rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' });
    const state = world('2027-01-01', { ...MAIN, resources: [FILES, ...others], plans: [plan('p', [daily])] });
    remove(state, FILES.arn);
    remove(state, FILES.arn);
    until(state, '2027-01-02');
    expect(state.resources.map(({ arn }) => arn).sort()).toEqual(others.map(({ arn }) => arn));
    expect(others.map(({ arn }) => state.pointsOf(arn).length)).toEqual([1, 1]);
    expect(state.ledger.resources.past().map(({ arn }) => arn)).toEqual([FILES.arn]);
  });

  test('while it is updated lets go of its queue: the job fails at its next look', () => {
    const updating = resource('fsx-windows', 'fs-9', { state: 'UPDATING' });
    const state = world('2027-01-01', { ...MAIN, resources: [updating] });
    back(state, updating.arn);
    until(state, '2027-01-01T00:15Z');
    expect(state.jobsOf(updating.arn)).toMatchObject([{ state: 'CREATED' }]);
    remove(state, updating.arn);
    until(state, '2027-01-01T00:30Z');
    expect(state.jobsOf(updating.arn)).toMatchObject([{ state: 'FAILED', statusMessage: 'Could not find resource' }]);
  });

  test('and made again is backed up in full, by plans of its own Region alone', () => {
    const daily = rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' });
    const far = resource('efs', 'fs-7', { env: IRELAND });
    const state = world('2027-01-01', { ...MAIN, resources: [FILES, far], plans: [plan('p', [daily])] });
    until(state, '2027-01-02');
    remove(state, FILES.arn);
    until(state, '2027-01-03');
    state.addResource(FILES);
    until(state, '2027-01-05');
    const moved = state.jobsOf(FILES.arn).map(({ transferredBytes }) => transferredBytes / 2 ** 30);
    expect(moved).toEqual([1, 1, 0]);
    expect(state.jobsOf(far.arn)).toEqual([]);
    expect(state.ledger.resources.past()).toEqual([]);
  });
});

test('a table in any state is backed up at once, as its service knows no queue (B4.3/3)', () => {
  const table = resource('dynamodb-advanced', 'orders', { state: 'UPDATING' });
  const state = world('2027-01-01', { ...MAIN, resources: [table] });
  back(state, table.arn);
  expect(state.jobsOf(table.arn)).toMatchObject([{ state: 'RUNNING' }]);
});

test('what a Region says of DynamoDB holds for DynamoDB alone, and there alone (B3.3/2)', () => {
  const table = resource('dynamodb-advanced', 'orders');
  const far = resource('dynamodb-advanced', 'orders', { env: IRELAND });
  const state = world('2027-01-01', { ...MAIN, resources: [table, far, FILES] });
  const services = () => [table, far, FILES].map(({ arn }) => state.ledger.resources.tryFind(arn)?.service.id);
  updateRegionSettings(state, ENV, { ResourceTypeOptInPreference: { EFS: true } });
  expect(services()).toEqual(['dynamodb-advanced', 'dynamodb-advanced', 'efs']);
  updateRegionSettings(state, ENV, { ResourceTypeManagementPreference: { DynamoDB: false } });
  expect(services()).toEqual(['dynamodb', 'dynamodb-advanced', 'efs']);
  updateRegionSettings(state, ENV, { ResourceTypeManagementPreference: { DynamoDB: true } });
  expect(services()).toEqual(['dynamodb-advanced', 'dynamodb-advanced', 'efs']);
});

test('what a resource may do follows from its service, and from the key that it is under (B5.2/1, B7.5/3)', () => {
  const managedKey = `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs`;
  const resources = [
    resource('efs', 'fs-9'),
    resource('ebs', 'vol-9'),
    resource('rds', 'orders'),
    resource('ebs', 'vol-8', { encryptedWith: managedKey }),
    resource('efs', 'fs-8', { encryptedWith: managedKey }),
    resource('aurora', 'plain'),
    resource('aurora', 'keyed', { encryptedWith: CMK }),
  ];
  const state = world('2027-01-01', { ...MAIN, resources });
  const found = resources.map(({ arn }) => state.ledger.resources.tryFind(arn));
  expect(found.map((one) => one?.coldSupport)).toEqual([
    ...[MOVES_TO_COLD, MOVES_WHEN_OPTED_IN, STAYS_WARM, MOVES_WHEN_OPTED_IN, MOVES_TO_COLD, STAYS_WARM, STAYS_WARM],
  ]);
  expect(found.map((one) => one?.airGapRefusal)).toEqual([
    ...[NO_REASON, NO_REASON, AIR_GAP_UNSUPPORTED, AIR_GAP_MANAGED_KEY, NO_REASON, AIR_GAP_PLAIN_CLUSTER, NO_REASON],
  ]);
});
