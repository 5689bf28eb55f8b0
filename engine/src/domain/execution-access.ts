/**
 * What the role of a state machine may do: whether Step Functions can assume it, and whether it may run a function.
 *
 * Pure: reads a ledger.
 * Source   the developer guide of Step Functions, "IAM policies for integrated services"; error and cause as executions of AWS
 *          show them (awslabs/aws-deployment-framework issue 460).
 * Assumed  What an execution says whose role cannot be assumed; the session is called by an id of the execution. A machine
 *          without a role asks nobody.
 * Spec     state-machines.md
 */
import { hex128 } from '../kernel/ids';
import type { StandingFunction } from './functions';
import { isAssumable } from './job-access';
import { requestOf } from './job-needs';
import type { Ledger } from './ledger';
import { principalOf } from './policy/in-force';
import { accessDeniedText } from './policy/texts';
import type { Execution, StateMachine } from './state-machines';
import type { StateFault } from './states-definition';

const STATES_SERVICE = 'states.amazonaws.com';

/** Why Step Functions cannot act for a machine; undefined when nothing is against it. */
export function assumptionRefusal(ledger: Ledger, machine: StateMachine): StateFault | undefined {
  const { roleArn } = machine;
  if (!ledger.permissions.enforced || principalOf(ledger, roleArn) === undefined) {
    return undefined;
  }
  if (isAssumable(ledger, machine, roleArn, [STATES_SERVICE])) {
    return undefined;
  }
  const cause = `Neither the global service principal ${STATES_SERVICE}, nor the regional one is authorized to assume the provided role: ${roleArn}`;
  return { error: 'States.TaskFailed', cause };
}

/** As whom the tasks of an execution call: the ARN of a session of the machine's role. */
export function sessionArnOf(ledger: Ledger, { roleArn }: StateMachine, execution: Execution): string | undefined {
  if (principalOf(ledger, roleArn) === undefined) {
    return undefined;
  }
  const [, partition, , , account] = roleArn.split(':');
  const name = roleArn.split('/').at(-1);
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionNameOf(ledger, execution)}`;
}

/** Why a task cannot run its function; undefined when nothing is against it. */
export function taskRefusal(
  ledger: Ledger,
  machine: StateMachine,
  execution: Execution,
  standing: StandingFunction,
): StateFault | undefined {
  const { permissions, seed } = ledger;
  const role = principalOf(ledger, machine.roleArn);
  if (!permissions.enforced || role === undefined) {
    return undefined;
  }
  const unassumable = assumptionRefusal(ledger, machine);
  if (unassumable !== undefined) {
    return unassumable;
  }
  const sessionName = sessionNameOf(ledger, execution);
  const principal = { ...role, sessionName, userId: role.userId.replace(/:.*/, `:${sessionName}`) };
  const { arn: resource, env, tags, policy } = standing;
  const on = { resource, env, tags: Object.fromEntries(tags) };
  const request = requestOf(ledger, principal, 'lambda:InvokeFunction', on);
  const denied = permissions.firstDenied([{ request, subject: { policy } }]);
  if (denied === undefined) {
    return undefined;
  }
  const id = hex128(seed, { kind: 'states-request', names: [execution.executionArn, resource], at: ledger.now });
  const ending = `(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ${id}; Proxy: null)`;
  return { error: 'Lambda.AWSLambdaException', cause: `${accessDeniedText(request, denied.verdict)} ${ending}` };
}

function sessionNameOf({ seed }: Ledger, { executionArn }: Execution): string {
  return hex128(seed, { kind: 'states-session', names: [executionArn] });
}
