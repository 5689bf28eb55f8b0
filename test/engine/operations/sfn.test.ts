import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { describeExecution } from '../../../engine/src/operations/sfn/describe-execution';
import { listExecutions } from '../../../engine/src/operations/sfn/list-executions';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { ENV, world } from '../scenarios/stage';

const ARN = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
const DEFINITION = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });

test('an execution is recorded under its name with its input', () => {
  const state = world('2027-01-01', {});
  const machine = { name: 'm', definition: DEFINITION, roleArn: 'arn:role' };
  expect(createStateMachine(state, ENV, machine)).toEqual(createStateMachine(state, ENV, machine));
  const { executionArn } = startExecution(state, ENV, { stateMachineArn: ARN, name: 'x', input: '{"a":1}' });
  expect(executionArn).toBe(`${ARN.replace('stateMachine', 'execution')}:x`);
  const again = startExecution(state, ENV, { stateMachineArn: ARN, name: 'x', input: '{"a":1}' });
  expect(again.executionArn).toBe(executionArn);
  expect(describeExecution(state, ENV, { executionArn })).toMatchObject({
    stateMachineArn: ARN,
    name: 'x',
    input: '{"a":1}',
  });
});

test('executions are listed the latest first, page by page, and by status', () => {
  const state = world('2027-01-01', {});
  createStateMachine(state, ENV, { name: 'm', definition: DEFINITION, roleArn: 'arn:role' });
  for (const name of ['a', 'b', 'c']) {
    startExecution(state, ENV, { stateMachineArn: ARN, name });
  }
  const first = listExecutions(state, ENV, { stateMachineArn: ARN, maxResults: 2 });
  expect(first.executions?.map(({ name }) => name)).toEqual(['c', 'b']);
  const { nextToken } = first;
  const rest = listExecutions(state, ENV, { stateMachineArn: ARN, maxResults: 2, nextToken });
  expect(rest.executions?.map(({ name }) => name)).toEqual(['a']);
  expect(rest).not.toHaveProperty('nextToken');
  const other = () => listExecutions(state, ENV, { stateMachineArn: ARN, maxResults: 2, nextToken: '2' });
  expect(other).toThrow(expect.objectContaining({ name: 'InvalidToken' }) as Error);
  expect(listExecutions(state, ENV, { stateMachineArn: ARN, statusFilter: 'ABORTED' }).executions).toEqual([]);
});

// prettier-ignore
test.each<[what: string, call: (state: ReturnType<typeof world>) => unknown, name: string]>([
  ['a definition that is no JSON',       (s) => createStateMachine(s, ENV, { name: 'n', definition: '{' }),                        'InvalidDefinition'],
  ['a first state that is not there',    (s) => createStateMachine(s, ENV, { name: 'n', definition: '{"StartAt":"B","States":{}}' }), 'InvalidDefinition'],
  ['another definition under its name',  (s) => createStateMachine(s, ENV, { name: 'm', definition: DEFINITION.replace('Succeed', 'Fail') }), 'StateMachineAlreadyExists'],
  ['a machine that is not there',        (s) => startExecution(s, ENV, { stateMachineArn: `${ARN}x` }),                            'StateMachineDoesNotExist'],
  ['input that is no JSON',              (s) => startExecution(s, ENV, { stateMachineArn: ARN, input: '{' }),                      'InvalidExecutionInput'],
  ['other input under a name',           (s) => startExecution(s, ENV, { stateMachineArn: ARN, name: 'x', input: '[]' }),          'ExecutionAlreadyExists'],
  ['executions of no machine',           (s) => listExecutions(s, ENV, { stateMachineArn: `${ARN}x` }),                            'StateMachineDoesNotExist'],
  ['an execution that is not there',     (s) => describeExecution(s, ENV, { executionArn: 'arn:aws:states:::execution:m:y' }),     'ExecutionDoesNotExist'],
])('Step Functions refuses %s', (_what, call, name) => {
  const state = world('2027-01-01', {});
  createStateMachine(state, ENV, { name: 'm', definition: DEFINITION, roleArn: 'arn:role' });
  startExecution(state, ENV, { stateMachineArn: ARN, name: 'x' });
  expect(() => call(state)).toThrow(expect.objectContaining({ name }));
});
