// How many reasons of jobs are told, and what is told of jobs that are on record no longer.
import { FAILED } from '../../../engine/src/domain/event-codes';
import type { Outcome } from '../../../engine/src/domain/job-outcomes';
import { BACKUP, COPY } from '../../../engine/src/domain/jobs';
import { BACKUP_NOT_ALLOWED } from '../../../engine/src/domain/denials';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { notCompletedOf } from '../../../engine/src/report/not-completed';

/** A World whose jobs are all on record no longer. */
function worldOf(count: number): WorldState {
  const outcomes = Array.from({ length: count }, (_, index): Outcome => {
    const kind = index % 2 === 0 ? BACKUP : COPY;
    const resourceType = `Type${String(index).padStart(2, '0')}`;
    return { kind, state: FAILED, reason: BACKUP_NOT_ALLOWED, resourceType, count: index + 1, job: 0, resource: index };
  });
  return {
    ledger: {
      outcomes: { list: () => outcomes },
      jobs: { isOnRecord: () => false },
      resources: { find: (number: number) => ({ arn: `arn:${number}` }) },
    },
    restores: { list: () => [] },
  } as unknown as WorldState;
}

test('nothing is told where all jobs have completed', () => {
  expect(notCompletedOf(worldOf(0))).toBeUndefined();
});

test.each([
  [20, 20, 0, 0],
  [21, 20, 1, 1],
  [23, 20, 3, 6],
])('of %i reasons %i are told', (count, told, moreReasons, moreJobs) => {
  const found = notCompletedOf(worldOf(count));
  expect([found?.reasons.length, found?.moreReasons, found?.moreJobs]).toEqual([told, moreReasons, moreJobs]);
  expect(found?.reasons[0]).toEqual({
    kind: count % 2 === 1 ? 'backup' : 'copy',
    state: 'FAILED',
    resourceType: `Type${count - 1}`,
    count,
    statusMessage: 'You are not authorized to perform this operation.',
    resourceArn: `arn:${count - 1}`,
    why: '',
  });
});
