// What searches find in points whose items are known, how long they stay, and what their exports write.
import { createHash } from 'node:crypto';
import type { ContentRuns } from '../../../engine/src/domain/content-runs';
import type { PointItem } from '../../../engine/src/domain/point-items';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { getSearchJob } from '../../../engine/src/operations/backupsearch/get-search-job';
import { getSearchResultExportJob } from '../../../engine/src/operations/backupsearch/get-search-result-export-job';
import { listSearchJobBackups } from '../../../engine/src/operations/backupsearch/list-search-job-backups';
import { listSearchJobResults } from '../../../engine/src/operations/backupsearch/list-search-job-results';
import { listSearchJobs } from '../../../engine/src/operations/backupsearch/list-search-jobs';
import { startSearchJob } from '../../../engine/src/operations/backupsearch/start-search-job';
import { startSearchResultExportJob } from '../../../engine/src/operations/backupsearch/start-search-result-export-job';
import { stopSearchJob } from '../../../engine/src/operations/backupsearch/stop-search-job';
import type { StartSearchJobInput } from '../../../engine/src/operations/generated/backupsearch';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { hosted } from '../scenarios/content-stage';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'pictures');
const DISK = resource('ebs', 'vol-0123456789abcdef0');
/** A minute after the World of `stage` is asked, and when what takes a minute is over. */
const OVER = '2027-01-04T00:01:00.001Z';
const MODIFIED = Date.UTC(2026, 11, 24);
const object = (key: string, sizeBytes: number): PointItem => {
  return { type: 'S3', key, versionId: `v-${key}`, sizeBytes, createdAt: MODIFIED, etag: `e-${key}` };
};
const file = (filePath: string, createdAt?: number): PointItem => {
  return { type: 'EBS', filePath, fileSystemIdentifier: 'root', sizeBytes: 7, createdAt, modifiedAt: MODIFIED };
};

/** A World on 4 January with a point a day of a bucket or disk, indexed, whose items are told at once. */
function stage(points: number, items: readonly PointItem[] | undefined, of = BUCKET): WorldState {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET, DISK] });
  for (let number = 1; number <= points; number++) {
    const asked = { BackupVaultName: 'main', ResourceArn: of.arn, IamRoleArn: ROLE, Index: 'ENABLED' as const };
    startBackupJob(state, ENV, { ...asked, IdempotencyToken: `${number}` });
    until(state, `2027-01-0${number}T12:00Z`);
  }
  tells(state, (then) => then(items));
  return until(state, '2027-01-04');
}

type Then = Parameters<ContentRuns['list']>[1];

function tells(state: WorldState, list: (then: Then) => void): void {
  const { content } = hosted(state, { holds: () => false });
  Object.assign(content, {
    list: (_: number, then: Then) => {
      list(then);
      return true;
    },
  });
}

function start(state: WorldState, more: Partial<StartSearchJobInput> = {}, of = BUCKET): string {
  const SearchScope = { BackupResourceTypes: [of.resourceType as 'S3'] };
  return startSearchJob(state, ENV, { SearchScope, ...more }).SearchJobIdentifier ?? '';
}

const shown = (state: WorldState, id: string) => getSearchJob(state, ENV, { SearchJobIdentifier: id });
const pointsOf = (state: WorldState, id: string) =>
  (listSearchJobBackups(state, ENV, { SearchJobIdentifier: id }).Results ?? []).map((one) => [
    one.Status,
    one.StatusMessage,
  ]);
const found = (state: WorldState, id: string) =>
  (listSearchJobResults(state, ENV, { SearchJobIdentifier: id }).Results ?? []).map(
    ({ S3ResultItem, EBSResultItem }) => S3ResultItem?.ObjectKey ?? EBSResultItem?.FilePath,
  );
const arnsOf = (state: WorldState, arn: string) => state.pointsOf(arn).map((point) => point.recoveryPointArn);

function exported(state: WorldState, search: string, to: { DestinationBucket: string; DestinationPrefix?: string }) {
  const ExportSpecification = { s3ExportSpecification: to };
  const asked = { SearchJobIdentifier: search, ExportSpecification };
  return startSearchResultExportJob(state, ENV, asked).ExportJobIdentifier ?? '';
}
const shownExport = (state: WorldState, id: string) =>
  getSearchResultExportJob(state, ENV, { ExportJobIdentifier: id });

test('of the items of each point those are found that the filters let pass, and all are counted (B5.5/3)', () => {
  const state = stage(2, [object('cat.jpg', 10), object('dog.jpg', 20)]);
  const [all, some] = [
    start(state),
    start(state, { ItemFilters: { S3ItemFilters: [{ ObjectKeys: [{ Value: 'cat', Operator: 'BEGINS_WITH' }] }] } }),
  ];
  until(state, '2027-01-04T00:01Z');
  expect([shown(state, all).Status, found(state, all)]).toEqual(['RUNNING', []]);
  until(state, OVER);
  expect(found(state, all)).toEqual(['cat.jpg', 'dog.jpg', 'cat.jpg', 'dog.jpg']);
  expect(found(state, some)).toEqual(['cat.jpg', 'cat.jpg']);
  for (const id of [all, some]) {
    expect(shown(state, id)).toMatchObject({
      Status: 'COMPLETED',
      CompletionTime: new Date('2027-01-04T00:01Z'),
      SearchScopeSummary: { TotalRecoveryPointsToScanCount: 2, TotalItemsToScanCount: 4 },
    });
    expect(shown(state, id)).not.toHaveProperty('StatusMessage');
    expect(pointsOf(state, id)).toEqual([
      ['COMPLETED', undefined],
      ['COMPLETED', undefined],
    ]);
  }
});

test('a search is over when each of its points has been looked at, whichever is last', () => {
  const state = stage(2, []);
  const waiting: (() => void)[] = [];
  tells(state, (then) => waiting.push(() => then([object('a', 1)])));
  const id = start(state);
  until(state, OVER);
  expect(waiting).toHaveLength(2);
  waiting[1]?.();
  expect([shown(state, id).Status, found(state, id)]).toEqual(['RUNNING', ['a']]);
  waiting[0]?.();
  expect([shown(state, id).Status, found(state, id)]).toEqual(['COMPLETED', ['a', 'a']]);
});

test('a search of nothing finds nothing, and is over all the same', () => {
  const state = stage(0, []);
  const id = start(state);
  until(state, OVER);
  expect([shown(state, id).Status, found(state, id), pointsOf(state, id)]).toEqual(['COMPLETED', [], []]);
});

test('a search that is stopped stops at the points that it would have looked at', () => {
  const state = stage(2, undefined);
  const set = { BackupVaultName: 'main', RecoveryPointArn: arnsOf(state, BUCKET.arn)[0], Index: 'DISABLED' as const };
  updateRecoveryPointIndexSettings(state, ENV, set);
  const id = start(state);
  stopSearchJob(state, ENV, { SearchJobIdentifier: id });
  until(state, OVER);
  expect(shown(state, id).Status).toBe('STOPPED');
  expect(pointsOf(state, id)).toEqual([
    ['STOPPED', undefined],
    ['FAILED', 'The backup index is DELETING.'],
  ]);
});

test('a point that is deleted before the search looks is FAILED, and the others are searched', () => {
  const state = stage(2, [object('a', 1)]);
  const id = start(state);
  const [RecoveryPointArn] = arnsOf(state, BUCKET.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  until(state, OVER);
  expect(found(state, id)).toEqual(['a']);
  expect(pointsOf(state, id)).toEqual([
    ['COMPLETED', undefined],
    ['FAILED', 'The recovery point or its backup index was deleted.'],
  ]);
  expect(shown(state, id)).toMatchObject({
    Status: 'COMPLETED',
    StatusMessage: '1 recovery points could not be searched.',
  });
});

test('a search whose key cannot be used when it looks is FAILED with all its points', () => {
  const state = stage(1, [object('a', 1)]);
  const EncryptionKeyArn = createKey(state, ENV, {}).KeyMetadata?.Arn;
  const id = start(state, { EncryptionKeyArn });
  disableKey(state, ENV, { KeyId: EncryptionKeyArn });
  until(state, OVER);
  const { Status, StatusMessage, CompletionTime } = shown(state, id);
  expect([Status, CompletionTime]).toEqual(['FAILED', new Date('2027-01-04T00:01Z')]);
  expect(StatusMessage).toMatch(/key/i);
  expect([found(state, id), pointsOf(state, id)]).toEqual([[], [['FAILED', undefined]]]);
});

test('in a served World searches, their end and exports take no time of its clock', () => {
  const state = stage(1, [object('a', 1)]);
  state.ledger.settlesAtOnce = true;
  const id = start(state);
  expect([shown(state, id).Status, found(state, id)]).toEqual(['COMPLETED', ['a']]);
  expect(shownExport(state, exported(state, id, { DestinationBucket: 'pictures' })).Status).toBe('COMPLETED');
  tells(state, () => undefined);
  const endless = start(state);
  expect(shown(state, endless).Status).toBe('RUNNING');
  stopSearchJob(state, ENV, { SearchJobIdentifier: endless });
  expect(shown(state, endless).Status).toBe('STOPPED');
});

test('searches and exports are kept for seven days, and searches are listed newest first', () => {
  const state = stage(0, []);
  const first = start(state);
  until(state, OVER);
  const second = start(state);
  const sent = exported(state, first, { DestinationBucket: 'pictures' });
  const ids = () => listSearchJobs(state, ENV, {}).SearchJobs?.map(({ SearchJobIdentifier }) => SearchJobIdentifier);
  until(state, '2027-01-10T23:59:59.999Z');
  expect(ids()).toEqual([second, first]);
  until(state, '2027-01-11T00:00Z');
  expect(ids()).toEqual([second]);
  expect(() => shown(state, first)).toThrow(`Cannot find search-job ${first}`);
  until(state, '2027-01-11T00:01:00.000Z');
  expect(shownExport(state, sent).Status).toBe('COMPLETED');
  until(state, '2027-01-11T00:01:00.001Z');
  expect(() => shownExport(state, sent)).toThrow(`Cannot find search-export-job ${sent}`);
});

test('each state of searches and exports stands in the log', () => {
  const state = stage(1, [object('a', 1)]);
  const [id, stopped] = [start(state), start(state)];
  stopSearchJob(state, ENV, { SearchJobIdentifier: stopped });
  until(state, OVER);
  exported(state, id, { DestinationBucket: 'pictures' });
  exported(state, id, { DestinationBucket: 'nowhere' });
  until(state, '2027-01-04T00:02:00.002Z');
  const logged = state.events().filter(({ kind }) => kind === 'search');
  expect(logged.map(({ at, what }) => [at - Date.UTC(2027, 0, 4), what])).toEqual([
    [0, 'search RUNNING'],
    [0, 'search RUNNING'],
    [0, 'search STOPPING'],
    [60_000, 'search COMPLETED'],
    [60_000, 'search STOPPED'],
    [60_001, 'export RUNNING'],
    [60_001, 'export RUNNING'],
    [120_001, 'export COMPLETED'],
    [120_001, 'export FAILED'],
  ]);
});

describe('exports', () => {
  test.each([
    ['without a prefix', undefined, ''],
    ['with an empty one', '', ''],
    ['with a folder', 'found', 'found/'],
    ['with a folder that ends as one', 'found/cats/', 'found/cats/'],
  ])('%s are a file of their id, with a row for each object', (_, DestinationPrefix, folder) => {
    const state = stage(1, [object('cat.jpg', 10)]);
    const search = start(state);
    until(state, OVER);
    const to = { DestinationBucket: 'pictures', ...(DestinationPrefix !== undefined && { DestinationPrefix }) };
    const id = exported(state, search, to);
    until(state, '2027-01-04T00:02:00.001Z');
    expect([shownExport(state, id).Status, state.searches.files.list()]).toEqual(['RUNNING', []]);
    until(state, '2027-01-04T00:02:00.002Z');
    expect(shownExport(state, id)).toMatchObject({
      Status: 'COMPLETED',
      CompletionTime: new Date('2027-01-04T00:02:00.001Z'),
    });
    const [written] = state.searches.files.list();
    expect([written?.bucket, written?.key]).toEqual(['pictures', `${folder}${id}.csv`]);
    expect(written?.text().split('\r\n')).toEqual([
      'BackupResourceArn,SourceResourceArn,BackupVaultName,ObjectKey,ObjectSize,CreationTime,ETag,VersionId',
      `${arnsOf(state, BUCKET.arn)[0]},${BUCKET.arn},main,cat.jpg,10,2026-12-24T00:00:00.000Z,e-cat.jpg,v-cat.jpg`,
      '',
    ]);
    const { objects } = state.buckets.tryFind('aws', 'pictures')!;
    expect(objects.keys()).toEqual([`${folder}${id}.csv`]);
    const etag = createHash('md5')
      .update(written?.text() ?? '')
      .digest('hex');
    expect(objects.versions(`${folder}${id}.csv`).map((one) => [one.etag, one.headers])).toEqual([
      [etag, { ContentType: 'text/csv', ServerSideEncryption: 'AES256' }],
    ]);
  });

  test('of files of disks have their columns, and nothing for a time that the file system does not keep', () => {
    const state = stage(1, [file('/etc/hosts'), file('/etc/passwd', MODIFIED + 1000)], DISK);
    const search = start(state, {}, DISK);
    until(state, OVER);
    exported(state, search, { DestinationBucket: 'pictures' });
    until(state, '2027-01-04T00:02:00.002Z');
    const [point] = arnsOf(state, DISK.arn);
    expect(state.searches.files.list()[0]?.text().split('\r\n')).toEqual([
      'BackupResourceArn,SourceResourceArn,BackupVaultName,FileSystemIdentifier,FilePath,FileSize,CreationTime,LastModifiedTime',
      `${point},${DISK.arn},main,root,/etc/hosts,7,,2026-12-24T00:00:00.000Z`,
      `${point},${DISK.arn},main,root,/etc/passwd,7,2026-12-24T00:00:01.000Z,2026-12-24T00:00:00.000Z`,
      '',
    ]);
  });

  test('into a bucket that is not there fail', () => {
    const state = stage(1, [object('cat.jpg', 10)]);
    const search = start(state);
    until(state, OVER);
    const id = exported(state, search, { DestinationBucket: 'nowhere' });
    until(state, '2027-01-04T00:02:00.002Z');
    expect(shownExport(state, id)).toMatchObject({
      Status: 'FAILED',
      StatusMessage: 'The bucket nowhere does not exist.',
      CompletionTime: new Date('2027-01-04T00:02:00.001Z'),
    });
    expect(state.searches.files.list()).toEqual([]);
  });
});
