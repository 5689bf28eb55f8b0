// Updates that are cancelled, denied by the policy of their stack, or cannot be taken back, by the official client.
import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
  UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { World } from '@holdfast/engine';

/** Refuses to be changed back while a property of the one that stands says so. */
const CODE = `
const https = require('https');
exports.handler = (event, context) => {
  const stuck = event.RequestType === 'Update' && event.OldResourceProperties.stuck === 'yes';
  const body = JSON.stringify({
    Status: stuck ? 'FAILED' : 'SUCCESS',
    Reason: 'stuck',
    PhysicalResourceId: 'thing',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
  const url = new URL(event.ResponseURL);
  const headers = { 'content-type': '', 'content-length': body.length };
  const request = https.request({ hostname: url.hostname, path: url.pathname, method: 'PUT', headers }, () => context.done());
  request.write(body);
  request.end();
};
`;
const ServiceToken = 'arn:aws:lambda:us-east-1:123456789012:function:answers';
const StackName = 'team';

const thing = (properties: object) => ({ Type: 'Custom::Thing', Properties: { ServiceToken, ...properties } });
const parameter = (Value: string, more = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/team', Type: 'String', Value },
  ...more,
});
/** Fails, as nothing brings its type about. */
const BAD = { Type: 'AWS::None::Such', DependsOn: 'Thing', Properties: {} };

async function here(runFunctions = true) {
  const world = new World({ start: '2027-01-01T00:00:00Z', runFunctions });
  const made = { FunctionName: 'answers', Runtime: 'nodejs20.x', Handler: 'index.handler' };
  const Properties = { ...made, Role: 'arn:aws:iam::123456789012:role/answers', Code: { ZipFile: CODE } };
  await world.deploy({ Resources: { Answers: { Type: 'AWS::Lambda::Function', Properties } } });
  const client = world.client(CloudFormationClient);
  const status = async () => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;
  const update = (Resources: object, more: Partial<UpdateStackCommandInput> = {}) =>
    client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }), ...more }));
  const create = (Resources: object) =>
    client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  const value = async () => {
    const { Parameter } = await world.client(SSMClient).send(new GetParameterCommand({ Name: '/team' }));
    return Parameter?.Value;
  };
  const reasons = async () => {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.flatMap((one) => (one.ResourceStatus?.endsWith('_FAILED') ? [one.ResourceStatusReason] : []));
  };
  return { world, client, status, update, create, value, reasons };
}

test('a rollback that failed goes on where it stopped, and may leave out what fails', async () => {
  const { client, status, update, create, value } = await here();
  await create({ Parameter: parameter('before'), Thing: thing({ name: 'a' }) });
  const again = (ResourcesToSkip?: string[]) =>
    client.send(new ContinueUpdateRollbackCommand({ StackName, ResourcesToSkip }));
  await expect(again()).rejects.toMatchObject({ name: 'ValidationError' });
  const Thing = thing({ name: 'b', stuck: 'yes' });
  await update({ Parameter: parameter('after'), Thing, Bad: BAD });
  expect([await status(), await value()]).toEqual(['UPDATE_ROLLBACK_FAILED', 'before']);
  await again();
  expect(await status()).toBe('UPDATE_ROLLBACK_FAILED');
  await expect(again(['Parameter'])).rejects.toMatchObject({ name: 'ValidationError' });
  await again(['Thing']);
  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  const statuses = Object.fromEntries((StackResources ?? []).map((one) => [one.LogicalResourceId, one.ResourceStatus]));
  expect(statuses).toMatchObject({ Parameter: 'UPDATE_COMPLETE', Thing: 'UPDATE_COMPLETE' });
});

test('an update that waits for a function is cancelled, and taken back', async () => {
  const { client, status, update, create, value } = await here();
  const cancel = () => client.send(new CancelUpdateStackCommand({ StackName }));
  await create({ Parameter: parameter('before'), Thing: thing({ name: 'a' }) });
  await expect(cancel()).rejects.toMatchObject({
    message: 'CancelUpdateStack cannot be called from current stack status',
  });
  const updating = update({ Parameter: parameter('after'), Thing: thing({ name: 'b' }) });
  await cancel();
  await updating;
  expect([await status(), await value()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'before']);
});

const allow = { Effect: 'Allow', Principal: '*', Action: 'Update:*', Resource: '*' };
const deny = (Action: string, more: object = { Resource: 'LogicalResourceId/Param*' }) => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  ...more,
});
const onType = (type: string) => ({ Resource: '*', Condition: { StringEquals: { ResourceType: [type] } } });
const CHANGED = { Parameter: parameter('after') };
const REPLACED = { Parameter: { ...parameter('before'), Properties: { Name: '/other', Type: 'String', Value: 'x' } } };
const REMOVED = { Other: parameter('x', { Properties: { Name: '/other', Type: 'String', Value: 'x' } }) };

// prettier-ignore
test.each<[string, object[], object, string]>([
  ['no statement allows it',              [deny('Update:Replace')],                            CHANGED,  'UPDATE_ROLLBACK_COMPLETE'],
  ['everything is allowed',               [allow],                                             CHANGED,  'UPDATE_COMPLETE'],
  ['changes are denied',                  [allow, deny('Update:Modify')],                      CHANGED,  'UPDATE_ROLLBACK_COMPLETE'],
  ['changes of others are denied',        [allow, deny('Update:*', { Resource: 'LogicalResourceId/Other' })], CHANGED, 'UPDATE_COMPLETE'],
  ['replacing alone is denied',           [allow, deny('Update:Replace')],                     CHANGED,  'UPDATE_COMPLETE'],
  ['replacing is denied',                 [allow, deny('Update:Replace')],                     REPLACED, 'UPDATE_ROLLBACK_COMPLETE'],
  ['removing is denied',                  [allow, deny('Update:Delete')],                      REMOVED,  'UPDATE_ROLLBACK_COMPLETE'],
  ['changing alone is denied',            [allow, deny('Update:Modify')],                      REMOVED,  'UPDATE_COMPLETE'],
  ['changes of the type are denied',      [allow, deny('Update:*', onType('AWS::SSM::Parameter'))], CHANGED, 'UPDATE_ROLLBACK_COMPLETE'],
  ['changes of another type are denied',  [allow, deny('Update:*', onType('AWS::SQS::Queue'))],     CHANGED, 'UPDATE_COMPLETE'],
])('where %s by the policy of the stack, an update ends so', async (_what, Statement, resources, expected) => {
  const { client, status, update, create, reasons } = await here(false);
  await create({ Parameter: parameter('before') });
  const StackPolicyBody = JSON.stringify({ Statement });
  await client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody }));
  await update(resources);
  expect(await status()).toBe(expected);
  const why = (await reasons()).filter((reason) => /by stack policy/.test(reason ?? ''));
  expect(why).toHaveLength(expected === 'UPDATE_COMPLETE' ? 0 : 1);
});

test('another policy decides for one update, and what is none is refused', async () => {
  const { client, status, update, create } = await here(false);
  await create({ Parameter: parameter('before') });
  const denied = JSON.stringify({ Statement: [deny('Update:*')] });
  await client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody: denied }));
  const during = { StackPolicyDuringUpdateBody: JSON.stringify({ Statement: [allow] }) };
  await update(CHANGED, during);
  expect(await status()).toBe('UPDATE_COMPLETE');
  await update({ Parameter: parameter('again') });
  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  const none = client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody: '[]' }));
  await expect(none).rejects.toMatchObject({ name: 'ValidationError' });
});

// prettier-ignore
test.each([
  ['Retain',               undefined, 'before'],
  ['Retain',               true,      undefined],
  ['RetainExceptOnCreate', undefined, undefined],
  ['Delete',               undefined, undefined],
])('of a stack that fails, what has the policy %s stays as RetainExceptOnCreate %s lets it', async (DeletionPolicy, RetainExceptOnCreate, left) => {
  const { client, status, value } = await here(false);
  const Resources = { Parameter: parameter('before', { DeletionPolicy }), Thing: { ...BAD, DependsOn: 'Parameter' } };
  const TemplateBody = JSON.stringify({ Resources });
  await client.send(new CreateStackCommand({ StackName, TemplateBody, RetainExceptOnCreate }));
  expect(await status()).toBe('ROLLBACK_COMPLETE');
  expect(await value().catch(() => undefined)).toBe(left);
});
