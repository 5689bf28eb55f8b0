/**
 * RunInstances.
 *
 * Source   EC2 API reference. Instances run at once (Assumed). Launch templates and spot requests are not modelled.
 */
import type { RunInstancesCommandInput, RunInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { instanceShape, reservationShape } from '../ec2-instances';
import { launch } from '../ec2-launch';
import { AwsFault } from '../fault';
import { ec2Mismatch, madeOnce } from '../repeated-calls';

/** Assumed: AWS has a limit of its own for each account and family of instances. */
const MOST = 1000;

export function runInstances(
  state: WorldState,
  caller: Caller,
  input: RunInstancesCommandInput,
): Omit<RunInstancesCommandOutput, '$metadata'> {
  const { MinCount: least = 1, MaxCount: most = 1 } = input;
  if (!Number.isInteger(least) || !Number.isInteger(most) || least < 1 || most < least) {
    throw new AwsFault('InvalidParameterValue', `Value (${most}) for parameter maxCount is invalid.`);
  }
  if (most > MOST) {
    throw new AwsFault(
      'InstanceLimitExceeded',
      `You have requested more instances (${most}) than your current instance limit of ${MOST} allows.`,
    );
  }
  const call = { operation: 'RunInstances', token: input.ClientToken, input, mismatch: ec2Mismatch };
  const arns = madeOnce(state, caller, call, () =>
    Array.from({ length: most }, (_, index) => launch(state, caller, input, index).arn),
  );
  const made = arns.flatMap((arn) => state.ledger.resources.tryFind(arn) ?? []);
  if (made.length < arns.length || arns.some((arn) => state.services.ec2.terminatedAts.has(arn))) {
    // Source: the text, as seen in public threads.
    const why = 'The client token you have provided is associated with a terminated instance.';
    throw new AwsFault('IdempotentInstanceTerminated', `${why} Please use a different client token.`);
  }
  return reservationShape(
    caller,
    made.map((instance) => instanceShape(state, instance)),
  );
}
