/**
 * One request to one answer: which service, which operation, who calls, what AWS would say.
 *
 * Owns     the services that were loaded.
 * Source   design.md section 2, Endpoint: service and Region from the credential scope, account from the access key.
 */
import { Body } from '../domain/bodies';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import { dateOf } from '../kernel/instant';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import * as json from './aws-json';
import * as query from './aws-query';
import { callerChecked, Callers, callerSaid } from './calling';
import { CredentialFault, credentialFaultOf, deniedName, protocolOf, statusIn } from './credential-faults';
import { customResponse } from './custom-resources';
import { Found, inputOf } from './input';
import { textOf, type WireAnswer, type WireRequest } from './message';
import { perform, tryOperate } from './perform';
import { Remembered } from './remembered';
import * as rest from './rest-json';
import * as xml from './rest-xml';
import * as s3 from './s3';
import { answeredForm, FormUpload, formOf, isForm, refusePolicy } from './s3-forms';
import { ClientModule, Operation, Service, serviceOf } from './service';
import { isOfVersion2, refuseVersion2, Signature, signatureOf } from './signature';

/** Where the module of a client comes from. */
export type LoadClient = (signingName: string) => ClientModule | undefined;

/** The status of an answer that has no body, as that to HEAD. */
const NOT_MODIFIED = 304;

export class Answerer {
  private readonly services = new Map<string, Service>();
  private readonly remembered = new Remembered();
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
      return await response;
    }
    const answer = await this.answered(request);
    const now = this.callers.checks?.now();
    const empty = request.method === 'HEAD' || answer.status === NOT_MODIFIED;
    return {
      ...answer,
      // Clients set their clocks by what they are answered: it has to be the one that their signatures are held against.
      ...(now !== undefined && { headers: { ...answer.headers, date: dateOf(now).toUTCString() } }),
      ...(empty && { body: new Uint8Array(0) }),
    };
  }

  private async answered(request: WireRequest): Promise<WireAnswer> {
    const requestId = uuid(this.state.seed, { kind: 'request', names: [String(this.count++)], at: this.state.now });
    const s3Service = isForm(request) || isOfVersion2(request) ? this.serviceOf('s3') : undefined;
    if (s3Service === undefined) {
      return this.answeredAs(request, signatureOf(request), requestId);
    }
    try {
      refuseVersion2(request);
      const form = formOf(request);
      return answeredForm(form, await this.answeredAs(form.request, form.signature, requestId, form));
    } catch (error) {
      if (error instanceof AwsFault) {
        return fault(s3Service, error, requestId);
      }
      throw error;
    }
  }

  private async answeredAs(
    request: WireRequest,
    signature: Signature | undefined,
    requestId: string,
    form?: FormUpload,
  ): Promise<WireAnswer> {
    const signingName = signature?.signingName ?? (form === undefined ? '' : 's3');
    const service = spokenBy(request, this.serviceOf(signingName));
    let caller: Caller;
    try {
      caller = await this.callerOf(request, signature, form);
    } catch (error) {
      if (error instanceof CredentialFault) {
        return unnamed(service, signingName, request, error, requestId);
      }
      throw error;
    }
    if (form !== undefined) {
      refusePolicy(form, this.callers.checks?.now());
    }
    if (service === undefined) {
      const missing = notEmulated(signingName === '' ? 'an unsigned request' : signingName, 'the service');
      return unknownService(signingName, request, missing, requestId);
    }
    const before = this.remembered.tryFind(request, caller);
    if (before !== undefined) {
      return before;
    }
    try {
      const answer = await this.answerOf(service, request, caller, requestId);
      this.remembered.keep(request, caller, answer);
      return answer;
    } catch (error) {
      if (error instanceof AwsFault) {
        return fault(service, error, requestId);
      }
      throw error;
    }
  }

  private async answerOf(
    service: Service,
    request: WireRequest,
    caller: Caller,
    requestId: string,
  ): Promise<WireAnswer> {
    const { signingName } = service;
    const found = this.find(service, request);
    if (found === undefined) {
      return fault(service, notEmulated(signingName, `${request.method} ${request.path}`), requestId);
    }
    const operate = tryOperate(signingName, found.operation.name);
    if (operate === undefined) {
      return fault(service, notEmulated(signingName, found.operation.name), requestId);
    }
    const input = await inputOf(service.protocol, found);
    const called = { service: signingName, operation: found.operation.name };
    this.callers.onCall?.(called);
    const output = await perform(this.state, caller, called, operate, input);
    const { streamed, ...answer } = write(service, found.operation, output, request, requestId);
    const lent = streamed instanceof Body && { streamed: this.state.buckets.bodies.lend(streamed) };
    return withId({ ...answer, ...lent }, requestId);
  }

  private serviceOf(signingName: string): Service | undefined {
    const known = this.services.get(signingName);
    if (known !== undefined || signingName === '') {
      return known;
    }
    const module = this.load(signingName);
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

  /** @throws CredentialFault where signatures are checked */
  private async callerOf(
    request: WireRequest,
    signature: Signature | undefined,
    form: FormUpload | undefined,
  ): Promise<Caller> {
    const { state, callers } = this;
    return callers.checks === undefined
      ? callerSaid(state, callers, signature)
      : callerChecked(state, callers, callers.checks, request, signature, form);
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
  const name = error.name === 'AccessDeniedException' ? deniedName(service.signingName, service.protocol) : error.name;
  const { message } = error;
  const { code = name, status = statusIn(service.protocol, error.status) } = service.errorOnWire(name);
  if (service.protocol === 'restXml') {
    const headers = { 'content-type': 'application/xml' };
    return withId({ status, headers, body: xml.faultBody(name, message, requestId, error.members) }, requestId);
  }
  if (query.speaksQuery(service)) {
    const body = query.writeFault(service, code, message, status < 500, requestId);
    return withId({ status, headers: { 'content-type': 'text/xml' }, body }, requestId);
  }
  const members = { __type: name, ...membersOf(service, error), ...writtenMembers(service, error) };
  const type = service.protocol === 'restJson1' ? 'application/json' : json.contentType(service);
  // Clients that knew the query protocol go on to see its codes.
  const headers = {
    'content-type': type,
    'x-amzn-errortype': name,
    ...(service.wasQuery && { 'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}` }),
  };
  return withId({ status, headers, body: rest.bytes(JSON.stringify(members)) }, requestId);
}

interface NamedFault {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly code?: string | undefined;
  readonly context?: string | undefined;
  readonly arn?: string | undefined;
  readonly creatorRequestId?: string | undefined;
  readonly members?: object | undefined;
}

/** Members of an exception's own, as its schema writes them. */
function writtenMembers(service: Service, { name, members }: NamedFault): object {
  const schema = service.errorSchema(name);
  if (schema === undefined || members === undefined) {
    return {};
  }
  const serializer = service.codec.createSerializer();
  serializer.write(schema, members);
  return JSON.parse(textOf(rest.bytes(serializer.flush()))) as object;
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
    errorcode: error.name,
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

/** Who may not come in is told so in the words of the service, or of the one that the request most likely means. */
function unnamed(
  service: Service | undefined,
  signingName: string,
  request: WireRequest,
  error: CredentialFault,
  requestId: string,
): WireAnswer {
  return service === undefined
    ? unknownService(signingName, request, credentialFaultOf(error, protocolOf(request)), requestId)
    : fault(service, credentialFaultOf(error, service.protocol), requestId);
}

/**
 * A service of which nothing is known: in the words of its likely protocol, so that the client shows the name.
 *
 * Source: error responses of EC2 and the query protocol; clients of JSON read the header.
 */
function unknownService(
  signingName: string,
  { headers }: WireRequest,
  { name, message, status }: NamedFault,
  requestId: string,
): WireAnswer {
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
