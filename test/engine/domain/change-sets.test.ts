import { ChangeSet, ExecutionStatus, makeObsolete } from '../../../engine/src/domain/change-sets';

test('once a stack is updated, what could still be executed is OBSOLETE, and nothing else', () => {
  const statuses: ExecutionStatus[] = ['AVAILABLE', 'UNAVAILABLE', 'EXECUTE_COMPLETE', 'EXECUTE_FAILED', 'OBSOLETE'];
  const changeSets = statuses.map((executionStatus) => ({ executionStatus }) as ChangeSet);
  makeObsolete(changeSets);
  expect(changeSets.map(({ executionStatus }) => executionStatus)).toEqual(['OBSOLETE', ...statuses.slice(1)]);
});
