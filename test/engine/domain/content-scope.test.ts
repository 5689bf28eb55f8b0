// What captures are encrypted with and build on, which options they have, and of which instant a restore takes them.
import type { CaptureOrder, ContentOrder } from '../../../engine/src/domain/content-orders';
import type { Revision } from '../../../engine/src/domain/content-held';
import { newestIn, scopeOf } from '../../../engine/src/domain/content-scope';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { replicateKey } from '../../../engine/src/operations/kms/replicate-key';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { hosted } from '../scenarios/content-stage';
import { CMK, ENV, HOUR, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const FAR = { ...ENV, region: 'us-west-2' };
const PLACE = `${ENV.partition}/${ENV.account}/${ENV.region}`;
const FILES = resource('efs', 'fs-1');
const VOLUME = resource('ebs', 'vol-1');
const BUCKET = resource('s3', 'pictures');
const DATABASE = resource('rds', 'shop');
const UNKNOWN = CMK.replace(/1$/, '9');

const daily = (hour: number, enableContinuousBackup: boolean, targetBackupVaultName = 'main') =>
  rule(`at-${hour}`, { scheduleExpression: `cron(0 ${hour} ? * * *)`, enableContinuousBackup, targetBackupVaultName });
const captures = (orders: readonly ContentOrder[]) =>
  orders.filter((one): one is CaptureOrder => one.kind === 'capture');

test('a capture is encrypted with its key, that of AWS without one, and stands with its vault or its place (B4.4/1, B7.1/1)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES, VOLUME] });
  const { ledger } = state;
  const primary = createKey(state, FAR, { MultiRegion: true }).KeyMetadata?.Arn ?? '';
  const replica = replicateKey(state, FAR, { KeyId: primary, ReplicaRegion: ENV.region }).ReplicaKeyMetadata?.Arn ?? '';
  expect(replica).toContain(`:${ENV.region}:`);
  const scope = (key: string | undefined, arn: string) =>
    scopeOf(ledger, key, ledger.resources.tryFind(arn)!, ledger.vaults.tryFindByArn(vaultArn('main'))!);
  expect(scope(undefined, VOLUME.arn)).toEqual({ key: `owned by AWS in ${PLACE}`, place: PLACE });
  // Of a key that nobody declared, its ARN is all there is.
  expect(scope(UNKNOWN, VOLUME.arn)).toEqual({ key: UNKNOWN, place: PLACE });
  expect(scope(primary, FILES.arn)).toEqual({ key: primary, place: vaultArn('main') });
  expect(scope(replica, FILES.arn)).toEqual({ key: primary, place: vaultArn('main') });
});

// prettier-ignore
test.each([
  ['fully managed',     FILES,  [undefined, undefined, '1', '2']],
  ['not fully managed', VOLUME, [undefined, '1',       '2', '3']],
])('the backups of a service that is %s build on the last one in their vault, or anywhere in the Region (B4.4/1)', (_what, one, bases) => {
  const plans = [plan('first', [daily(5, false)]), plan('second', [daily(7, false, 'other')])];
  const vaults = [vault('main'), vault('other')];
  const { orders, until } = hosted(world('2027-01-01', { vaults, resources: [one], plans }));
  until('2027-01-03T00:00:00Z');
  expect(captures(orders).map(({ to }) => to.base)).toEqual(bases);
});

const withOptions = (...disabled: string[]) => [
  { resourceType: 'S3', backupOptions: Object.fromEntries(disabled.map((option) => [option, 'disabled'])) },
];
const ACLS = 'BackupACLs';
const TAGS = 'BackupObjectTags';

test('what is beside a continuous backup has the options of its last run, whatever its own plan says (B2.4/1)', () => {
  const plans = [
    plan('continuous', [daily(5, true)], { advancedBackupSettings: withOptions(ACLS) }),
    plan('before', [daily(4, false)], { advancedBackupSettings: withOptions(TAGS) }),
    plan('after', [daily(6, false)], { advancedBackupSettings: withOptions(TAGS) }),
    plan('elsewhere', [daily(7, true, 'other')], { advancedBackupSettings: withOptions(ACLS, TAGS) }),
  ];
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [BUCKET], plans });
  const { orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  const { plans: made } = state.ledger;
  const first = made.list().find(({ declaration }) => declaration.backupPlanName === 'continuous');
  state.plans.update(first!, { ...first!.declaration, advancedBackupSettings: withOptions() });
  until('2027-01-02T12:00:00Z');
  const told = captures(orders).filter(({ to }) => !to.label.startsWith('revision'));
  expect(told.map(({ options }) => Object.keys(options).join())).toEqual([
    ...[TAGS, ACLS, ACLS, ACLS],
    ...[ACLS, '', '', ''],
  ]);
});

test('an instance that cannot have a shadow copy is captured without one (B4.6/1)', () => {
  const options = { WindowsVSS: 'enabled' };
  const instances = [resource('ec2', 'i-1', { windowsVss: 'timeout' }), resource('ec2', 'i-2')];
  const advancedBackupSettings = [{ resourceType: 'EC2', backupOptions: options }];
  const plans = [plan('p', [daily(5, false)], { advancedBackupSettings })];
  const { orders, until } = hosted(world('2027-01-01', { vaults: [vault('main')], resources: instances, plans }));
  until('2027-01-02T00:00:00Z');
  expect(captures(orders).map((order) => order.options)).toEqual([{ WindowsVSS: 'disabled' }, options]);
});

test('a restore of a continuous point takes what stood at its time, or at the latest that there is (B5.3)', () => {
  const plans = [plan('p', [daily(5, true)])];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [DATABASE], plans });
  const { orders, until } = hosted(state);
  until('2027-01-04T00:00:00Z');
  const RecoveryPointArn = state.pointsOf(DATABASE.arn)[0]?.recoveryPointArn;
  const from = (more: object) => {
    const before = orders.length;
    const Metadata = { DBInstanceIdentifier: `restored-${before}`, ...more };
    startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
    until(new Date(state.now + HOUR).toISOString());
    return orders.slice(before).flatMap((order) => (order.kind === 'restore' ? [order.from] : []));
  };
  // Runs of three days, of which the second and third renewed the point.
  expect(captures(orders)).toHaveLength(3);
  expect(from({ RestoreTime: '2027-01-01T12:00:00Z' })).toEqual(['1']);
  expect(from({ RestoreTime: '2027-01-02T12:00:00Z' })).toEqual(['2']);
  expect(from({ UseLatestRestorableTime: 'true' })).toEqual(['3']);
});

test('what is captured builds on the newest of its key and place, of those of one instant the last (B4.4/1)', () => {
  const revision = (id: string, from: number, key = 'k', place = 'p') =>
    ({ from, held: { stored: { id }, scope: { key, place } } }) as unknown as Revision;
  const newest = (...revisions: Revision[]) => newestIn({ key: 'k', place: 'p' }, revisions)?.held.stored.id;
  const [old, recent, same] = [revision('old', 1), revision('recent', 2), revision('same', 2)];
  expect([newest(), newest(old, recent), newest(recent, old), newest(recent, same), newest(same, recent)]).toEqual([
    ...[undefined, 'recent', 'recent', 'same', 'recent'],
  ]);
  const [underOther, elsewhere] = [revision('underOther', 3, 'other'), revision('elsewhere', 3, 'k', 'other')];
  expect([newest(old, underOther), newest(old, elsewhere), newest(underOther, elsewhere)]).toEqual([
    ...['old', 'old', undefined],
  ]);
});
