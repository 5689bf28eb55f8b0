import { IValueProbe } from '@holdfast/model';
import { Duration, Lazy, Token } from 'aws-cdk-lib/core';

/** Tells what is known at synthesis from tokens, so that a token is neither checked nor tripped over. */
class TokenValues implements IValueProbe {
  public known(value: unknown): boolean {
    return !Token.isUnresolved(value);
  }
}

/** The probe that every construct hands to the rules. */
export const SYNTH: IValueProbe = new TokenValues();

/** Stands in a declaration for the ARN of something that is not made yet. Never rendered. */
export const LATER: string = Lazy.string({ produce: () => undefined });

/**
 * Seconds of a duration that is known at deployment alone, with which nothing can be computed here; undefined where it is known.
 *
 * @throws Error of the CDK where the token was not given in seconds
 */
export function secondsLater(duration: Duration | undefined): number | undefined {
  return duration?.isUnresolved() ? duration.toSeconds() : undefined;
}
