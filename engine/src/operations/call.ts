/**
 * One call of an operation, told to those who listen: the trail, and EventBridge by way of it.
 *
 * Source   B14.3/1.
 */
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** What is called: the service as the SDK names it, and the operation, e.g. `backup` and `CreateBackupVault`. */
export interface Called {
  readonly service: string;
  readonly operation: string;
}

/**
 * Reads and writes of objects and items, of which nobody hears who did not ask for it. Source: CloudTrail user guide,
 * "Logging data events" (read 2026-11-26).
 */
function isDataEvent({ service, operation }: Called): boolean {
  return DATA_EVENTS[service]?.test(operation) ?? false;
}

const DATA_EVENTS: Readonly<Record<string, RegExp>> = {
  ebs: /Block/,
  dynamodb: /Item|^Query$|^Scan$/,
  s3: /Object(?!LockConfiguration)|Part|MultipartUpload|HeadBucket/,
};

/** Calls an operation and tells of it, whether AWS answers or refuses. */
export function call<I, O>(
  state: WorldState,
  caller: Caller,
  called: Called,
  operate: (state: WorldState, caller: Caller, input: I) => O,
  input: I,
): O {
  const { partition, account, region, principalArn } = caller;
  const env = { partition, account, region };
  const tell = (output: unknown, fault?: AwsFault) => {
    if (state.ledger.observers.listening && !isDataEvent(called)) {
      const refused = fault && { name: fault.name, message: fault.message };
      state.ledger.tell({ kind: 'api-call', env, ...called, principalArn, input, output, fault: refused });
    }
  };
  try {
    const output = operate(state, caller, input);
    // What is answered later is told of without the answer.
    tell(output instanceof Promise ? undefined : output);
    return output;
  } catch (error) {
    if (error instanceof AwsFault) {
      tell(undefined, error);
    }
    throw error;
  }
}
