/**
 * Executions of state machines as they move on: functions that run, waits, ends.
 *
 * Owns     nothing: moves the executions of state-machines.ts. Where functions do not run, executions stay as they began.
 * Source   API of Step Functions; the developer guide of Step Functions on errors of Lambda.
 * Spec     state-machines.md
 */
import { parseJson } from '../kernel/json';
import type { FunctionRuns } from './function-runs';
import type { Answer } from './functions';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import type { Execution } from './state-machines';
import {
  begin,
  type Definition,
  failed,
  type Next,
  type Position,
  returned,
  type StateFault,
  waited,
} from './states-language';

export class ExecutionRuns {
  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly functions: FunctionRuns,
  ) {
    messaging.stateMachines.onStart = (execution) => this.start(execution);
  }

  private start(execution: Execution): void {
    const machine = this.messaging.stateMachines.tryFind(execution.stateMachineArn);
    if (machine !== undefined && this.functions.runs) {
      const definition = parseJson(machine.definition) as Definition;
      this.go(execution, definition, begin(definition, parseJson(execution.input), this.ledger.now));
    }
  }

  private go(execution: Execution, definition: Definition, next: Next): void {
    const { ledger } = this;
    switch (next.to) {
      case 'invoke':
        this.invoke(execution, definition, next);
        return;
      case 'wait':
        this.functions.later(next.ms, () => this.go(execution, definition, waited(definition, next.at, ledger.now)));
        return;
      case 'succeed':
        execution.status = 'SUCCEEDED';
        execution.output = JSON.stringify(next.output);
        break;
      case 'fail':
        execution.status = 'FAILED';
        execution.error = { error: next.error, cause: next.cause };
    }
    execution.stoppedAt = ledger.now;
  }

  private invoke(
    execution: Execution,
    definition: Definition,
    { functionArn, payload, at }: { readonly functionArn: string; readonly payload: unknown; readonly at: Position },
  ): void {
    const { ledger, functions } = this;
    const standing = this.messaging.functions.tryFind(functionArn);
    if (standing === undefined) {
      const cause = `Function not found: ${functionArn}`;
      const fault = { error: 'Lambda.ResourceNotFoundException', cause };
      this.go(execution, definition, failed(definition, at, fault, ledger.now));
      return;
    }
    functions.call(standing, JSON.stringify(payload), (answer) => {
      const next =
        answer.error === undefined
          ? returned(definition, at, parseJson(answer.payload ?? 'null'), ledger.now)
          : failed(definition, at, faultOf(answer.error), ledger.now);
      this.go(execution, definition, next);
    });
  }
}

/** Source: the error is called as the function's exception is, and its cause is what the function answered. */
function faultOf({ type, message }: NonNullable<Answer['error']>): StateFault {
  return { error: type, cause: JSON.stringify({ errorType: type, errorMessage: message }) };
}
