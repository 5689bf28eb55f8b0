// Express state machines: executions that nobody can look at afterwards, and those whose end the caller waits for.
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { World } from '../../../engine/src/testing/world';

const ACCOUNT = '123456789012';
const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:x`;
const roleArn = `arn:aws:iam::${ACCOUNT}:role/machine`;
const GROUP = 'executions';
const logGroupArn = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${GROUP}:*`;

const states = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });
const list = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:backup:listBackupVaults', Parameters: {} };
const vault = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } };
const code = "exports.handler = async (n) => { if (n === 'throw') { throw new Error('so'); } return `${n}!`; };";
const F = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'f',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: roleArn,
    Code: { ZipFile: code },
  },
};
const CALLED = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', OutputPath: '$.Payload', End: true };

const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

async function express(definition: object, runFunctions = true) {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1, runFunctions });
  open.push(world);
  await world.deploy({ Resources: { Vault: vault, F } });
  const [client, logs] = [world.client(SFNClient), world.client(CloudWatchLogsClient)];
  await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
  const loggingConfiguration = { level: 'ALL' as const, includeExecutionData: true, destinations };
  const machine = { name: 'x', definition: JSON.stringify(definition), roleArn, type: 'EXPRESS' as const };
  await client.send(new CreateStateMachineCommand({ ...machine, loggingConfiguration }));
  const logged = async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }));
    return events.map(
      ({ message = '' }) => JSON.parse(message) as { type: string; execution_arn: string; details: object },
    );
  };
  return { world, client, logged };
}

test('an express machine says that it is one, by call and by template', async () => {
  const { world, client } = await express(states({ A: { Type: 'Succeed' } }));
  expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({ type: 'EXPRESS' });
  const DefinitionString = JSON.stringify(states({ A: { Type: 'Succeed' } }));
  const Properties = { StateMachineName: 'y', StateMachineType: 'EXPRESS', RoleArn: roleArn, DefinitionString };
  await world.deploy({ Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties } } });
  const { stateMachines } = await client.send(new ListStateMachinesCommand());
  expect(stateMachines?.map(({ name, type }) => [name, type])).toEqual([
    ['x', 'EXPRESS'],
    ['y', 'EXPRESS'],
  ]);
});

test('its executions run under names that may come again, and are told of by logs alone', async () => {
  const { world, client, logged } = await express(states({ A: { ...list, End: true } }));
  const start = () => client.send(new StartExecutionCommand({ stateMachineArn, name: 'n', input: '{"a":1}' }));
  const arns = [(await start()).executionArn, (await start()).executionArn];
  expect(arns[0]).toMatch(new RegExp(`^arn:aws:states:us-east-1:${ACCOUNT}:express:x:n:[0-9a-f-]{36}$`));
  expect(new Set(arns).size).toBe(2);
  await world.advance({ minutes: 1 });
  expect((await logged()).filter(({ execution_arn }) => execution_arn === arns[0])).toMatchObject([
    { type: 'ExecutionStarted', details: { input: '{"a":1}', roleArn } },
    { type: 'ExecutionSucceeded', details: { output: expect.stringContaining('"BackupVaultName":"main"') as string } },
  ]);
  const described = client.send(new DescribeExecutionCommand({ executionArn: arns[0] }));
  await expect(described).rejects.toMatchObject({ name: 'InvalidArn' });
  const listed = client.send(new ListExecutionsCommand({ stateMachineArn }));
  await expect(listed).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
});

test('what lasts longer than five minutes is timed out', async () => {
  const ends = async (Seconds: number) => {
    const { world, client, logged } = await express(states({ A: { Type: 'Wait', Seconds, End: true } }));
    await client.send(new StartExecutionCommand({ stateMachineArn }));
    await world.advance({ minutes: 10 });
    return (await logged()).at(-1)?.type;
  };
  expect([await ends(299), await ends(301)]).toEqual(['ExecutionSucceeded', 'ExecutionTimedOut']);
});

describe('StartSyncExecution', () => {
  const sync = async (definition: object, input: unknown = {}, runFunctions = true) => {
    const { client } = await express(definition, runFunctions);
    return client.send(new StartSyncExecutionCommand({ stateMachineArn, name: 'n', input: JSON.stringify(input) }));
  };
  const called = (input: unknown) => states({ A: { ...CALLED, Parameters: { FunctionName: 'f', Payload: input } } });

  test('answers with what came of the execution: of services, functions, waits and branches', async () => {
    const { BackupVaultList } = JSON.parse((await sync(states({ A: { ...list, End: true } }))).output ?? '{}') as {
      BackupVaultList: object[];
    };
    expect(BackupVaultList).toHaveLength(1);
    expect(await sync(called('hi'))).toMatchObject({ status: 'SUCCEEDED', output: '"hi!"', name: 'n', input: '{}' });
    const Branches = [called('one'), states({ W: { Type: 'Wait', Seconds: 30, End: true } }), called('two')];
    const parallel = await sync(states({ P: { Type: 'Parallel', Branches, End: true } }), 1);
    expect(parallel).toMatchObject({ status: 'SUCCEEDED', output: '["one!",1,"two!"]' });
    expect(parallel.executionArn).toMatch(/:express:x:n:/);
  });

  test('answers with an error, once it was tried again', async () => {
    const Retry = [{ ErrorEquals: ['Error'], MaxAttempts: 2 }];
    const failing = states({ A: { ...called('throw').States['A'], Retry } });
    const failed = await sync(failing);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Error' });
    expect(failed.cause).toContain('"errorMessage":"so"');
    expect(failed.output).toBeUndefined();
  });

  test('is timed out by what the execution would have waited', async () => {
    expect((await sync(states({ A: { Type: 'Wait', Seconds: 301, End: true } }))).status).toBe('TIMED_OUT');
    const short = { ...states({ A: { Type: 'Wait', Seconds: 20, End: true } }), TimeoutSeconds: 10 };
    expect((await sync(short)).status).toBe('TIMED_OUT');
  });

  test('is not emulated where functions do not run, and refused by standard machines', async () => {
    await expect(sync(called('hi'), {}, false)).rejects.toMatchObject({ name: 'NotEmulated' });
    const { client } = await express(called('hi'));
    const definition = JSON.stringify(called('hi'));
    const { stateMachineArn: arn } = await client.send(
      new CreateStateMachineCommand({ name: 's', definition, roleArn }),
    );
    const refused = client.send(new StartSyncExecutionCommand({ stateMachineArn: arn }));
    await expect(refused).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  });
});

// prettier-ignore
test.each<[resource: string, waits: string]>([
  ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', '.waitForTaskToken'],
  ['arn:aws:states:::states:startExecution.sync:2',     '.sync:2'],
])('an express machine cannot be made of, nor changed to, %s', async (Resource, waits) => {
  const { client } = await express(states({ A: { Type: 'Succeed' } }));
  const task = states({ A: { Type: 'Task', Resource, End: true } });
  const definition = JSON.stringify(states({ M: { Type: 'Map', ItemProcessor: task, End: true } }));
  const made = client.send(new CreateStateMachineCommand({ name: 'z', definition, roleArn, type: 'EXPRESS' }));
  const refusal = { name: 'InvalidDefinition', message: expect.stringContaining(`does not support '${waits}'`) as string };
  await expect(made).rejects.toMatchObject(refusal);
  const changed = client.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  await expect(changed).rejects.toMatchObject(refusal);
  await client.send(new CreateStateMachineCommand({ name: 'z', definition, roleArn }));
});
