/**
 * Calls that a fault keeps from being answered.
 *
 * Pure: reads the World, and counts what a fault was asked about; throws before an operation begins, so that a refused
 * call changes nothing.
 * Source   API reference of each service, "Common errors": what it calls throttling. Assumed: the texts, and that IAM and
 *          Organizations, which are one for all Regions, answer while a Region is out.
 * Spec     ../domain/faults.md
 */
import type { CallsRefused } from '../domain/fault';
import { isOut, StandingFault } from '../domain/faults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault, ThrottlingFaultName } from './fault';

const GLOBAL = ['iam', 'organizations'];

/** Services that are signed for under another name than their client has. */
const SIGNED_AS: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', eventbridge: 'events', sfn: 'states' };

const THROTTLED: Readonly<Record<string, ThrottlingFaultName>> = {
  iam: 'Throttling',
  monitoring: 'Throttling',
  sns: 'Throttling',
  sqs: 'RequestThrottled',
  lambda: 'TooManyRequestsException',
  organizations: 'TooManyRequestsException',
};

const TEXTS = {
  ThrottlingException: 'Rate exceeded',
  ServiceUnavailableException: 'The service is unavailable.',
  AccessDeniedException: 'You are not authorized to perform this operation.',
  LimitExceededException: 'A limit of the account was exceeded.',
  ConflictException: 'A previous action has not finished. Try again later.',
  DependencyFailureException: 'A service or resource that the request depends on failed.',
  InvalidResourceStateException: 'Another action on the resource has not finished.',
  AlreadyExistsException: 'The required resource already exists.',
  InvalidParameterValueException: "Something is wrong with a parameter's value.",
  InvalidRequestException: 'Something is wrong with the input to the request.',
  MissingParameterValueException: 'A required parameter is missing.',
  ResourceNotFoundException: 'A resource that is required for the action does not exist.',
} as const;

/**
 * Refuses a call that a fault is in the way of. Deployments do not come by here: CloudFormation and Terraform try again.
 *
 * @param service what its requests are signed with, e.g. `backup`
 * @throws AwsFault what the fault has AWS answer
 */
export function refuseInjected(state: WorldState, caller: Caller, service: string, operation: string): void {
  const { faults } = state.ledger;
  if (faults.active === 0) {
    return;
  }
  for (const fault of faults.standing) {
    const answer = answerOf(state, fault, caller, service, operation);
    if (answer !== undefined) {
      fault.strikes++;
      throw answer;
    }
  }
}

function answerOf(
  { ledger }: WorldState,
  fault: StandingFault,
  caller: Caller,
  service: string,
  operation: string,
): AwsFault | undefined {
  const { given } = fault;
  switch (given.kind) {
    case 'region-out':
      return isOut(given, caller) && !GLOBAL.includes(service)
        ? new AwsFault('ServiceUnavailableException', TEXTS.ServiceUnavailableException)
        : undefined;
    case 'account-suspended':
      return given.account === caller.account
        ? new AwsFault('AccessDeniedException', TEXTS.AccessDeniedException)
        : undefined;
    case 'calls-refused': {
      const names = [service, operation, caller.principalArn ?? ''];
      const struck = isAbout(given, caller, service, operation) && ledger.faults.drawnForCall(fault, names, ledger.now);
      return struck ? refusalOf(given, service) : undefined;
    }
    default:
      return undefined;
  }
}

function isAbout(given: CallsRefused, caller: Caller, service: string, operation: string): boolean {
  const named = given.service?.toLowerCase();
  return (
    (named === undefined || (SIGNED_AS[named] ?? named) === service) &&
    (given.operation === undefined || given.operation === operation) &&
    (given.principal === undefined || given.principal === caller.principalArn) &&
    (given.account === undefined || given.account === caller.account) &&
    (given.region === undefined || given.region === caller.region)
  );
}

function refusalOf({ exception = 'ThrottlingException', message }: CallsRefused, service: string): AwsFault {
  const name = exception === 'ThrottlingException' ? (THROTTLED[service] ?? exception) : exception;
  return new AwsFault(name, message ?? TEXTS[exception]);
}
