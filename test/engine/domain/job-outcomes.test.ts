// Which jobs of stacks count as not completed.
import { PARTIAL } from '../../../engine/src/domain/event-codes';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TABLE = resource('dynamodb-advanced', 'orders');
const GRAPH = resource('neptune', 'graph');

/** What is counted of a stack that is backed up and copied to another account for two days. */
function counted(members: Readonly<Record<string, string>>) {
  const far = { ...ENV, account: '444455556666' };
  const stack = resource('cloudformation', 'shop', { members, sizeGiB: 0.01 });
  const copied = { copyActions: [{ destinationBackupVaultArn: vaultArn('far', far) }] };
  const selections = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [stack.arn] }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('far', { env: far })],
    resources: [stack, TABLE, GRAPH],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', ...copied })], { selections })],
  });
  until(state, '2027-01-03T04:00Z');
  expect(state.summary().copyJobs).not.toEqual({});
  return state.ledger.outcomes
    .list()
    .flatMap(({ kind, state: ended, resourceType, count }) =>
      resourceType === 'CloudFormation' ? [[kind, ended, count]] : [],
    );
}

test('a stack that was backed up and copied whole is counted nowhere, one that was partly for each of both', () => {
  expect(counted({ Orders: TABLE.arn })).toEqual([]);
  expect(counted({ Orders: TABLE.arn, Queue: 'arn:aws:sqs:eu-central-1:111122223333:queue' })).toEqual([
    [0, PARTIAL, 2],
    [1, PARTIAL, 2],
  ]);
});
