/**
 * Calls that a fault keeps from being answered.
 *
 * Pure: reads the World, and counts what a fault was asked about; throws before an operation begins, so that a refused
 * call changes nothing.
 * Source   API reference of each service, "Common errors": what it calls throttling. Assumed: the texts.
 * Spec     ../domain/faults.md
 */
import { refusalOfCall } from '../domain/refused-calls';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault, ThrottlingFaultName } from './fault';

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
  const refused = refusalOfCall(state.ledger, { env: caller, service, operation, principal: caller.principalArn });
  if (refused !== undefined) {
    const { exception, message } = refused;
    const name = exception === 'ThrottlingException' ? (THROTTLED[service] ?? exception) : exception;
    throw new AwsFault(name, message ?? TEXTS[exception]);
  }
}
