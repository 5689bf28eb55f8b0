// Which points policies cannot tell apart.
import { PointKinds } from '../../../engine/src/domain/point-kinds';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const [ONE, OTHER] = [resource('efs', 'fs-1', { tags: { a: '1' } }), resource('efs', 'fs-2', { tags: { a: '1' } })];

function staged() {
  const vaults = [vault('main'), vault('second')];
  const state = world('2027-01-01', { vaults, resources: [ONE, OTHER] });
  const kinds = new PointKinds(state.ledger);
  let day = 1;
  /** The kind of the point that a new backup makes. */
  const made = ({ arn } = ONE, BackupVaultName = 'main', RecoveryPointTags: Record<string, string> = {}) => {
    const before = rowsOf(state, arn);
    startBackupJob(state, ENV, { BackupVaultName, ResourceArn: arn, IamRoleArn: ROLE, RecoveryPointTags });
    until(state, `2027-01-${String(++day).padStart(2, '0')}`);
    const [row = -1] = rowsOf(state, arn).filter((one) => !before.includes(one));
    return { row, kind: kinds.of(row) };
  };
  return { state, kinds, made };
}

function rowsOf({ ledger }: WorldState, arn: string): number[] {
  return (ledger.resources.tryFind(arn)?.series ?? []).flatMap((series) => ledger.points.rowsOf(series));
}

test('those of one resource in one vault with the same tags are one kind, in whichever order they were given', () => {
  const { made, kinds } = staged();
  const [first, second, tagged] = [made(), made(), made(ONE, 'main', { b: '2', c: '3' })];
  expect(Number.isInteger(first.kind)).toBe(true);
  expect(second.kind).toBe(first.kind);
  expect(made(ONE, 'main', { c: '3', b: '2' }).kind).toBe(tagged.kind);
  expect(kinds.of(first.row)).toBe(first.kind);
  expect(new Set([first, tagged, made(OTHER), made(ONE, 'second')].map(({ kind }) => kind)).size).toBe(4);
});

test('a point whose tags are others now is of another kind, and so are those of a resource that was tagged anew', () => {
  const { state, made, kinds } = staged();
  const first = made();
  state.addResource({ ...ONE, tags: { a: '2' } });
  const second = made();
  expect(second.kind).not.toBe(first.kind);
  expect(kinds.of(first.row)).toBe(first.kind);
  const [point] = state.pointsOf(ONE.arn);
  tagResource(state, ENV, { ResourceArn: point?.recoveryPointArn, Tags: { d: '4' } });
  expect([first.kind, second.kind]).not.toContain(kinds.of(first.row));
  expect(kinds.of(second.row)).toBe(second.kind);
});

test('those of one rule are of one kind until tags of the resource, or of one of them, are changed', () => {
  const daily = () => {
    const plans = [plan('p', [rule('r', { scheduleExpression: 'cron(0 5 * * ? *)' })])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [ONE], plans });
    until(state, '2027-01-03');
    const kinds = new PointKinds(state.ledger);
    return { state, kindsNow: () => rowsOf(state, ONE.arn).map((row) => kinds.of(row)) };
  };
  const [one, other] = [daily(), daily()];
  expect([one.kindsNow(), other.kindsNow()]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  one.state.addResource({ ...ONE, tags: { a: '2' } });
  until(one.state, '2027-01-04');
  expect(one.kindsNow()).toEqual([0, 0, 1]);
  const ResourceArn = other.state.pointsOf(ONE.arn)[1]?.recoveryPointArn;
  tagResource(other.state, ENV, { ResourceArn, Tags: { d: '4' } });
  expect(other.kindsNow()).toEqual([0, 1]);
});
