// What the role of a state machine may do, where policies decide.
import { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { addPermission } from '../../../engine/src/operations/lambda/add-permission';
import { tagResource } from '../../../engine/src/operations/lambda/tag-resource';
import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { describeExecution } from '../../../engine/src/operations/sfn/describe-execution';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { allow } from '../scenarios/enforced-stage';
import { ENV } from '../scenarios/stage';

const FUNCTION = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
const ROLE = `arn:aws:iam::${ENV.account}:role/states`;
const MACHINE = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
const OK = { payload: '{}', error: undefined, log: [] };

interface Stage {
  readonly enforceIam?: boolean;
  readonly statements?: object[];
  readonly trusts?: string;
  readonly roleArn?: string;
  readonly prepare?: (state: WorldState) => void;
}

/** A World with a role for a machine. */
function begun({ enforceIam = true, statements = [], trusts = 'states.amazonaws.com' }: Stage, Path = '/'): WorldState {
  const state = new WorldState({ start: parseInstant('2027-01-01'), enforceIam, keepEvents: 10 });
  const Statement = { Effect: 'Allow', Principal: { Service: trusts }, Action: 'sts:AssumeRole' };
  createRole(state, ENV, { Path, RoleName: 'states', AssumeRolePolicyDocument: JSON.stringify({ Statement }) });
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    putRolePolicy(state, ENV, { RoleName: 'states', PolicyName: 'own', PolicyDocument });
  }
  state.services.functions.begin(() => Promise.resolve(OK));
  return state;
}

/** Begins two executions of a machine with one task. */
function started(state: WorldState, Resource: string, roleArn: string): string[] {
  const A = { Type: 'Task', Resource, Parameters: {}, End: true };
  createStateMachine(state, ENV, { name: 'm', definition: JSON.stringify({ StartAt: 'A', States: { A } }), roleArn });
  return ['x', 'y'].map((name) => startExecution(state, ENV, { stateMachineArn: MACHINE, name }).executionArn ?? '');
}

function endsOf(state: WorldState, executions: readonly string[]) {
  return executions.map((executionArn) => {
    const { status, error, cause = '' } = describeExecution(state, ENV, { executionArn });
    return { status, error, cause };
  });
}

/** How two executions end that call a function at the same instant. */
function ends(stage: Stage) {
  const state = begun(stage);
  const { functions, messaging } = state.services;
  messaging.functions.add(ENV, 'f', {
    ...{ runtime: 'nodejs22.x', handler: 'index.handler', roleArn: undefined, environment: {}, timeoutSeconds: 3 },
    ...{ memoryMib: 128, code: {}, deadLetterArn: undefined },
  });
  stage.prepare?.(state);
  const executions = started(state, FUNCTION, stage.roleArn ?? ROLE);
  while (!state.runUntil(parseInstant('2027-01-01T00:00:01Z'))) {
    for (let next = functions.next(); next !== undefined; next = functions.next()) functions.settle(next, OK);
  }
  return endsOf(state, executions);
}

/** How two executions end that call a service, and as whom they call it. */
async function calls(stage: Stage, path?: string) {
  const state = begun(stage, path);
  const { tasks } = state.services.executions;
  const callers: (string | undefined)[] = [];
  tasks.begin(({ principalArn }) => {
    callers.push(principalArn);
    return Promise.resolve({ output: {} });
  });
  const executions = started(state, 'arn:aws:states:::aws-sdk:backup:listBackupVaults', stage.roleArn ?? ROLE);
  while (!state.runUntil(parseInstant('2027-01-01T00:00:01Z'))) {
    for (let next = tasks.next(); next !== undefined; next = tasks.next()) await next();
  }
  return { callers, ends: endsOf(state, executions) };
}

const invoke = (more: object = {}, Resource = FUNCTION) => allow('lambda:InvokeFunction', Resource, more);
const statuses = (stage: Stage) => [...new Set(ends(stage).map(({ status }) => status))];

test('a task whose role may not run its function fails, and says who may not, each execution as itself', () => {
  const [one, other] = ends({});
  expect(one).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
  const words =
    /^User: arn:aws:sts::111122223333:assumed-role\/states\/([0-9a-f]{32}) is not authorized to perform: lambda:InvokeFunction on resource: (\S+) because no identity-based policy allows the lambda:InvokeFunction action \(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ([0-9a-f]{32}); Proxy: null\)$/;
  const [, session, resource, request] = words.exec(one?.cause ?? '') ?? [];
  expect(resource).toBe(FUNCTION);
  const [, otherSession, , otherRequest] = words.exec(other?.cause ?? '') ?? [];
  expect(new Set([session, otherSession, request, otherRequest]).size).toBe(4);
});

// prettier-ignore
test.each<[what: string, stage: Stage, status: string]>([
  ['its policy lets it',                   { statements: [invoke()] },                                            'SUCCEEDED'],
  ['its policy is for another function',   { statements: [invoke({}, `${FUNCTION}2`)] },                          'FAILED'],
  ['its policy is for the tag that it has', { statements: [invoke({ Condition: { StringEquals: { 'aws:ResourceTag/by': 'us' } } })], prepare: (state) => tagResource(state, ENV, { Resource: FUNCTION, Tags: { by: 'us' } }) }, 'SUCCEEDED'],
  ['its policy is for a tag that it lacks', { statements: [invoke({ Condition: { StringEquals: { 'aws:ResourceTag/by': 'us' } } })] }, 'FAILED'],
  ['its policy is for sessions of its kind', { statements: [invoke({ Condition: { StringLike: { 'aws:userid': `*:${'?'.repeat(32)}` } } })] }, 'SUCCEEDED'],
  ['the function lets it',                 { prepare: (state) => addPermission(state, ENV, { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: ROLE }) }, 'SUCCEEDED'],
  ['policies do not decide',               { enforceIam: false },                                                 'SUCCEEDED'],
  ['it has no role',                       { roleArn: '' },                                                       'SUCCEEDED'],
])('a task is run or not as %s', (_what, stage, status) => {
  expect(statuses(stage)).toEqual([status]);
});

test('a role that does not trust Step Functions cannot be assumed', () => {
  expect(ends({ statements: [invoke()], trusts: 'lambda.amazonaws.com' })[0]).toEqual({
    ...{ status: 'FAILED', error: 'States.TaskFailed' },
    cause: `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role: ${ROLE}`,
  });
});

describe('a task that calls a service', () => {
  const session = expect.stringMatching(/^arn:aws:sts::111122223333:assumed-role\/states\/[0-9a-f]{32}$/) as string;

  test.each<[what: string, roleArn: string, path: string | undefined]>([
    ['its role', ROLE, undefined],
    ['its role, whose path is not told', ROLE.replace('/states', '/of/machines/states'), '/of/machines/'],
  ])('calls as a session of %s, each execution as itself', async (_what, roleArn, path) => {
    const { callers, ends: ended } = await calls({ roleArn }, path);
    expect(callers).toEqual([session, session]);
    expect(new Set(callers).size).toBe(2);
    expect(ended.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('calls as nobody where its machine has no role', async () => {
    const { callers, ends: ended } = await calls({ roleArn: '' });
    expect([callers, ended.map(({ status }) => status)]).toEqual([
      [undefined, undefined],
      ['SUCCEEDED', 'SUCCEEDED'],
    ]);
  });

  test('fails where Step Functions cannot assume its role, if policies decide', async () => {
    const trusts = 'lambda.amazonaws.com';
    const { callers, ends: ended } = await calls({ trusts });
    expect([callers, ended[0]]).toMatchObject([[], { status: 'FAILED', error: 'States.TaskFailed' }]);
    const open = await calls({ trusts, enforceIam: false });
    expect(open.ends.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });
});
