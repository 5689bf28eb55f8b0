import { IValueProbe } from '@holdfast/model';
import { Lazy, Token } from 'aws-cdk-lib/core';

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
