// Executions of state machines on the World's clock: branches side by side, iterations so many at once, what their role may do.
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { World } from '../../../engine/src/testing/world';

const START = Date.UTC(2027, 0, 1);
const ACCOUNT = '123456789012';
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:m`;
const FUNCTION = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`;

function templateOf(definition: object, policy: object = {}): Record<string, unknown> {
  const trusting = (Service: string, Policies: object[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] },
      Policies,
    },
  });
  const PolicyDocument = {
    Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*', ...policy }],
  };
  return {
    Resources: {
      Role: trusting('states.amazonaws.com', [{ PolicyName: 'p', PolicyDocument }]),
      Other: trusting('lambda.amazonaws.com', []),
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'f',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Other', 'Arn'] },
          Code: {
            ZipFile: "exports.handler = async (n) => { if (n === 3) { throw new Error('three'); } return n * 2; };",
          },
        },
      },
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'm',
          RoleArn: { 'Fn::GetAtt': [policy === UNTRUSTED ? 'Other' : 'Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
        },
      },
    },
  };
}

const UNTRUSTED = {};

/** What becomes of an execution, and how many seconds after its start. */
async function run(definition: object, input: unknown = {}, policy?: object) {
  const world = new World({
    start: new Date(START).toISOString(),
    seed: 1,
    runFunctions: true,
    enforceIam: policy !== undefined,
  });
  await world.deploy(templateOf(definition, policy));
  const client = world.client(SFNClient);
  const started = await client.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'e', input: JSON.stringify(input) }),
  );
  await world.advance({ minutes: 10 });
  const { executionArn } = started;
  const { status, output, error, cause, stopDate } = await client.send(new DescribeExecutionCommand({ executionArn }));
  const took = stopDate === undefined ? undefined : (stopDate.getTime() - START) / 1000;
  await world.close();
  return { status, output: output === undefined ? undefined : (JSON.parse(output) as unknown), error, cause, took };
}

const wait = (Seconds: number, more: object = { End: true }) => ({ Type: 'Wait', Seconds, ...more });
const states = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });

test('branches run side by side, and their state ends with the last of them', async () => {
  const branch = (seconds: number) =>
    states({ W: wait(seconds, { Next: 'P' }), P: { Type: 'Pass', Result: seconds, End: true } });
  const definition = states({ A: { Type: 'Parallel', Branches: [branch(30), branch(10)], End: true } });
  expect(await run(definition)).toMatchObject({ status: 'SUCCEEDED', output: [30, 10], took: 30 });
});

test('the first branch that fails stops the others, and is caught, or tried again with all of them', async () => {
  const failing = states({ W: wait(10, { Next: 'F' }), F: { Type: 'Fail', Error: 'Mine', Cause: 'so' } });
  const Branches = [states({ W: wait(60) }), failing];
  const parallel = { Type: 'Parallel', Branches, End: true };
  expect(await run(states({ A: parallel }))).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'so', took: 10 });
  const Catch = [{ ErrorEquals: ['Mine'], ResultPath: '$.e', Next: 'B' }];
  const Retry = [{ ErrorEquals: ['Mine'], MaxAttempts: 1, IntervalSeconds: 5 }];
  const caught = await run(states({ A: { ...parallel, Retry, Catch }, B: { Type: 'Succeed' } }), { a: 1 });
  const output = { a: 1, e: { Error: 'Mine', Cause: 'so' } };
  expect(caught).toMatchObject({ status: 'SUCCEEDED', output, took: 25 });
});

// prettier-ignore
test.each<[most: object, took: number]>([
  [{},                      10],
  [{ MaxConcurrency: 2 },   30],
  [{ MaxConcurrency: 5 },   10],
  [{ MaxConcurrency: 1 },   50],
])('five iterations of ten seconds with %j take %d seconds, and keep their order', async (most, took) => {
  const ItemProcessor = states({ W: wait(10, { Next: 'P' }), P: { Type: 'Pass', Parameters: { 'i.$': '$' }, End: true } });
  const definition = states({ A: { Type: 'Map', ItemProcessor, ...most, End: true } });
  const output = [1, 2, 3, 4, 5].map((i) => ({ i }));
  expect(await run(definition, [1, 2, 3, 4, 5])).toMatchObject({ status: 'SUCCEEDED', output, took });
});

test('forty iterations run at once inline, and a Map over nothing makes nothing', async () => {
  const definition = states({ A: { Type: 'Map', ItemProcessor: states({ W: wait(10) }), End: true } });
  expect(
    await run(
      definition,
      Array.from({ length: 41 }, (_, i) => i),
    ),
  ).toMatchObject({ took: 20 });
  expect(await run(definition, [])).toMatchObject({ status: 'SUCCEEDED', output: [], took: 0 });
});

test('a loop of ten thousand iterations that take no time ends', async () => {
  const ItemProcessor = { ...states({ P: { Type: 'Pass', End: true } }), ProcessorConfig: { Mode: 'DISTRIBUTED' } };
  const definition = states({
    A: { Type: 'Map', ItemProcessor, ResultSelector: { 'n.$': 'States.ArrayLength($)' }, End: true },
  });
  const items = Array.from({ length: 10_000 }, (_, i) => i);
  expect(await run(definition, items)).toMatchObject({ status: 'SUCCEEDED', output: { n: 10_000 }, took: 0 });
});

test('variables of the states around are seen in branches, and those of branches nowhere else', async () => {
  const inner = states({
    P: { Type: 'Pass', Assign: { 'y.$': '$x' }, Parameters: { 'x.$': '$x' }, Next: 'Q' },
    Q: { Type: 'Pass', Parameters: { 'y.$': '$y' }, End: true },
  });
  const definition = states({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
    B: { Type: 'Parallel', Branches: [inner], Next: 'C' },
    C: { Type: 'Pass', Parameters: { 'y.$': '$y' }, End: true },
  });
  const failed = await run(definition);
  expect(failed).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(failed.cause).toContain(
    `The JSONPath '$y' specified for the field 'y.$' could not be found in the input '[{"y":1}]'`,
  );
});

test('an execution that takes longer than it may is timed out, and nothing of it goes on', async () => {
  const definition = { ...states({ A: wait(20, { Next: 'B' }), B: wait(20) }), TimeoutSeconds: 30 };
  expect(await run(definition)).toEqual({ status: 'TIMED_OUT', took: 30 });
  expect(await run({ ...definition, TimeoutSeconds: 41 })).toMatchObject({ status: 'SUCCEEDED', took: 40 });
});

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };

test('functions run in iterations, by name or ARN, and those that fail are tolerated as far as is said', async () => {
  const task = { ...TASK, Parameters: { FunctionName: 'f', 'Payload.$': '$' }, OutputPath: '$.Payload' };
  const ItemProcessor = { ...states({ T: task }), ProcessorConfig: { Mode: 'DISTRIBUTED' } };
  const map = { Type: 'Map', ItemProcessor, End: true };
  expect(await run(states({ A: { ...map, ToleratedFailureCount: 1 } }), [1, 3, 5])).toMatchObject({ output: [2, 10] });
  expect(await run(states({ A: map }), [1, 3, 5])).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
});

describe('where policies decide', () => {
  const definition = states({
    T: { ...TASK, Parameters: { FunctionName: FUNCTION, Payload: 2 }, OutputPath: '$.Payload' },
  });
  const role = `arn:aws:sts::${ACCOUNT}:assumed-role/[^ ]+/[0-9a-f]{32}`;

  test('a task runs whose role may invoke its function', async () => {
    expect(await run(definition, {}, { Resource: FUNCTION })).toMatchObject({ status: 'SUCCEEDED', output: 4 });
  });

  // prettier-ignore
  test.each<[what: string, policy: object, error: string, cause: RegExp]>([
    ['may invoke another alone', { Resource: `${FUNCTION}x` }, 'Lambda.AWSLambdaException', new RegExp(`^User: ${role} is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION} because no identity-based policy allows the lambda:InvokeFunction action \\(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: [0-9a-f]{32}; Proxy: null\\)$`)],
    ['may not',                  { Effect: 'Deny' },           'Lambda.AWSLambdaException', /with an explicit deny in an identity-based policy/],
    ['Step Functions cannot assume', UNTRUSTED,                'States.TaskFailed',         /^Neither the global service principal states\.amazonaws\.com, nor the regional one is authorized to assume the provided role: arn:aws:iam::123456789012:role\//],
  ])('a task fails whose role %s, and can be caught', async (_what, policy, error, cause) => {
    const failed = await run(definition, {}, policy);
    expect(failed).toMatchObject({ status: 'FAILED', error, took: 0 });
    expect(failed.cause).toMatch(cause);
    const Catch = [{ ErrorEquals: ['States.TaskFailed'], Next: 'B' }];
    const caught = { ...definition.States['T'], Catch };
    expect(await run(states({ T: caught, B: { Type: 'Succeed' } }), {}, policy)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
