/**
 * Custom resources: a function, or those that subscribe to a topic, are asked, and answer by a URL that they are given.
 *
 * Pure: changes nothing but the World it is given.
 * Source   AWS CloudFormation User Guide, "Custom resource request and response reference": members of both; all values of
 *          properties are text.
 * Assumed  What has not answered when the function's run is over never does; functions run once.
 */
import type { Properties, Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { isDictionary } from '../ingest/cloudformation/template';
import { uuid } from '../kernel/ids';
import { functionArn } from '../domain/functions';
import { parseJson } from '../kernel/json';
import type { Made, ResourceHandler, Standing, Wanted, Wish } from './handler';
import { Refused } from './refusals';
import { done, wait, type Work } from './work';

const TYPE = /^Custom::|^AWS::CloudFormation::CustomResource$/;

/** Source: how CloudFormation calls the bucket; the runtime of functions sends what goes there to the World. */
const HOST = 'cloudformation-custom-resource-response';

type Request = 'Create' | 'Update' | 'Delete';

export function isCustom(type: string): boolean {
  return TYPE.test(type);
}

export const CUSTOM_RESOURCE: ResourceHandler = {
  replacedBy: ['ServiceToken'],
  create: (wanted) => done(ask(wanted.state, wanted.stack, 'Create', wanted.wish)),
  update: (wanted: Wanted, { state, stack, made }: Standing) => done(ask(state, stack, 'Update', wanted.wish, made)),
  delete: ({ state, stack, made }) => {
    const gone = done(ask(state, stack, 'Delete', made, made));
    return gone instanceof Promise ? gone.then(() => undefined) : undefined;
  },
};

function* ask(
  state: WorldState,
  stack: Stack,
  RequestType: Request,
  wish: Wish,
  standing?: { readonly physicalId: string; readonly properties: Properties },
): Work<Made> {
  const { stacks } = state.services;
  const key = { kind: 'custom-resource', names: [stack.id, wish.logicalId, `${stack.events.length}`], at: state.now };
  const RequestId = uuid(state.seed, key);
  const region = stack.env.region.replace(/-/g, '');
  const event = {
    RequestType,
    ServiceToken: wish.properties['ServiceToken'],
    ResponseURL: `https://${HOST}-${region}.s3.${stack.env.region}.amazonaws.com/${RequestId}`,
    StackId: stack.id,
    RequestId,
    LogicalResourceId: wish.logicalId,
    ...(standing !== undefined && { PhysicalResourceId: standing.physicalId }),
    ResourceType: wish.type,
    ResourceProperties: asText(wish.properties),
    ...(RequestType === 'Update' && { OldResourceProperties: asText(standing?.properties ?? {}) }),
  };
  stacks.responses.set(RequestId, undefined);
  const failed = yield* run(state, stack, String(wish.properties['ServiceToken']), event);
  const body = stacks.responses.get(RequestId);
  stacks.responses.delete(RequestId);
  const response = responseIn(body);
  if (response === undefined) {
    const why = 'CloudFormation did not receive a response from your Custom Resource.';
    throw new Refused(failed === undefined ? `${why} RequestId: ${RequestId}` : `${why} ${failed}`);
  }
  if (response['Status'] !== 'SUCCESS') {
    const reason = `Received response status [FAILED] from custom resource. Message returned: ${response['Reason']}`;
    throw new Refused(`${reason} (RequestId: ${RequestId})`);
  }
  const physicalId = response['PhysicalResourceId'] ?? standing?.physicalId;
  if (typeof physicalId !== 'string' || physicalId === '') {
    throw new Refused('Invalid PhysicalResourceId');
  }
  return { physicalId, attributes: isDictionary(response['Data']) ? response['Data'] : {} };
}

const NO_FUNCTIONS = 'NotEmulated: functions of this World do not run: make it with runFunctions';

/** Runs the function; answers why it failed, if it did. */
function* run(state: WorldState, stack: Stack, token: string, event: object): Work<string | undefined> {
  const { functions, messaging } = state.services;
  if (/^arn:[^:]*:sns:/.test(token)) {
    return yield* publish(state, token, event);
  }
  const arn = token.startsWith('arn:') ? token.split(':').slice(0, 7).join(':') : functionArn(stack.env, token);
  if (!arn.includes(':function:')) {
    throw new Refused(`NotEmulated: a custom resource that ${token} answers for is not emulated`);
  }
  const standing = messaging.functions.tryFind(arn);
  if (standing === undefined) {
    throw new Refused(`Function not found: ${arn}`);
  }
  const running = functions.invoke(standing, JSON.stringify(event));
  if (running === undefined) {
    throw new Refused(NO_FUNCTIONS);
  }
  const answer = yield* wait(running);
  return answer.error === undefined ? undefined : `${answer.error.type}: ${answer.error.message}`;
}

/** Source: "Amazon SNS-backed custom resources": the request is the message; whoever subscribes may answer. */
function* publish(state: WorldState, token: string, event: object): Work<string | undefined> {
  const { functions, messaging } = state.services;
  const topic = messaging.topics.tryFind(token);
  if (topic === undefined) {
    throw new Refused(`Topic does not exist: ${token}`);
  }
  const subject = 'AWS CloudFormation custom resource request';
  const running = functions.publish(topic, { subject, body: JSON.stringify(event) });
  if (running === undefined) {
    throw new Refused(NO_FUNCTIONS);
  }
  const failed = (yield* wait(running)).find(({ error }) => error !== undefined)?.error;
  return failed && `${failed.type}: ${failed.message}`;
}

function responseIn(body: string | undefined): Properties | undefined {
  try {
    const response: unknown = parseJson(body ?? '');
    return isDictionary(response) ? response : undefined;
  } catch {
    return undefined;
  }
}

/** Source: "all values of ResourceProperties are text", at every depth. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asText);
  }
  if (isDictionary(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
  }
  return value === undefined || value === null ? value : String(value);
}
