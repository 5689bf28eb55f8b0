/**
 * One request to one answer: which service, which operation, who calls, what AWS would say.
 *
 * Owns     the services that were loaded.
 * Source   design.md section 2, Endpoint: service and Region from the credential scope, account from the access key.
 */
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import { authorize } from '../operations/authorize';
import { call, Called } from '../operations/call';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import { refuseInjected } from '../operations/injected-faults';
import * as json from './aws-json';
import * as query from './aws-query';
import { customResponse } from './custom-resources';
import { OPERATIONS } from './generated/operations';
import type { WireAnswer, WireRequest } from './message';
import * as rest from './rest-json';
import * as xml from './rest-xml';
import * as s3 from './s3';
import { credentialOf, Scope, scopeOf } from './scope';
import { ClientModule, Operation, Service, serviceOf } from './service';

/** Where the module of a client comes from. */
export type LoadClient = (signingName: string) => Promise<ClientModule | undefined>;

/** Who calls, as far as the request itself does not say. */
export interface Callers {
  /** Account and Region where a request names none, and the partition of all. */
  readonly env: Environment;
  /** ARN of the principal of an access key; undefined where nobody is told apart. */
  readonly principalOf?: (accessKeyId: string) => string | undefined;
  /** Told of each call just before it happens; what is refused before is none. */
  readonly onCall?: (called: Called) => void;
}

/** The status of an answer that has no body, as that to HEAD. */
const NOT_MODIFIED = 304;

interface Found {
  readonly operation: Operation;
  readonly input: () => Promise<unknown>;
}

export class Answerer {
  private readonly services = new Map<string, Service>();
  private count = 0;

  constructor(
    private readonly state: WorldState,
    private readonly load: LoadClient,
    private readonly callers: Callers,
  ) {}

  /** What AWS answers. Faults of the engine itself are thrown. */
  async answer(request: WireRequest): Promise<WireAnswer> {
    const response = customResponse(this.state, request);
    if (response !== undefined) {
      return response;
    }
    const scope = scopeOf(request.headers['authorization'] ?? credentialOf(request));
    const { signingName } = scope;
    const requestId = uuid(this.state.seed, { kind: 'request', names: [String(this.count++)], at: this.state.now });
    const service = spokenBy(request, await this.serviceOf(signingName));
    if (service === undefined) {
      return unknownService(signingName, request, requestId);
    }
    const answer = await this.answerOf(service, request, scope, requestId);
    const empty = request.method === 'HEAD' || answer.status === NOT_MODIFIED;
    return empty ? { ...answer, body: new Uint8Array(0) } : answer;
  }

  private async answerOf(
    service: Service,
    request: WireRequest,
    { accessKeyId, region, signingName }: Scope,
    requestId: string,
  ): Promise<WireAnswer> {
    try {
      const found = this.find(service, request);
      if (found === undefined) {
        return fault(service, notEmulated(signingName, `${request.method} ${request.path}`), requestId);
      }
      const operate = OPERATIONS[signingName]?.[found.operation.name];
      if (operate === undefined) {
        return fault(service, notEmulated(signingName, found.operation.name), requestId);
      }
      const input = await found.input();
      const called = { service: signingName, operation: found.operation.name };
      this.callers.onCall?.(called);
      // A call that is denied is a call all the same: the trail tells of it.
      const permitted: typeof operate = (state, caller, asked) => {
        refuseInjected(state, caller, signingName, called.operation);
        authorize(state, caller, signingName, called.operation, asked);
        return operate(state, caller, asked);
      };
      const output = await call(this.state, this.callerOf(accessKeyId, region), called, permitted, input as never);
      return withId(write(service, found.operation, output, request, requestId), requestId);
    } catch (error) {
      if (error instanceof AwsFault) {
        return fault(service, error, requestId);
      }
      throw error;
    }
  }

  private async serviceOf(signingName: string): Promise<Service | undefined> {
    const known = this.services.get(signingName);
    if (known !== undefined || signingName === '') {
      return known;
    }
    const module = await this.load(signingName);
    if (module === undefined) {
      return undefined;
    }
    const service = serviceOf(signingName, module);
    this.services.set(signingName, service);
    return service;
  }

  private find(service: Service, request: WireRequest): Found | undefined {
    if (service.protocol === 'restJson1') {
      const matched = rest.routesOf(service).find(request);
      return matched && { operation: matched.operation, input: () => rest.readInput(service.codec, matched, request) };
    }
    if (service.protocol === 'restXml') {
      const matched = s3.routesOf(service).find(request);
      return (
        matched && {
          operation: matched.operation,
          input: () => xml.readInput(service.codec, matched, s3.unchunked(request)),
        }
      );
    }
    const queries = query.speaksQuery(service);
    const operation = (queries ? query : json).findOperation(service, request);
    if (operation === undefined) {
      return undefined;
    }
    return queries
      ? { operation, input: () => query.readInput(service, operation, request) }
      : { operation, input: () => json.readInput(service, operation, request) };
  }

  /** A key of 12 digits is an account (design.md section 2). */
  private callerOf(accessKeyId: string, region: string): Caller {
    const { env, principalOf } = this.callers;
    const account = /^\d{12}$/.test(accessKeyId) ? accessKeyId : env.account;
    const principalArn = principalOf?.(accessKeyId);
    const place = { partition: env.partition, account, region: region === '' ? env.region : region };
    return principalArn === undefined ? place : { ...place, principalArn };
  }
}

/** The service in the protocol of the request: Go's clients still send CloudWatch forms. */
function spokenBy({ headers }: WireRequest, service: Service | undefined): Service | undefined {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return isForm && service?.wasQuery === true ? service.inQuery : service;
}

function write(
  service: Service,
  operation: Operation,
  output: unknown,
  request: WireRequest,
  requestId: string,
): WireAnswer {
  switch (service.protocol) {
    case 'restJson1':
      return rest.writeOutput(service.codec, operation, output);
    case 'restXml':
      return s3.finished(operation, request, xml.writeOutput(service.codec, operation, output));
    case 'awsQuery':
    case 'ec2Query':
      return query.writeOutput(service, operation, output, requestId);
    default:
      return json.writeOutput(service, operation, output);
  }
}

/** An error in the service's own protocol. Members that the service does not declare stay away. */
function fault(service: Service, error: NamedFault, requestId: string): WireAnswer {
  const { name, message } = error;
  if (service.protocol === 'restXml') {
    const headers = { 'content-type': 'application/xml' };
    return withId({ status: error.status, headers, body: xml.faultBody(name, message, requestId) }, requestId);
  }
  if (query.speaksQuery(service)) {
    const { code, status } = service.queryFault(name) ?? { code: name, status: error.status };
    const body = query.writeFault(service, code, message, status < 500, requestId);
    return withId({ status, headers: { 'content-type': 'text/xml' }, body }, requestId);
  }
  const members = { __type: name, ...membersOf(service, error) };
  const type = service.protocol === 'restJson1' ? 'application/json' : json.contentType(service);
  // Clients that knew the query protocol go on to see its codes.
  const older = service.wasQuery ? service.queryFault(name) : undefined;
  const headers = {
    'content-type': type,
    'x-amzn-errortype': name,
    ...(older && { 'x-amzn-query-error': `${older.code};${older.status < 500 ? 'Sender' : 'Receiver'}` }),
  };
  return withId({ status: error.status, headers, body: rest.bytes(JSON.stringify(members)) }, requestId);
}

interface NamedFault {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly code?: string | undefined;
  readonly context?: string | undefined;
  readonly arn?: string | undefined;
  readonly creatorRequestId?: string | undefined;
}

/** A fault's facts under the names that the service's own shape has for them. */
function membersOf(service: Service, error: NamedFault): Record<string, string> {
  const schema = service.errorSchema(error.name);
  if (schema === undefined) {
    return { message: error.message };
  }
  const facts: Readonly<Record<string, string | undefined>> = {
    message: error.message,
    code: error.code,
    context: error.context,
    arn: error.arn,
    creatorrequestid: error.creatorRequestId,
    type: error.status < 500 ? 'User' : 'Service',
  };
  const members: Record<string, string> = {};
  for (const [name] of schema.structIterator()) {
    const value = facts[name.toLowerCase()];
    if (value !== undefined) {
      members[name] = value;
    }
  }
  return members;
}

/** Design.md section 2: HTTP 400, never 5xx, which clients retry for a minute. */
function notEmulated(signingName: string, what: string): NamedFault {
  return { name: 'NotEmulated', message: `${signingName}: ${what} is not emulated`, status: 400 };
}

/**
 * A service of which nothing is known: in the words of its likely protocol, so that the client shows the name.
 *
 * Source: error responses of EC2 and the query protocol; clients of JSON read the header.
 */
function unknownService(signingName: string, { headers }: WireRequest, requestId: string): WireAnswer {
  const { name, message, status } = notEmulated(
    signingName === '' ? 'an unsigned request' : signingName,
    'the service',
  );
  const isXml = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (!isXml) {
    const answered = { 'content-type': 'application/json', 'x-amzn-errortype': name };
    return withId(
      { status, headers: answered, body: rest.bytes(JSON.stringify({ __type: name, message })) },
      requestId,
    );
  }
  const error = `<Code>${name}</Code><Message>${message}</Message>`;
  const bodies: Readonly<Record<string, string>> = {
    ec2: `<Response><Errors><Error>${error}</Error></Errors></Response>`,
  };
  const body = bodies[signingName] ?? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`;
  return withId({ status, headers: { 'content-type': 'text/xml' }, body: rest.bytes(body) }, requestId);
}

function withId(answer: WireAnswer, requestId: string): WireAnswer {
  const ids = { 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId };
  return { ...answer, headers: { ...answer.headers, ...ids } };
}
