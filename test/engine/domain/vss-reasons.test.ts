// Which reasons of jobs are shadow copies that failed.
import { isVssIssue, VSS_FAILED, VSS_INSTANCE_STATE, VSS_REASONS } from '../../../engine/src/domain/vss-reasons';

test('each of them is one, and what stands beside them is none', () => {
  const reasons = Object.keys(VSS_REASONS).map(Number);
  expect(reasons).toHaveLength(7);
  expect(reasons.filter((reason) => !isVssIssue(reason))).toEqual([]);
  expect([VSS_INSTANCE_STATE - 1, VSS_FAILED + 1].map(isVssIssue)).toEqual([false, false]);
});
