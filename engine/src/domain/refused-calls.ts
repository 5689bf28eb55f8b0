/**
 * Calls that a fault keeps from being answered, those of callers and those that services make for them.
 *
 * Owns     nothing: counts what a fault was asked about.
 * Source   Assumed: that IAM and Organizations, which are one for all Regions, answer while a Region is out.
 * Spec     faults.md
 */
import type { Environment } from '@holdfast/model';
import type { CallsRefused } from './fault';
import { isOut, type StandingFault } from './faults';
import type { Ledger } from './ledger';

/** What is asked of AWS. */
export interface AskedCall {
  readonly env: Environment;
  /** What its requests are signed with, e.g. `backup`. */
  readonly service: string;
  readonly operation: string;
  /** ARN, or the principal of a service; undefined where nobody is told apart. */
  readonly principal: string | undefined;
}

/** What is answered instead. */
export interface Refused {
  readonly exception: NonNullable<CallsRefused['exception']>;
  /** Undefined for what AWS usually says. */
  readonly message: string | undefined;
}

const GLOBAL = ['iam', 'organizations'];

/** Services that are signed for under another name than their client has. */
const SIGNED_AS: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', eventbridge: 'events', sfn: 'states' };

/** What a fault has AWS answer to a call; undefined when none is in its way. */
export function refusalOfCall({ faults, now }: Pick<Ledger, 'faults' | 'now'>, asked: AskedCall): Refused | undefined {
  if (faults.active === 0) {
    return undefined;
  }
  for (const fault of faults.standing) {
    const struck = (names: readonly string[]) => faults.drawnForCall(fault, names, now);
    const refused = answerOf(fault, asked, struck);
    if (refused !== undefined) {
      fault.strikes++;
      return refused;
    }
  }
  return undefined;
}

function answerOf(
  { given }: StandingFault,
  asked: AskedCall,
  struck: (names: readonly string[]) => boolean,
): Refused | undefined {
  const { env, service, operation, principal = '' } = asked;
  switch (given.kind) {
    case 'region-out':
      return isOut(given, env) && !GLOBAL.includes(service)
        ? { exception: 'ServiceUnavailableException', message: undefined }
        : undefined;
    case 'account-suspended':
      return given.account === env.account ? { exception: 'AccessDeniedException', message: undefined } : undefined;
    case 'calls-refused':
      return isAbout(given, asked) && struck([service, operation, principal])
        ? { exception: given.exception ?? 'ThrottlingException', message: given.message }
        : undefined;
    default:
      return undefined;
  }
}

function isAbout(given: CallsRefused, { env, service, operation, principal }: AskedCall): boolean {
  const named = given.service?.toLowerCase();
  return (
    (named === undefined || (SIGNED_AS[named] ?? named) === service) &&
    (given.operation === undefined || given.operation === operation) &&
    (given.principal === undefined || given.principal === principal) &&
    (given.account === undefined || given.account === env.account) &&
    (given.region === undefined || given.region === env.region)
  );
}
