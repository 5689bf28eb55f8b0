// Search jobs on the virtual clock: stopping, quotas, points that cannot be searched, and who may.
import type { ContentRuns } from '../../../engine/src/domain/content-runs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { getSearchJob } from '../../../engine/src/operations/backupsearch/get-search-job';
import { getSearchResultExportJob } from '../../../engine/src/operations/backupsearch/get-search-result-export-job';
import { listSearchJobBackups } from '../../../engine/src/operations/backupsearch/list-search-job-backups';
import { listSearchJobResults } from '../../../engine/src/operations/backupsearch/list-search-job-results';
import { listSearchJobs } from '../../../engine/src/operations/backupsearch/list-search-jobs';
import { listSearchResultExportJobs } from '../../../engine/src/operations/backupsearch/list-search-result-export-jobs';
import { startSearchJob } from '../../../engine/src/operations/backupsearch/start-search-job';
import { startSearchResultExportJob } from '../../../engine/src/operations/backupsearch/start-search-result-export-job';
import { stopSearchJob } from '../../../engine/src/operations/backupsearch/stop-search-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'pictures');
const SEARCH = { SearchScope: { BackupResourceTypes: ['S3' as const] } };

function stage(points = 0): WorldState {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET] });
  for (let number = 1; number <= points; number++) {
    const asked = { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE, Index: 'ENABLED' as const };
    startBackupJob(state, ENV, { ...asked, IdempotencyToken: `${number}` });
    until(state, `2027-01-${String(number).padStart(2, '0')}T12:00Z`);
  }
  return state;
}

function start(state: WorldState, more: object = {}): string {
  return startSearchJob(state, ENV, { ...SEARCH, ...more }).SearchJobIdentifier ?? '';
}

const statusOf = (state: WorldState, id: string) => getSearchJob(state, ENV, { SearchJobIdentifier: id }).Status;
const faultOf = (call: () => unknown): string => {
  try {
    call();
    return 'none';
  } catch (error) {
    return (error as Error).name;
  }
};

test('a search runs for a minute, and one that is stopped is STOPPING for another (B5.5/2)', () => {
  const state = stage();
  const [whole, stopped] = [start(state), start(state)];
  expect(statusOf(state, whole)).toBe('RUNNING');
  stopSearchJob(state, ENV, { SearchJobIdentifier: stopped });
  expect(statusOf(state, stopped)).toBe('STOPPING');
  expect(faultOf(() => stopSearchJob(state, ENV, { SearchJobIdentifier: stopped }))).toBe('ConflictException');
  until(state, '2027-01-01T00:02Z');
  expect([statusOf(state, whole), statusOf(state, stopped)]).toEqual(['COMPLETED', 'STOPPED']);
  expect(listSearchJobs(state, ENV, { ByStatus: 'STOPPED' }).SearchJobs).toHaveLength(1);
  expect(listSearchJobs(state, { ...ENV, region: 'us-west-2' }, {}).SearchJobs).toEqual([]);
});

test('a search that is stopped while host lists items stays stopped, whatever would have been found', () => {
  const state = stage(1);
  const listed: (() => void)[] = [];
  const item = { type: 'S3' as const, key: 'a', versionId: 'v', sizeBytes: 1, createdAt: state.now, etag: 'e' };
  const list: ContentRuns['list'] = (_, then) => listed.push(() => then([item])) > 0;
  state.ledger.content = { list } as ContentRuns;
  const id = start(state);
  until(state, '2027-01-01T12:02Z');
  expect([statusOf(state, id), listed.length]).toEqual(['RUNNING', 1]);
  stopSearchJob(state, ENV, { SearchJobIdentifier: id });
  listed.forEach((settle) => settle());
  expect(statusOf(state, id)).toBe('STOPPING');
  until(state, '2027-01-01T12:04Z');
  expect(statusOf(state, id)).toBe('STOPPED');
  expect(listSearchJobResults(state, ENV, { SearchJobIdentifier: id }).Results).toEqual([]);
});

test('fails on the eleventh search at once, and on an export of one that runs', () => {
  const state = stage();
  const ids = Array.from({ length: 10 }, () => start(state));
  expect(faultOf(() => start(state))).toBe('ServiceQuotaExceededException');
  const ExportSpecification = { s3ExportSpecification: { DestinationBucket: 'pictures' } };
  const exported = () => startSearchResultExportJob(state, ENV, { SearchJobIdentifier: ids[0], ExportSpecification });
  expect(faultOf(exported)).toBe('ValidationException');
  until(state, '2027-01-01T00:02Z');
  expect(faultOf(() => start(state))).toBe('none');
  for (let number = 0; number < 5; number++) {
    exported();
  }
  expect(faultOf(exported)).toBe('ServiceQuotaExceededException');
  const { ExportJobs = [] } = listSearchResultExportJobs(state, ENV, {});
  const [last] = ExportJobs.map(({ ExportJobIdentifier }) => ExportJobIdentifier);
  expect(getSearchResultExportJob(state, ENV, { ExportJobIdentifier: last }).Status).toBe('RUNNING');
  until(state, '2027-01-01T00:04Z');
  expect(getSearchResultExportJob(state, ENV, { ExportJobIdentifier: last }).Status).toBe('COMPLETED');
});

test('fails on a scope of more than twenty points', () => {
  const state = stage(21);
  expect(faultOf(() => start(state))).toBe('ServiceQuotaExceededException');
  const BackupResourceCreationTime = { CreatedAfter: new Date('2027-01-01T12:00Z') };
  expect(faultOf(() => start(state, { SearchScope: { ...SEARCH.SearchScope, BackupResourceCreationTime } }))).toBe(
    'none',
  );
});

test('a point without content says that its items are not known, and one whose index goes that it cannot be searched', () => {
  const state = stage(2);
  const [, second] = state.pointsOf(BUCKET.arn).map(({ recoveryPointArn }) => recoveryPointArn);
  const set = { BackupVaultName: 'main', RecoveryPointArn: second, Index: 'DISABLED' as const };
  updateRecoveryPointIndexSettings(state, ENV, set);
  const id = start(state);
  until(state, '2027-01-03T00:00Z');
  const backups = listSearchJobBackups(state, ENV, { SearchJobIdentifier: id }).Results ?? [];
  expect(Object.fromEntries(backups.map((one) => [one.Status, one.StatusMessage]))).toEqual({
    COMPLETED: 'The items of the recovery point are not known.',
    FAILED: 'The backup index is DELETING.',
  });
  expect(getSearchJob(state, ENV, { SearchJobIdentifier: id })).toMatchObject({
    Status: 'COMPLETED',
    StatusMessage: '1 recovery points could not be searched.',
    SearchScopeSummary: { TotalRecoveryPointsToScanCount: 2, TotalItemsToScanCount: 0 },
  });
});

test('a search under a key that is disabled before it looks fails, and one under a key that was deleted is refused', () => {
  const state = stage();
  const { KeyMetadata } = createKey(state, ENV, {});
  const EncryptionKeyArn = KeyMetadata?.Arn ?? '';
  const [id, EMPTY] = [start(state, { EncryptionKeyArn }), start(state)];
  expect(getSearchJob(state, ENV, { SearchJobIdentifier: id }).EncryptionKeyArn).toBe(EncryptionKeyArn);
  disableKey(state, ENV, { KeyId: EncryptionKeyArn });
  until(state, '2027-01-01T00:02Z');
  expect([statusOf(state, id), statusOf(state, EMPTY)]).toEqual(['FAILED', 'COMPLETED']);
  expect(getSearchJob(state, ENV, { SearchJobIdentifier: id }).StatusMessage).toMatch(/^KMS key is either disabled/);
  scheduleKeyDeletion(state, ENV, { KeyId: EncryptionKeyArn, PendingWindowInDays: 7 });
  until(state, '2027-01-09T00:00Z');
  expect(faultOf(() => start(state, { EncryptionKeyArn }))).toBe('ValidationException');
});

test('whoever searches under a key has to be allowed to use it by way of AWS Backup', () => {
  const state = stage();
  const EncryptionKeyArn = createKey(state, ENV, {}).KeyMetadata?.Arn ?? '';
  createUser(state, ENV, { UserName: 'ana' });
  const caller = { ...ENV, principalArn: `arn:aws:iam::${ENV.account}:user/ana` };
  Object.assign(state, { enforceIam: true });
  const asAna = (...Statement: object[]) => {
    const list = { Effect: 'Allow', Action: 'backup:ListIndexedRecoveryPointsForSearch', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Statement: [list, ...Statement] });
    putUserPolicy(state, ENV, { UserName: 'ana', PolicyName: 'own', PolicyDocument });
    return faultOf(() => startSearchJob(state, caller, { ...SEARCH, EncryptionKeyArn }));
  };
  const using = { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: EncryptionKeyArn };
  const via = (service: string) => ({
    ...using,
    Condition: { StringEquals: { 'kms:ViaService': `${service}.${ENV.region}.amazonaws.com` } },
  });
  expect(asAna()).toBe('AccessDeniedException');
  expect(asAna(via('s3'))).toBe('AccessDeniedException');
  expect(asAna(via('backup'))).toBe('none');
  expect(asAna(using, { ...using, Effect: 'Deny' })).toBe('AccessDeniedException');
});

test('policies decide about the list of points and about each of them (B11.5/1)', () => {
  const state = stage(1);
  createUser(state, ENV, { UserName: 'ana' });
  const caller = { ...ENV, principalArn: `arn:aws:iam::${ENV.account}:user/ana` };
  const asAna = (...Action: string[]) => {
    const PolicyDocument = JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    putUserPolicy(state, ENV, { UserName: 'ana', PolicyName: 'own', PolicyDocument });
    const { SearchJobIdentifier } = startSearchJob(state, caller, SEARCH);
    return listSearchJobBackups(state, ENV, { SearchJobIdentifier }).Results?.map((one) => one.Status);
  };
  // Only now: the backup of the stage is made with a role that has no policies.
  Object.assign(state, { enforceIam: true });
  const [list, search] = ['backup:ListIndexedRecoveryPointsForSearch', 'backup:SearchRecoveryPoint'];
  expect(faultOf(() => asAna(search))).toBe('AccessDeniedException');
  expect(asAna(list)).toEqual(['FAILED']);
  expect(asAna(list, search)).toEqual(['RUNNING']);
});
